package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/transfer"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/key"
)

// exporter writes seeds into a file that another app imports.
type exporter struct {
	w                           *world.World
	choice                      *place.Choice
	to, out, password           string
	tags, recipients            []string
	all, armor, formats, dryRun bool
	json, yes                   bool
	include                     contents.Include
}

func exportVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &exporter{w: w, choice: choice}
	return &cli.Command{
		Name: "export", Names: cli.AnyNames(completion.Seeds), Run: v.run,
		Flags: []cli.Flag{
			cli.Text(&v.to, "to", completion.WrittenFormats), cli.Text(&v.out, "out", cli.File).Or("o"), cli.Switch(&v.all, "all"), cli.List(&v.tags, "tag", cli.Anything),
			cli.Text(&v.password, "password-file", cli.File), cli.List(&v.recipients, "recipient", cli.Anything).Or("r"), cli.Switch(&v.armor, "armor"),
			cli.Switch(&v.formats, "formats"), cli.Switch(&v.dryRun, "dry-run"), cli.Switch(&v.json, "json"), cli.Switch(&v.yes, "yes"), cli.Switch(&v.include.Removed, "removed"), cli.Switch(&v.include.Unaccepted, "unaccepted"), copyFlag(choice),
		},
	}
}

// run opens the vault and prints what the format cannot hold and what is left out, before it
// asks whether to go on and for a password, and writes.
func (v *exporter) run(ctx context.Context, names []string) error {
	if v.formats {
		transfer.WriteTargets(v.w.Voice)
		return nil
	}
	to, err := v.check(names)
	if err != nil {
		return err
	}
	open := contents.OpenListing
	if v.all || len(v.tags) > 0 {
		open = contents.OpenListingWhole
	}
	l, err := open(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer l.Close()
	chosen, err := v.chosen(ctx, l, names)
	if err != nil {
		return err
	}
	var records []exchange.Record
	for _, e := range chosen {
		records = append(records, transfer.RecordOf(e.Seed))
	}
	e, err := formats.NewExport(v.to, records)
	if err != nil {
		return err
	}
	for i := range e.Items { // the number in the list tells nobody which seed it is
		e.Items[i].Label, e.Items[i].Position = seedlist.Title(chosen[i]), exchange.Position{}
	}
	if err := v.ledger(e); err != nil {
		return err
	}
	refused := len(chosen) - e.Len()
	switch {
	case e.Len() == 0:
		return say.Fail(words.NothingFits).WithHint(words.HintNothingFits)
	case v.dryRun:
	default:
		if err := v.write(e, to, refused); err != nil {
			return err
		}
		l.Vault.AcceptOwnIfDue(ctx, l.Opened)
	}
	if refused > 0 {
		return say.Fail(words.ExportSome, refused, len(chosen)).WithHint(words.HintExportSome)
	}
	return nil
}

// check checks the flags before anything is opened, and returns who can open what will be
// written.
func (v *exporter) check(names []string) (to []age.Recipient, err error) {
	_, _, onScreen := v.w.Screen()
	f, failed := formats.Named(v.to)
	switch {
	case v.to == "", v.out == "" && !v.dryRun, len(names) == 0 && !v.all && len(v.tags) == 0, v.all && len(names)+len(v.tags) > 0, v.json && v.out == "-":
		return nil, say.Usage(words.ExportWhat).WithHint(words.HintExportWhat)
	case failed != nil:
		return nil, say.Usage(words.NoSuchFormat, console.Safe(v.to, 40)).WithHint(words.HintNothingFits)
	case !f.Writes():
		return nil, say.Usage(words.CannotExport, f.App).WithHint(words.HintNothingFits)
	case v.out == "-" && onScreen:
		return nil, say.Usage(words.ExportOnTerminal).WithHint(words.HintExportOnTerminal)
	case len(v.recipients) > 0 && v.to != "age":
		return nil, say.Usage(words.RecipientUnused).WithHint(words.HintRecipientNeeded)
	case len(v.recipients) == 0 && v.to == "age" && !v.dryRun:
		return nil, say.Usage(words.RecipientNeeded).WithHint(words.HintRecipientNeeded)
	}
	if v.out != "" && v.out != "-" {
		if _, err := os.Lstat(v.out); err == nil {
			return nil, explain.NotMade(v.out, os.ErrExist)
		}
	}
	for _, r := range v.recipients {
		one, _, err := key.ParseRecipient(r)
		if errors.Is(err, key.ErrPluginRecipient) {
			one, _, err = key.PluginRecipient(r, unlocking.Asker(v.w))
		}
		if err != nil {
			return nil, err
		}
		to = append(to, one)
	}
	return to, nil
}

// chosen returns the seeds that are meant: by names, by tags, or all accepted ones.
func (v *exporter) chosen(ctx context.Context, l *contents.Listing, names []string) (chosen []escrow.Entry, err error) {
	if len(names) > 0 {
		if chosen, err = l.ChooseAll(ctx, names, v.include); err != nil {
			return nil, err
		}
	}
	if len(v.tags) == 0 && !v.all {
		return once(chosen), nil
	}
	s, err := l.Whole(ctx)
	if err != nil {
		return nil, err
	}
	entries := s.Entries
	for _, tag := range v.tags {
		found := false
		for _, e := range entries {
			if e.Status == escrow.Accepted && slices.Contains(e.Seed.Tags(), tag) {
				found, chosen = true, append(chosen, e)
			}
		}
		if !found {
			return nil, say.Fail(words.NoSuchTag, console.Safe(tag, 40)).WithHint(words.HintList)
		}
	}
	if v.all {
		waiting := 0
		for _, e := range entries {
			if e.Status == escrow.Accepted || v.include.Unaccepted {
				chosen = append(chosen, e)
			} else {
				waiting++
			}
		}
		if waiting > 0 {
			v.w.Voice.Remark(words.ExportWaiting, waiting)
		}
		if len(chosen) == 0 {
			return nil, say.Fail(words.NothingToRestore).WithHint(words.HintNothingToRestore)
		}
	}
	return once(chosen), nil
}

// once drops seeds that were chosen twice.
func once(chosen []escrow.Entry) (list []escrow.Entry) {
	seen := map[escrow.Receipt]bool{}
	for _, e := range chosen {
		if !seen[e.Receipts[0]] {
			seen[e.Receipts[0]], list = true, append(list, e)
		}
	}
	return list
}

// ledger prints for each seed what happens to it: which ones the format cannot hold, and what
// is left out of the others.
func (v *exporter) ledger(e formats.Export) error {
	for _, item := range e.Items {
		if item.Err != nil {
			v.w.Voice.Remark(words.ExportRefused, console.Safe(item.Label, 60), transfer.Reason(v.w.Voice, item.Err))
		}
	}
	transfer.RemarkNotices(v.w.Voice, e.Items)
	said := words.ExportLedger
	if v.dryRun {
		said = words.ExportDry
	}
	v.w.Voice.Remark(said, len(e.Items), e.Len(), len(e.Items)-e.Len())
	if v.json {
		return transfer.WriteExportJSON(v.w, v.to, v.dryRun, e)
	}
	return nil
}

// write writes the export to a file that only its owner can read, or to standard output, and
// prints where what now lies.
func (v *exporter) write(e formats.Export, to []age.Recipient, refused int) error {
	if refused > 0 && v.w.Attended() {
		if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskExportRest, e.Len()), world.Declined()); err != nil {
			return err
		}
	}
	password := ""
	if e.Encrypted() && v.to != "age" {
		var err error
		if password, err = v.askPassword(); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	err := e.Write(&b, formats.WriteOptions{Now: v.w.Now(), Password: func() string { return password }, Recipients: to, Armor: v.armor})
	if err != nil {
		return err
	}
	if v.out == "-" {
		if !e.Encrypted() {
			defer v.w.Voice.Remark(words.ExportPiped)
		}
		_, err := v.w.Voice.Out.Write(b.Bytes())
		return err
	}
	if err := local.WriteNew(v.out, b.Bytes()); err != nil {
		return explain.NotMade(v.out, err)
	}
	shown := console.Safe(v.out, 0)
	v.w.Voice.Remark(words.ExportWritten, shown, v.forWhom(), e.Len())
	if e.Encrypted() {
		v.w.Voice.Remark(words.ExportSealed, shown)
		return nil
	}
	v.w.Voice.Remark(words.ExportInClear, shown, console.RemoveLine(filepath.Clean(v.out)))
	return nil
}

