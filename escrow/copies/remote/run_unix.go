//go:build unix

package remote

import (
	"os/exec"
	"syscall"
)

// withoutTerminal puts a program and all that it starts into a session of their own: they
// end as one, and find no terminal to ask at, whatever they are.
func withoutTerminal(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
