package main

import (
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// TestLanguageIsChosen: by the flag wherever it stands, else by the locale, and
// never one that the locale's character set cannot show.
func TestLanguageIsChosen(t *testing.T) {
	for _, c := range []struct {
		args, variable, value string
		want                  words.Language
		remarked              bool
	}{
		{"--lang ja list x", "LANG", "", words.Japanese, false},
		{"list x --lang ja", "LANG", "en_GB.UTF-8", words.Japanese, false},
		{"list x", "LANG", "ja_JP.UTF-8", words.Japanese, false},
		{"list x --lang en", "LANG", "ja_JP.UTF-8", words.English, false},
		{"list x --lang ja", "LC_ALL", "C", words.English, true},
		{"list x", "LC_MESSAGES", "ja_JP.eucJP", words.Japanese, false},
		{"list x", "LC_ALL", "ja_JP.eucJP", words.English, true},
		{"list x", "LC_ALL", "C", words.English, false},
	} {
		p, out, errs := stage(t, time.Now())
		env := p.Getenv
		p.Getenv = func(name string) string {
			if name == c.variable {
				return c.value
			}
			return env(name)
		}
		if status := newApp(p).Run(strings.Fields(c.args)); status != say.StatusUsage || out.Len() > 0 {
			t.Errorf("%+v: ends with %d and writes %q", c, status, out)
		}
		said := (say.Voice{Lang: c.want}).Text(words.TooManyNames, "x")
		if !strings.Contains(errs.String(), said) {
			t.Errorf("%+v: %q is not in %q", c, said, errs)
		}
		if remarked := strings.Contains(errs.String(), "cannot show Japanese"); remarked != c.remarked {
			t.Errorf("%+v: remarked is %t", c, remarked)
		}
	}
}

func TestUnknownLanguage(t *testing.T) {
	for _, args := range []string{"--lang de list", "list --lang=", "--help --lang 日本語"} {
		p, out, errs := stage(t, time.Now())
		if status := newApp(p).Run(strings.Fields(args)); status != say.StatusUsage || out.Len() > 0 {
			t.Errorf("%q ends with %d and writes %q", args, status, out)
		}
		if !strings.Contains(errs.String(), "--lang en or --lang ja") {
			t.Errorf("%q: %q", args, errs)
		}
	}
}
