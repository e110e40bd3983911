package readiness

import (
	"errors"
	"slices"
	"testing"
	"time"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

func entry(t *testing.T, issuer string, ready ...string) escrow.Entry {
	t.Helper()
	s, err := escrow.NewSeed("otpauth://totp/"+issuer+":anna?secret=JBSWY3DPEHPK3PXP&issuer="+issuer, escrow.Details{})
	if err != nil {
		t.Fatal(err)
	}
	return escrow.Entry{Seed: s.With("ready", ready...), Status: escrow.Accepted, Receipts: []escrow.Receipt{{Path: "1-0/seeds/a.age"}}}
}

// TestOf: the accepted seeds stand by the page of their service, and those of services that
// no page is about come last.
func TestOf(t *testing.T) {
	waiting := entry(t, "GitHub")
	waiting.Status = escrow.NotAccepted
	list := Of(guide.Open(), []escrow.Entry{entry(t, "Nobody"), entry(t, "GitHub"), entry(t, "Google"), entry(t, "GitHub"), waiting})
	var got []string
	for _, s := range list {
		got = append(got, s.Page.ID)
	}
	if !slices.Equal(got, []string{"github", "google-account", guide.Generic}) {
		t.Fatalf("%q", got)
	}
	if len(list[0].Seeds) != 2 || len(list[1].Seeds) != 1 || len(list[2].Seeds) != 1 {
		t.Errorf("%d, %d and %d seeds", len(list[0].Seeds), len(list[1].Seeds), len(list[2].Seeds))
	}
	for _, s := range list {
		if len(s.Prepare) == 0 {
			t.Errorf("nothing to prepare at %s", s.Page.ID)
		}
	}
}

// TestSince: a word of the checklist is confirmed once it is for every seed of the service,
// since the earliest day.
func TestSince(t *testing.T) {
	book := guide.Open()
	word := Of(book, []escrow.Entry{entry(t, "GitHub")})[0].Prepare[0].Word
	for _, c := range []struct {
		seeds []escrow.Entry
		want  string
	}{
		{[]escrow.Entry{entry(t, "GitHub")}, ""},
		{[]escrow.Entry{entry(t, "GitHub", word+" 2026-03-01")}, "2026-03-01"},
		{[]escrow.Entry{entry(t, "GitHub", word+" 2026-03-01"), entry(t, "GitHub")}, ""},
		{[]escrow.Entry{entry(t, "GitHub", word+" 2026-03-01"), entry(t, "GitHub", word+" 2025-12-24")}, "2025-12-24"},
	} {
		s := Of(book, c.seeds)[0]
		if got := s.Since(word); got != c.want || slices.Contains(s.Missing(), word) != (c.want == "") {
			t.Errorf("%d seeds: since %q, want %q; missing %q", len(c.seeds), got, c.want, s.Missing())
		}
	}
}

// TestConfirm: a word is confirmed since today or a day, an empty day takes it back, and a
// word that the service's checklist does not have is refused with those that it has.
func TestConfirm(t *testing.T) {
	w := &world.World{Voice: say.Voice{}, Now: func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }}
	e := entry(t, "GitHub")
	prepare := Of(guide.Open(), []escrow.Entry{e})[0].Prepare
	first, second := prepare[0].Word, prepare[1].Word
	for _, c := range []struct{ given, want []string }{
		{nil, nil},
		{[]string{first}, []string{first + " 2026-11-22"}},
		{[]string{first + "=2026-03-01", second}, []string{first + " 2026-03-01", second + " 2026-11-22"}},
		{[]string{first + "=2026-03-01", first}, []string{first + " 2026-11-22"}},
		{[]string{first, first + "="}, nil},
	} {
		s, err := Confirm(w, e.Seed, c.given)
		if got := s.All("ready"); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, %v, want %q", c.given, got, err, c.want)
		}
	}
	for given, want := range map[string]words.Message{"no-such-word": words.NotToPrepare, first + "=soon": words.NotADay} {
		var e2 *say.Error
		s, err := Confirm(w, e.Seed, []string{given})
		if !errors.As(err, &e2) || e2.Message != want || len(s.All("ready")) > 0 {
			t.Errorf("%q: %v", given, err)
		}
	}
}
