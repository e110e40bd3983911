package main

import (
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) removeCommand() *cli.Command {
	return &cli.Command{
		Name: "remove", CustomHelpTemplate: p.Help("remove") + "\n",
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "undo"}, &cli.BoolFlag{Name: "yes"}},
		Action: p.remove,
	}
}

// remove retires seeds: they are shown no more, and can be brought back.
func (p *program) remove(c *cli.Context) error {
	if c.NArg() == 0 && !c.Bool("undo") {
		return say.Usage(words.RemoveWhat).WithHint(words.HintList)
	}
	s, o, entries, err := p.opened(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if !o.Compared() {
		return escrow.ErrNotPinned
	}
	if c.Bool("undo") {
		return p.undoRemove(c, s, o, entries)
	}
	chosen, err := p.chooseAll(c, entries)
	if err != nil {
		return err
	}
	p.listSeeds(p.Err, chosen)
	if !c.Bool("yes") {
		unanswered := say.Fail(words.RemoveUnanswered, len(chosen)).WithHint(words.HintRemoveYes)
		if err := p.confirm(p.Text(words.AskRemove, len(chosen)), unanswered); err != nil {
			return err
		}
	}
	if err := o.Retire(chosen...); err != nil {
		return err
	}
	if err := p.sealWith(c.Context, s, o); err != nil {
		return err
	}
	p.Say(words.Removed, len(chosen))
	return nil
}

// undoRemove brings a removed seed back; without a name it lists what there is.
func (p *program) undoRemove(c *cli.Context, s *site, o *escrow.Opened, entries []escrow.Entry) error {
	removed, err := removedOf(c, o, entries)
	if err != nil {
		return err
	}
	if c.NArg() == 0 {
		if len(removed) == 0 {
			p.Remark(words.NothingRemoved)
			return nil
		}
		p.listSeeds(p.Out, removed)
		return nil
	}
	for _, name := range c.Args().Slice() {
		match := matching(removed, name, false)
		switch {
		case len(match) == 0:
			return say.Fail(words.NoSuchRemoved, console.Safe(name, 40)).WithHint(words.HintNoSuchRemoved)
		case len(match) > 1:
			p.listSeeds(p.Err, match)
			return say.Fail(words.SeveralSeeds, len(match), console.Safe(name, 40)).WithHint(words.HintSeveralWaiting)
		}
		if err := p.bringBack(c.Context, s, o, match[0]); err != nil {
			return err
		}
	}
	return nil
}

// removedOf returns the last content of each seed that is there no more. Earlier
// contents, and those of seeds that are still there, are for edit --undo.
func removedOf(c *cli.Context, o *escrow.Opened, live []escrow.Entry) ([]escrow.Entry, error) {
	retired, err := o.Retired(c.Context)
	if err != nil {
		return nil, err
	}
	here, last := map[string]bool{}, map[string]int{}
	for _, e := range live {
		here[e.Seed.ID()] = here[e.Seed.ID()] || e.Status == escrow.Accepted
	}
	for _, e := range retired {
		last[e.Seed.ID()] = max(last[e.Seed.ID()], e.Removed)
	}
	var removed []escrow.Entry
	for _, e := range retired {
		if id := e.Seed.ID(); id == "" || !here[id] && e.Removed == last[id] {
			removed = append(removed, e)
		}
	}
	return removed, nil
}
