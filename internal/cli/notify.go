package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"syscall"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// How long the notify command may take, and how long its children may hold its
// output afterwards.
const (
	notifyTime  = 60 * time.Second
	notifyGrace = 2 * time.Second
)

// notify hands the summary of a run that has ended to the user's own command.
// Whatever becomes of that, the run ended as it did.
func (j *job) notify(ctx context.Context, ended error) {
	var e *exitError
	locked := errors.As(ended, &e) && e.code == exitLocked
	if j.Config.NotifyCommand == "" || j.dryRun || locked || ctx.Err() != nil {
		return
	}
	data, err := json.MarshalIndent(j.notice(ended), "", "  ")
	if err == nil {
		err = j.tellCommand(ctx, append(data, '\n'), notifyTime)
	}
	if err != nil {
		p := printer{w: j.Stderr, l: j.settings.lang}
		p.line(contact.T("cleanbase: the notify command failed (%s); the run itself ended as it says",
			"cleanbase: команда уведомления не сработала (%s); на итог запуска это не влияет").With(notifyFailure(err)))
	}
}

// notice is the summary as the command gets it. A run that failed has as much
// of it as was known by then, and the error.
func (j *job) notice(ended error) *contact.Summary {
	s := j.summary
	if ended == nil || errors.Is(ended, errWithheld) {
		return &s
	}
	if s.Error = say(ended, j.settings.lang); !j.finished {
		s.Schema, s.RunID, s.Status, s.ToolVersion, s.Channel = 1, j.runID, audit.Failed, j.Version, j.policy.Channel.String()
		s.AsOf = j.asOf.Format(time.RFC3339)
	}
	return &s
}

// tellCommand runs the command with data on its standard input. The command is
// the user's own words and nothing of ours stands in it: what came from files
// goes through the pipe alone. What it prints is not the run's result, so its
// output is dropped and its errors go to ours.
func (j *job) tellCommand(ctx context.Context, data []byte, most time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	cmd := shell(ctx, j.Config.NotifyCommand)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(data), j.Stderr
	cmd.WaitDelay = notifyGrace
	err := cmd.Run()
	switch {
	case errors.Is(err, syscall.EPIPE) && cmd.ProcessState.Success():
		return nil // it did not care to read
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return err
}

// notifyFailure says what became of the command.
func notifyFailure(err error) contact.Text {
	var code *exec.ExitError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return contact.T("it took more than %d seconds and was stopped", "не уложилась в %d с и остановлена").With(int(notifyTime.Seconds()))
	case errors.Is(err, exec.ErrWaitDelay):
		return contact.T("it left something running behind it", "оставила работающие программы")
	case errors.As(err, &code):
		return contact.T("exit code %d", "код выхода %d").With(code.ExitCode())
	}
	return contact.T("it can't be started", "её не удалось запустить")
}
