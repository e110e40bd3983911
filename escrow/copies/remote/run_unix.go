//go:build unix

package remote

import (
	"os/exec"
	"syscall"
)

// ownGroup puts a program and all that it starts into a group of its own, which ends
// as one.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
