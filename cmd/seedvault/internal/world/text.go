package world

import (
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Decoded returns a text as UTF-8, whatever Windows has saved it as: UTF-8 with a byte order
// mark, or UTF-16, which PowerShell's > writes. Without a mark it stays as it is.
func Decoded(data []byte) string {
	decoder := unicode.BOMOverride(transform.Nop)
	if text, _, err := transform.Bytes(decoder, data); err == nil {
		return string(text)
	}
	return string(data)
}

// Trimmed returns a line without what stands invisibly around it: spaces, the ideographic one
// too, tabs, line ends, NUL and byte order marks.
func Trimmed(line string) string { return strings.Trim(line, " \t\r\n\x00\ufeff\u3000") }
