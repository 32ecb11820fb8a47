// Command profile runs cleanbase inside itself with the runtime's profilers on,
// since the program has no flag for them:
//
//	go run ./scripts/bench/profile -cpu cpu.pprof -heap heap.pprof run --out DIR FILE...
//	go tool pprof -top cpu.pprof
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"cleanbase/internal/cli"
)

func main() {
	cpu := flag.String("cpu", "cpu.pprof", "where the profile of processor time goes")
	heap := flag.String("allocs", "", "where the profile of allocations goes")
	flag.Parse()
	debug.SetGCPercent(50) // as cmd/cleanbase does
	f, err := os.Create(*cpu)
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "profile:", err)
		os.Exit(1)
	}
	app := cli.App{Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Getenv, Now: time.Now, Version: "profile"}
	code := app.Run(context.Background(), flag.Args())
	pprof.StopCPUProfile()
	if *heap != "" {
		h, _ := os.Create(*heap)
		pprof.Lookup("allocs").WriteTo(h, 0)
		h.Close()
	}
	os.Exit(code)
}
