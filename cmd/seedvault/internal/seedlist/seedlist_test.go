package seedlist

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/escrow"
)

// of returns an entry with a name and tags, whose receipt begins with a letter.
func of(t *testing.T, line, receipt, name string, tags ...string) escrow.Entry {
	t.Helper()
	s, err := escrow.NewSeed(line, escrow.Details{Name: name, Tags: tags})
	if err != nil {
		t.Fatal(err)
	}
	sum := [32]byte(bytes.Repeat([]byte{receipt[0]}, 32))
	return escrow.Entry{Seed: s, Status: escrow.Accepted, Receipts: []escrow.Receipt{{Path: "1-0/seeds/" + receipt + ".age", Sum: sum}}}
}

func titles(entries []escrow.Entry) (list []string) {
	for _, e := range entries {
		list = append(list, Title(e))
	}
	return list
}

const secret = "?secret=JBSWY3DPEHPK3PXP"

// TestMatching: a receipt means one seed, else a whole name goes before a part of one, and
// what a service is commonly called is looked at last.
func TestMatching(t *testing.T) {
	anna := of(t, "otpauth://totp/ACME:anna"+secret, "a", "")
	bob := of(t, "otpauth://totp/ACME:bob"+secret, "b", "", "work")
	amazon := of(t, "otpauth://totp/Amazon%20Web%20Services:root"+secret, "c", "")
	bank := of(t, "otpauth://totp/Bank:me"+secret, "d", "銀行")
	waiting := of(t, "otpauth://totp/ACME:carol"+secret, "e", "")
	waiting.Status = escrow.NotAccepted
	named := of(t, "otpauth://totp/Shop:me"+secret, "f", anna.Receipts[0].String()) // called like a receipt
	all := []escrow.Entry{anna, bob, amazon, bank, waiting, named}
	for _, c := range []struct {
		name     string
		accepted bool
		want     []string
	}{
		{"ACME:anna", true, []string{"ACME anna"}},
		{"acme ANNA", true, []string{"ACME anna"}},
		{"ｂｏｂ", true, []string{"ACME bob"}},
		{"WORK", true, []string{"ACME bob"}},
		{"acme", true, []string{"ACME anna", "ACME bob"}},
		{"acme", false, []string{"ACME carol"}},
		{"ban", true, []string{"銀行"}},
		{"銀行", true, []string{"銀行"}},
		{"aws", true, []string{"Amazon Web Services root"}},
		{anna.Receipts[0].String(), true, []string{"ACME anna"}},
		{"nobody", true, nil},
	} {
		if got := titles(Matching(all, c.name, c.accepted)); !slices.Equal(got, c.want) {
			t.Errorf("%q (accepted %t) means %q, want %q", c.name, c.accepted, got, c.want)
		}
	}
}

// TestTitle: a seed is called by its own name, else by issuer and account, else by its
// receipt.
func TestTitle(t *testing.T) {
	for _, c := range []struct{ line, name, want string }{
		{"otpauth://totp/ACME:anna" + secret, "", "ACME anna"},
		{"otpauth://totp/ACME:anna" + secret, "home", "home"},
		{"otpauth://totp/Old:anna" + secret + "&issuer=New", "", "New / Old anna"},
		{"otpauth://totp/" + secret, "", "mfqwcylbmfqw"},
	} {
		if got := Title(of(t, c.line, "a", c.name)); got != c.want {
			t.Errorf("%q, called %q: %q, want %q", c.line, c.name, got, c.want)
		}
	}
}

// TestNamesakes: where two seeds have one title, their receipts have to tell them apart.
func TestNamesakes(t *testing.T) {
	got := Namesakes([]escrow.Entry{of(t, "otpauth://totp/A:x"+secret, "a", ""), of(t, "otpauth://totp/A:x"+secret, "b", ""), of(t, "otpauth://totp/B:x"+secret, "c", "")})
	if !got["A x"] || got["B x"] {
		t.Errorf("%v", got)
	}
}

// TestCodes: RFC 6238's secret at its first time gives the codes of RFC 4226's counters 1
// and 2; what is no one-time password gives none.
func TestCodes(t *testing.T) {
	rfc := of(t, "otpauth://totp/A:x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "a", "").Seed
	code, next, left := Codes(rfc, time.Unix(59, 0))
	if code != "287082" || next != "359152" || left != 1 {
		t.Errorf("%s for %d seconds, then %s", code, left, next)
	}
	if _, _, left := Codes(rfc, time.Unix(59, 999_000_000)); left != 1 {
		t.Errorf("a code that still holds has %d seconds left", left)
	}
	counting := of(t, "otpauth://hotp/A:x?counter=0&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "a", "").Seed
	if code, next, left := Codes(counting, time.Unix(59, 0)); code != "-" || next != "-" || left != 0 {
		t.Errorf("a seed that counts gives %s, then %s, for %d seconds", code, next, left)
	}
}

// TestMarks: an accepted seed has no mark; who added another, and what it shares with an
// accepted one, is for whoever accepts.
func TestMarks(t *testing.T) {
	plain := of(t, "otpauth://totp/A:x"+secret, "a", "")
	waiting := plain
	waiting.Status = escrow.NotAccepted
	waiting.Resemblances = []escrow.Resemblance{{Same: escrow.SameSecret, Other: plain.Receipts[0]}}
	known := plain
	known.ExposedTo = []string{"bob", "carol"}
	for _, c := range []struct {
		e    escrow.Entry
		want []string // in this order
	}{{plain, nil}, {waiting, []string{"not yet accepted", "mfqwcylbmfqw"}}, {known, []string{"bob, carol"}}} {
		got := Marks(say.Voice{}, c.e)
		rest := got
		for _, w := range c.want {
			_, after, found := strings.Cut(rest, w)
			if !found {
				t.Errorf("%q has no %q", got, w)
			}
			rest = after
		}
		if c.want == nil && got != "" {
			t.Errorf("an accepted seed is marked %q", got)
		}
	}
}

// TestWithoutEmpty: a column that has nothing but its title is left out, but for the last.
func TestWithoutEmpty(t *testing.T) {
	got := WithoutEmpty([][]string{{"issuer", "tags", "name", ""}, {"A", "", "x", ""}, {"B", "", "", ""}})
	want := [][]string{{"issuer", "name", ""}, {"A", "x", ""}, {"B", "", ""}}
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("row %d: %q, want %q", i, got[i], want[i])
		}
	}
}

// TestClockWrong: a clock that stands before this program was written is wrong.
func TestClockWrong(t *testing.T) {
	for at, want := range map[string]bool{"1970-01-01": true, "2025-12-31": true, "2026-01-01": false, "2040-06-01": false} {
		day, _ := time.Parse(time.DateOnly, at)
		if ClockWrong(day) != want {
			t.Errorf("%s is wrong: %t", at, !want)
		}
	}
}
