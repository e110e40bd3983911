//go:build !linux

package local

// InMemory reports whether a folder lies in this PC's memory, as far as that can be
// seen: on this system it cannot.
func InMemory(string) bool { return false }
