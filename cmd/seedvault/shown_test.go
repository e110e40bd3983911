package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

var languages = []words.Language{words.English, words.Japanese}

// told wants an error to be told in every language: one line for it and one for
// the hint, every blank filled.
func told(t *testing.T, e *say.Error) {
	t.Helper()
	for _, language := range languages {
		p, _, errs := stage(t, time.Now())
		p.Voice.Lang = language
		p.Voice.Tell(e)
		first, second, _ := strings.Cut(errs.String(), "\n")
		if !strings.HasPrefix(first, "seedvault: "+p.Voice.Text(words.TellError, "")) ||
			!strings.HasPrefix(second, "seedvault: "+p.Voice.Text(words.TellHint, "")) ||
			strings.Count(second, "\n") != 1 || strings.Contains(errs.String(), "%!") {
			t.Errorf("%s in %q: %q", e.Message, language, errs)
		}
	}
}

func TestErrorsAreTold(t *testing.T) {
	for _, err := range explained {
		told(t, explain.Error(err))
	}
}

// TestMarksAreSaid: what stands behind a seed in a table, in every language.
func TestMarksAreSaid(t *testing.T) {
	e := escrow.Entry{
		Status: escrow.Unconfirmed, Epoch: "2-1a2b3c4d", Differs: true,
		Resemblances: []escrow.Resemblance{{Same: escrow.SameSecret, Other: receiptA}, {Same: escrow.SameID, Other: receiptB}},
	}
	for _, language := range languages {
		p, _, _ := stage(t, time.Now())
		p.Voice.Lang = language
		want := []string{
			p.Voice.Text(words.MarkUnconfirmed, "2-1a2b3c4d"), p.Voice.Text(words.MarkDiffers),
			p.Voice.Text(words.MarkSameSecret, receiptA), p.Voice.Text(words.MarkSameID, receiptB),
		}
		if got := seedlist.Marks(p.Voice, e); got != strings.Join(want, ", ") || strings.Contains(got, "%!") {
			t.Errorf("in %q: %q, want %q", language, got, want)
		}
	}
}

var (
	receiptA = escrow.Receipt{Path: "1-1a2b3c4d/seeds/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.age"}
	receiptB = escrow.Receipt{Path: "1-1a2b3c4d/seeds/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.age"}
)

// vectors reads lines of fields from a list of URIs; the last field is the URI.
func vectors(t *testing.T, name string, fields int) [][]string {
	t.Helper()
	data, err := os.ReadFile("../../testdata/otpauth/" + name)
	if err != nil {
		t.Fatal(err)
	}
	bytes := strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\xff`, "\xff")
	var list [][]string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			line := strings.SplitN(line, "|", fields)
			line[fields-1] = bytes.Replace(line[fields-1])
			list = append(list, line)
		}
	}
	if len(list) < 20 {
		t.Fatalf("only %d lines in %s", len(list), name)
	}
	return list
}

// TestRefusalsAreTold: why a URI is no seed, in every language, and nothing of it.
func TestRefusalsAreTold(t *testing.T) {
	for _, v := range vectors(t, "refused.txt", 2) {
		_, err := escrow.NewSeed(v[1], escrow.Details{})
		for _, language := range languages {
			p, _, errs := stage(t, time.Now())
			p.Voice.Lang = language
			p.Voice.Tell(explain.Error(err))
			if reason := p.Voice.Text(words.Refusals.Of(string(v[0]))); !strings.Contains(errs.String(), reason) || strings.Contains(errs.String(), "JBSWY") {
				t.Errorf("%q in %q: %q", v, language, errs)
			}
		}
	}
}

// TestReasonsAreTold: all of them, those of other formats too.
func TestReasonsAreTold(t *testing.T) {
	n := 0
	for _, row := range words.Refusals {
		told(t, say.Fail(words.NotASeed, row.Message).WithHint(words.HintNotASeed))
		n++
	}
	if n < 15 {
		t.Errorf("only %d reasons", n)
	}
}

// TestRemarksAreMade about odd seeds that are saved all the same.
func TestRemarksAreMade(t *testing.T) {
	made := map[otpauth.Remark]bool{}
	for _, v := range vectors(t, "accepted.txt", 11) {
		key, err := otpauth.Parse(v[10])
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range key.Remarks() {
			for _, language := range languages {
				p, _, errs := stage(t, time.Now())
				p.Voice.Lang = language
				p.Voice.Remark(words.SeedRemarks.Of(string(r)))
				if errs.String() == "seedvault: "+string(r)+"\n" {
					t.Errorf("%s has no text in %q", r, language)
				}
			}
			made[r] = true
		}
	}
	if len(made) < 5 {
		t.Errorf("only %v", made)
	}
}

// TestReportIsSaid: the verdict first, then what was found, in columns, in every
// language.
func TestReportIsSaid(t *testing.T) {
	codes := []escrow.FindingCode{
		escrow.CodeDamaged, escrow.CodeMissing, escrow.CodeNoContent, escrow.CodeNewer, escrow.CodeForeign, escrow.CodeUnreadable,
		escrow.CodeUnknown, escrow.CodeSpecial, escrow.CodeOldTemp, escrow.CodeDuplicate, escrow.CodeLineEnds,
		escrow.CodeUnfinished, escrow.CodeNoSeal, escrow.CodeUnconfirmed, escrow.CodeSuccessor, escrow.CodeRolledBack,
		escrow.CodeLostDeposit, escrow.CodeFewWays, escrow.CodeDiffers, escrow.CodeNoCode,
	}
	for _, language := range languages {
		for i, code := range codes {
			p, out, _ := stage(t, time.Now())
			p.Voice.Lang = language
			red := i%2 == 0
			(&checked{report: &escrow.Report{Findings: []escrow.Finding{{Code: code, Path: "1-ab/\x1bx", Red: red}}}}).say(p.Voice)
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			verdict, mark := words.CheckGood, words.MarkNote
			switch {
			case red:
				verdict, mark = words.CheckRed, words.MarkRed
			case code.Incomplete():
				verdict = words.CheckIncomplete
			}
			want := fmt.Sprintf("%s  %s  %s", p.Voice.Text(mark), p.Voice.Text(words.FindingCodes.Of(string(code))), `1-ab/\u{1b}x`)
			if lines[0] != p.Voice.Text(verdict) || !slices.Contains(lines, want) || !slices.Contains(lines, p.Voice.Text(words.CheckNotCompared)) {
				t.Errorf("%s in %q: %q, want %q", code, language, lines, want)
			}
		}
		v := say.Voice{Lang: language}
		if red, note := v.Text(words.MarkRed), v.Text(words.MarkNote); console.Width(red) != console.Width(note) {
			t.Errorf("%q and %q do not align", red, note)
		}
	}
}
