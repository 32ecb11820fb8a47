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

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// App is the program as a value, so that a test is a function call.
type App struct {
	Stdout, Stderr io.Writer
	Env            func(string) string
	Now            func() time.Time // the only clock of the program
	Version        string
	Terminal       bool // standard error is a terminal
	Columns        int  // the width of standard output's terminal; 0 or less: it is none
}

// Run does what the arguments say and gives the exit code.
func (a *App) Run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	if a.lang(langFlag(args)) == contact.RU {
		speakRussian(root)
	}
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	code := exitCode(err)
	if code != exitWithheld {
		fmt.Fprintln(a.Stderr, "cleanbase: "+say(err, a.lang(langFlag(args))))
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
		Args:          onlyCommands,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.Flags().String("lang", "", "ru or en (default from LANG)") // read by langFlag
	root.SetVersionTemplate("cleanbase {{.Version}}\n")
	root.SetFlagErrorFunc(flagFault)
	root.AddCommand(a.runCommand(), a.inspectCommand(), a.explainCommand(), a.historyCommand(), a.pardonCommand(), a.judgeCommand(), a.initCommand(),
		a.checkTextCommand(), a.incidentCommand(), a.verifyCommand(), a.reportCommand(), a.proveCommand(), a.forgetCommand(), a.dossierCommand(), a.retainCommand(), a.planCommand())
	for _, cmd := range root.Commands() {
		if args := cmd.Args; args != nil {
			cmd.Args = func(c *cobra.Command, list []string) error {
				if args(c, list) == nil {
					return nil
				}
				return usageFault(contact.T("wrong number of arguments", "не то число аргументов"),
					contact.T("write: %s; examples: %s --help", "пишите: %s; примеры: %s --help").With(c.UseLine(), c.CommandPath()))
			}
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

// langFlag is what --lang says, also where another flag could not be understood.
func langFlag(args []string) (lang string) {
	for i, arg := range args {
		if v, is := strings.CutPrefix(arg, "--lang="); is {
			lang = v
		} else if arg == "--lang" && i+1 < len(args) {
			lang = args[i+1]
		}
	}
	return lang
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

// onlyCommands refuses a word that is no command. What was typed is not
// repeated: it may be somebody's phone.
func onlyCommands(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	do := contact.T("see cleanbase --help", "команды показывает cleanbase --help")
	if like := root.SuggestionsFor(args[0]); len(like) > 0 {
		do = contact.T("did you mean %s?", "возможно, имелась в виду %s?").With(like[0])
	}
	return usageFault(contact.T("unknown command", "такой команды нет"), do)
}

// flagFault is a flag that is not there, lacks its value, or has a wrong one.
func flagFault(cmd *cobra.Command, err error) error {
	do := contact.T("see %s --help", "флаги показывает %s --help").With(cmd.CommandPath())
	var named interface{ GetSpecifiedName() string }
	switch {
	case !errors.As(err, &named):
		return usageFault(contact.T("a flag has a wrong value", "у флага неверное значение"), do)
	case cmd.Flag(named.GetSpecifiedName()) == nil:
		return usageFault(contact.T("there is no flag “%s”", "нет флага «%s»").With(named.GetSpecifiedName()), do)
	}
	return usageFault(contact.T("flag “%s” needs a value", "флагу «%s» нужно значение").With(named.GetSpecifiedName()), do)
}

func usage(err error) error    { return &exitError{exitUsage, err} }
func badInput(err error) error { return &exitError{exitInput, err} }

// usageFault is a wrong use of the program, said in both languages.
func usageFault(what, do contact.Text) error { return usage(&contact.Fault{What: what, Do: do}) }

func exitCode(err error) int {
	var e *exitError
	if errors.As(err, &e) {
		return e.code
	}
	if errors.Is(err, audit.ErrNoRun) {
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
