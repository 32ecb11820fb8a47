package cli

import (
	"context"
	"os/exec"
	"strconv"
	"syscall"
)

// shell is a command of the user's own words, which cmd.exe gets as they are: it
// undoes no quoting of Go's. All that it started dies with it.
func shell(ctx context.Context, words string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd.exe")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd.exe /S /C "` + words + `"`}
	cmd.Cancel = func() error {
		return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
	}
	return cmd
}
