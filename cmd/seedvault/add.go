package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/intake"
	"seedvault/cmd/seedvault/internal/newvault"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/readiness"
	"seedvault/cmd/seedvault/internal/recheck"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/transfer"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// add saves seeds.
type add struct {
	w           *world.World
	choice      *place.Choice
	name        string
	tags, notes []string
	clipboard   bool
	how         picture.How
}

func addVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &add{w: w, choice: choice}
	return &cli.Command{
		Name: "add", Names: cli.AnyNames(cli.File), Run: v.run,
		Flags: []cli.Flag{
			cli.Text(&v.name, "name", cli.Anything), cli.List(&v.tags, "tag", cli.Anything), cli.List(&v.notes, "note", cli.Anything),
			cli.Switch(&v.clipboard, "clipboard"),
			cli.Switch(&v.how.Thorough, "thorough"), cli.Text(&v.how.Explain, "explain", cli.File),
		},
	}
}

// run reads all input and shows what is in it before it opens the vault, so that a wrong image
// costs nothing.
func (v *add) run(ctx context.Context, names []string) error {
	if v.importsInstead(names) {
		return v.importing(ctx, names)
	}
	found, err := v.collect(ctx, names)
	var other *intake.OtherError
	if errors.As(err, &other) {
		return v.importing(ctx, other.Paths)
	}
	if err != nil {
		return err
	}
	host, _ := os.Hostname()
	details := escrow.Details{Added: v.w.Now(), By: host, Name: v.name, Tags: v.tags, Notes: v.notes}
	parsed, err := intake.Parse(v.w.Voice, found, details)
	if err != nil {
		return err
	}
	if v.name != "" && len(parsed.Seeds) > 1 {
		return say.Usage(words.NameForMany, len(parsed.Seeds)).WithHint(words.HintNameForMany)
	}
	if len(parsed.Seeds) == 0 {
		return say.Fail(words.SomeRefused, parsed.Refused, parsed.Refused, 0).WithHint(words.HintSomeRefused)
	}
	vault, o, err := newvault.OpenToAdd(ctx, v.w, *v.choice, parsed.Seeds, func(vault *session.Vault) (*escrow.Opened, error) {
		return vault.Keys().UnlockAvailable()
	})
	if err != nil {
		return err
	}
	defer vault.Close()
	held, err := contents.NewHolding(ctx, vault, o, parsed.Seeds)
	if err != nil {
		return err
	}
	sum := &ledger{refused: parsed.Refused, again: parsed.Again}
	total := sum.found() + len(parsed.Seeds)
	err = v.saveAll(vault, held, parsed.Seeds, sum)
	v.sayLedger(sum, total, err)
	if err == nil {
		err = v.finish(ctx, vault, o, held, sum.saved, parsed.InClear)
	}
	if err == nil && sum.refused > 0 {
		err = say.Fail(words.SomeRefused, sum.refused, total, len(sum.saved)).WithHint(words.HintSomeRefused)
	}
	return err
}

// collect reads everything that the command was given.
func (v *add) collect(ctx context.Context, names []string) (found []intake.Item, err error) {
	switch {
	case v.how.Explain != "" && len(names) > 1:
		return nil, cli.Misused(words.TooManyNames, "add", console.Safe(names[1], 40))
	case v.clipboard && len(names) > 0:
		return nil, cli.Misused(words.TooManyNames, "add", console.Safe(names[0], 40))
	case v.clipboard:
		found, err = intake.Clipboard(ctx, v.w, v.how)
	case len(names) == 0:
		found, err = intake.Prompts(ctx, v.w)
	default:
		found, err = intake.Named(ctx, v.w, v.how, names)
	}
	if err == nil {
		err = intake.NameKeys(v.w, found, v.name)
	}
	if err == nil && len(found) == 0 {
		err = say.Fail(words.EmptyInput).WithHint(words.HintAddWhat)
	}
	return found, err
}

// ledger is what became of all that was found.
type ledger struct {
	saved                []escrow.Entry
	refused, again, left int
}

func (l *ledger) found() int { return len(l.saved) + l.refused + l.again + l.left }

// sayLedger prints how many of several seeds were saved, refused and skipped.
func (v *add) sayLedger(sum *ledger, total int, err error) {
	if total <= 1 {
		return
	}
	v.w.Voice.Remark(words.AddLedger, len(sum.saved), sum.refused, sum.again, sum.left)
	if err != nil {
		v.w.Voice.Remark(words.AddStopped, total-sum.found())
	}
}

