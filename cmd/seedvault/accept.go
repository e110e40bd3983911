package main

import (
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) acceptCommand() *cli.Command {
	return &cli.Command{
		Name: "accept", CustomHelpTemplate: p.Help("accept") + "\n",
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "all"}, &cli.BoolFlag{Name: "yes"}},
		Action: p.accept,
	}
}

func (p *program) accept(c *cli.Context) error {
	if c.Bool("all") == (c.NArg() > 0) {
		return say.Usage(words.AcceptWhat).WithHint(words.SeeHelp, "seedvault accept --help")
	}
	s, o, entries, err := p.opened(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if !o.Compared() {
		return escrow.ErrNotPinned
	}
	chosen, err := p.toAccept(c, entries)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		p.Remark(words.NothingToAccept)
		p.settleDeposits(c.Context, s, o)
		return nil
	}
	p.listSeeds(p.Err, chosen)
	if !c.Bool("yes") {
		unanswered := say.Fail(words.AcceptUnanswered, len(chosen)).WithHint(words.HintAcceptYes)
		if err := p.confirm(p.Text(words.AskAccept, len(chosen)), unanswered); err != nil {
			return err
		}
	}
	var staged []escrow.Receipt
	for _, e := range chosen {
		staged = append(staged, e.Receipts...)
	}
	if err := o.Accept(staged...); err != nil {
		return err
	}
	own := stageOwn(s, o, staged) // one opening writes one seal
	info, err := o.Seal(p.now())
	if err != nil {
		return err
	}
	p.Say(words.Accepted, len(chosen), info.Number)
	if own != nil {
		p.Remark(words.NotSettled, explain(own))
	}
	p.remember(s, o)
	if err := p.bringCopies(c.Context, s); err != nil {
		return err
	}
	return nil
}

// toAccept finds the seeds that were named among those that wait.
func (p *program) toAccept(c *cli.Context, entries []escrow.Entry) ([]escrow.Entry, error) {
	var waiting []escrow.Entry
	for _, e := range entries {
		if e.Status == escrow.NotAccepted || e.Status == escrow.Late {
			waiting = append(waiting, e)
		}
	}
	if c.Bool("all") {
		return waiting, nil
	}
	var chosen []escrow.Entry
	taken := map[escrow.Receipt]bool{}
	for _, name := range c.Args().Slice() {
		match := matching(waiting, name, false)
		switch {
		case len(match) == 0:
			return nil, say.Fail(words.NoSuchWaiting, console.Safe(name, 40)).WithHint(words.HintList)
		case len(match) > 1:
			p.listSeeds(p.Err, match)
			return nil, say.Fail(words.SeveralSeeds, len(match), console.Safe(name, 40)).WithHint(words.HintSeveralWaiting)
		}
		if r := match[0].Receipts[0]; !taken[r] {
			taken[r] = true
			chosen = append(chosen, match[0])
		}
	}
	return chosen, nil
}
