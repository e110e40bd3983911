//go:build !windows

package main

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// testSession names the variable with the session that the tests run in.
const testSession = "SEEDVAULT_TEST_SESSION"

func testingSession() string {
	id, err := unix.Getsid(0)
	if err != nil {
		panic(err)
	}
	return strconv.Itoa(id)
}

// leaveTerminal gives up the terminal of whoever runs the tests: a script has one
// only where it asks for one. Without this its prompts would end up in front of
// the person, and wait.
func leaveTerminal() {
	if os.Getenv(testSession) == testingSession() {
		syscall.Setsid()
	}
}

// withoutTerminal has a command run in a session of its own.
func withoutTerminal(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
