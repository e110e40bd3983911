package cli

import (
	"context"
	"errors"
	"flag"
	"io"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// Run carries out one command and returns the exit status, one of those in package say.
func (a *App) Run(args []string) int {
	a.World.Watch()
	defer console.DiscardSecrets()
	err := a.run(args)
	if lost := a.World.Lost(); lost != nil && (err == nil || errors.Is(err, lost)) {
		err = say.Fail(words.AnswerLost, explain.Reason(lost)).WithHint(words.HintAnswerLost)
	}
	switch {
	case err == nil:
		return say.StatusDone
	case errors.Is(err, say.ErrFound):
		return say.StatusFound
	}
	return a.World.Voice.Tell(explain.Error(err))
}

func (a *App) run(args []string) error {
	l := read(a, withoutHabits(args))
	language := a.chooseLanguage(l)
	a.World.Voice.Vault = l.values["vault"]
	if err := refuseSecrets(args); err != nil {
		return err
	}
	if language != nil {
		return language
	}
	if l.wrong != nil {
		return l.wrong
	}
	switch {
	case l.command == nil && l.version && !l.help:
		return a.show("seedvault version " + a.Version())
	case l.command == nil && !l.help:
		return a.show(a.start())
	case l.command == nil:
		return a.show(a.World.Voice.Help(words.AppHelp))
	case l.help:
		return a.show(a.World.Voice.Help(strings.Join(l.verb, "-")))
	}
	return a.perform(l)
}

// show prints a text about the command itself, wrapped to the screen.
func (a *App) show(text string) error {
	_, err := io.WriteString(a.World.Voice.Out, console.Page(text, a.World.Voice.Wide)+"\n")
	return err
}

// withoutHabits replaces help and version, which are verbs of other programs, by the flags
// that they are here.
func withoutHabits(args []string) []string {
	switch {
	case len(args) > 0 && args[0] == "help":
		return append(args[1:len(args):len(args)], "--help")
	case len(args) == 1 && args[0] == "version":
		return []string{"--version"}
	}
	return args
}

// chooseLanguage sets the language before anything is said: that of --lang, else that of the
// locale, and English where the terminal cannot show that.
func (a *App) chooseLanguage(l *line) (err error) {
	w := a.World
	if w.Voice.Lang == words.English {
		w.Voice.Lang = words.LanguageOf(w.Getenv)
	}
	if typed, ok := l.values["lang"]; ok {
		if language, ok := words.ParseLanguage(typed); ok {
			w.Voice.Lang = language
		} else {
			err = say.Usage(words.UnknownLanguage, console.Safe(typed, 40)).WithHint(words.HintUnknownLanguage)
		}
	}
	if !w.Voice.Lang.Shows(w.Getenv) {
		w.Voice.Lang = words.English
		w.Voice.Remark(words.NotShownHere)
	}
	return err
}

// start returns what is shown to somebody who typed the program's name alone: what it is, its
// verbs and where to begin, on one screen of 24 rows.
func (a *App) start() string {
	voice := a.World.Voice
	parts := strings.Split(voice.Help(words.AppHelp), "\n\n")
	what, verbs, begin := parts[0], parts[2], parts[len(parts)-1]
	if i := strings.LastIndex(verbs, "\n"); i > 0 { // the shell's own comes last
		verbs = verbs[:i]
	}
	return what + "\n" + verbs + "\n" + voice.Text(words.BeginWith, begin)
}

// perform stores the flags of a line in their fields and runs its verb. The flags are those of
// urfave/cli, but its App is not used: it can print help with text/template, which makes the
// linker keep every method of every type.
func (a *App) perform(l *line) error {
	c := l.command
	if !taken(a.Flags, l.global) || !taken(c.Flags, l.own) {
		return say.Usage(words.BadFlagValue).WithHint(words.SeeHelp, helpFor(l.verb))
	}
	if c.Names.Kind == File || c.Names.Kind == Folder {
		if err := unquoted(l.names); err != nil {
			return err
		}
	}
	if err := l.placeholder(); err != nil {
		return err
	}
	if n := c.Names.most; n >= 0 && len(l.names) > n {
		return say.Usage(words.TooManyNames, console.Safe(l.names[n], 40)).WithHint(words.SeeHelp, helpFor(l.verb))
	}
	return c.Run(context.Background(), l.names)
}

// taken stores the typed values in their flags, and reports whether each fits its flag.
func taken(flags []Flag, typed []string) bool {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	for _, f := range flags {
		f.clear()
		if f.kind.Apply(set) != nil {
			return false
		}
	}
	return set.Parse(typed) == nil && set.NArg() == 0
}

// Misused returns the error of a verb that was given arguments that it does not take. The hint
// names the help of the verb; verb is its whole name.
func Misused(m words.Message, verb string, args ...any) *say.Error {
	return say.Usage(m, args...).WithHint(words.SeeHelp, helpFor([]string{verb}))
}