// saveAll saves the seeds that the person wants; all of them where nobody can be asked. It
// skips what the vault already holds. If the vault cannot be written, it stops.
func (v *add) saveAll(vault *session.Vault, held *contents.Holding, seeds []escrow.Seed, sum *ledger) error {
	ask := len(seeds) > 1 && v.w.Attended()
	said := words.Saved
	if v.w.Attended() && len(vault.Place.Memory().DepositedOn()) == 0 {
		said = words.SavedFirst
	}
	for i, seed := range seeds {
		has, err := held.Has(seed)
		if err != nil {
			return err
		}
		if has {
			sum.again++
			continue
		}
		if ask {
			title := seedlist.TitleOfSeed(seed, escrow.Receipt{})
			answer, err := v.w.Ask(v.w.Voice.Text(words.AskSave, i+1, len(seeds), title), world.Yes)
			if err != nil {
				return err
			}
			if ask = answer != world.All; answer == world.No {
				sum.left++
				continue
			}
		}
		r, err := v.save(vault, seed, said)
		if err != nil {
			return err
		}
		said = words.Saved // a receipt is explained once
		held.Add(seed, r)
		sum.saved = append(sum.saved, escrow.Entry{Seed: seed, Receipts: []escrow.Receipt{r}})
	}
	return nil
}

// save deposits one seed, and prints that only once it is durable and in the journal, or a
// remark has said that the journal could not be written.
func (v *add) save(vault *session.Vault, seed escrow.Seed, said words.Message) (escrow.Receipt, error) {
	r, err := vault.Deposit(seed)
	if err != nil {
		return r, err
	}
	title := seedlist.TitleOfSeed(seed, r)
	if _, _, onScreen := v.w.Screen(); !onScreen { // a person reads the receipt below
		fmt.Fprintf(v.w.Voice.Out, "%s\t%s\n", r, title)
	}
	v.w.Voice.Remark(said, title, r)
	if v.w.Attended() {
		seedlist.RemarkClock(v.w) // the code itself is shown once the phone's has been compared
	} else {
		seedlist.RemarkCode(v.w, seed)
	}
	return r, nil
}

// finish accepts what was saved if a key opens the vault, else says that it is not yet
// accepted; prints what the seeds survive now and what to do next; and compares the phone's
// codes. It says last where a seed still lies unencrypted, since the phone needs it until
// then.
func (v *add) finish(ctx context.Context, vault *session.Vault, o *escrow.Opened, held *contents.Holding, saved []escrow.Entry, clear intake.InClear) error {
	home, atHome := vault.Home()
	switch {
	case o != nil && o.Compared(): // else it opened an older epoch alone
		if err := held.AcceptOwnAndClaimed(ctx); err != nil {
			return err
		}
	case len(saved) > 0:
		v.w.Voice.Remark(words.NotYetAcceptedHint, strings.Join(receiptsOf(saved), " "))
		if atHome {
			if err := home.UpdateCopies(ctx); err != nil {
				return err
			}
		}
	}
	done := false // nothing is left to mend
	if atHome {
		survives := home.Situation(ctx, o)
		verdict.Remark(v.w, survives)
		done = survives.Verdict().Remedy == ""
	}
	if done && clear.Nowhere() || !v.w.Attended() { // a person gets one thing to do
		readiness.Remark(v.w, saved)
	}
	if err := recheck.CompareSaved(v.w, saved); err != nil {
		return err
	}
	clear.Remark(v.w)
	return nil
}

// receiptsOf returns the receipts of what was saved.
func receiptsOf(saved []escrow.Entry) (receipts []string) {
	for _, e := range saved {
		receipts = append(receipts, e.Receipts[0].String())
	}
	return receipts
}

// importsInstead reports whether add was given an export, a list or another vault, which
// import reads.
func (v *add) importsInstead(names []string) bool {
	return !v.clipboard && v.how.Explain == "" && slices.ContainsFunc(names, func(name string) bool { return transfer.IsExport(v.w, name) })
}

// importing does what import does, and prints receipts as add does.
func (v *add) importing(ctx context.Context, names []string) error {
	return (&importer{w: v.w, choice: v.choice, name: v.name, tags: v.tags, notes: v.notes, how: v.how, asAdd: true}).run(ctx, names)
}
