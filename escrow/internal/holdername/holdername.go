// Package holdername holds the one rule for what a holder or a quorum's member may be
// called (FORMAT.md, F4): such a name becomes part of a path. It says as well when two
// names that somebody typed, of places or of people, are one.
package holdername

import (
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Err is returned for a name that does not have the form of one.
var Err = errors.New("invalid holder name: 1 to 32 of a-z, 0-9 and -, not starting with -, no Windows device name")

// Check returns [Err] unless a holder or a member may have the name. The rule keeps
// a name one and the same folder on every file system.
func Check(name string) error {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
	if name == "" || len(name) > 32 || name[0] == '-' || strings.Trim(name, letters) != "" || isDevice(name) {
		return Err
	}
	return nil
}

// isDevice reports whether Windows takes a name for a device, whatever its folder.
func isDevice(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && name[3] >= '0' && name[3] <= '9'
}

// Fold returns a place's or a person's name as one would say it aloud: "Office" and
// "office " are one place.
func Fold(name string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(name))) }
