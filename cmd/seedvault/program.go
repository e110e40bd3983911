package main

import (
	"errors"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// program is one run of the command: all that it reads and writes comes in here,
// so that tests run it whole.
type program struct {
	say.Voice
	in       io.Reader
	env      func(string) string
	now      func() time.Time
	terminal func() (*console.Terminal, error)
	answers  *answers // Out, once the command runs

	elsewhere  func() []local.Elsewhere // where a copy could lie
	clearAfter time.Duration            // how long a code stays on the clipboard
}

// answers is standard output, and the first error in writing to it: an answer
// that nobody got is no success.
type answers struct {
	to     io.Writer
	failed error
}

func (a *answers) Write(b []byte) (int, error) {
	n, err := a.to.Write(b)
	if a.failed == nil {
		a.failed = err
	}
	return n, err
}

func newProgram() *program {
	return &program{
		Voice:    say.Voice{Out: os.Stdout, Err: os.Stderr},
		in:       os.Stdin,
		env:      os.Getenv,
		now:      time.Now,
		terminal: console.OpenTerminal,

		elsewhere:  func() []local.Elsewhere { return local.FindElsewhere(os.Getenv) },
		clearAfter: 45 * time.Second,
	}
}

// run carries out one command and returns the exit status.
func (p *program) run(args []string) int {
	p.Coloured = console.IsTerminal(p.Out) && console.Colours(p.env)
	p.Live = console.IsTerminal(p.Err) && !console.Dumb(p.env)
	p.answers = &answers{to: p.Out}
	p.Out = p.answers
	language := p.chooseLanguage(args)
	if slices.Equal(args, []string{clearVerb}) {
		p.clearClipboard() // there is nobody left to tell
		return say.StatusDone
	}
	err := p.refuseSecrets(args)
	if err == nil {
		err = language
	}
	if err == nil {
		app := p.app()
		var ordered []string
		if ordered, err = reorder(app, args); err == nil {
			err = app.Run(append([]string{"seedvault"}, ordered...))
		}
	}
	if p.answers.failed != nil && (err == nil || errors.Is(err, p.answers.failed)) {
		err = say.Fail(words.AnswerLost, reasonOf(p.answers.failed)).WithHint(words.HintAnswerLost)
	}
	if err == nil {
		return say.StatusDone
	}
	var found *foundError
	if errors.As(err, &found) {
		return say.StatusFound
	}
	return p.Tell(explain(err))
}

// foundError ends check with its own status; everything has been said.
type foundError struct{}

func (*foundError) Error() string { return "check found something" }

// version is what the build says of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "(devel)"
	}
	return info.Main.Version
}

// places returns this machine's folders.
func (p *program) places() (local.Places, error) { return local.Find(p.env) }

// drawsOnTerminal says that answers go to a person's screen, and its size in
// columns and rows.
func (p *program) drawsOnTerminal() (columns, rows int, ok bool) {
	if !console.IsTerminal(p.answers.to) {
		return 0, 0, false
	}
	columns, rows, err := term.GetSize(int(p.answers.to.(*os.File).Fd()))
	return columns, rows, err == nil
}

// app is the table of commands.
func (p *program) app() *cli.App {
	app := &cli.App{
		Name:                      "seedvault",
		Usage:                     p.Text(words.UsageApp),
		CustomAppHelpTemplate:     p.Help(words.AppHelp) + "\n",
		Version:                   version(),
		HideHelpCommand:           true,
		DisableSliceFlagSeparator: true,
		Writer:                    p.Out,
		ErrWriter:                 p.Err,
		Reader:                    p.in,
		ExitErrHandler:            func(*cli.Context, error) {},
		Flags:                     globalFlags(),
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return cli.ShowAppHelp(c)
			}
			return unknownCommand(c.App, c.Args().First())
		},
		Commands: []*cli.Command{
			p.tourCommand(), p.initCommand(), p.openCommand(), p.addCommand(),
			p.listCommand(), p.codeCommand(), p.restoreCommand(),
			p.checkCommand(), p.drillCommand(), p.acceptCommand(), p.editCommand(), p.removeCommand(), p.holderCommand(), p.copyCommand(), p.rotateCommand(),
			p.guideCommand(), p.completionCommand(), p.completeCommand(),
		},
	}
	app.OnUsageError = usageError
	settle(app.Commands)
	return app
}

// settle gives every command what urfave/cli does not inherit.
func settle(commands []*cli.Command) {
	for _, c := range commands {
		c.OnUsageError = usageError
		c.HideHelpCommand = true
		c.UseShortOptionHandling = false
		settle(c.Subcommands)
	}
}

// globalFlags may stand before or after the verb.
func globalFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "vault"},
		&cli.StringSliceFlag{Name: "identity", Aliases: []string{"i"}},
		&cli.StringFlag{Name: "passphrase-file"},
		&cli.StringFlag{Name: "holder"},
		&cli.StringSliceFlag{Name: "share"},
		&cli.StringFlag{Name: "lang"},
	}
}
