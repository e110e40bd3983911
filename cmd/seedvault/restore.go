package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/qr"
)

func (p *program) restoreCommand() *cli.Command {
	return &cli.Command{
		Name: "restore", CustomHelpTemplate: p.Help("restore") + "\n",
		Flags: []cli.Flag{
			copyFlag(), &cli.BoolFlag{Name: "uri"}, &cli.StringFlag{Name: "png"}, &cli.StringFlag{Name: "svg"},
			&cli.BoolFlag{Name: "google"}, &cli.BoolFlag{Name: "ascii"},
		},
		Action: p.restore,
	}
}

func (p *program) restore(c *cli.Context) error {
	write, err := p.restoreForm(c)
	if err != nil {
		return err
	}
	s, o, entries, err := p.opened(c)
	if err != nil {
		return err
	}
	defer s.Close()
	chosen, err := p.chooseAll(c, entries)
	if err != nil {
		return err
	}
	leaves, err := p.leaves(c, chosen)
	if err != nil {
		return err
	}
	if write == nil {
		err = p.restoreOnTerminal(c, leaves, entries)
	} else {
		err = write(leaves)
	}
	if err != nil {
		return err
	}
	p.settleDeposits(c.Context, s, o)
	return nil
}

// chooseAll finds the seeds that are named, each once; without a name it is all
// that the vault holds.
func (p *program) chooseAll(c *cli.Context, entries []escrow.Entry) ([]escrow.Entry, error) {
	if c.NArg() == 0 {
		if len(entries) == 0 {
			return nil, say.Fail(words.NothingToRestore).WithHint(words.HintNothingToRestore)
		}
		return entries, nil
	}
	var chosen []escrow.Entry
	for _, name := range c.Args().Slice() {
		e, err := p.choose(entries, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(chosen, func(have escrow.Entry) bool { return have.Receipts[0] == e.Receipts[0] }) {
			chosen = append(chosen, e)
		}
	}
	return chosen, nil
}

// leaves makes a code of each seed, or export batches of them all.
func (p *program) leaves(c *cli.Context, chosen []escrow.Entry) ([]leaf, error) {
	if c.Bool("google") {
		return p.googleLeaves(c, chosen)
	}
	var list []leaf
	for _, e := range chosen {
		text := e.Seed.Line
		if key, err := e.Seed.Key(); err == nil {
			text = key.ASCII // percent encoded: it means the same, and every reader reads the same
		}
		list = append(list, leaf{title: p.titleAndStanding(e), text: text, entries: []escrow.Entry{e}})
	}
	return list, nil
}

// titleAndStanding is a seed's title, with what speaks against it.
func (p *program) titleAndStanding(e escrow.Entry) string {
	if mark := p.standing(e); mark != "" {
		return title(e) + " (" + mark + ")"
	}
	return title(e)
}

// restoreForm decides how seeds come out, before anything is opened; nil means on
// the terminal. In clear they go to a file or a pipe only where that was asked for.
func (p *program) restoreForm(c *cli.Context) (func([]leaf) error, error) {
	asked := 0
	for _, f := range []string{"uri", "png", "svg"} {
		if c.IsSet(f) {
			asked++
		}
	}
	if asked > 1 {
		return nil, say.Usage(words.OneForm).WithHint(words.SeeHelp, "seedvault restore --help")
	}
	if _, _, onTerminal := p.drawsOnTerminal(); onTerminal && (c.String("png") == "-" || c.String("svg") == "-") {
		return nil, say.Usage(words.PictureOnTerminal).WithHint(words.HintPictureOnTerminal)
	}
	switch {
	case c.Bool("uri"):
		return p.writeLines, nil
	case c.IsSet("png"):
		return func(leaves []leaf) error {
			return p.drawAll(leaves, c.String("png"), func(q *qr.Code, w io.Writer) error { return q.WritePNG(w, 8) })
		}, nil
	case c.IsSet("svg"):
		return func(leaves []leaf) error { return p.drawAll(leaves, c.String("svg"), (*qr.Code).WriteSVG) }, nil
	}
	t, err := p.terminal()
	if err != nil {
		return nil, say.Usage(words.NotDrawnHere).WithHint(words.HintNotDrawnHere)
	}
	t.Close()
	return nil, nil
}

// writeLines writes the text of each code, one a line. For a single seed that is
// the line that it came in with, byte for byte.
func (p *program) writeLines(leaves []leaf) error {
	for _, l := range leaves {
		text := l.text()
		if len(l.entries) == 1 && !l.batch {
			text = l.entries[0].Seed.Line()
		}
		if _, err := io.WriteString(p.Out, text+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// restoreOnTerminal walks through the codes, and says at the end what is proven.
func (p *program) restoreOnTerminal(c *cli.Context, leaves []leaf, all []escrow.Entry) error {
	w, err := p.walkThrough(leaves, all, p.textForms(c))
	if w != nil {
		w.tally()
	}
	return err
}

// textForms are the ways of drawing in text that the terminal can show, the best
// first.
func (p *program) textForms(c *cli.Context) []qr.Form {
	switch {
	case console.Dumb(p.env):
		return []qr.Form{qr.Chalk, qr.Ink}
	case c.Bool("ascii") || !words.UTF8(p.env):
		return []qr.Form{qr.Blocks, qr.Chalk, qr.Ink}
	}
	return []qr.Form{qr.HalfBlocks, qr.Blocks, qr.Chalk, qr.Ink}
}

// firstYear is before any machine of this program's had its clock set right.
const firstYear = 2026

// clockWrong says that this machine's clock cannot be right, so that no code that
// is shown or compared can.
func (p *program) clockWrong() bool { return p.now().UTC().Year() < firstYear }

// remarkClock warns of a clock that cannot be right.
func (p *program) remarkClock() {
	if p.clockWrong() {
		p.Remark(words.ClockWrong, when(p.now().UTC()))
	}
}

// remarkCode says which code the new phone should show.
func (p *program) remarkCode(e escrow.Entry) {
	p.remarkClock()
	if code, next, left := codesOf(e, p.now()); code != "-" {
		p.Remark(words.PresentCode, code, left, next)
	}
}

// drawAll writes drawings to files of a person's choice, 0600 and never over
// another, or one to standard output for "-". Several files are numbered.
func (p *program) drawAll(leaves []leaf, path string, draw func(*qr.Code, io.Writer) error) error {
	if path == "-" && len(leaves) > 1 {
		return say.Usage(words.SeveralPictures, len(leaves)).WithHint(words.HintSeveralPictures)
	}
	for i, l := range leaves {
		to := path
		if len(leaves) > 1 {
			ext := filepath.Ext(path)
			to = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), i+1, ext)
		}
		if err := p.drawTo(l, to, draw); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) drawTo(l leaf, path string, draw func(*qr.Code, io.Writer) error) error {
	code, err := qr.New(l.text())
	if err != nil {
		return err
	}
	if path == "-" {
		return draw(code, p.Out)
	}
	var b bytes.Buffer
	if err := draw(code, &b); err != nil {
		return err
	}
	if err := local.WriteNewHere(path, b.Bytes()); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return say.Fail(words.FileExists, console.Safe(path, 0)).WithHint(words.HintFileExists)
		}
		return err
	}
	p.Remark(words.WroteSeed, console.Safe(path, 0))
	if !l.batch {
		p.remarkCode(l.entries[0])
	}
	return nil
}
