package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/say"
)

// everyCommand calls a function with each visible command and its whole name.
func everyCommand(commands []*cli.Command, above string, f func(name string, c *cli.Command)) {
	for _, c := range commands {
		if name := strings.TrimSpace(above + " " + c.Name); !c.Hidden {
			f(name, c)
			everyCommand(c.Subcommands, name, f)
		}
	}
}

// TestCompletionKnowsEveryPlace: for each verb and each flag with a value it is
// decided what fits there, and each verb has its line in the help.
func TestCompletionKnowsEveryPlace(t *testing.T) {
	p, _, _ := stage(t, time.Now())
	app := p.app()
	verbs, flags := 0, app.Flags
	everyCommand(app.Commands, "", func(name string, c *cli.Command) {
		verbs++
		flags = append(flags, c.Flags...)
		if namesOf[name] == "" {
			t.Errorf("what follows %s?", name)
		}
		for _, language := range languages {
			v := program{Voice: say.Voice{Lang: language}}
			if !strings.Contains(name, " ") && v.summary([]string{name}) == "" {
				t.Errorf("%s is not in the help in %q", name, language)
			}
		}
	})
	for _, f := range flags {
		if name := f.Names()[0]; takesValue(flags, name) == (valuesOf[name] == "") {
			t.Errorf("what follows --%s?", name)
		}
	}
	if verbs < 10 || len(flags) < 20 {
		t.Errorf("only %d verbs and %d flags", verbs, len(flags))
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
		p.run(append([]string{"__complete", "--"}, strings.Split(c.words, " ")...))
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

func TestPlainWords(t *testing.T) {
	for _, w := range []string{"acme", "Example-2", "a.b_c+d", "日本銀行", "été"} {
		if !isPlainWord(w) {
			t.Errorf("%q is not plain", w)
		}
	}
	for _, w := range []string{"-x", "a b", "a;b", "$(x)", "`x`", "a&b", "a|b", "a>b", "a\nb", "a\x1bb", "a'b", `a"b`, `a\b`, "a*", "~", "a!b", "a#b", "a:b", "a=b", "a@b", "{a,b}", "[a]", "a\u202eb", "\u200b"} {
		if isPlainWord(w) {
			t.Errorf("%q is plain", w)
		}
	}
}
