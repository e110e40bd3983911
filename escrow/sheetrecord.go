package escrow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
)

// sheetLine is what a holder's record says of a sheet that was printed.
func sheetLine(at time.Time, pin Pin, copies []Copy) string {
	return formatTime(at) + " " + SheetDigest(pin, copies)
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
	h.sheet = func(pin Pin) string { return sheetLine(at, pin, copies) }
	return h
}

// oldSheet says that the sheet that was printed last says something else. Where no
// sheet is known of, it is not. Two of one second are both the last.
func (h Holder) oldSheet(now string) bool {
	last, old := "", false
	for _, s := range h.Sheets {
		at, digest, _ := strings.Cut(s, " ") // times of one form and zone compare as text
		switch {
		case at > last:
			last, old = at, digest != now
		case at == last && digest == now:
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
	return o.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("sheet", append(r.All("sheet"), sheetLine(at, o.Pin(), o.Copies())))
	})
}
