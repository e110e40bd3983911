package parse

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"seedvault/escrow/exchange"
)

// Time reads a time: seconds or milliseconds since 1970, or RFC 3339.
func Time(s string) time.Time {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC()
	}
	var n int64
	if _, err := fmt.Sscanf(TrimFraction(s), "%d", &n); err != nil || n <= 0 {
		return time.Time{}
	}
	if n > 100_000_000_000 {
		n /= 1000
	}
	if n > 253402300799 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// TrimFraction drops the fraction that some programs write after a whole number.
func TrimFraction(s string) string { return strings.TrimSuffix(s, ".0") }

// IsHex reports whether a text is bytes in hex, one at least.
func IsHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && s != ""
}

// Base64 reads base64 of either alphabet, padded or not, on any number of lines.
func Base64(s string) ([]byte, error) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\n', '\r', '\t':
			return -1
		case '-':
			return '+'
		case '_':
			return '/'
		}
		return r
	}, strings.TrimRight(strings.TrimSpace(s), "="))
	out, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, exchange.Refuse(exchange.NotBase64)
	}
	return out, nil
}
