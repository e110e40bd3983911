package harden

import "golang.org/x/sys/unix"

// HideMemory keeps seeds out of core dumps and away from other processes of the
// same user. Where that is not possible the command works all the same.
func HideMemory() {
	unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}
