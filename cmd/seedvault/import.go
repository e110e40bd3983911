package main

import (
	"context"
	"errors"
	"os"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/newvault"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/recheck"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/transfer"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
)

// importer takes seeds out of other programs' exports and other vaults.
type importer struct {
	w                     *world.World
	choice                *place.Choice
	from, name            string
	passwords             []string
	tags, notes           []string
	dryRun, json, formats bool
	how                   picture.How
	asAdd                 bool // it was called add, whose answer is receipts

	found    *transfer.Found
	receipts map[int]escrow.Receipt
	saved    []escrow.Entry
}

func importVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &importer{w: w, choice: choice}
	return &cli.Command{
		Name: "import", Names: cli.AnyNames(cli.File), Run: v.run,
		Flags: []cli.Flag{
			cli.Text(&v.from, "from", completion.ReadFormats), cli.List(&v.passwords, "password-file", cli.File),
			cli.List(&v.tags, "tag", cli.Anything), cli.List(&v.notes, "note", cli.Anything),
			cli.Switch(&v.dryRun, "dry-run"), cli.Switch(&v.json, "json"), cli.Switch(&v.formats, "formats"), cli.Switch(&v.how.Thorough, "thorough"),
		},
	}
}

// run reads everything and finds out what is new before anything is written; then all of it
// is saved as one batch.
func (v *importer) run(ctx context.Context, names []string) (err error) {
	switch {
	case v.formats:
		transfer.WriteFormats(v.w.Voice)
		return nil
	case len(names) == 0:
		return say.Usage(words.ImportWhat).WithHint(words.HintImportWhat)
	}
	reader := transfer.Reader{World: v.w, From: v.from, How: v.how, PasswordFiles: v.passwords, Keys: v.choice.Keys}
	if v.found, err = reader.Read(ctx, names); err != nil {
		return err
	}
	if alone := v.nothing(); alone != nil {
		return alone
	}
	numbers, seeds, err := v.seeds()
	if err != nil {
		return err
	}
	switch {
	case len(seeds) == 0:
	case v.dryRun:
		err = v.compare(ctx, numbers, seeds)
	default:
		err = v.save(ctx, numbers, seeds)
	}
	if err != nil {
		return err
	}
	return v.end()
}

// nothing returns the error about an input that holds nothing at all, and about a single file
// that cannot be read.
func (v *importer) nothing() error {
	files := v.found.Files
	switch {
	case v.json:
		return nil
	case len(files) == 1 && files[0].Err != nil && v.found.Ledger.Len() == 1:
		return explain.Error(files[0].Err).In(transfer.WhereOf(v.w.Voice, exchange.Item{Source: files[0].Source}))
	case v.found.Ledger.Len() == 0:
		transfer.Report{Found: v.found}.Remark(v.w.Voice)
		return say.Fail(words.NothingFound).WithHint(words.HintImportWhat)
	}
	return nil
}

// seeds makes seeds of the records that are not refused, with their numbers in the ledger. If
// several records are the same hotp enrolment, it takes the one with the highest counter.
func (v *importer) seeds() (numbers []int, seeds []escrow.Seed, err error) {
	l := &v.found.Ledger
	host, _ := os.Hostname()
	all := escrow.Details{Added: v.w.Now(), By: host, Tags: v.tags, Notes: v.notes}
	pending := l.Pending()
	if v.name != "" && len(pending) > 1 {
		return nil, nil, say.Usage(words.NameForMany, len(pending)).WithHint(words.HintNameForMany)
	}
	all.Name = v.name
	first := map[[32]byte]int{} // places in numbers
	for _, n := range pending {
		seed, err := v.found.Seed(n, all)
		if err != nil {
			l.MarkRefused(n, err)
			continue
		}
		key, err := seed.Key()
		if i, again := first[key.SeedMark()]; err == nil && again {
			if had, _ := seeds[i].Key(); key.Counter() > had.Counter() {
				n, numbers[i], seeds[i] = numbers[i], n, seed
			}
			l.MarkHeld(n)
			continue
		}
		if err == nil {
			first[key.SeedMark()] = len(numbers)
		}
		numbers, seeds = append(numbers, n), append(seeds, seed)
	}
	return numbers, seeds, nil
}

