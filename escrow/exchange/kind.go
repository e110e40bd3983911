package exchange

import "strings"

// Kinds of codes that a record may be of and package otpauth does not compute.
const (
	KindMOTP   = "motp"
	KindYandex = "yandex"
)

// KindOf returns the kind of a line that is no otpauth URI known to package
// otpauth, or "".
func KindOf(line string) string {
	start := strings.ToLower(line[:min(len(line), len("otpauth://yaotp/"))])
	switch {
	case strings.HasPrefix(start, "motp://"):
		return KindMOTP
	case start == "otpauth://yaotp/":
		return KindYandex
	}
	return ""
}
