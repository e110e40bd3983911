package main

import (
	"cmp"
	"context"
	"encoding/base32"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/intake"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/readiness"
	"seedvault/cmd/seedvault/internal/recheck"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// edit writes a seed's new content and retires the old one, which stays in the vault
// and can be brought back.
type edit struct {
	w                      *world.World
	choice                 *place.Choice
	name                   *string
	tags, notes, ready     []string
	recovery, counter      *string
	anew, undo, keepSecret bool
}

func editVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &edit{w: w, choice: choice}
	return &cli.Command{
		Name: "edit", Names: cli.AnyNames(completion.Seeds), Run: v.run,
		Flags: []cli.Flag{
			cli.Optional(&v.name, "name", cli.Anything), cli.List(&v.tags, "tag", cli.Anything), cli.List(&v.notes, "note", cli.Anything),
			cli.Optional(&v.recovery, "recovery", cli.File), cli.Optional(&v.counter, "counter", cli.Anything), cli.Switch(&v.anew, "anew"), cli.Switch(&v.undo, "undo"),
			cli.Switch(&v.keepSecret, "keep-secret"), cli.List(&v.ready, "ready", cli.Anything),
		},
	}
}

// change is what edit was given before the vault was opened.
type change struct {
	line  string   // of a new enrolment, "" where it stays
	codes []string // recovery codes, nil where they stay
}

func (v *edit) run(ctx context.Context, names []string) error {
	if err := v.check(names); err != nil {
		return err
	}
	to, err := v.read(ctx, names[1:])
	if err != nil {
		return err
	}
	l, writable, err := contents.OpenListingToEdit(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer l.Close()
	old, err := l.Named(ctx, names[0])
	switch {
	case err != nil:
		return err
	case old.Status != escrow.Accepted:
		return say.Fail(words.EditWaiting, seedlist.Title(old)).WithHint(words.HintEditWaiting, old.Receipts[0])
	case v.undo:
		return v.undoLast(ctx, writable, old)
	case v.keepSecret:
		return v.keep(ctx, writable, old)
	}
	return v.replace(ctx, writable, old, to)
}

// check returns an error unless the command names one seed, and something to change.
func (v *edit) check(names []string) error {
	switch {
	case len(names) == 0 || !v.changes():
		return cli.Misused(words.EditWhat, "edit")
	case len(names) > 1 && !v.anew:
		return cli.Misused(words.TooManyNames, "edit", console.Safe(names[1], 40))
	}
	return nil
}

// changes reports whether any flag says what is to change.
func (v *edit) changes() bool {
	return v.name != nil || v.tags != nil || v.notes != nil || v.recovery != nil || v.counter != nil || v.ready != nil || v.anew || v.undo || v.keepSecret
}

// read reads what the flags ask for, before anything is opened.
func (v *edit) read(ctx context.Context, pictures []string) (to change, err error) {
	if v.anew {
		to.line, err = v.newLine(ctx, pictures)
	}
	if err == nil && v.recovery != nil {
		to.codes, err = v.recoveryCodes(*v.recovery)
	}
	return to, err
}

// newLine reads the otpauth line of a new enrolment.
func (v *edit) newLine(ctx context.Context, pictures []string) (string, error) {
	var found []intake.Item
	var err error
	if len(pictures) > 0 {
		found, err = intake.Named(ctx, v.w, picture.How{}, pictures)
	} else {
		found, err = intake.PromptsAnew(ctx, v.w)
	}
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", say.Fail(words.EmptyInput).WithHint(words.HintAddWhat)
	}
	details := escrow.Details{Added: v.w.Now(), Tags: v.tags, Notes: v.notes}
	if v.name != nil {
		details.Name = *v.name
	}
	parsed, err := intake.Parse(v.w.Voice, found, details)
	switch {
	case err != nil:
		return "", err
	case len(parsed.Seeds) != 1:
		return "", say.Fail(words.AnewOne, len(parsed.Seeds)).WithHint(words.HintAnewOne)
	}
	return parsed.Seeds[0].Line(), nil
}

// recoveryCodes reads a service's recovery codes, one a line: they are secrets, and no
// arguments.
func (v *edit) recoveryCodes(file string) (codes []string, err error) {
	var text string
	switch file {
	case "":
		return nil, nil
	case "-":
		text, err = unlocking.InputText(v.w)
	default:
		text, err = unlocking.SecretFile(v.w, file)
	}
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			codes = append(codes, line)
		}
	}
	if len(codes) == 0 {
		return nil, say.Fail(words.EmptyInput).WithHint(words.SeeHelp, "seedvault edit --help")
	}
	return codes, nil
}

// replace writes a seed's new content in place of the old one, and seals it.
func (v *edit) replace(ctx context.Context, writable *session.Writable, old escrow.Entry, to change) error {
	fresh, err := v.edited(old.Seed, to)
	if err != nil {
		return err
	}
	if to.line != "" && to.line == old.Seed.Line() { // the picture of the old enrolment, most likely
		v.w.Voice.Remark(words.SameSecretAsBefore)
	}
	r, err := writable.Opened.Edit(old, fresh)
	if err != nil {
		return err
	}
	if err := writable.Seal(ctx, r); err != nil {
		return err
	}
	v.w.Voice.Say(words.Edited, seedlist.TitleOfSeed(fresh, r), r)
	return v.compare(old.Seed, escrow.Entry{Seed: fresh, Receipts: []escrow.Receipt{r}})
}

