package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v2"
)

// called finds what a text tells a person to type: far in on a line of its own or
// behind a prompt, where it must be a command, or in a sentence.
var called = regexp.MustCompile(`(?m)(^ {8,}|^\$ |.|^)\bseedvault((?: +[^\s"',;:。、）」|]+)+)`)

// unknownCommands are the commands and flags in a text that there are none of, and
// how many were looked at.
func unknownCommands(app *cli.App, text string) (unknown []string, n int) {
	for _, m := range called.FindAllStringSubmatch(text, -1) {
		words := strings.Fields(m[2])
		typed := strings.HasPrefix(m[1], "$ ") || strings.HasPrefix(m[1], "  ")
		if !typed && find(app.Commands, words[0]) == nil {
			continue // a sentence about the program
		}
		n++
		for i, word := range words {
			l := readTyped(app, words[:i])
			switch name := strings.TrimRight(flagName(word), "].)`"); {
			case l.flag != "" || word == "-":
			case strings.HasPrefix(word, "-"):
				if name != "help" && !slices.ContainsFunc(l.flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) }) {
					unknown = append(unknown, strings.TrimSpace(m[0])+": "+word)
				}
			case typed && !l.named && len(l.commands) > 0 && find(l.commands, word) == nil:
				unknown = append(unknown, strings.TrimSpace(m[0])+": "+word)
			}
		}
	}
	return unknown, n
}

// TestCommandsInTexts: whatever a page of the guide, the README, the manual or a
// vault's own README tells a person to type is a command with these flags.
func TestCommandsInTexts(t *testing.T) {
	p, _, _ := stage(t, time.Now())
	app := p.app()
	files := []string{"../../README.md", "../../escrow/README.txt", "../../escrow/FORMAT.md", "../../escrow/THREATS.md", "doc.go"}
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
		unknown, n := unknownCommands(app, string(text))
		for _, u := range unknown {
			t.Errorf("%s: %s", name, u)
		}
		total += n
	}
	for name, text := range hintTexts(t) {
		unknown, n := unknownCommands(app, text)
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
	p, _, _ := stage(t, time.Now())
	for text, want := range map[string]int{
		"$ seedvault list --json":                        0,
		"$ seedvault lists":                              1,
		"          seedvault resume":                     1,
		"          seedvault --vault gold check -i FILE": 0,
		"          seedvault --valut check":              1,
		"          seedvault holder lst":                 1,
		"then seedvault holder add safe --papyrus does.": 1,
		"type seedvault holder sheet safe --out x.html.": 0,
		"seedvault guide team-leaves, from step 6":       0,
		"what seedvault means by a copy":                 0,
	} {
		if unknown, _ := unknownCommands(p.app(), text); len(unknown) != want {
			t.Errorf("%q: %q", text, unknown)
		}
	}
}
