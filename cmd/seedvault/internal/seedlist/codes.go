package seedlist

import (
	"time"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// firstYear is before any machine of this program's had its clock set right.
const firstYear = 2026

// ClockWrong reports whether a time cannot be right, so that no code that this machine
// shows or compares can.
func ClockWrong(now time.Time) bool { return now.UTC().Year() < firstYear }

// RemarkClock warns of a clock that cannot be right.
func RemarkClock(w *world.World) {
	if ClockWrong(w.Now()) {
		w.Voice.Remark(words.ClockWrong, Day(w.Now().UTC()))
	}
}

// RemarkCode says which code the new phone should show.
func RemarkCode(w *world.World, seed escrow.Seed) {
	RemarkClock(w)
	if code, next, left := Codes(seed, w.Now()); code != "-" {
		w.Voice.Remark(words.PresentCode, code, left, next)
	}
}

// Codes returns the present code, the next one and the seconds left, "-" and 0 for what the
// seed does not have.
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

// secondsLeft rounds up, so that a code that still holds never has 0 left.
func secondsLeft(key otpauth.Key, now time.Time) int {
	return int((key.Remaining(now) + time.Second - 1) / time.Second)
}
