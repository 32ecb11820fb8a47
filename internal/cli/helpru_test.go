package cli

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every command and flag has its help in Russian, and the Russian has none that
// is gone.
func TestHelpInRussian(t *testing.T) {
	a := &App{Env: func(string) string { return "" }, Now: time.Now, Version: "test"}
	root, all := a.root(), helpTexts(helpRussian)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	commands, flags := map[string]bool{"": true, "flags": true}, map[string]bool{}
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		path := cmd.CommandPath()
		h := all[path]
		shell := strings.HasPrefix(path, "cleanbase completion") // the library's own, at length in English
		if commands[path] = true; h.short == "" || (h.long == "") != (cmd.Long == "") && !shell {
			t.Errorf("%s: %q, %q", path, h.short, h.long)
		}
		cmd.InitDefaultHelpFlag()
		cmd.InitDefaultVersionFlag()
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			flags[f.Name] = true
			if all["flags"].flags[f.Name] == "" && h.flags[f.Name] == "" {
				t.Errorf("%s --%s has no Russian", path, f.Name)
			}
		})
		for name := range h.flags {
			if cmd.Flags().Lookup(name) == nil {
				t.Errorf("%s has no flag --%s", path, name)
			}
		}
		for _, child := range cmd.Commands() {
			visit(child)
		}
	}
	visit(root)
	for path := range all {
		if !commands[path] {
			t.Errorf("there is no command %q", path)
		}
	}
	for name := range all["flags"].flags {
		if !flags[name] {
			t.Errorf("there is no flag --%s", name)
		}
	}
}

// What a Russian reads has no English sentence left in it.
func TestHelpReadsRussian(t *testing.T) {
	english := regexp.MustCompile(`\b(the|default|string|int|help for|Usage|Flags|Examples|of a|which)\b`)
	for _, args := range [][]string{{"--help"}, {"run", "--help"}, {"history", "--help"}, {"forget", "-h"}, {"plan", "--help"}, {"help", "prove"}} {
		var out bytes.Buffer
		a := &App{Stdout: &out, Stderr: &out, Now: time.Now, Version: "test",
			Env: func(name string) string { return map[string]string{"LANG": "ru_RU.UTF-8"}[name] }}
		if code := a.Run(context.Background(), args); code != 0 {
			t.Fatalf("%v: %d, %s", args, code, out.String())
		}
		text := strings.ReplaceAll(out.String(), "request of 3 May", "")
		if found := english.FindAllString(text, -1); found != nil || !strings.Contains(text, "Вызов:") {
			t.Errorf("%v: %q in\n%s", args, found, text)
		}
	}
}
