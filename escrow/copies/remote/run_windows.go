package remote

import "os/exec"

// ownGroup has nothing to do: what a program has started ends when its pipes close.
func ownGroup(*exec.Cmd) {}
