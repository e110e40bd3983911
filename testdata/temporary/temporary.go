// Package temporary has a package's tests keep their temporary files in memory.
//
// The tests make and delete a few hundred thousand files, most of them synced as a vault's
// are. On a disk that takes several times as long as what is tested, and none of it is about
// the disk: what a disk may do at its worst is played by fault-injecting file systems.
package temporary

import "os"

// InMemory makes the system's file system in memory the place for temporary files, where
// there is one that has room and runs programs. Whoever has set TMPDIR is not overruled:
// with TMPDIR=/tmp the tests run on that disk. It is called before any test runs.
func InMemory() {
	const variable = "TMPDIR"
	if place := memory(); place != "" && os.Getenv(variable) == "" {
		os.Setenv(variable, place)
	}
}
