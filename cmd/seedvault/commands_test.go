package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/world"
)

// called finds what a text tells a person to type: far in on a line of its own or
// behind a prompt, where it must be a command, or in a sentence.
var called = pattern(`(?m)(^ {8,}|^\$ |.|^)\bseedvault((?: +[^\s"',;:。、）」|]+)+)`)

// misunderstood returns what is wrong with a command line, "" if nothing is: its help is
// asked for, so that nothing of it is carried out.
func misunderstood(words []string) string {
	var errs bytes.Buffer
	w := &world.World{Voice: say.Voice{Out: io.Discard, Err: &errs}, Getenv: func(string) string { return "" }}
	if newApp(w).Run(append([]string{"--help"}, words...)) == say.StatusDone {
		return ""
	}
	first, _, _ := strings.Cut(errs.String(), "\n")
	return first
}

// verbsBelow are the verbs below each other one, and below nothing those of the first
// rank.
var verbsBelow = sync.OnceValue(func() map[string][]string {
	below := map[string][]string{}
	newApp(&world.World{}).Each(func(name string, _ *cli.Command) {
		above, own, nested := strings.Cut(name, " ")
		if !nested {
			above, own = "", name
		}
		below[above] = append(below[above], own)
	})
	return below
})

// unknownCommands returns the command lines in a text with a command or a flag that there
// is none of, and how many were looked at.
func unknownCommands(t *testing.T, text string) (unknown []string, n int) {
	t.Helper()
	below := verbsBelow()
	for _, m := range called().FindAllStringSubmatch(text, -1) {
		typed := strings.HasPrefix(m[1], "$ ") || strings.HasPrefix(m[1], "  ")
		words := strings.Fields(m[2])
		for i := range words {
			words[i] = strings.TrimRight(words[i], "].)`")
		}
		if i := slices.Index(words, "VERB"); i > 0 {
			words = words[:i] // it stands for those that there are
		}
		if !typed && !slices.Contains(below[""], words[0]) {
			continue // a sentence about the program
		}
		n++
		verbs, hasBelow := below[words[0]]
		switch wrong := misunderstood(words); {
		case wrong != "" && !strings.Contains(wrong, "needs a value"): // a sentence may leave it out
			unknown = append(unknown, strings.TrimSpace(m[0])+": "+wrong)
		case typed && hasBelow && len(words) > 1 && !strings.HasPrefix(words[1], "-") && !slices.Contains(verbs, words[1]):
			unknown = append(unknown, strings.TrimSpace(m[0])+": no such verb")
		}
	}
	return unknown, n
}

// TestCommandsInTexts: whatever a page of the guide, a message, the manual, a vault's own
// README or one of the project's pages for people tells a person to type is a command with
// these flags.
func TestCommandsInTexts(t *testing.T) {
	files := []string{"../../README.md", "../../.github/README.ja.md", "../../.github/HOLDERS.md", "../../escrow/byhand/readme.txt", "../../escrow/FORMAT.md", "../../escrow/THREATS.md", "doc.go"}
	err := filepath.WalkDir("guide", func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".yaml") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		unknown, n := unknownCommands(t, string(text))
		for _, u := range unknown {
			t.Errorf("%s: %s", name, u)
		}
		total += n
	}
	for name, text := range englishTexts(t) {
		unknown, n := unknownCommands(t, text)
		for _, u := range unknown {
			t.Errorf("%s: %s", name, u)
		}
		total += n
	}
	if total < 300 {
		t.Errorf("only %d commands found", total)
	}
}

// TestUnknownCommands is the control: each of these is found, or is none.
func TestUnknownCommands(t *testing.T) {
	for text, want := range map[string]int{
		"$ seedvault list --json":                        0,
		"$ seedvault lists":                              1,
		"          seedvault resume":                     1,
		"          seedvault --vault gold check -i FILE": 0,
		"          seedvault --valut check":              1,
		"          seedvault holder lst":                 1,
		"          seedvault holder VERB [flags]":        0,
		"          seedvault holders VERB [flags]":       1,
		"then seedvault holder add safe --papyrus does.": 1,
		"type seedvault holder sheet safe --out x.html.": 0,
		"seedvault guide team-leaves, from step 6":       0,
		"what seedvault means by a copy":                 0,
	} {
		if unknown, _ := unknownCommands(t, text); len(unknown) != want {
			t.Errorf("%q: %q", text, unknown)
		}
	}
}
