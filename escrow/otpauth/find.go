package otpauth

import "time"

// Found is how a code comes from a key: now, or by a clock that is off, or with
// other parameters than the key's.
type Found struct {
	Off       time.Duration // how far the other clock is ahead, in whole periods; behind if negative
	Type      Type
	Algorithm Algorithm
	Digits    int
	Period    time.Duration // 0 for HOTP
	Counter   uint64        // HOTP
}

// Same reports whether the code comes from the key as it stands, whatever the clock.
func (f Found) Same(k Key) bool {
	return f.Type == k.Type() && f.Algorithm == k.Algorithm() && f.Digits == k.Digits() && f.Period == k.Period()
}

// Find searches for what makes a code out of a key's secret: the key itself
// first, with the clock right, then off; then what apps are known to ignore or
// to get wrong, algorithm, digits and period; or for an HOTP key the next 100
// counters. At is when the code was typed. What is searched is small, 435 codes for a
// key of 30 seconds, so that a code of six digits that has nothing to do with the key is
// taken for one of its own once in some 2,300 times. The shorter the period, the more.
func (k Key) Find(code string, at time.Time) (Found, bool) {
	switch k.Type() {
	case "":
		return Found{}, false
	case HOTP:
		return k.findCounter(code)
	}
	for _, variant := range k.variants(len(code)) {
		for _, off := range variant.offsets(k) {
			if variant.holds(code, at, off) {
				return Found{
					Off: time.Duration(off) * variant.Period(), Type: variant.Type(),
					Algorithm: variant.Algorithm(), Digits: variant.Digits(), Period: variant.Period(),
				}, true
			}
		}
	}
	return Found{}, false
}

// counters is how many codes of an HOTP key are searched from its URI's counter on.
const counters = 100

func (k Key) findCounter(code string) (Found, bool) {
	for n := k.Counter(); n-k.Counter() < counters; n++ {
		if have, err := k.at(n); err == nil && have == code {
			return Found{Type: HOTP, Algorithm: k.Algorithm(), Digits: k.Digits(), Counter: n}, true
		}
	}
	return Found{}, false
}

// variants are the key itself and the keys that an app may have made of it, for
// codes of one length.
func (k Key) variants(length int) []Key {
	own := k.params()
	var list []Key
	add := func(p params) {
		p.digits = length
		if p.kind == Steam {
			p.digits = steamDigits
		}
		if p.digits == length && (length == own.digits || length >= steamDigits && length <= 8) {
			list = append(list, keyOf(&p))
		}
	}
	add(*own)
	for _, period := range []int{30, 60, 15, 10, 90, 120, 300, own.period} {
		for _, algorithm := range []Algorithm{SHA1, SHA256, SHA512} {
			for _, kind := range []Type{TOTP, Steam} {
				p := *own
				p.period, p.algorithm, p.kind = period, algorithm, kind
				add(p)
			}
		}
	}
	return list
}

// offsets are how far the other clock may be off, in periods, nearest first. Of
// the key as it stands, but for its digits, it may be an hour, or a time zone; of a
// variant only so much as typing takes.
func (variant Key) offsets(k Key) []int {
	near := 1
	if variant.params().kind == k.Type() && variant.Algorithm() == k.Algorithm() && variant.Period() == k.Period() {
		near = int(time.Hour / variant.Period())
	}
	list := []int{0}
	for i := 1; i <= near; i++ {
		list = append(list, -i, i)
	}
	if near <= 1 {
		return list
	}
	for hours := 1; hours <= 14; hours++ {
		zone := int(time.Duration(hours) * time.Hour / variant.Period())
		for _, about := range []int{0, -1, 1, -2, 2} {
			list = append(list, -zone+about, zone+about)
		}
	}
	return list
}

// holds reports whether the code is the key's so many periods from an instant.
func (variant Key) holds(code string, at time.Time, off int) bool {
	step, err := variant.step(at)
	if err != nil || off < 0 && step < uint64(-off) {
		return false
	}
	have, err := variant.at(step + uint64(off))
	return err == nil && have == code
}
