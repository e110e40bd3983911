//go:build !linux

package local

// OnRAMDisk reports whether a folder lies in this PC's memory, as far as that can be
// seen: on this system it cannot.
func OnRAMDisk(string) bool { return false }
