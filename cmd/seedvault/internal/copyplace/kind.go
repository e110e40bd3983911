package copyplace

import (
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// IsRemote reports whether git or rclone carries the copy.
func IsRemote(c local.Copy) bool { return c.Kind == roster.CopyGit || c.Kind == roster.CopyRclone }

// inFolder reports whether a copy is a folder of this machine, which a person can move, link
// or empty; kits and remote copies are not.
func inFolder(c local.Copy) bool { return c.Kind == roster.CopyFolder }

// kitPrefix stands before a path that names a kit and not a folder.
const kitPrefix = "kit:"

// pathOf returns the path of the place that a person has named for a copy: without the kit:
// that may stand before it.
func pathOf(named string) string { return strings.TrimPrefix(named, kitPrefix) }

// isKit reports whether a person means a kit: the name begins with kit:, or is that of a file.
func isKit(named string) bool {
	if strings.HasPrefix(named, kitPrefix) {
		return true
	}
	info, err := os.Stat(named)
	return err == nil && info.Mode().IsRegular()
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return a == b || err1 == nil && err2 == nil && os.SameFile(x, y)
}

// sameFolder reports whether two paths lead to one folder.
func sameFolder(a, b string) bool {
	how, err := copies.OverlapOf(a, b)
	return err == nil && how == copies.Same
}

const (
	keptOnStick = "stick" // carried apart from any PC
	keptInCloud = "cloud" // in the hands of whoever a program carries it to
)
