package exchange

import (
	"slices"
	"strings"

	"seedvault/escrow/otpauth"
)

// Format is one export format of one app: how it is recognised, how it is read,
// what it holds and, if it can be written, how. All of them are in [Formats].
type Format struct {
	Name   string // one word, for --from and --to
	App    string // the app or the standard, as its makers write it
	Forms  []Form // the forms that are read
	Source string // where the format is described
	Holds  Holds  // what it can carry, so what a file in it can give and take

	Refused Reason // set where the format is recognised to be refused by name

	recognise func(in *input) bool
	read      func(r *reading, in *input) error
	write     func(w *writing, records []Record) ([]byte, error)
	fits      func(Record) error // what Holds cannot say; may be nil
}

// Form is one form of a format.
type Form struct {
	Name      string
	Encrypted bool
}

// Writes reports whether the format can be written.
func (f *Format) Writes() bool { return f.write != nil }

// Reads reports whether the format can be read. Others are recognised, so that
// they can be refused by name.
func (f *Format) Reads() bool { return f.read != nil }

// Holds is what a format, or an app, can carry of a seed. What makes codes is
// refused where it does not fit; what stands beside is flagged.
type Holds struct {
	TOTP, HOTP, Steam bool
	MOTP, Yandex      bool
	Algorithms        []otpauth.Algorithm
	Digits, Period    Range
	Periods           []int  // if only some of Period
	Counter           uint64 // the largest; 0 for any

	Name, Tags, Notes, Recovery, Added, Other bool
	OneTag                                    bool // one of them, where Tags is false
	Favorite                                  bool
	PIN                                       bool // of mOTP and Yandex
	Issuers                                   bool // an issuer before the account that differs from the issuer
	URI                                       bool // the URI itself, with what else stands in it
}

// Range is what a number may be.
type Range struct{ From, To int }

func (r Range) has(n int) bool { return r.From <= n && n <= r.To }

var (
	allAlgorithms = []otpauth.Algorithm{otpauth.SHA1, otpauth.SHA256, otpauth.SHA512}
	anyDigits     = Range{1, 10}
	anyPeriod     = Range{1, 86400}
)

// carries says which part of a key does not fit, "" if all of it does.
func (h Holds) carries(r Record) Reason {
	k := r.Key()
	switch k.Type() {
	case "":
		if foreignKind(r.Line()) == kindMOTP && h.MOTP || foreignKind(r.Line()) == kindYandex && h.Yandex {
			return ""
		}
		return NotCarriedType
	case otpauth.TOTP:
		if !h.TOTP {
			return NotCarriedType
		}
	case otpauth.Steam:
		if !h.Steam {
			return NotCarriedType
		}
	case otpauth.HOTP:
		switch {
		case !h.HOTP:
			return NotCarriedType
		case h.Counter > 0 && k.Counter() > h.Counter:
			return NotCarriedCounter
		}
	}
	switch {
	case !slices.Contains(h.Algorithms, k.Algorithm()):
		return NotCarriedAlgorithm
	case k.Type() != otpauth.Steam && !h.Digits.has(k.Digits()):
		return NotCarriedDigits
	case k.Type() != otpauth.HOTP && !h.period(int(k.Period().Seconds())):
		return NotCarriedPeriod
	}
	return ""
}

func (h Holds) period(seconds int) bool {
	return h.Period.has(seconds) && (h.Periods == nil || slices.Contains(h.Periods, seconds))
}

// leaves names what a format has no place for, of all that stands beside a key.
func (h Holds) leaves(d Details) (names []string) {
	for _, part := range []struct {
		name        string
		fits, there bool
	}{
		{"name", h.Name, d.Name != ""},
		{"tag", h.Tags || h.OneTag && len(d.Tags) == 1, len(d.Tags) > 0},
		{"note", h.Notes, len(d.Notes) > 0},
		{"recovery", h.Recovery, len(d.Recovery) > 0},
		{"added", h.Added, !d.Added.IsZero()},
	} {
		if part.there && !part.fits {
			names = append(names, part.name)
		}
	}
	if h.Other {
		return names
	}
	for _, f := range d.Other {
		if !(f.Name == "favorite" && h.Favorite || f.Name == "pin" && h.PIN) {
			names = appendNew(names, f.Name)
		}
	}
	return names
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// FormatNamed returns the format with a name.
func FormatNamed(name string) (*Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return nil, refuse(UnknownFormat)
}
