package recheck

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// Comparison is what a code from the phone tells about the seed that the phone has.
type Comparison struct {
	Entry int  // which of the entries it is about, -1 for none
	Match bool // the phone has that seed, and its clock is right
	Clock bool // the phone has that seed, and its clock is off
	Said  words.Message
	About []any // what fills its blanks
}

// NormalizeCode returns a typed code as digits or letters alone: people also type full-width
// digits and spaces between groups.
func NormalizeCode(typed string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, norm.NFKC.String(typed)))
}

// Compare looks for a code from the phone among the seeds that it should come from, and then
// among all others of the vault.
func Compare(code string, wanted, others []escrow.Entry, at time.Time) Comparison {
	best := Comparison{Entry: -1, Said: words.PhoneUnknown}
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
		c.Entry = i
		if c.Match {
			return c
		}
		if best.Entry < 0 || c.Clock {
			best = c
		}
	}
	if best.Entry >= 0 {
		return best
	}
	for _, e := range others {
		if key, err := e.Seed.Key(); err == nil {
			if found, ok := key.Find(code, at); ok && found.Same(key) && onTime(found) {
				return Comparison{Entry: -1, Said: words.PhoneOfAnother, About: []any{seedlist.Title(e)}}
			}
		}
	}
	return best
}

// onTime reports whether a code that was found is close enough to now: typing takes time, and
// clocks differ a little; services allow as much.
func onTime(f otpauth.Found) bool { return f.Off.Abs() <= f.Period }

// explainFound says how the settings that the phone computes with differ from the seed's.
func explainFound(key otpauth.Key, f otpauth.Found) Comparison {
	switch {
	case f.Type == otpauth.HOTP:
		return Comparison{Match: true, Said: words.PhoneCounts, About: []any{f.Counter}}
	case f.Same(key) && onTime(f):
		return Comparison{Match: true, Said: words.PhoneMatches}
	case f.Same(key) && f.Off > 0:
		return Comparison{Clock: true, Said: words.PhoneAhead, About: []any{int(f.Off.Seconds())}}
	case f.Same(key):
		return Comparison{Clock: true, Said: words.PhoneBehind, About: []any{int(-f.Off.Seconds())}}
	}
	return Comparison{Said: words.PhoneDiffers, About: []any{differences(key, f)}}
}

// differences lists the settings that an app has got wrong.
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
