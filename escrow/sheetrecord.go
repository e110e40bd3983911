package escrow

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
)

// Sheet says that a sheet of a holder was printed, as the roster keeps it.
type Sheet struct {
	Time   time.Time
	Digest string // what stood on it, as [SheetDigest] has it
}

// ErrSheet is returned for a line that tells of no sheet.
var ErrSheet = errors.New("invalid sheet: a time and what was printed")

// ParseSheet reads a line of the roster: TIME DIGEST.
func ParseSheet(line string) (Sheet, error) {
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
func (s Sheet) String() string { return formatTime(s.Time) + " " + s.Digest }

// MarshalText returns what [Sheet.String] does.
func (s Sheet) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads it as [ParseSheet] does.
func (s *Sheet) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSheet(string(text))
	return err
}

// parseSheets reads the sheets of a record. A line that is none counts for nothing.
func parseSheets(lines []string) []Sheet {
	var sheets []Sheet
	for _, line := range lines {
		if s, err := ParseSheet(line); err == nil {
			sheets = append(sheets, s)
		}
	}
	return sheets
}

// newSheet is the sheet that is printed at a time.
func newSheet(at time.Time, pin Pin, copies []Copy) Sheet {
	return Sheet{at.UTC().Truncate(time.Second), SheetDigest(pin, copies)}
}

// SheetDigest says in one word what stands on a sheet apart from its secret, so that
// a sheet is known to be out of date: the vault's fingerprint and recipient, and the
// names of its copies and where they are kept.
func SheetDigest(pin Pin, copies []Copy) string {
	text := fmt.Sprintf("seedvault sheet\nfingerprint %s\nrecipient %s\n", pin.Fingerprint.Hex(), pin.Recipient)
	var lines []string
	for _, c := range copies {
		lines = append(lines, fmt.Sprintf("copy %s %s\n", c.Name, format.Escape(c.Kept)))
	}
	slices.Sort(lines)
	return format.Hash(format.Sum([]byte(text + strings.Join(lines, ""))))
}

// OnSheet returns the holder with the note that a sheet of it is printed that names
// these copies.
func (h NewHolder) OnSheet(at time.Time, copies []Copy) NewHolder {
	h.sheet = func(pin Pin) Sheet { return newSheet(at, pin, copies) }
	return h
}

// oldSheet reports whether the sheet that was printed last says something else. Where no
// sheet is known of, it is not. Two of one second are both the last.
func (h Holder) oldSheet(now string) bool {
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

// oldSheets names the holders whose sheet is out of date.
func (c *checker) oldSheets(pin Pin, copies []Copy, holders []Holder) {
	now := SheetDigest(pin, copies)
	for _, h := range holders {
		if !h.oldSheet(now) {
			continue
		}
		code := CodeSheetOld
		if h.Kind == KindQuorum {
			code = CodeSharesOld
		}
		c.report.Findings = append(c.report.Findings, Finding{Code: code, Detail: h.Name})
	}
}

// SheetPrinted writes into a holder's record that a sheet was printed, with the
// vault's copies as the roster has them, and stages it for the next [Opened.Seal].
// The error is [ErrNotHere] for a holder that the sealed roster does not have.
func (o *Opened) SheetPrinted(holderID string, at time.Time) error {
	return o.changes.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("sheet", append(r.All("sheet"), newSheet(at, o.Pin(), o.Copies()).String()))
	})
}