// compare finds out which seeds the vault already holds, and saves nothing.
func (v *importer) compare(ctx context.Context, numbers []int, seeds []escrow.Seed) error {
	vault, err := session.Open(v.w, *v.choice)
	if errors.Is(err, place.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	defer vault.Close()
	o, err := v.unlock(vault)
	if err != nil {
		return err
	}
	_, _, _, err = v.new(ctx, vault, o, numbers, seeds)
	return err
}

// unlock opens the vault if it can: the keys that were given may be those of another vault,
// from which the seeds come.
func (v *importer) unlock(vault *session.Vault) (*escrow.Opened, error) {
	keys := vault.Keys()
	o, err := keys.UnlockOrPass()
	if errors.Is(err, escrow.ErrNoMatch) && len(v.choice.Keys.Identities) > 0 {
		keys.Given.Identities = nil
		o, err = keys.UnlockOrPass()
	}
	if err == nil && o == nil {
		v.w.Voice.Remark(words.ImportBlind)
	}
	return o, err
}

// new drops the seeds that the vault already holds.
func (v *importer) new(ctx context.Context, vault *session.Vault, o *escrow.Opened, numbers []int, seeds []escrow.Seed) (*contents.Holding, []int, []escrow.Seed, error) {
	holding, err := contents.NewHolding(ctx, vault, o, seeds)
	if err != nil {
		return nil, nil, nil, err
	}
	has, err := v.held(holding, seeds)
	if err != nil {
		return nil, nil, nil, err
	}
	var fresh []int
	var list []escrow.Seed
	for i := range seeds {
		if has[i] {
			v.found.Ledger.MarkHeld(numbers[i])
			continue
		}
		fresh, list = append(fresh, numbers[i]), append(list, seeds[i])
	}
	return holding, fresh, list, nil
}

// fewSeeds are as many as a person is asked about one by one.
const fewSeeds = 20

// held reports for each seed whether the vault holds it. If there are only a few, the person
// is asked where only they can know; a dry run asks nothing.
func (v *importer) held(holding *contents.Holding, seeds []escrow.Seed) (has []bool, err error) {
	if v.dryRun || !v.w.Attended() || len(seeds) > fewSeeds {
		return holding.HasAll(seeds), nil
	}
	for _, s := range seeds {
		one, err := holding.Has(s)
		if err != nil {
			return nil, err
		}
		has = append(has, one)
	}
	return has, nil
}

// save saves the new seeds, accepts them if a key opens the vault, and prints what the vault
// survives now.
func (v *importer) save(ctx context.Context, numbers []int, seeds []escrow.Seed) error {
	vault, o, err := newvault.OpenToAdd(ctx, v.w, *v.choice, seeds, v.unlock)
	if err != nil {
		return err
	}
	defer vault.Close()
	holding, numbers, seeds, err := v.new(ctx, vault, o, numbers, seeds)
	if err != nil {
		return err
	}
	failed := v.deposit(vault, numbers, seeds)
	home, atHome := vault.Home()
	switch {
	case o != nil:
		err = holding.AcceptOwnAndClaimed(ctx)
	case len(v.receipts) > 0:
		v.w.Voice.Remark(words.ImportWaiting, len(v.receipts))
		if atHome {
			err = home.UpdateCopies(ctx)
		}
	}
	if atHome && failed == nil && err == nil {
		verdict.Remark(v.w, home.Situation(ctx, o))
	}
	if failed != nil {
		v.report()
		return failed
	}
	return err
}

// deposit saves seeds as one batch. The ledger then says "added" for exactly those that are
// durable.
func (v *importer) deposit(vault *session.Vault, numbers []int, seeds []escrow.Seed) error {
	receipts, err := vault.DepositAll(seeds)
	v.receipts = map[int]escrow.Receipt{}
	for i, r := range receipts {
		if r != (escrow.Receipt{}) {
			v.found.Ledger.MarkSaved(numbers[i])
			v.receipts[numbers[i]] = r
			v.saved = append(v.saved, escrow.Entry{Seed: seeds[i], Receipts: []escrow.Receipt{r}})
		}
	}
	v.found.Ledger.Close()
	return err
}

// report shows the ledger.
func (v *importer) report() error {
	r := transfer.Report{Found: v.found, Receipts: v.receipts, DryRun: v.dryRun}
	_, _, onScreen := v.w.Screen()
	var err error
	switch {
	case v.json:
		err = r.WriteJSON(v.w)
	case v.asAdd && !onScreen:
		r.WriteReceipts(v.w.Voice.Out)
		r.RemarkRefused(v.w.Voice)
	default:
		r.Write(v.w.Voice, v.w.Voice.Out)
	}
	r.Remark(v.w.Voice)
	return err
}

// end prints the ledger, and what to do next. If anything was refused it returns an error.
func (v *importer) end() error {
	if err := v.report(); err != nil {
		return err
	}
	counts := v.found.Ledger.Counts()
	if files := v.found.InClear(); len(files) > 0 && len(v.receipts) > 0 {
		v.w.Voice.Remark(words.ImportCompare)
		v.w.Voice.Remark(words.LeftInClear, transfer.Several(v.w.Voice, files), console.RemoveLine(files...))
	}
	if v.asAdd && len(v.saved) <= fewSeeds {
		if err := recheck.CompareSaved(v.w, v.saved); err != nil {
			return err
		}
	}
	if counts.Refused > 0 {
		return say.Fail(words.ImportRefused, counts.Refused, counts.Found).WithHint(words.HintImportRefused)
	}
	return nil
}
