package parse

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"seedvault/escrow/exchange"
)

// Time reads a time: seconds or milliseconds since 1970, with or without a fraction, or RFC
// 3339. It is the zero time for anything else, for 0 and for what is after the year 9999.
func Time(s string) time.Time {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC()
	}
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n <= 0 || strings.Trim(fraction, "0123456789") != "" {
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
