//go:build !linux

package temporary

// memory returns "": where other systems have a folder in memory is not known here.
func memory() string { return "" }
