// Package cli is the command line: flags in, exit code out. It alone sees all
// rooms and carries values from one to the next; it decides nothing itself.
//
// Messages on standard error start with "cleanbase: ", say file, sheet and
// row, what is wrong and what to do, and never hold a phone, a name or a text
// of a person. Standard output carries results only.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/contact"
)

// App is the program as a value, so that a test is a function call.
type App struct {
	Stdout, Stderr io.Writer
	Env            func(string) string
	Now            func() time.Time // the only clock of the program
	Version        string
	Terminal       bool // standard error is a terminal
}

// Run does what the arguments say and gives the exit code.
func (a *App) Run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	lang := a.lang("")
	if f := cmd.Flag("lang"); f != nil {
		lang = a.lang(f.Value.String())
	}
	code := exitCode(err)
	if code != exitWithheld {
		fmt.Fprintln(a.Stderr, "cleanbase: "+say(err, lang))
	}
	return code
}

func (a *App) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "cleanbase",
		Short: "Clean a contact base before a mailing",
		Long: `cleanbase reads contact spreadsheets, takes out everybody who refused,
complained or never agreed, and leaves a clean list with an audit database
that explains and proves every decision.`,
		Example: `  cleanbase run contacts.xlsx stop-list.csv
  cleanbase inspect export.csv
  cleanbase explain +79111234567`,
		Version:       a.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("cleanbase {{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(a.runCommand(), a.inspectCommand(), a.explainCommand(), a.historyCommand(), a.pardonCommand(), a.judgeCommand(), a.initCommand(),
		a.checkTextCommand(), a.incidentCommand(), a.verifyCommand(), a.reportCommand(), a.proveCommand(), a.forgetCommand(), a.dossierCommand(), a.retainCommand())
	for _, cmd := range root.Commands() {
		args := cmd.Args
		cmd.Args = func(c *cobra.Command, list []string) error {
			if args == nil {
				return nil
			}
			if err := args(c, list); err != nil {
				return usage(err)
			}
			return nil
		}
	}
	return root
}

// lang is the language to speak: the flag's, or else the environment's.
func (a *App) lang(flag string) contact.Lang {
	for _, s := range []string{flag, a.Env("LC_ALL"), a.Env("LC_MESSAGES"), a.Env("LANG")} {
		if s != "" {
			if strings.HasPrefix(strings.ToLower(s), "ru") {
				return contact.RU
			}
			return contact.EN
		}
	}
	return contact.EN
}

// The exit codes, an interface as much as the flags are.
const (
	exitOK          = 0
	exitFailed      = 1
	exitWithheld    = 3
	exitLocked      = 5
	exitUsage       = 64
	exitInput       = 65
	exitInterrupted = 130
)

// exitError is an error that knows its exit code.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

var (
	errInterrupted = &exitError{exitInterrupted, &contact.Fault{What: contact.T("interrupted; nothing was published", "прервано; ничего не опубликовано")}}
	errWithheld    = &exitError{exitWithheld, errors.New("withheld")}
)

func usage(err error) error    { return &exitError{exitUsage, err} }
func badInput(err error) error { return &exitError{exitInput, err} }

// usageFault is a wrong use of the program, said in both languages.
func usageFault(what, do contact.Text) error { return usage(&contact.Fault{What: what, Do: do}) }

func exitCode(err error) int {
	var e *exitError
	switch {
	case errors.As(err, &e):
		return e.code
	case strings.HasPrefix(err.Error(), "unknown command"): // cobra has no typed error for it
		return exitUsage
	}
	return exitFailed
}

// say is the error in the person's language as far as it speaks it.
func say(err error, l contact.Lang) string {
	var f *contact.Fault
	if errors.As(err, &f) {
		return f.In(l)
	}
	return err.Error()
}
