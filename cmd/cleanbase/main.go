// Command cleanbase cleans a contact base before a mailing. See package cli.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"cleanbase/internal/cli"
)

// version is set by the linker.
var version = "dev"

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50) // what grows with the records is not in the heap (package base); the rest is small, but large enough to count
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	app := cli.App{Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Getenv, Now: time.Now, Version: version,
		Terminal: term.IsTerminal(int(os.Stderr.Fd()))}
	app.Columns, _, _ = term.GetSize(int(os.Stdout.Fd())) // below 0 where there is no terminal
	code := app.Run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
