package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/sheet"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// holderSheet prints the sheet of a paper key anew. The key is stored nowhere, so it has to
// come from the old sheet, and has to open the vault before it is printed.
type holderSheet struct {
	w        *world.World
	choice   *place.Choice
	out      string
	services bool
	page     bool
}

func holderSheetVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &holderSheet{w: w, choice: choice}
	return &cli.Command{
		Name: "sheet", Names: cli.AnyNames(completion.Holders), Run: v.run,
		Flags: []cli.Flag{cli.Text(&v.out, "out", cli.File), cli.Switch(&v.services, "services"), cli.Switch(&v.page, "page")},
	}
}

func (v *holderSheet) run(ctx context.Context, names []string) error {
	if len(names) != 1 {
		return cli.Misused(words.SheetWhat, "holder sheet")
	}
	name := names[0]
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	if !vault.Place.Pinned() {
		return escrow.ErrNotPinned
	}
	if err := mayHaveSheet(vault.Files.Holders(), name); err != nil {
		return err
	}
	typed, err := v.key(name)
	if err != nil {
		return err
	}
	writable, h, err := openWithSheet(vault, typed, name)
	if err != nil {
		return err
	}
	put, err := v.putPage(writable)
	if err != nil {
		return err
	}
	if err := v.print(ctx, vault, writable.Opened, h, typed, put); err != nil {
		return err
	}
	v.note(ctx, writable, h)
	return nil
}

// mayHaveSheet returns an error, before anybody types a key, if the files show that the holder
// of that name has no paper key.
func mayHaveSheet(holders []escrow.HolderFiles, name string) error {
	i := slices.IndexFunc(holders, func(h escrow.HolderFiles) bool { return h.Name == name })
	switch {
	case i < 0:
		return say.Fail(words.NobodyOfName, console.Safe(name, 40)).WithHint(words.HintHolders)
	case len(holders[i].Keys)+len(holders[i].Shares) > 0:
		return noSheetOf(name)
	}
	return nil
}

// noSheetOf explains that a holder has no sheet.
func noSheetOf(name string) error {
	return say.Fail(words.NoSheetOf, console.Safe(name, 40)).WithHint(words.HintNoSheetOf)
}

// key reads the key from a file, or asks for it.
func (v *holderSheet) key(name string) (string, error) {
	files := v.choice.Keys.Identities
	for _, file := range files {
		ids, err := unlocking.File(v.w, file)
		if err != nil {
			return "", err
		}
		for _, id := range ids {
			if text, ok := id.(fmt.Stringer); ok && strings.HasPrefix(text.String(), "AGE-SECRET-KEY-") {
				return text.String(), nil
			}
		}
	}
	if len(files) > 0 {
		return "", noSheetOf(name)
	}
	t, err := v.w.Terminal()
	if err != nil {
		return "", say.Fail(words.SheetKeyNotGiven).WithHint(words.HintSheetKeyNotGiven, name)
	}
	defer t.Close()
	typed, err := t.Secret(v.w.Voice.Text(words.AskSheetKey, name))
	if err != nil {
		return "", err
	}
	return unlocking.PaperKey(v.w, typed)
}

// openWithSheet opens the vault with the key of a sheet. If the sheet is not the one of the
// named holder, the error says whose it is.
func openWithSheet(vault *session.Vault, typed, name string) (*session.Writable, roster.Holder, error) {
	id, err := key.ParseIdentity(typed)
	if err != nil {
		return nil, roster.Holder{}, err
	}
	o, err := vault.Files.Unlock(id)
	if errors.Is(err, escrow.ErrNoMatch) {
		err = say.Fail(words.SheetForeign).WithHint(words.HintSheetForeign, vault.Place.Pin().Fingerprint)
	}
	if err != nil {
		return nil, roster.Holder{}, err
	}
	writable, ok := vault.Writable(o)
	if !ok {
		return nil, roster.Holder{}, say.Fail(words.SheetOld).WithHint(words.HintSheetOld)
	}
	h, err := holderOfSheet(o, typed, name)
	return writable, h, err
}

// holderOfSheet returns the holder whose key stands on a sheet.
func holderOfSheet(o *escrow.Opened, typed, name string) (roster.Holder, error) {
	recipient, err := key.RecipientOf(typed)
	if err != nil {
		return roster.Holder{}, err
	}
	holders, _ := o.Roster().Holders()
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.Recipient == recipient })
	switch {
	case i < 0:
		return roster.Holder{}, noSheetOf(name)
	case holders[i].Name != name:
		own := console.Safe(holders[i].Name, 40)
		return roster.Holder{}, say.Fail(words.SheetOfAnother, own, name).WithHint(words.HintSheetOfAnother, own)
	case holders[i].Kind != roster.KindPaper:
		return roster.Holder{}, noSheetOf(name)
	}
	return holders[i], nil
}

// putPage stages the page for a vault that has none, if the person wants it, and reports
// whether it did.
func (v *holderSheet) putPage(writable *session.Writable) (bool, error) {
	wanted, err := writable.OfferPage(v.page)
	if err != nil || !wanted {
		return false, err
	}
	return writable.PutPage()
}

// print writes the sheet to the file that the person named, or shows it on the terminal
// as text.
func (v *holderSheet) print(ctx context.Context, vault *session.Vault, o *escrow.Opened, h roster.Holder, typed string, withPage bool) error {
	set := newholder.New(v.w, vault.Place, o)
	if withPage {
		set.Sheets.ShowPage()
	}
	if v.services {
		if err := set.Sheets.WithServices(ctx, o); err != nil {
			return err
		}
	}
	facts := set.Sheets.Facts(h.Name, o.Pin())
	facts.Seal = vault.Files.NewestSealName()
	sh, err := sheet.Key(typed, facts)
	if err != nil {
		return err
	}
	if v.out != "" {
		if err := set.WriteSheet(v.out, sh); err != nil {
			return err
		}
		set.KeepSheets()
		v.w.Voice.Remark(words.WroteSheet, h.Name, console.Safe(v.out, 0), console.RemoveLine(v.out))
		return nil
	}
	var text strings.Builder
	if err := sh.Text(&text); err != nil {
		return err
	}
	t, err := v.w.Terminal()
	if err != nil {
		return say.Fail(words.NoTerminalForSecret).WithHint(words.HintNoTerminalForSecret)
	}
	defer t.Close()
	return t.Show(text.String())
}

// note records in the vault what the sheet says. If that fails, the sheet is valid all the
// same.
func (v *holderSheet) note(ctx context.Context, writable *session.Writable, h roster.Holder) {
	err := writable.Opened.Roster().SheetPrinted(h.ID, v.w.Now())
	if err == nil {
		err = writable.Seal(ctx)
	}
	if err != nil {
		v.w.Voice.Remark(words.SheetNotNoted, explain.Error(err))
	}
}
