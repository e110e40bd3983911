package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
)

// TestCompletionKnowsEveryVerb: each verb completes, with its line in the help, in
// every language.
func TestCompletionKnowsEveryVerb(t *testing.T) {
	for _, language := range languages {
		w, out, _ := stage(t, time.Now())
		w.Voice.Lang = language
		newApp(w).Run([]string{"__complete", "--", ""})
		about := map[string]string{}
		for line := range strings.Lines(out.String()) {
			word, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
			about[word] = text
		}
		newApp(w).Each(func(name string, _ *cli.Command) {
			if !strings.Contains(name, " ") && about[name] == "" {
				t.Errorf("%s is not in the help in %q", name, language)
			}
		})
		if len(about) < 15 {
			t.Errorf("only %d verbs", len(about))
		}
	}
}

// TestCandidates are those that need no vault.
func TestCandidates(t *testing.T) {
	for _, c := range []struct {
		words string // the last one is being typed
		want  string
	}{
		{"che", "check"},
		{"__", ""},
		{"x", ""},
		{"list --js", "--json"},
		{"list --c", "--copy"},
		{"--vault d list --l", "--lang"},
		{"list --lang ", "en ja"},
		{"list --lang=j", "ja"},
		{"--lang j", "ja"},
		{"-i ", ":files"},
		{"restore --png ", ":files"},
		{"restore --copy ", ":folders"},
		{"restore --copy=x", ":folders"},
		{"add ", ":files"},
		{"add --name ", ""},
		{"open ", ":folders"},
		{"tour ", ""},
		{"holder ", "list add edit sheet share"},
		{"holder list ", ""},
		{"holder x l", ""},
		{"completion ", "bash zsh fish"},
		{"completion f", "fish"},
		{"add -- --na", ":files"},
		{"restore ", ""}, // no vault
		{"restore --holder ", ""},
		{"nonsense --what ", ""},
		{"add otpauth://x ", ""},
	} {
		p, out, errs := stage(t, time.Now())
		newApp(p).Run(append([]string{"__complete", "--"}, strings.Split(c.words, " ")...))
		var got []string
		for line := range strings.Lines(out.String()) {
			word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			got = append(got, word)
		}
		if want := strings.Fields(c.want); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", c.words, got, want)
		}
		if errs.Len() > 0 && !strings.Contains(c.words, "otpauth") {
			t.Errorf("%q: says %q", c.words, errs)
		}
	}
}
