// Package parse takes apart the texts that formats are written in: JSON, CSV, XML and
// HTML, and the values in them. They may be anything: each is read where it stands or
// within bounds, so that no text takes much more memory than it is long.
package parse

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Text returns a text in UTF-8, "" for what is none. Windows programs write
// UTF-16, and a mark before either. A text with a few letters of an older encoding in it
// keeps these as they are.
func Text(s string) string {
	switch {
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		s = s[3:]
	case strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff"):
		s = fromUTF16(s)
	}
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) && !mostlyText(s) {
		return ""
	}
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(s, "\r", "\n") // the line end of old Macs
	}
	return s
}

func fromUTF16(s string) string {
	high, low := 0, 1
	if s[0] == 0xff {
		high, low = 1, 0
	}
	units := make([]uint16, 0, len(s)/2)
	for s = s[2:]; len(s) >= 2; s = s[2:] {
		units = append(units, uint16(s[high])<<8|uint16(s[low]))
	}
	return string(utf16.Decode(units))
}

// mostlyText reports whether a file is a text with letters of an older encoding in it: of
// its first 4 KiB less than an eighth is such letters or control characters.
func mostlyText(s string) bool {
	s = s[:min(len(s), 4096)]
	odd := 0
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x80 {
			odd++
		}
	}
	return odd*8 < len(s)
}

// HasPrefixFold reports whether a text begins so, in whatever case of its letters.
func HasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// FoldName returns a name in lower case and without spaces, as columns and fields are compared.
func FoldName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
