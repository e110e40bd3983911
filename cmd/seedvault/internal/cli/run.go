package cli

import (
	"errors"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// Run carries out one command and returns the exit status.
func (a *App) Run(args []string) int {
	a.World.Watch()
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
	return a.built(l.verb[0]).Run(append([]string{"seedvault"}, l.ordered()...))
}

// show writes what was asked for about the command itself, as wide as the screen.
func (a *App) show(text string) error {
	_, err := io.WriteString(a.World.Voice.Out, console.Page(text, a.World.Voice.Wide)+"\n")
	return err
}

// withoutHabits turns help and version, which other commands have as verbs, into the
// flags that they are here.
func withoutHabits(args []string) []string {
	switch {
	case len(args) > 0 && args[0] == "help":
		return append(args[1:len(args):len(args)], "--help")
	case len(args) == 1 && args[0] == "version":
		return []string{"--version"}
	}
	return args
}

// chooseLanguage decides what to speak before anything is said: what stands behind
// --lang, else what the locale asks for.
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

// built is the command as urfave/cli has it, with the one verb that is meant.
func (a *App) built(verb string) *cli.App {
	app := &cli.App{
		Name:                      "seedvault",
		HideHelp:                  true,
		Compiled:                  time.Unix(0, 0), // else the program looks for its own file
		DisableSliceFlagSeparator: true,
		Writer:                    a.World.Voice.Out,
		ErrWriter:                 a.World.Voice.Err,
		Reader:                    a.World.In,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              badValue,
	}
	for _, f := range a.Flags {
		app.Flags = append(app.Flags, f.kind)
	}
	app.Commands = []*cli.Command{a.verb(find(a.commands(), verb), nil)}
	return app
}

// start is what the command says to somebody who typed nothing else: what it is, its verbs
// and where to begin, on one screen of 24 rows.
func (a *App) start() string {
	voice := a.World.Voice
	parts := strings.Split(voice.Help(words.AppHelp), "\n\n")
	what, verbs, begin := parts[0], parts[2], parts[len(parts)-1]
	if i := strings.LastIndex(verbs, "\n"); i > 0 { // the shell's own comes last
		verbs = verbs[:i]
	}
	return what + "\n" + verbs + "\n" + voice.Text(words.BeginWith, begin)
}

// verb is one verb as urfave/cli has it, with those below it. What urfave/cli does not
// inherit is set for each.
func (a *App) verb(c *Command, above []string) *cli.Command {
	whole := append(above[:len(above):len(above)], c.Name)
	built := &cli.Command{
		Name:         c.Name,
		HideHelp:     true,
		OnUsageError: badValue,
		Action: func(ctx *cli.Context) error {
			for _, f := range append(a.Flags[:len(a.Flags):len(a.Flags)], c.Flags...) {
				f.read(ctx)
			}
			names := ctx.Args().Slice()
			if c.Names.Kind == File || c.Names.Kind == Folder {
				if err := unquoted(names); err != nil {
					return err
				}
			}
			if n := c.Names.most; n >= 0 && len(names) > n {
				return say.Usage(words.TooManyNames, console.Safe(names[n], 40)).WithHint(words.SeeHelp, helpFor(whole))
			}
			return c.Run(ctx.Context, names)
		},
	}
	for _, f := range c.Flags {
		built.Flags = append(built.Flags, f.kind)
	}
	for _, below := range c.Verbs {
		built.Subcommands = append(built.Subcommands, a.verb(below, whole))
	}
	return built
}

// badValue is what urfave/cli calls for a value that does not fit its flag.
func badValue(c *cli.Context, _ error, _ bool) error {
	var verb []string
	if c.Command != nil && c.Command.Name != c.App.Name {
		verb = []string{c.Command.FullName()}
	}
	return say.Usage(words.BadFlagValue).WithHint(words.SeeHelp, helpFor(verb))
}

// Misused is the error of a verb that was called with something other than what it
// takes; the hint is the help of the verb, of which the whole name is given.
func Misused(m words.Message, verb string, args ...any) *say.Error {
	return say.Usage(m, args...).WithHint(words.SeeHelp, helpFor([]string{verb}))
}
