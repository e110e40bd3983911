package exchange

import (
	"slices"

	"seedvault/escrow/otpauth"
)

// Holds is what a format, or an app, can carry of a seed. A seed is refused if what makes
// its codes does not fit; what stands beside them may be left out, and a notice says so.
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

// Has reports whether a number is in the range, whose ends belong to it.
func (r Range) Has(n int) bool { return r.From <= n && n <= r.To }

// Carries returns why a record's key does not fit, "" if it does.
func (h Holds) Carries(r Record) Reason {
	k := r.Key()
	switch k.Type() {
	case "":
		if KindOf(r.Line()) == KindMOTP && h.MOTP || KindOf(r.Line()) == KindYandex && h.Yandex {
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
	case k.Type() != otpauth.Steam && !h.Digits.Has(k.Digits()):
		return NotCarriedDigits
	case k.Type() != otpauth.HOTP && !h.TakesPeriod(int(k.Period().Seconds())):
		return NotCarriedPeriod
	}
	return ""
}

// TakesPeriod reports whether a period of so many seconds can be carried.
func (h Holds) TakesPeriod(seconds int) bool {
	return h.Period.Has(seconds) && (h.Periods == nil || slices.Contains(h.Periods, seconds))
}

// Leaves returns the names of the details that this format cannot store.
func (h Holds) Leaves(d Details) (names []string) {
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
