package parse

import (
	"testing"
	"time"
)

// TestTime: a text that only begins as a number of seconds does is no time, so that a date
// in another form is not one of 1970.
func TestTime(t *testing.T) {
	at := time.Date(2023, 11, 14, 22, 13, 20, 0, time.UTC)
	for s, want := range map[string]time.Time{
		"1700000000": at, " 1700000000\n": at, "1700000000.0": at, "1700000000.25": at, "1700000000000": at, "2023-11-14T22:13:20Z": at, "2023-11-14T23:13:20+01:00": at,
		"": {}, "0": {}, "-5": {}, "2023-11-14": {}, "2023/11/14": {}, "2023 11 14": {}, "14.11.2023": {}, "11.5e3": {}, "17x": {},
		"99999999999999999": {}, "yesterday": {},
	} {
		if got := Time(s); !got.Equal(want) {
			t.Errorf("%q is %v, want %v", s, got, want)
		}
	}
}
