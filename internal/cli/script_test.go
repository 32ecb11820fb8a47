package cli_test

import (
	"context"
	"encoding/csv"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"cleanbase/internal/cli"
)

// TestMain lets the scripts run the program itself as `cleanbase`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cleanbase": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		app := cli.App{Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Getenv, Now: time.Now, Version: "test"}
		code := app.Run(ctx, os.Args[1:])
		stop()
		os.Exit(code)
	}})
}

// TestScripts runs every script of fixtures/scripts: adding a file adds a
// test. A script's commands are those of testscript and the few below.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../fixtures/scripts",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_US.UTF-8")
			return nil
		},
		Cmds: auditCommands(map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "xlsx": xlsx, "merge": merge, "cut": cut, "rows": rows, "aged": aged,
		}),
	})
}

// exits CODE COMMAND...: the command ends with that very code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if e, ok := err.(interface{ ExitCode() int }); ok {
		code = e.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want, _ := strconv.Atoi(args[0]); code != want {
		ts.Fatalf("%s ended with exit code %d, not %d", args[1], code, want)
	}
}

// xlsx FROM.csv... TO.xlsx: a workbook of the same cells as texts. Of several
// files each is a sheet of its name.
func xlsx(ts *testscript.TestScript, neg bool, args []string) {
	f := excelize.NewFile()
	defer f.Close()
	last := len(args) - 1
	for at, from := range args[:last] {
		sheet := "Sheet1"
		if last > 1 {
			sheet = strings.TrimSuffix(from, ".csv")
			_, err := f.NewSheet(sheet)
			ts.Check(err)
		}
		records, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[at]))).ReadAll()
		ts.Check(err)
		for i, r := range records {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			ts.Check(f.SetSheetRow(sheet, cell, &r))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[last])))
}

// merge FROM TO FILE.xlsx: the cells of its first sheet from one to another become one.
func merge(ts *testscript.TestScript, neg bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[2]))
	ts.Check(err)
	defer f.Close()
	ts.Check(f.MergeCell(f.GetSheetName(0), args[0], args[1]))
	ts.Check(f.Save())
}

// cut PERCENT FILE: only the start of the file is left.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	percent, _ := strconv.Atoi(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data[:len(data)*percent/100], 0o600))
}

// aged DURATION FILE: the file was last written so long ago.
func aged(ts *testscript.TestScript, neg bool, args []string) {
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	at := time.Now().Add(-d)
	ts.Check(os.Chtimes(ts.MkAbs(args[1]), at, at))
}

// rows N FILE: the text file has N lines below its header.
func rows(ts *testscript.TestScript, neg bool, args []string) {
	n := strings.Count(ts.ReadFile(args[1]), "\n") - 1
	if want, _ := strconv.Atoi(args[0]); n != want {
		ts.Fatalf("%s has %d rows, not %s", args[1], n, args[0])
	}
}
