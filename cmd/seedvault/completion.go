package main

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

//go:embed completion
var completions embed.FS

var shells = []string{"bash", "zsh", "fish"}

func (p *program) completionCommand() *cli.Command {
	return &cli.Command{
		Name: "completion", CustomHelpTemplate: p.Help("completion") + "\n",
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 || !slices.Contains(shells, c.Args().First()) {
				return say.Usage(words.WhichShell).WithHint(words.HintWhichShell)
			}
			script, err := completions.ReadFile("completion/seedvault." + c.Args().First())
			if err != nil {
				return err
			}
			_, err = p.Out.Write(script)
			return err
		},
	}
}

// completeCommand is what the shells ask. Its arguments are the words of a command
// line up to the one that is being typed; it answers with what fits there, one a
// line, a tab and a few words about it behind. It opens a vault only with keys that
// ask nothing, writes nothing and says nothing else.
func (p *program) completeCommand() *cli.Command {
	return &cli.Command{
		Name: "__complete", Hidden: true, Flags: []cli.Flag{copyFlag()},
		Action: func(c *cli.Context) error {
			p.Err = io.Discard
			p.terminal = func() (*console.Terminal, error) { return nil, console.ErrNoTerminal }
			line := c.Args().Slice()
			if len(line) == 0 {
				return nil
			}
			for _, w := range p.candidates(c, line) {
				fmt.Fprintln(p.Out, strings.TrimRight(w.word+"\t"+console.Safe(w.about, 60), "\t"))
			}
			return nil
		},
	}
}
