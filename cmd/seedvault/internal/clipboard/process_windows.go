package clipboard

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// detach lets a process outlive this one and its console.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.DETACHED_PROCESS, HideWindow: true}
}

// ownGroup leaves a helper as it is: no system call ends a group of processes here, and
// what a helper leaves behind goes on by itself.
func ownGroup(*exec.Cmd) (end func()) { return func() {} }
