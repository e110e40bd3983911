//go:build !linux

package temporary

// memory is where Linux has its folder in memory.
func memory() string { return "" }
