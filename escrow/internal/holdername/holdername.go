// Package holdername holds the one rule for what a holder or a quorum's member may be
// called (FORMAT.md, F4): such a name becomes part of a path. It says as well when two
// names that somebody typed, of places or of people, are one.
package holdername

import (
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var (
	form       = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
	deviceName = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
)

// Err is returned for a name that does not have the form of one.
var Err = errors.New("invalid holder name: 1 to 32 of a-z, 0-9 and -, not starting with -, no Windows device name")

// Check returns [Err] unless a holder or a member may have the name. The rule keeps
// a name one and the same folder on every file system.
func Check(name string) error {
	if !form.MatchString(name) || deviceName.MatchString(name) {
		return Err
	}
	return nil
}

// Fold returns a place's or a person's name as one would say it aloud: "Office" and
// "office " are one place.
func Fold(name string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(name))) }
