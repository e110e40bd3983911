package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
	"seedvault/qr"
)

func (p *program) restoreCommand() *cli.Command {
	return &cli.Command{
		Name: "restore", CustomHelpTemplate: p.Text(speech.HelpRestore) + "\n",
		Flags: []cli.Flag{
			copyFlag(), &cli.BoolFlag{Name: "uri"},
			&cli.StringFlag{Name: "png"}, &cli.StringFlag{Name: "svg"}, &cli.BoolFlag{Name: "ascii"},
		},
		Action: p.restore,
	}
}

func (p *program) restore(c *cli.Context) error {
	if c.NArg() != 1 {
		return speech.Usage(speech.WantsOneName).WithHint(speech.HintList)
	}
	form, err := p.restoreForm(c)
	if err != nil {
		return err
	}
	s, o, entries, err := p.opened(c)
	if err != nil {
		return err
	}
	defer s.Close()
	e, err := p.choose(entries, c.Args().First())
	if err != nil {
		return err
	}
	if err := form(e); err != nil {
		return err
	}
	p.settleDeposits(s, o)
	return nil
}

// restoreForm decides how the seed comes out, before anything is opened. A seed
// in clear goes to a file or a pipe only where that was asked for.
func (p *program) restoreForm(c *cli.Context) (func(escrow.Entry) error, error) {
	asked := 0
	for _, f := range []string{"uri", "png", "svg"} {
		if c.IsSet(f) {
			asked++
		}
	}
	if asked > 1 {
		return nil, speech.Usage(speech.OneForm).WithHint(speech.SeeHelp, "seedvault restore --help")
	}
	columns, rows, onTerminal := p.drawsOnTerminal()
	if onTerminal && (c.String("png") == "-" || c.String("svg") == "-") {
		return nil, speech.Usage(speech.PictureOnTerminal).WithHint(speech.HintPictureOnTerminal)
	}
	switch {
	case c.Bool("uri"):
		return func(e escrow.Entry) error { _, err := io.WriteString(p.Out, e.Seed.Line()+"\n"); return err }, nil
	case c.IsSet("png"):
		return func(e escrow.Entry) error {
			return p.drawTo(e, c.String("png"), func(q *qr.Code, w io.Writer) error { return q.WritePNG(w, 8) })
		}, nil
	case c.IsSet("svg"):
		return func(e escrow.Entry) error { return p.drawTo(e, c.String("svg"), (*qr.Code).WriteSVG) }, nil
	}
	if !onTerminal {
		return nil, speech.Usage(speech.NotDrawnHere).WithHint(speech.HintNotDrawnHere)
	}
	return func(e escrow.Entry) error { return p.drawOnTerminal(e, p.textForm(c), columns, rows) }, nil
}

// textForm is how a code is drawn in text: half blocks where the terminal writes
// UTF-8, else blocks of spaces in colour.
func (p *program) textForm(c *cli.Context) qr.Form {
	locale := p.env("LC_ALL")
	for _, v := range []string{"LC_CTYPE", "LANG"} {
		if locale == "" {
			locale = p.env(v)
		}
	}
	utf8 := strings.Contains(strings.ToLower(strings.ReplaceAll(locale, "-", "")), "utf8")
	if c.Bool("ascii") || !utf8 {
		return qr.Blocks
	}
	return qr.HalfBlocks
}

// codeFor makes the QR code of a seed. Characters outside ASCII are percent
// encoded, which means the same and which every reader reads the same.
func codeFor(e escrow.Entry) (*qr.Code, error) {
	text := e.Seed.Line()
	if key, err := e.Seed.Key(); err == nil {
		text = key.ASCII()
	}
	return qr.New(text)
}

func (p *program) drawOnTerminal(e escrow.Entry, form qr.Form, columns, rows int) error {
	code, err := codeFor(e)
	if err != nil {
		return err
	}
	if w, h := code.TextSize(form); w > columns || h+2 > rows {
		return speech.Fail(speech.TerminalTooSmall, columns, rows, w, h+2).WithHint(speech.HintTerminalTooSmall)
	}
	if err := code.WriteText(p.Out, form); err != nil {
		return err
	}
	p.Remark(speech.ScanThis, title(e))
	p.remarkCode(e)
	return nil
}

// remarkCode says which code the new phone should show.
func (p *program) remarkCode(e escrow.Entry) {
	if code, next, left := codesOf(e, p.now()); code != "-" {
		p.Remark(speech.PresentCode, code, left, next)
	}
}

// drawTo writes a drawing to a file of a person's choice, 0600 and never over
// another, or to standard output for "-".
func (p *program) drawTo(e escrow.Entry, path string, draw func(*qr.Code, io.Writer) error) error {
	code, err := codeFor(e)
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
			return speech.Fail(speech.FileExists, speech.Safe(path, 0)).WithHint(speech.HintFileExists)
		}
		return err
	}
	p.Remark(speech.WroteSeed, speech.Safe(path, 0))
	p.remarkCode(e)
	return nil
}
