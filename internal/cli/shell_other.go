//go:build !windows

package cli

import (
	"context"
	"os/exec"
	"syscall"
)

// shell is a command of the user's own words. All that it started dies with it.
func shell(ctx context.Context, words string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", words)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}
