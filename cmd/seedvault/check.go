package main

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/readiness"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
)

// check prints what is wrong with a vault, and what a loss would cost.
type check struct {
	w                    *world.World
	choice               *place.Choice
	json, explain, trace bool
	allVaults, thorough  bool
	fingerprint          *string
	minSeal              *string
}

func checkVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &check{w: w, choice: choice}
	return &cli.Command{
		Name: "check", Names: cli.NoNames(), Run: v.run,
		Flags: []cli.Flag{
			copyFlag(choice), cli.Switch(&v.json, "json"), cli.Switch(&v.explain, "explain"), cli.Switch(&v.trace, "trace"),
			cli.Switch(&v.allVaults, "all-vaults"), cli.Switch(&v.thorough, "thorough"),
			cli.Optional(&v.fingerprint, "fingerprint", cli.Anything), cli.Optional(&v.minSeal, "min-seal", cli.Anything),
		},
	}
}

func (v *check) run(ctx context.Context, _ []string) error {
	if v.minSeal != nil && (!regexp.MustCompile(sealName).MatchString(*v.minSeal) || v.fingerprint == nil) {
		return cli.Misused(words.MinSealAlone, "check")
	}
	if v.allVaults {
		return place.ForEachVault(v.w, *v.choice, v.json, func(w *world.World, choice place.Choice) error { return v.one(ctx, w, choice) })
	}
	return v.one(ctx, v.w, *v.choice)
}

// sealName is a number, or a seal as a check shows it.
const sealName = `^[0-9]{1,9}(-[a-z2-7]{8,32})?$`

// one checks one vault.
func (v *check) one(ctx context.Context, w *world.World, choice place.Choice) error {
	found, err := v.examine(ctx, w, choice)
	if err != nil {
		return err
	}
	if v.json {
		err = w.WriteJSON(found.json(w.Now()))
	} else {
		found.say(w.Voice)
		readiness.SayUnready(w.Voice, found.unready)
		if v.explain {
			found.explain(w)
		}
		found.sayTrace(w.Voice)
	}
	if err == nil && found.red() {
		err = say.ErrFound
	}
	return err
}

// examine checks with what is at hand: with a fingerprint alone; or with this machine's
// memory, and with a key if one opens without asking or was given.
func (v *check) examine(ctx context.Context, w *world.World, choice place.Choice) (*checked, error) {
	opts := escrow.CheckOptions{Now: w.Now(), Pages: page.Sums()}
	if v.minSeal != nil {
		number, hash, _ := strings.Cut(*v.minSeal, "-")
		if opts.MinSealHash = hash; hash == "" {
			opts.MinSeal, _ = strconv.Atoi(number)
		}
	}
	if v.fingerprint != nil && *v.fingerprint != "" {
		vault, err := session.OpenWithoutMemory(w, choice, *v.fingerprint)
		if err != nil {
			return nil, err
		}
		defer vault.Close()
		return v.traced(vault, &checked{report: vault.Files.Check(opts), compared: true}), nil
	}
	vault, err := session.Open(w, choice)
	if err != nil {
		return nil, err
	}
	defer vault.Close()
	vault.RemarkRotations()
	vault.Place.RemarkLocks()
	if vault.Place.Pinned() {
		opts.Memory = vault.Place.Recall()
	}
	read := upkeep.ReadDue
	if v.thorough {
		read = upkeep.ReadAll
	}
	found, err := examineVault(ctx, w, vault, opts, read)
	if err != nil {
		return nil, err
	}
	return v.traced(vault, found), nil
}

// traced adds what each file counts for, if that was asked for.
func (v *check) traced(vault *session.Vault, found *checked) *checked {
	if v.trace {
		found.trace = vault.Files.Trace()
	}
	return found
}

// examineVault checks a vault that this machine may know, and its copies.
func examineVault(ctx context.Context, w *world.World, vault *session.Vault, opts escrow.CheckOptions, read upkeep.Depth) (*checked, error) {
	o, err := vault.Keys().UnlockAvailable()
	if err != nil {
		return nil, err
	}
	found := &checked{compared: vault.Place.Pinned()}
	home, atHome := vault.Home()
	if o != nil {
		if err := found.opened(ctx, w, vault, o, opts); err != nil {
			return nil, err
		}
	} else {
		found.report = vault.Files.Check(opts)
		if atHome {
			home.Remember(nil)
		}
	}
	found.report.Findings = slices.Insert(found.report.Findings, 0, slices.Concat(vault.Older(), vault.LostMemory())...)
	found.lost = contents.Losses(ctx, vault, o, found.report.Findings)
	if vault.Place.Pinned() {
		found.sheets = vault.Place.SheetsInClear()
	}
	if atHome {
		found.copies = home.Copies().Statuses(ctx, read)
		found.swappedInCopies()
		home.RemarkMending()
		found.situation = home.SituationOf(ctx, o, found.copies)
		found.situation.Incomplete = found.situation.Incomplete || found.report.Incomplete()
		found.survival = found.situation.Verdict()
	}
	return found, nil
}

// opened checks with a key.
func (f *checked) opened(ctx context.Context, w *world.World, vault *session.Vault, o *escrow.Opened, opts escrow.CheckOptions) (err error) {
	done := contents.ShowReading(w, o)
	vault.AcceptOwnIfWritable(ctx, o) // first, so that what is counted is so at the end
	f.report, err = o.Check(ctx, opts)
	done()
	if err != nil {
		return err
	}
	if err := remarkLate(ctx, w, vault, o); err != nil {
		return err
	}
	if entries, _, err := o.Seeds(ctx); err == nil {
		f.entries, f.unready, f.titles = entries, readiness.Unready(entries), titlesOf(entries)
	}
	return nil
}

// swappedInCopies adds a finding for each page in a copy that is not the one that seedvault
// made.
func (f *checked) swappedInCopies() {
	for _, s := range f.copies {
		for _, name := range s.Result.Swapped {
			if s.Looked || !slices.Contains(s.Result.Healed, name) {
				f.report.Findings = slices.Insert(f.report.Findings, 0, escrow.Finding{Code: escrow.CodeSwappedPage, Path: name, Detail: s.Copy.Name, Red: true})
			}
		}
	}
}

// titlesOf returns what seeds are called, by the paths of their files.
func titlesOf(entries []escrow.Entry) map[string]string {
	titles := map[string]string{}
	for _, e := range entries {
		for _, r := range e.Receipts {
			titles[r.Path] = seedlist.Title(e)
		}
	}
	return titles
}

// remarkLate names the seeds that somebody has removed or edited on a machine that did not
// know of the rotation yet: they stay here until that is done here too.
func remarkLate(ctx context.Context, w *world.World, vault *session.Vault, o *escrow.Opened) error {
	older := func(e escrow.Epoch) bool { return e.Status == escrow.EpochOlder }
	if len(vault.Epochs(older)) == 0 {
		return nil
	}
	entries, err := o.LateRetired(ctx)
	for _, e := range entries {
		w.Voice.Remark(words.LateRemovals, seedlist.Title(e))
	}
	return err
}

// explain prints what each loss would cost.
func (f *checked) explain(w *world.World) {
	if !f.survival.Known {
		w.Voice.Say(words.VerdictUnknown)
		return
	}
	verdict.Explain(w.Voice, f.situation, w.Now())
}
