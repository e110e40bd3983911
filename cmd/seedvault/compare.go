package main

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// comparison is what a code that a person read from a phone says of the seed
// that the phone has.
type comparison struct {
	entry int  // which of the entries it is about, -1 for none
	match bool // the phone has that seed, and its clock is right
	clock bool // the phone has that seed, and its clock is off
	said  words.Message
	about []any // what fills its blanks
}

// typedCode is a code as people type it, full-width digits and spaces between
// groups among them.
func typedCode(typed string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, norm.NFKC.String(typed)))
}

// compare holds a phone's code against the seeds it should come from, then
// against all others of the vault.
func compare(code string, wanted, others []escrow.Entry, at time.Time) comparison {
	best := comparison{entry: -1, said: words.PhoneUnknown}
	for i, e := range wanted {
		key, err := e.Seed.Key()
		if err != nil {
			continue
		}
		found, ok := key.Find(code, at)
		if !ok {
			continue
		}
		c := explainFound(key, found)
		c.entry = i
		if c.match {
			return c
		}
		if best.entry < 0 || c.clock {
			best = c
		}
	}
	if best.entry >= 0 {
		return best
	}
	for _, e := range others {
		if key, err := e.Seed.Key(); err == nil {
			if found, ok := key.Find(code, at); ok && found.Same(key) && onTime(found) {
				return comparison{entry: -1, said: words.PhoneOfAnother, about: []any{title(e)}}
			}
		}
	}
	return best
}

// onTime allows for the time that typing takes, and for as much that clocks may
// be apart: services do too.
func onTime(f otpauth.Found) bool { return f.Off.Abs() <= f.Period }

// explainFound says how what the phone computes with differs from the seed.
func explainFound(key otpauth.Key, f otpauth.Found) comparison {
	switch {
	case f.Type == otpauth.HOTP:
		return comparison{match: true, said: words.PhoneCounts, about: []any{f.Counter}}
	case f.Same(key) && onTime(f):
		return comparison{match: true, said: words.PhoneMatches}
	case f.Same(key) && f.Off > 0:
		return comparison{clock: true, said: words.PhoneAhead, about: []any{int(f.Off.Seconds())}}
	case f.Same(key):
		return comparison{clock: true, said: words.PhoneBehind, about: []any{int(-f.Off.Seconds())}}
	}
	return comparison{said: words.PhoneDiffers, about: []any{differences(key, f)}}
}

// differences are what an app got wrong.
func differences(key otpauth.Key, f otpauth.Found) words.Phrase {
	var list words.Phrase
	add := func(differs bool, m words.Message, args ...any) {
		switch {
		case !differs:
		case list.Message == (words.Message{}):
			list = words.Part(m, args...)
		default:
			list = words.Part(words.Both, list, words.Part(m, args...))
		}
	}
	add(f.Type != key.Type(), words.DiffersInType, string(f.Type), string(key.Type()))
	add(f.Algorithm != key.Algorithm(), words.DiffersInAlgorithm, string(f.Algorithm), string(key.Algorithm()))
	add(f.Digits != key.Digits(), words.DiffersInDigits, f.Digits, key.Digits())
	add(f.Period != key.Period(), words.DiffersInPeriod, int(f.Period.Seconds()), int(key.Period().Seconds()))
	return list
}
