package main

import (
	"context"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/newvault"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// initVault makes a vault.
type initVault struct {
	w                                 *world.World
	choice                            *place.Choice
	shares                            shareFlags
	recipients                        []string
	quorum, passphrase, paper, device string
	out                               *string
	postQuantum, noPage               bool
	as                                string
}

func initVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &initVault{w: w, choice: choice}
	return &cli.Command{
		Name: "init", Names: cli.NoNames(), Run: v.run,
		Flags: append(v.shares.flags(),
			cli.List(&v.recipients, "recipient", cli.File).Or("r"), cli.Text(&v.quorum, "quorum", cli.Anything),
			cli.Text(&v.passphrase, "passphrase", cli.Anything), cli.Text(&v.paper, "paper", cli.Anything), cli.Text(&v.device, "device", cli.Anything),
			cli.Switch(&v.postQuantum, "post-quantum"), cli.Switch(&v.noPage, "no-page"), cli.Optional(&v.out, "out", cli.File), cli.Text(&v.as, "as", cli.Anything),
		),
	}
}

func (v *initVault) run(ctx context.Context, _ []string) error {
	choice, err := v.choice.As(v.w, v.as)
	if err != nil {
		return err
	}
	p, err := place.Find(v.w, choice)
	if err != nil {
		return err
	}
	if p.Pinned() {
		return say.Fail(words.PinExists, console.Safe(p.Path, 0)).WithHint(words.HintVaultExists)
	}
	set, err := newvault.Make(ctx, v.w, p, newvault.Wanted{PostQuantum: v.postQuantum, NoPage: v.noPage}, func() (*newholder.Set, error) { return v.holders(p) })
	if err != nil {
		return err
	}
	if err := p.KeepName(v.as); err != nil {
		return err
	}
	return v.remember(p, set.Roster())
}

// remember stores this machine's memory of the new vault, and warns if there are too few ways
// into it.
func (v *initVault) remember(p *place.Place, holders []roster.Holder) error {
	vault, err := session.OpenHome(p)
	if err != nil {
		return err
	}
	defer vault.Close()
	if home, ok := vault.Home(); ok {
		home.Remember(holders)
	}
	ways := 0
	for _, h := range holders {
		ways += h.WaysIn()
	}
	switch ways {
	case 0:
		v.w.Voice.Remark(words.OnlyThisPC)
	case 1:
		v.w.Voice.Remark(words.OneWay)
	}
	return nil
}

// holders makes the holders that the flags ask for: a passphrase and a sheet of paper
// if they ask for none.
func (v *initVault) holders(p *place.Place) (*newholder.Set, error) {
	passphrase, paper, device := v.passphrase, v.paper, v.device
	quorum, m, _ := strings.Cut(v.quorum, "=")
	if passphrase == "" && paper == "" && device == "" && quorum == "" && len(v.recipients) == 0 {
		passphrase, paper = "words", "paper"
	}
	switch {
	case paper == "" && v.out != nil:
		return nil, cli.Misused(words.OutWithoutPaper, "init")
	case passphrase == "" && v.choice.Keys.PassphraseFile != "":
		return nil, say.Usage(words.PassphraseUnused).WithHint(words.HintPassphraseUnused)
	case quorum == "" && v.shares.given():
		return nil, say.Usage(words.QuorumWhat).WithHint(words.HintQuorumWhat)
	}
	set := newholder.New(v.w, p, nil)
	v.shares.to(set)
	if !v.noPage {
		set.Sheets.ShowPage()
	}
	if err := set.AddRecipients(v.recipients); err != nil {
		return nil, err
	}
	if set.Twice(passphrase, paper, device, quorum) {
		return nil, escrow.ErrTwice
	}
	for _, add := range []struct {
		name string
		make func(name string) error
	}{
		{quorum, func(name string) error { return set.AddQuorum(name, m, v.shares.members, v.postQuantum) }},
		{passphrase, func(name string) error { return set.AddPassphrase(name, v.choice.Keys.PassphraseFile, v.postQuantum) }},
		{paper, func(name string) error { return set.AddPaper(name, text(v.out), v.postQuantum) }},
		{device, func(name string) error { return set.AddDevice(name, p, v.postQuantum) }},
	} {
		if add.name == "" {
			continue
		}
		if err := add.make(add.name); err != nil {
			return nil, err
		}
	}
	return set, nil
}
