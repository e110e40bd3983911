package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) holderAddCommand() *cli.Command {
	return &cli.Command{
		Name: "add", CustomHelpTemplate: p.Help("holder-add") + "\n",
		Flags: append(quorumFlags(), []cli.Flag{
			&cli.StringFlag{Name: "quorum"}, &cli.StringFlag{Name: "recipient", Aliases: []string{"r"}},
			&cli.BoolFlag{Name: "passphrase"}, &cli.StringFlag{Name: "own"},
			&cli.BoolFlag{Name: "paper"}, &cli.StringFlag{Name: "out"}, &cli.BoolFlag{Name: "services"}, &cli.BoolFlag{Name: "device"},
			&cli.StringFlag{Name: "kept"}, &cli.StringSliceFlag{Name: "who"}, &cli.BoolFlag{Name: "yes"},
		}...),
		Action: p.holderAdd,
	}
}

// holderAdd makes another way into a vault that is there: few small files, and no
// seed is touched.
func (p *program) holderAdd(c *cli.Context) error {
	if err := holderAsked(c); err != nil {
		return err
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := p.askRotations(c, s, successors); err != nil {
		return err
	}
	p.remarkRotations(s) // whoever is added now opens nothing that came of them
	o, err := p.unlockToWrite(c, s)
	if err != nil {
		return err
	}
	if err := o.AddHolder(); err != nil { // before anybody is asked about what may not be added
		return err
	}
	set, err := p.oneHolder(c, s, o)
	if err != nil {
		return err
	}
	p.showNewHolder(c, o, set)
	if !c.Bool("yes") {
		unanswered := say.Fail(words.HolderUnanswered).WithHint(words.HintHolderYes)
		if err := p.confirm(p.Text(words.AskHolder), unanswered); err != nil {
			return err
		}
	}
	// Secrets are shown once all has been written, and before any of it counts.
	err = o.AddHolder(set.holders...)
	if err == nil {
		err = p.secure(set, o.Pin())
	}
	if err == nil {
		err = p.sealWith(c.Context, s, o)
	}
	if err != nil {
		set.takeBack()
		return err
	}
	return p.sayHolder(s, o, set)
}

// holderAsked wants one name and one kind of holder.
func holderAsked(c *cli.Context) error {
	kinds := 0
	for _, kind := range []string{"recipient", "passphrase", "paper", "device", "quorum"} {
		if c.IsSet(kind) {
			kinds++
		}
	}
	switch {
	case c.NArg() != 1 || kinds != 1:
		return say.Usage(words.HolderAddWhat).WithHint(words.SeeHelp, "seedvault holder add --help")
	case c.IsSet("out") && !c.Bool("paper"):
		return say.Usage(words.OutWithoutPaper).WithHint(words.SeeHelp, "seedvault holder add --help")
	case c.IsSet("services") && !c.IsSet("out") && !c.IsSet("shares"):
		return say.Usage(words.ServicesWithoutSheet).WithHint(words.SeeHelp, "seedvault holder add --help")
	case c.IsSet("own") && !c.Bool("passphrase"):
		return say.Usage(words.OwnWithoutPassphrase).WithHint(words.SeeHelp, "seedvault holder add --help")
	case (c.IsSet("member") || c.IsSet("shares") || c.IsSet("text")) && !c.IsSet("quorum"):
		return say.Usage(words.QuorumWhat).WithHint(words.HintQuorumWhat)
	case c.IsSet("kept") && c.Bool("device"):
		return say.Usage(words.DeviceIsKept).WithHint(words.SeeHelp, "seedvault holder add --help")
	}
	return escrow.CheckName(c.Args().First())
}

// oneHolder makes the holder that the flags ask for. Nothing of it is written yet.
func (p *program) oneHolder(c *cli.Context, s *site, o *escrow.Opened) (*setup, error) {
	set, name := p.newSetup(c, s, o), c.Args().First()
	hybrid := strings.HasPrefix(o.Pin().Recipient, "age1pq1")
	var err error
	if c.Bool("services") {
		if err := set.sheets.withServices(c, o); err != nil {
			return nil, err
		}
	}
	switch {
	case c.Bool("passphrase"):
		err = p.addPassphrase(set, name, c.String("own"), hybrid)
	case c.Bool("paper"):
		err = set.addPaper(name, c.String("out"), hybrid)
	case c.IsSet("quorum"):
		err = p.addQuorum(set, name, c.String("quorum"), c.StringSlice("member"), hybrid)
	case c.Bool("device"):
		err = set.addDevice(name, s.places, hybrid)
	default:
		err = p.addRecipient(set, name, c.String("recipient"))
	}
	if err != nil {
		return nil, err
	}
	h := &set.holders[0]
	if c.IsSet("kept") {
		*h = h.KeptAt(c.String("kept"))
	}
	*h = h.KnownTo(given(c.StringSlice("who")...)...)
	return set, nil
}

// showNewHolder shows what is about to be added, and that it does not take the
// place of another of its name.
func (p *program) showNewHolder(c *cli.Context, o *escrow.Opened, set *setup) {
	h := set.holders[0].Holder()
	p.tableOfHolders(p.Err, []listedHolder{{Holder: h}})
	holders, _ := o.Roster()
	if slices.ContainsFunc(holders, func(other escrow.Holder) bool { return other.Name == h.Name }) {
		p.Remark(words.HolderBesides, h.Name)
	}
}

// sayHolder has this machine know its own key, and says what
// comes next.
func (p *program) sayHolder(s *site, o *escrow.Opened, set *setup) error {
	h := set.holders[0].Holder()
	p.Say(words.HolderAdded, h.Name)
	p.sayPaper(set)
	if h.Kind == escrow.KindKey && set.deviceFile == "" {
		p.Remark(words.HolderConfirms, h.Name, o.Pin().Fingerprint)
	}
	p.remindOfCopies(s)
	if set.deviceFile == "" {
		return nil
	}
	return s.config.Update(s.path, func(v *local.Vault) { v.Identities = append(v.Identities, set.deviceFile) })
}
