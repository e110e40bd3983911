package main

import (
	"slices"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// listReEnrol lists the seeds that somebody knows who can no longer open the vault.
func (p *program) listReEnrol(c *cli.Context, o *escrow.Opened) error {
	entries, err := o.ReEnrol(c.Context)
	switch {
	case err != nil:
		return err
	case c.Bool("json"):
		return p.listJSON(entries)
	case len(entries) == 0:
		p.Remark(words.NothingToReEnrol)
		return nil
	}
	p.listSeeds(p.Out, entries)
	p.Remark(words.HowToReEnrol)
	return nil
}

// remarkLate names the seeds that somebody removed or edited where a rotation had
// not arrived: they are kept until it is done here too.
func (p *program) remarkLate(c *cli.Context, s *site, o *escrow.Opened) error {
	older := func(e escrow.Epoch) bool { return e.Status == escrow.EpochOlder }
	if len(s.epochs(older)) == 0 {
		return nil
	}
	entries, err := o.LateRetired(c.Context)
	for _, e := range entries {
		p.Remark(words.LateRemovals, title(e))
	}
	return err
}

// keepSecret takes a seed off that list without a new secret.
func (p *program) keepSecret(c *cli.Context, s *site, o *escrow.Opened, e escrow.Entry) error {
	entries, err := o.ReEnrol(c.Context)
	if err != nil {
		return err
	}
	listed := slices.ContainsFunc(entries, func(l escrow.Entry) bool { return l.Receipts[0] == e.Receipts[0] })
	if !listed {
		return say.Fail(words.NotToReEnrol, title(e)).WithHint(words.HintReEnrol)
	}
	if err := o.NeedsNone(e); err != nil {
		return err
	}
	if err := p.sealWith(c.Context, s, o); err != nil {
		return err
	}
	p.Say(words.SecretKept, title(e))
	return nil
}