// edited returns a seed with the changes of the flags. An empty value removes what was there.
func (v *edit) edited(seed escrow.Seed, to change) (escrow.Seed, error) {
	if to.line != "" {
		var err error
		if seed, err = seed.WithLine(named(to.line, seed)); err != nil {
			return seed, err
		}
	}
	if v.counter != nil {
		var err error
		if seed, err = counted(seed, *v.counter); err != nil {
			return seed, err
		}
	}
	if v.name != nil {
		seed = seed.With("name", nonEmpty(*v.name)...)
	}
	if v.tags != nil {
		seed = seed.With("tag", nonEmpty(v.tags...)...)
	}
	if v.notes != nil {
		seed = seed.With("note", nonEmpty(v.notes...)...)
	}
	if to.codes != nil {
		seed = seed.With("recovery", to.codes...)
	}
	return readiness.Confirm(v.w, seed, v.ready)
}

// named returns the line of a new enrolment, with the service and account of the seed that it
// replaces where the line has none.
func named(line string, old escrow.Seed) string {
	fresh, err := otpauth.Parse(line)
	before, err2 := old.Key()
	if err != nil || err2 != nil {
		return line
	}
	issuer, account := cmp.Or(fresh.Issuer(), fresh.LabelIssuer()), fresh.Account()
	if issuer != "" && account != "" {
		return line
	}
	key, err := otpauth.Build(otpauth.Params{
		Type: fresh.Type(), Secret: otpauth.SecretOf(base32.StdEncoding.EncodeToString(fresh.Secret())), Algorithm: string(fresh.Algorithm()),
		Digits: fresh.Digits(), Period: int(fresh.Period().Seconds()), Counter: fresh.Counter(),
		Issuer: cmp.Or(issuer, before.Issuer(), before.LabelIssuer()), Account: cmp.Or(account, before.Account()),
	})
	if err != nil {
		return line
	}
	return key.URI()
}

// counterIn is where a seed that counts says how far.
const counterIn = `(?i)([?&]counter=)[0-9]+`

// counted returns a seed with another counter: its phone has gone on since.
func counted(seed escrow.Seed, typed string) (escrow.Seed, error) {
	key, err := seed.Key()
	if err != nil || key.Type() != otpauth.HOTP {
		return seed, say.Usage(words.CountsNot).WithHint(words.HintList)
	}
	n, err := strconv.ParseUint(typed, 10, 64)
	if err != nil {
		return seed, say.Usage(words.BadFlagValue).WithHint(words.HintWantsCounter, key.Counter())
	}
	return seed.WithLine(regexp.MustCompile(counterIn).ReplaceAllString(seed.Line(), "${1}"+strconv.FormatUint(n, 10)))
}

// compare asks for the phone's code of a new enrolment and compares it.
func (v *edit) compare(old escrow.Seed, fresh escrow.Entry) error {
	before, err1 := old.Key()
	after, err2 := fresh.Seed.Key()
	if err1 != nil || err2 != nil || fresh.Seed.Line() == old.Line() {
		return nil
	}
	if before.SameSecret(after) && before.Counter() == after.Counter() {
		v.w.Voice.Remark(words.SameSecretAsBefore)
	}
	if !v.w.Attended() { // a person compares first
		seedlist.RemarkCode(v.w, fresh.Seed)
	}
	return recheck.CompareSaved(v.w, []escrow.Entry{fresh})
}

// undoLast brings back what the last edit has replaced.
func (v *edit) undoLast(ctx context.Context, writable *session.Writable, live escrow.Entry) error {
	retired, err := writable.Opened.Retired(ctx)
	if err != nil {
		return err
	}
	var before []escrow.Entry // the contents that were replaced last
	for _, e := range retired {
		if e.Seed.ID() == "" || e.Seed.ID() != live.Seed.ID() {
			continue
		}
		if len(before) > 0 && e.Removed > before[0].Removed {
			before = nil
		}
		if len(before) == 0 || e.Removed == before[0].Removed {
			before = append(before, e)
		}
	}
	switch len(before) {
	case 0:
		return say.Fail(words.NothingToUndo, seedlist.Title(live)).WithHint(words.HintList)
	case 1:
		return undo(ctx, v.w, writable, before[0])
	}
	seedlist.Write(v.w.Voice, v.w.Voice.Err, before)
	return say.Fail(words.SeveralBefore, len(before), seedlist.Title(live)).WithHint(words.HintSeveralBefore)
}

// keep removes a seed from the list of those to be enrolled anew, without a new secret.
func (v *edit) keep(ctx context.Context, writable *session.Writable, e escrow.Entry) error {
	entries, err := writable.Opened.ReEnrol(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(entries, func(l escrow.Entry) bool { return l.Receipts[0] == e.Receipts[0] }) {
		return say.Fail(words.NotToReEnrol, seedlist.Title(e)).WithHint(words.HintReEnrol)
	}
	if err := writable.Opened.NeedsNone(e); err != nil {
		return err
	}
	if err := writable.Seal(ctx); err != nil {
		return err
	}
	v.w.Voice.Say(words.SecretKept, seedlist.Title(e))
	return nil
}
