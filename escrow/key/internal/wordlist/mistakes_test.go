package wordlist

import (
	"slices"
	"testing"
)

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		typed          string
		count, unknown int
		ok             bool
		meant          []string
	}{
		{"abandon ability able about above absent", 6, 0, true, nil},
		{"Abandon ABILITY able  about　above absent", 6, 0, true, nil},
		{"abandon ability abel about above absent", 6, 3, true, []string{"able", "label"}},
		{"abandon ability able about above absnt", 6, 6, true, []string{"absent"}},
		{"abandon ability able about above", 5, 0, true, nil},
		{"abandon ability able about above absent absorb", 7, 0, true, nil},
		{"xyzzyxyzzy ability able about above absent", 6, 1, true, nil},
		{"a passphrase of somebody's own making", 6, 1, false, nil},
		{"abandon ability able", 3, 0, false, nil},
		{"", 0, 0, false, nil},
	} {
		count, unknown, ok := Mistakes(c.typed)
		if count != c.count || unknown != c.unknown || ok != c.ok {
			t.Errorf("%q: %d words, %d unknown, %t", c.typed, count, unknown, ok)
		}
		if c.ok && unknown > 0 && !slices.Equal(Meant(c.typed, unknown), c.meant) {
			t.Errorf("%q: meant %q", c.typed, Meant(c.typed, unknown))
		}
	}
	if Meant("able", 2) != nil || Meant("able", 0) != nil {
		t.Error("a word that was not typed was meant")
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"able", "able", 0}, {"abel", "able", 1}, {"ale", "able", 1}, {"abble", "able", 1}, {"abke", "able", 1}, {"", "able", 4}, {"bale", "able", 1}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s to %s: %d", c.a, c.b, got)
		}
	}
}
