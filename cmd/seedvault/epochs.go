package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// successors are what somebody may have rotated after this vault; rotations are
// those and what grew beside it. Nobody here has confirmed or refused them.
func successors(e escrow.Epoch) bool { return e.Sealed && e.Successor }
func rotations(e escrow.Epoch) bool  { return e.Sealed && (e.Successor || e.Fork) }

// epochs are those of a kind, newest first.
func (s *site) epochs(kind func(escrow.Epoch) bool) []escrow.Epoch {
	return slices.DeleteFunc(s.vault.Epochs(), func(e escrow.Epoch) bool { return !kind(e) })
}

// remarkRotations says which rotations wait for a person's word.
func (p *program) remarkRotations(s *site) {
	for _, e := range s.epochs(rotations) {
		if e.Successor {
			p.Remark(words.RotatedSince, e.Folder)
		} else {
			p.Remark(words.RotatedBeside, e.Folder)
		}
	}
}

// resume knows a rotation again that was stopped on this machine after it was
// whole and before it was kept.
func (p *program) resume(s *site) error {
	if s.conf.Next == nil || s.copied {
		return nil
	}
	fp, err := escrow.ParseFingerprint(s.conf.Next.Fingerprint)
	if err != nil {
		return local.ErrConfig
	}
	if !slices.ContainsFunc(s.vault.Epochs(), func(e escrow.Epoch) bool { return e.Fingerprint == fp && e.Sealed }) {
		return nil
	}
	if s.vault, err = s.vault.Confirm(fp); err != nil {
		return err
	}
	pin := s.vault.Pin()
	pin.Recipient = s.conf.Next.Recipient
	if err := s.keep(pin); err != nil {
		return err
	}
	p.Remark(words.RotationResumed)
	p.sayConfirming(p.Err, pin) // the command has an answer of its own
	return nil
}

// keep makes a pin the one of this machine, and reads the vault by it.
func (s *site) keep(pin escrow.Pin) (err error) {
	if err = s.follow(&pin); err != nil {
		return err
	}
	return s.reread()
}

// reread reads the vault by what is configured for its path now.
func (s *site) reread() (err error) {
	if s.conf, s.known, err = s.config.Find(s.path); err != nil {
		return err
	}
	pin, err := s.conf.Pin()
	if err != nil {
		return local.ErrConfig
	}
	s.pin = &pin
	s.vault, err = escrow.Open(s.folder, s.pin)
	return err
}

// askRotations asks about each rotation of a kind that waits for a person's word:
// its digits confirm it, and a refusal is remembered. Where nobody can be asked
// it is left for later.
func (p *program) askRotations(c *cli.Context, s *site, kind func(escrow.Epoch) bool) error {
	if !s.known || s.copied || !p.attended() {
		return nil
	}
	for list := s.epochs(kind); len(list) > 0; list = s.epochs(kind) {
		p.remarkRotations(s)
		later, err := p.askRotation(c, s, list[0])
		if later || err != nil {
			return err
		}
	}
	return nil
}

// askRotation asks about one. What is typed is never shown beforehand: whoever
// copies it from the screen has compared nothing.
func (p *program) askRotation(c *cli.Context, s *site, e escrow.Epoch) (later bool, err error) {
	t, err := p.terminal()
	if err != nil {
		return false, err
	}
	defer t.Close()
	for {
		typed, err := t.Line(p.Text(words.AskRotation, e.Folder))
		if err != nil {
			return false, err
		}
		switch typed = strings.ToLower(norm.NFKC.String(typed)); typed {
		case "":
			return true, nil
		case "refuse", "拒否":
			return false, p.refuseRotation(s, e)
		}
		if ok, err := e.Fingerprint.Matches(typed); err != nil {
			p.Tell(explain(err))
		} else if !ok {
			p.Tell(say.Fail(words.NotItsDigits).WithHint(words.HintNotItsDigits))
		} else {
			return false, p.confirmRotation(c, s, e)
		}
	}
}

// refuseRotation remembers that a person wants nothing of an epoch.
func (p *program) refuseRotation(s *site, e escrow.Epoch) error {
	if err := s.config.Update(s.path, func(v *local.Vault) { v.Refuse(e.Fingerprint) }); err != nil {
		return err
	}
	if err := s.reread(); err != nil {
		return err
	}
	p.Remark(words.RotationRefused, e.Folder)
	return nil
}

// confirmRotation has this machine write to an epoch from now on.
func (p *program) confirmRotation(c *cli.Context, s *site, e escrow.Epoch) error {
	vault, err := s.vault.Confirm(e.Fingerprint)
	if err != nil {
		return err
	}
	before := s.vault
	s.vault = vault
	pin, o, err := p.learnRotated(c, s)
	if err != nil {
		s.vault = before
		return err
	}
	if err := s.keep(pin); err != nil {
		return err
	}
	p.sayPinned(p.Err, s, *s.pin) // the command may have an answer of its own
	p.remember(s, o)
	return nil
}

// learnRotated finds out what is encrypted to from now on: with a key that opens
// unasked, else from what a person types.
func (p *program) learnRotated(c *cli.Context, s *site) (escrow.Pin, *escrow.Opened, error) {
	if o, err := p.unlockUnprompted(c, s); err == nil && o != nil && o.Compared() {
		return o.Pin(), o, nil
	}
	t, err := p.terminal()
	if err != nil {
		return escrow.Pin{}, nil, err
	}
	defer t.Close()
	for {
		typed, err := t.Line(p.Text(words.AskRecipient))
		switch {
		case err != nil:
			return escrow.Pin{}, nil, err
		case typed == "":
			return p.learnRecipient(c, s)
		}
		text, err := recipientText(typed)
		if err == nil {
			var pin escrow.Pin
			if pin, err = s.vault.Join(text); err == nil {
				return pin, nil, nil
			}
		}
		p.Tell(explain(err))
	}
}

// refuse is open --refuse: the epoch of a fingerprint is asked about no more.
func (p *program) refuse(c *cli.Context) error {
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if !s.known {
		return escrow.ErrNotPinned
	}
	e, err := s.epochOf(c.String("refuse"))
	if err != nil {
		return err
	}
	if e.Status != escrow.EpochUnconfirmed {
		return escrow.ErrJoined
	}
	return p.refuseRotation(s, e)
}

// epochOf finds the epoch of a fingerprint that a person has typed.
func (s *site) epochOf(typed string) (escrow.Epoch, error) {
	if _, err := (escrow.Fingerprint{}).Matches(typed); err != nil {
		return escrow.Epoch{}, err
	}
	for _, e := range s.vault.Epochs() {
		if ok, _ := e.Fingerprint.Matches(typed); ok && !e.Fingerprint.IsZero() {
			return e, nil
		}
	}
	return escrow.Epoch{}, escrow.ErrNoEpoch
}
