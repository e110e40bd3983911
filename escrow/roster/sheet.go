package roster

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
)

// ErrSheet is returned for a line that tells of no sheet.
var ErrSheet = errors.New("invalid sheet: a time and what was printed")

// Sheet records that a sheet of a holder was printed, as the roster keeps it.
type Sheet struct {
	Time   time.Time
	Digest string // what stood on it, as [SheetDigest] says it
}

// parseSheet reads a line of the roster: TIME DIGEST. The error is [ErrSheet].
func parseSheet(line string) (Sheet, error) {
	words := strings.Fields(line)
	if len(words) != 2 {
		return Sheet{}, ErrSheet
	}
	at, err := time.Parse(time.RFC3339, words[0])
	if err != nil {
		return Sheet{}, ErrSheet
	}
	return Sheet{at.UTC(), words[1]}, nil
}

// String gives the sheet as the roster keeps it.
func (s Sheet) String() string { return format.Time(s.Time) + " " + s.Digest }

// MarshalText gives the sheet as [Sheet.String] does.
func (s Sheet) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what [Sheet.String] gives. The error is [ErrSheet].
func (s *Sheet) UnmarshalText(text []byte) (err error) {
	*s, err = parseSheet(string(text))
	return err
}

// parseSheets reads the sheets of a record. A line that is none counts for nothing.
func parseSheets(lines []string) []Sheet {
	var sheets []Sheet
	for _, line := range lines {
		if s, err := parseSheet(line); err == nil {
			sheets = append(sheets, s)
		}
	}
	return sheets
}

// NewSheet is the note of a sheet that is printed at a time.
func NewSheet(at time.Time, fp format.Fingerprint, recipient string, copies []Copy) Sheet {
	return Sheet{at.UTC().Truncate(time.Second), SheetDigest(fp, recipient, copies)}
}

// SheetDigest says in one word what stands on a sheet apart from its secret (FORMAT.md,
// F69), so that a sheet is known to be out of date: the vault's fingerprint and
// recipient, and of each copy its name, where it is kept and its address.
func SheetDigest(fp format.Fingerprint, recipient string, copies []Copy) string {
	text := fmt.Sprintf("seedvault sheet\nfingerprint %s\nrecipient %s\n", fp.Hex(), recipient)
	known := func(value string) string { return cmp.Or(format.Escape(value), "-") }
	var lines []string
	for _, c := range copies {
		lines = append(lines, fmt.Sprintf("copy %s %s %s\n", known(c.Name), known(c.Kept), known(c.At)))
	}
	slices.Sort(lines)
	return format.Hash(format.Sum([]byte(text + strings.Join(lines, ""))))
}

// SheetDiffers reports whether the sheet that was printed last says something else than
// the digest. Where no sheet is known of, it does not. Two of one second are both the last.
func (h Holder) SheetDiffers(now string) bool {
	var last time.Time
	old := false
	for _, s := range h.Sheets {
		switch {
		case s.Time.After(last):
			last, old = s.Time, s.Digest != now
		case s.Time.Equal(last) && s.Digest == now:
			old = false
		}
	}
	return old
}
