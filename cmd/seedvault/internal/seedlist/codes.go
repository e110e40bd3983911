package seedlist

import (
	"time"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// firstYear is the year in which the program was written: a clock that shows an earlier one is
// wrong.
const firstYear = 2026

// ClockWrong reports whether a time cannot be right, so that every code which this machine
// shows or compares is wrong.
func ClockWrong(now time.Time) bool { return now.UTC().Year() < firstYear }

// RemarkClock warns of a clock that cannot be right.
func RemarkClock(w *world.World) {
	if ClockWrong(w.Now()) {
		w.Voice.Remark(words.ClockWrong, DayOrDash(w.Now().UTC()))
	}
}

// RemarkCode prints the code that the new phone should show.
func RemarkCode(w *world.World, seed escrow.Seed) {
	RemarkClock(w)
	if code, next, left := Codes(seed, w.Now()); code != "-" {
		w.Voice.Remark(words.PresentCode, code, left, next)
	}
}

// Codes returns the present code, the next one and the seconds left; for a seed without them,
// "-" and 0.
func Codes(seed escrow.Seed, now time.Time) (code, next string, left int) {
	key, err := seed.Key()
	if err == nil {
		code, err = key.Code(now)
	}
	if err == nil {
		next, err = key.Next(now)
	}
	if err != nil {
		return "-", "-", 0
	}
	return code, next, secondsLeft(key, now)
}

// secondsLeft rounds up, so that a code that is still valid never has 0 seconds left.
func secondsLeft(key otpauth.Key, now time.Time) int {
	return int((key.Remaining(now) + time.Second - 1) / time.Second)
}
