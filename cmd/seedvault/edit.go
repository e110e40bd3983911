package main

import (
	"context"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) editCommand() *cli.Command {
	return &cli.Command{
		Name: "edit", CustomHelpTemplate: p.Help("edit") + "\n",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name"}, &cli.StringSliceFlag{Name: "tag"}, &cli.StringSliceFlag{Name: "note"},
			&cli.StringFlag{Name: "recovery"}, &cli.BoolFlag{Name: "anew"}, &cli.BoolFlag{Name: "undo"},
			&cli.BoolFlag{Name: "keep-secret"}, &cli.StringSliceFlag{Name: "ready"},
		},
		Action: p.edit,
	}
}

// edit writes a seed's new content and retires the old one, which stays in the
// vault and can be brought back.
func (p *program) edit(c *cli.Context) error {
	changes := []string{"name", "tag", "note", "recovery", "anew", "undo", "keep-secret", "ready"}
	if c.NArg() == 0 || !slices.ContainsFunc(changes, c.IsSet) {
		return say.Usage(words.EditWhat).WithHint(words.SeeHelp, "seedvault edit --help")
	}
	if c.NArg() > 1 && !c.Bool("anew") {
		return say.Usage(words.TooManyNames, console.Safe(c.Args().Get(1), 40)).WithHint(words.SeeHelp, "seedvault edit --help")
	}
	line, err := p.newLine(c)
	if err != nil {
		return err
	}
	codes, err := p.recoveryCodes(c)
	if err != nil {
		return err
	}
	s, o, entries, err := p.opened(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if !o.Compared() {
		return escrow.ErrNotPinned
	}
	old, err := p.choose(entries, c.Args().First())
	if err != nil {
		return err
	}
	if old.Status != escrow.Accepted {
		return say.Fail(words.EditWaiting, title(old)).WithHint(words.HintEditWaiting, old.Receipts[0])
	}
	switch {
	case c.Bool("undo"):
		return p.undoEdit(c, s, o, old)
	case c.Bool("keep-secret"):
		return p.keepSecret(c, s, o, old)
	}
	fresh, err := edited(c, old.Seed, line, codes)
	if err == nil {
		fresh, err = p.confirmed(c, fresh)
	}
	if err != nil {
		return err
	}
	if line != "" && line == old.Seed.Line() { // the picture of the old enrolment, most likely
		p.Remark(words.SameSecretAsBefore)
	}
	return p.replace(c.Context, s, o, old, fresh)
}

// newLine reads the otpauth line of a new enrolment, "" if none was asked for.
func (p *program) newLine(c *cli.Context) (string, error) {
	if !c.Bool("anew") {
		return "", nil
	}
	var found []finding
	var err error
	if names := c.Args().Tail(); len(names) > 0 {
		found, err = p.readNamed(c.Context, names)
	} else {
		found, err = p.readPrompts(c.Context)
	}
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", say.Fail(words.EmptyInput).WithHint(words.HintAddWhat)
	}
	sum := ledger{}
	offers, err := p.judge(c, found, &sum)
	switch {
	case err != nil:
		return "", err
	case len(offers) != 1:
		return "", say.Fail(words.AnewOne, len(offers)).WithHint(words.HintAnewOne)
	}
	return offers[0].seed.Line(), nil
}

// recoveryCodes reads a service's recovery codes, one a line: they are secrets,
// and no arguments.
func (p *program) recoveryCodes(c *cli.Context) ([]string, error) {
	var text string
	var err error
	switch file := c.String("recovery"); file {
	case "":
		return nil, nil
	case "-":
		var lines []finding
		lines, err = p.readLines()
		for _, l := range lines {
			text += l.text + "\n"
		}
	default:
		text, err = p.secretFile(file)
	}
	if err != nil {
		return nil, err
	}
	var codes []string
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

// edited is a seed with what the flags say. An empty value takes away what was
// there.
func edited(c *cli.Context, seed escrow.Seed, line string, codes []string) (escrow.Seed, error) {
	if line != "" {
		var err error
		if seed, err = seed.WithLine(line); err != nil {
			return seed, err
		}
	}
	if c.IsSet("name") {
		seed = seed.With("name", given(c.String("name"))...)
	}
	for _, flag := range []string{"tag", "note"} {
		if c.IsSet(flag) {
			seed = seed.With(flag, given(c.StringSlice(flag)...)...)
		}
	}
	if codes != nil {
		seed = seed.With("recovery", codes...)
	}
	return seed, nil
}

// given are the values that are not empty.
func given(values ...string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" })
}

// replace puts a seed in another's place, seals it and says so.
func (p *program) replace(ctx context.Context, s *site, o *escrow.Opened, old escrow.Entry, fresh escrow.Seed) error {
	r, err := o.Edit(old, fresh)
	if err != nil {
		return err
	}
	if err := p.sealWith(ctx, s, o, r); err != nil {
		return err
	}
	e := escrow.Entry{Seed: fresh, Receipts: []escrow.Receipt{r}}
	p.Say(words.Edited, title(e), r)
	before, err1 := old.Seed.Key()
	after, err2 := fresh.Key()
	if err1 == nil && err2 == nil && fresh.Line() != old.Seed.Line() {
		if before.SameSecret(after) {
			p.Remark(words.SameSecretAsBefore)
		}
		p.remarkCode(e)
		return p.comparePhone([]escrow.Entry{e})
	}
	return nil
}

// sealWith signs what was staged, this machine's own deposits with it, since one
// opening writes one seal, and brings the copies up to date.
func (p *program) sealWith(ctx context.Context, s *site, o *escrow.Opened, staged ...escrow.Receipt) error {
	own := stageOwn(s, o, staged)
	p.stageProofs(o)
	if _, err := o.Seal(p.now()); err != nil {
		return err
	}
	if own != nil {
		p.Remark(words.NotSettled, explain(own))
	}
	p.remember(s, o)
	return p.bringCopies(ctx, s)
}

// undoEdit brings back what an edit has replaced.
func (p *program) undoEdit(c *cli.Context, s *site, o *escrow.Opened, live escrow.Entry) error {
	retired, err := o.Retired(c.Context)
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
		return say.Fail(words.NothingToUndo, title(live)).WithHint(words.HintList)
	case 1:
		return p.bringBack(c.Context, s, o, before[0])
	}
	p.listSeeds(p.Err, before)
	return say.Fail(words.SeveralBefore, len(before), title(live)).WithHint(words.HintSeveralBefore)
}

// bringBack undoes one retirement.
func (p *program) bringBack(ctx context.Context, s *site, o *escrow.Opened, e escrow.Entry) error {
	r, err := o.Undo(e)
	if err != nil {
		return err
	}
	if err := p.sealWith(ctx, s, o, r); err != nil {
		return err
	}
	e.Receipts = []escrow.Receipt{r}
	p.Say(words.BroughtBack, title(e), r)
	p.remarkCode(e)
	return nil
}
