//go:build unix && !linux

package harden

import "golang.org/x/sys/unix"

// HideMemory keeps seeds out of core dumps.
func HideMemory() { unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
