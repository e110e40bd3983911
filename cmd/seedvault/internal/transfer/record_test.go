package transfer

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

const line = "otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME"

var enrolled = time.Date(2020, 5, 1, 12, 0, 0, 0, time.UTC)

// TestSeedOf: what a record says of itself comes first, and what all of an import get is
// added to it; the service knows when it was enrolled.
func TestSeedOf(t *testing.T) {
	rec := exchange.NewRecord(line, exchange.Details{
		Name: "mine", Tags: []string{"work"}, Notes: []string{"first"}, Recovery: []string{"1234"}, Added: enrolled,
		Other: []exchange.Field{{Name: "icon", Value: "acme.svg"}},
	})
	all := escrow.Details{Added: enrolled.AddDate(6, 0, 0), Tags: []string{"moved", "work"}, Notes: []string{"by hand"}}
	s, err := SeedOf(rec, all)
	if err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2][]string{
		"name":     {{s.Name()}, {"mine"}},
		"tags":     {s.Tags(), {"work", "moved"}},
		"notes":    {s.Notes(), {"first", "by hand"}},
		"recovery": {s.All("recovery"), {"1234"}},
		"other":    {s.All("other"), {"icon acme.svg"}},
		"line":     {{s.Line()}, {line}},
		"added":    {{s.Added().Format(time.RFC3339)}, {enrolled.Format(time.RFC3339)}},
	} {
		if !slices.Equal(pair[0], pair[1]) {
			t.Errorf("%s: %q, want %q", what, pair[0], pair[1])
		}
	}
	if back := RecordOf(s); back.Line() != line || !reflect.DeepEqual(back.Details().Other, rec.Details().Other) || !slices.Equal(back.Details().Recovery, []string{"1234"}) {
		t.Errorf("back in a record: %+v", back.Details())
	}
	if named, err := SeedOf(rec, escrow.Details{Name: "given"}); err != nil || named.Name() != "given" {
		t.Errorf("a name that is given does not go before the record's: %v", err)
	}
}

// TestRecordNamesWhatHasNoPlace: what only this program keeps of a seed goes along under
// its own name, so that an export that has no place for it says so.
func TestRecordNamesWhatHasNoPlace(t *testing.T) {
	s, err := escrow.NewSeed(line, escrow.Details{})
	if err != nil {
		t.Fatal(err)
	}
	got := RecordOf(s.With("ready", "codes 2026-11-22").With("known", "bob")).Details().Other
	if !reflect.DeepEqual(got, []exchange.Field{{Name: "ready", Value: "codes 2026-11-22"}, {Name: "known", Value: "bob"}}) {
		t.Errorf("%+v", got)
	}
}

// TestWhereOf: where an item stood is its file, and in it what people count there.
func TestWhereOf(t *testing.T) {
	for want, item := range map[string]exchange.Item{
		"a.json":                    {Source: "a.json"},
		"a.json, entry 3":           {Source: "a.json", Position: exchange.Position{Kind: exchange.AtEntry, N: 3}},
		"a.csv, line 2":             {Source: "a.csv", Position: exchange.Position{Kind: exchange.AtLine, N: 2}},
		"a.png, code 1, account 12": {Source: "a.png", Position: exchange.Position{Kind: exchange.AtCode, N: 1, Of: 12}},
		"line 7":                    {Position: exchange.Position{Kind: exchange.AtLine, N: 7}},
	} {
		if got := WhereOf(say.Voice{}, item); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestReason: a refusal has its own few words, and any other error those that it is
// explained with.
func TestReason(t *testing.T) {
	voice := say.Voice{}
	refused := &exchange.Error{Reason: exchange.Damaged}
	if got := Reason(voice, refused); got != voice.Text(words.Refusals.Of(string(exchange.Damaged))) {
		t.Errorf("%q", got)
	}
	if got := Reason(voice, &otpauth.Error{Reason: otpauth.BadSecret}); got == "" || strings.Contains(got, "failed to") {
		t.Errorf("a seed that is none: %q", got)
	}
	if got := Reason(voice, errors.New("odd")); !strings.Contains(got, "odd") {
		t.Errorf("%q", got)
	}
}

// TestSome: few are named, and of many the first three.
func TestSome(t *testing.T) {
	for want, labels := range map[string][]string{
		"a":                  {"a"},
		"a, b, c, d":         {"a", "b", "c", "d"},
		"a, b, c and 2 more": {"a", "b", "c", "d", "e"},
	} {
		if got := some(say.Voice{}, labels); got != want {
			t.Errorf("%q: %q, want %q", labels, got, want)
		}
	}
	if got := numbers([]int{2, 5, 11}); got != "2, 5, 11" {
		t.Errorf("%q", got)
	}
}
