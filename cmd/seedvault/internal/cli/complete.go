package cli

import (
	"context"
	"embed"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// scripts are the completion scripts of the shells.
//
//go:embed completion
var scripts embed.FS

var shells = []string{"bash", "zsh", "fish"}

// completion returns the verb that prints a shell's script.
func (a *App) completion() *Command {
	return &Command{
		Name: "completion", Names: AnyNames(Shell),
		Run: func(_ context.Context, names []string) error {
			if len(names) != 1 || !slices.Contains(shells, names[0]) {
				return say.Usage(words.WhichShell).WithHint(words.HintWhichShell)
			}
			script, err := scripts.ReadFile("completion/seedvault." + names[0])
			if err != nil {
				return err
			}
			_, err = a.World.Voice.Out.Write(script)
			return err
		},
	}
}

// complete returns the hidden verb that the shells call to complete a word. Its names are the
// words of a command line, the last one as far as it is typed. It prints the words that fit,
// each on a line, with a tab and a short description where there is one, and asks nobody.
func (a *App) complete() *Command {
	return &Command{
		Name: "__complete", Names: AnyNames(Nothing), Hidden: true,
		Run: func(ctx context.Context, typed []string) error {
			a.World.Voice.Err = io.Discard
			a.World.Terminal = func() (*console.Terminal, error) { return nil, console.ErrNoTerminal }
			if len(typed) == 0 {
				return nil
			}
			for _, c := range a.candidates(ctx, typed) {
				fmt.Fprintln(a.World.Voice.Out, strings.TrimRight(c.Word+"\t"+console.Safe(c.About, 60), "\t"))
			}
			return nil
		},
	}
}

// Candidate is one word that fits, with a few words about it.
type Candidate struct{ Word, About string }

// Candidates returns candidates without descriptions.
func Candidates(words []string) (list []Candidate) {
	for _, w := range words {
		list = append(list, Candidate{Word: w})
	}
	return list
}

// candidates returns the words that may stand in the place of the last one and begin with what
// is typed of it.
func (a *App) candidates(ctx context.Context, words []string) []Candidate {
	l, typed := read(a, words[:len(words)-1]), words[len(words)-1]
	if strings.HasPrefix(typed, "--") && !l.ended && l.pending == "" {
		if name, value, assigned := strings.Cut(typed, "="); assigned {
			f, _ := flagNamed(l.flags, flagName(name))
			return beginning(a.fitting(ctx, f.Value, l.values), value)
		}
	}
	return beginning(a.following(ctx, l, typed), typed)
}

// following returns all that may stand behind a line, flags where one was begun.
func (a *App) following(ctx context.Context, l *line, typed string) (all []Candidate) {
	switch {
	case l.pending != "":
		f, _ := flagNamed(l.flags, l.pending)
		return a.fitting(ctx, f.Value, l.values)
	case strings.HasPrefix(typed, "-") && typed != "-" && !l.ended:
		for _, name := range append(flagNames(l.flags), "help") {
			if len(name) > 1 {
				all = append(all, Candidate{Word: "--" + name})
			}
		}
	case len(l.below()) > 0 && len(l.names) == 0:
		for _, name := range visible(l.below()) {
			all = append(all, Candidate{name, a.summary(append(l.verb[:len(l.verb):len(l.verb)], name))})
		}
	case l.command != nil:
		return a.fitting(ctx, l.command.Names.Kind, l.values)
	}
	return all
}

// beginning returns the candidates that begin with what was typed.
func beginning(all []Candidate, typed string) []Candidate {
	return slices.DeleteFunc(all, func(c Candidate) bool {
		return !strings.HasPrefix(c.Word, typed) && !strings.HasPrefix(c.Word, ":")
	})
}

// summary returns the line that the help has for a verb, nothing for one below another.
func (a *App) summary(verb []string) string {
	line := regexp.MustCompile(`(?m)  ` + regexp.QuoteMeta(strings.Join(verb, " ")) + `  +(.+)$`)
	if m := line.FindStringSubmatch(a.World.Voice.Help(words.AppHelp)); m != nil {
		return m[1]
	}
	return ""
}

// fitting returns what may stand in a place of a kind.
func (a *App) fitting(ctx context.Context, k Kind, flags map[string]string) []Candidate {
	switch k {
	case Nothing, Anything:
		return nil
	case File, Folder:
		return []Candidate{{Word: string(k)}}
	case Language:
		return []Candidate{{"en", "English"}, {"ja", "日本語"}}
	case Shell:
		return Candidates(shells)
	}
	if a.Fitting == nil {
		return nil
	}
	return a.Fitting(ctx, k, flags)
}