// forWhom returns the apps that take the format.
func (v *exporter) forWhom() string {
	if apps := transfer.TakersOf(v.to); len(apps) > 0 {
		return strings.Join(apps, ", ")
	}
	f, _ := formats.Named(v.to)
	return f.App
}

// askPassword returns the password that locks the export: from a file, or typed twice.
func (v *exporter) askPassword() (string, error) {
	if v.password != "" {
		secret, err := unlocking.SecretFile(v.w, v.password)
		if err == nil && secret == "" {
			err = say.Fail(words.PasswordNeeded).WithHint(words.HintPasswordNeeded)
		}
		return secret, err
	}
	t, err := v.w.Terminal()
	if err != nil {
		return "", say.Fail(words.PasswordNeeded).WithHint(words.HintPasswordNeeded)
	}
	defer t.Close()
	for {
		first, err := t.Secret(v.w.Voice.Text(words.AskExportPassword))
		switch {
		case err != nil:
			return "", err
		case first == "":
			return "", say.Fail(words.PasswordNeeded).WithHint(words.HintPasswordNeeded)
		}
		again, err := t.Secret(v.w.Voice.Text(words.AskExportAgain))
		if err != nil {
			return "", err
		}
		if first == again {
			return first, nil
		}
		v.w.Voice.Remark(words.PasswordsDiffer)
	}
}
