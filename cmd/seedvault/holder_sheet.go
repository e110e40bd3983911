package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/sheet"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

func (p *program) holderSheetCommand() *cli.Command {
	return &cli.Command{
		Name: "sheet", CustomHelpTemplate: p.Help("holder-sheet") + "\n",
		Flags:  []cli.Flag{&cli.StringFlag{Name: "out"}, &cli.BoolFlag{Name: "services"}},
		Action: p.holderSheet,
	}
}

// holderSheet prints the sheet of a paper key anew. The key is stored nowhere, so
// it comes from the old sheet, and has to open the vault before it is printed.
func (p *program) holderSheet(c *cli.Context) error {
	if c.NArg() != 1 {
		return say.Usage(words.SheetWhat).WithHint(words.SeeHelp, "seedvault holder sheet --help")
	}
	name := c.Args().First()
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if !s.known {
		return escrow.ErrNotPinned
	}
	if err := s.mayHaveSheet(name); err != nil {
		return err
	}
	key, err := p.keyOfSheet(c, name)
	if err != nil {
		return err
	}
	o, h, err := p.openWithSheet(s, key, name)
	if err != nil {
		return err
	}
	if err := p.printAnew(c, s, o, h, key); err != nil {
		return err
	}
	return p.noteSheet(c.Context, s, o, h)
}

// mayHaveSheet refuses, before anybody types a key, holders that the files show not
// to be paper keys.
func (s *site) mayHaveSheet(name string) error {
	holders := s.vault.Holders()
	i := slices.IndexFunc(holders, func(h escrow.HolderFiles) bool { return h.Name == name })
	switch {
	case i < 0:
		return say.Fail(words.NobodyOfName, console.Safe(name, 40)).WithHint(words.HintHolders)
	case len(holders[i].Keys)+len(holders[i].Shares) > 0:
		return noSheetOf(name)
	}
	return nil
}

func noSheetOf(name string) error {
	return say.Fail(words.NoSheetOf, console.Safe(name, 40)).WithHint(words.HintNoSheetOf)
}

// keyOfSheet reads the key from a file, or asks for it.
func (p *program) keyOfSheet(c *cli.Context, name string) (string, error) {
	for _, file := range c.StringSlice("identity") {
		ids, err := p.identityFile(file)
		if err != nil {
			return "", err
		}
		for _, id := range ids {
			if text, ok := id.(fmt.Stringer); ok && strings.HasPrefix(text.String(), "AGE-SECRET-KEY-") {
				return text.String(), nil
			}
		}
	}
	if len(c.StringSlice("identity")) > 0 {
		return "", noSheetOf(name)
	}
	t, err := p.terminal()
	if err != nil {
		return "", say.Fail(words.SheetKeyNotGiven).WithHint(words.HintSheetKeyNotGiven, name)
	}
	defer t.Close()
	typed, err := t.Secret(p.Text(words.AskSheetKey, name))
	if err != nil {
		return "", err
	}
	return p.keyInLines(typed)
}

// openWithSheet opens the vault with the key, and says which sheet it is from if not
// the one that was named.
func (p *program) openWithSheet(s *site, typed, name string) (*escrow.Opened, escrow.Holder, error) {
	id, err := key.ParseIdentity(typed)
	if err != nil {
		return nil, escrow.Holder{}, err
	}
	recipient, err := key.RecipientOf(typed)
	if err != nil {
		return nil, escrow.Holder{}, err
	}
	o, err := s.vault.Unlock(id)
	switch {
	case errors.Is(err, escrow.ErrNoMatch):
		return nil, escrow.Holder{}, say.Fail(words.SheetForeign).WithHint(words.HintSheetForeign, s.pin.Fingerprint)
	case err != nil:
		return nil, escrow.Holder{}, err
	case !o.Compared():
		return nil, escrow.Holder{}, say.Fail(words.SheetOld).WithHint(words.HintSheetOld)
	}
	holders, _ := o.Roster()
	i := slices.IndexFunc(holders, func(h escrow.Holder) bool { return h.Recipient == recipient })
	switch {
	case i < 0:
		return nil, escrow.Holder{}, noSheetOf(name)
	case holders[i].Name != name:
		own := console.Safe(holders[i].Name, 40)
		return nil, escrow.Holder{}, say.Fail(words.SheetOfAnother, own, name).WithHint(words.HintSheetOfAnother, own)
	case holders[i].Kind != escrow.KindPaper:
		return nil, escrow.Holder{}, noSheetOf(name)
	}
	return o, holders[i], nil
}

// printAnew writes the sheet to the file that the person named, or shows it on the
// terminal as text.
func (p *program) printAnew(c *cli.Context, s *site, o *escrow.Opened, h escrow.Holder, key string) error {
	set := &setup{sheets: p.sheetsOf(s, o)}
	if c.Bool("services") {
		if err := set.sheets.withServices(c, o); err != nil {
			return err
		}
	}
	sh, err := sheet.Key(key, set.sheets.facts(h.Name, o.Pin()))
	if err != nil {
		return err
	}
	if file := c.String("out"); file != "" {
		if err := set.writeSheet(file, sh); err != nil {
			return err
		}
		p.Remark(words.WroteSheet, h.Name, console.Safe(file, 0))
		return nil
	}
	var text strings.Builder
	if err := sh.Text(&text); err != nil {
		return err
	}
	t, err := p.terminal()
	if err != nil {
		return say.Fail(words.NoTerminalForSecret).WithHint(words.HintNoTerminalForSecret)
	}
	defer t.Close()
	return t.Show(text.String())
}

// noteSheet has the vault know what the sheet says. The sheet is good without it.
func (p *program) noteSheet(ctx context.Context, s *site, o *escrow.Opened, h escrow.Holder) error {
	err := o.SheetPrinted(h.ID, p.now())
	if err == nil {
		err = p.sealWith(ctx, s, o)
	}
	if err != nil {
		p.Remark(words.SheetNotNoted, explain(err))
	}
	return nil
}
