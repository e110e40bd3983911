package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) initCommand() *cli.Command {
	return &cli.Command{
		Name: "init", CustomHelpTemplate: p.Help("init") + "\n",
		Flags: append(quorumFlags(), []cli.Flag{
			&cli.StringSliceFlag{Name: "recipient", Aliases: []string{"r"}}, &cli.StringFlag{Name: "quorum"},
			&cli.StringFlag{Name: "passphrase"}, &cli.StringFlag{Name: "paper"}, &cli.StringFlag{Name: "device"},
			&cli.BoolFlag{Name: "post-quantum"}, &cli.StringFlag{Name: "out"}, &cli.StringFlag{Name: "as"},
		}...),
		Action: p.init,
	}
}

func (p *program) init(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	if err := p.placeNamed(c); err != nil {
		return err
	}
	s, err := p.locate(c)
	if err != nil {
		return err
	}
	if s.known {
		return say.Fail(words.PinExists, console.Safe(s.path, 0)).WithHint(words.HintVaultExists)
	}
	defer s.Close()
	pin, set, err := p.makeVault(c, s, func() (*setup, error) { return p.setup(c, s) })
	if err != nil {
		return err
	}
	if err := p.keepPin(s, set, pin); err != nil {
		return err
	}
	if err := s.keepName(c); err != nil {
		return err
	}
	if err := s.reopen(pin); err != nil {
		return err
	}
	var holders []escrow.Holder
	for _, h := range set.holders {
		holders = append(holders, h.Holder())
	}
	p.rememberHolders(s, holders)
	if ways := escrow.WaysIn(holders); ways < 2 {
		p.Remark(words.FewWays, ways)
	}
	return nil
}

// makeVault makes a vault in its folder, or leaves nothing there.
func (p *program) makeVault(c *cli.Context, s *site, holders func() (*setup, error)) (escrow.Pin, *setup, error) {
	made, err := local.MakeFolder(s.path)
	if err != nil {
		return escrow.Pin{}, nil, err
	}
	pin, set, err := p.create(c, s, holders)
	if err != nil {
		s.Close() // Windows removes no folder that is open
		local.RemoveFolders(made)
	}
	return pin, set, err
}

// takePlace opens the folder that the vault is to lie in.
func (s *site) takePlace() (err error) {
	if s.folder, err = escrow.OpenDir(s.path); err != nil {
		return err
	}
	switch _, err = escrow.Open(s.folder, nil); {
	case err == nil:
		return escrow.ErrExist
	case errors.Is(err, escrow.ErrNoVault):
		return nil
	}
	return err
}

// create makes holders and the vault, and secures their secrets before it appears:
// a vault whose key was never written down must not come to be, nor must anybody
// write down what a plugin or a full disk then kept from opening anything.
func (p *program) create(c *cli.Context, s *site, holders func() (*setup, error)) (escrow.Pin, *setup, error) {
	if err := s.takePlace(); err != nil {
		return escrow.Pin{}, nil, err
	}
	set, err := holders()
	if err != nil {
		return escrow.Pin{}, nil, err
	}
	// A plugin may wait for a touch, and a person for the plugin: the first Ctrl-C
	// leaves nothing behind, a second one ends the program where it is.
	ctx, stop := signal.NotifyContext(c.Context, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)
	pin, err := escrow.Create(s.folder, escrow.CreateOptions{
		Holders: set.holders, PostQuantum: c.Bool("post-quantum"), Now: p.now(),
		Ready: func(pin escrow.Pin) error {
			if ctx.Err() != nil {
				return console.ErrInterrupted
			}
			return p.secure(set, pin)
		},
	})
	if err != nil && ctx.Err() != nil {
		err = console.ErrInterrupted
	}
	var w *escrow.WriteError
	if errors.As(err, &w) && w.Saved {
		p.Remark(words.NotDurable, console.Safe(w.Path, 0))
		err = nil
	}
	if err != nil {
		set.takeBack()
		return escrow.Pin{}, nil, err
	}
	return pin, set, nil
}

// keepPin writes the configuration and says what was made.
func (p *program) keepPin(s *site, set *setup, pin escrow.Pin) error {
	p.Say(words.VaultMade, console.Safe(s.path, 0), pin.Fingerprint)
	p.sayPaper(set)
	err := s.config.Update(s.path, func(v *local.Vault) {
		v.Follow(pin)
		if set.deviceFile != "" {
			v.Identities = []string{set.deviceFile}
		}
	})
	if err != nil {
		return say.Fail(words.PinNotKept, explain(err)).WithHint(words.HintPinNotKept, pin.Fingerprint, pin.Recipient)
	}
	return nil
}

// setup makes the holders that the flags ask for: a passphrase and a sheet of
// paper if they ask for none.
func (p *program) setup(c *cli.Context, s *site) (*setup, error) {
	passphrase, paper, device := c.String("passphrase"), c.String("paper"), c.String("device")
	quorum, m, _ := strings.Cut(c.String("quorum"), "=")
	if passphrase == "" && paper == "" && device == "" && quorum == "" && len(c.StringSlice("recipient")) == 0 {
		passphrase, paper = "words", "paper"
	}
	switch {
	case paper == "" && c.IsSet("out"):
		return nil, say.Usage(words.OutWithoutPaper).WithHint(words.SeeHelp, "seedvault init --help")
	case passphrase == "" && c.IsSet("passphrase-file"):
		return nil, say.Usage(words.PassphraseUnused).WithHint(words.HintPassphraseUnused)
	case quorum == "" && (c.IsSet("member") || c.IsSet("shares") || c.IsSet("text")):
		return nil, say.Usage(words.QuorumWhat).WithHint(words.HintQuorumWhat)
	}
	set := p.newSetup(c, s, nil)
	pq := c.Bool("post-quantum")
	if err := p.addRecipients(set, c.StringSlice("recipient")); err != nil {
		return nil, err
	}
	if set.twice(passphrase, paper, device, quorum) {
		return nil, escrow.ErrTwice
	}
	if quorum != "" {
		if err := p.addQuorum(set, quorum, m, c.StringSlice("member"), pq); err != nil {
			return nil, err
		}
	}
	if passphrase != "" {
		if err := p.addPassphrase(set, passphrase, c.String("passphrase-file"), pq); err != nil {
			return nil, err
		}
	}
	if paper != "" {
		if err := set.addPaper(paper, c.String("out"), pq); err != nil {
			return nil, err
		}
	}
	if device != "" {
		if err := set.addDevice(device, s.places, pq); err != nil {
			return nil, err
		}
	}
	return set, nil
}
