package harden

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestHideMemory(t *testing.T) {
	HideMemory()
	var core unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &core); err != nil || core.Cur != 0 || core.Max != 0 {
		t.Errorf("core dumps of %d to %d bytes, %v", core.Cur, core.Max, err)
	}
	if dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || dumpable != 0 {
		t.Errorf("other processes may look in: %d, %v", dumpable, err)
	}
}
