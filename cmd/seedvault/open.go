package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

func (p *program) openCommand() *cli.Command {
	return &cli.Command{
		Name: "open", CustomHelpTemplate: p.Help("open") + "\n",
		Flags:  []cli.Flag{&cli.StringFlag{Name: "fingerprint"}, &cli.StringFlag{Name: "recipient"}, &cli.StringFlag{Name: "refuse"}, &cli.StringFlag{Name: "as"}},
		Action: p.openVault,
	}
}

// openVault pins a vault whose fingerprint a person has compared: the one in its
// place, or a copy that it brings there first.
func (p *program) openVault(c *cli.Context) error {
	if c.NArg() > 1 {
		return say.Usage(words.TooManyNames, console.Safe(c.Args().Get(1), 40)).WithHint(words.SeeHelp, "seedvault open --help")
	}
	if c.IsSet("refuse") {
		return p.refuse(c)
	}
	if err := p.placeNamed(c); err != nil {
		return err
	}
	s, err := p.locate(c)
	if err != nil {
		return err
	}
	defer s.Close()
	typed := c.String("fingerprint")
	err = s.enter(c.Args().First(), func(dir escrow.FS) (*escrow.Vault, error) {
		if typed != "" {
			return openByFingerprint(dir, typed, s.refused())
		}
		if v, err := escrow.Open(dir, s.pin); s.known && !s.copied && err == nil {
			return v, nil
		}
		return escrow.Open(dir, nil)
	})
	if err != nil {
		return err
	}
	if typed == "" && len(s.epochs(rotations)) > 0 && p.attended() {
		return p.openRotations(c, s)
	}
	if typed == "" {
		if err := p.showFingerprint(s); err != nil {
			return err
		}
	}
	if len(s.vault.Seen(nil)) == 0 {
		return say.Fail(words.NothingSealed).WithHint(words.HintNothingSealed)
	}
	pin, o, err := p.learnRecipient(c, s)
	if err != nil {
		return err
	}
	if s.copied {
		if err := p.bringHome(c, s, pin); err != nil {
			return err
		}
	}
	if err := p.savePin(s, pin); err != nil {
		return err
	}
	if err := s.keepName(c); err != nil {
		return err
	}
	brought := s.copied
	s.copied, s.known = false, true
	p.remember(s, o)
	if !brought || o == nil {
		return nil
	}
	return p.adoptCopy(c, s, o, c.Args().First())
}

// adoptCopy has this machine keep the copy up to date from which the vault came, if
// the vault knows of one that this machine has not met.
func (p *program) adoptCopy(c *cli.Context, s *site, o *escrow.Opened, from string) error {
	var unmet []escrow.Copy
	for _, known := range o.Copies() {
		if s.copyNamed(known.Name) == nil {
			unmet = append(unmet, known)
		}
	}
	path, err := local.VaultPath(from)
	if err != nil || len(unmet) == 0 {
		return nil
	}
	if len(unmet) > 1 {
		p.Remark(words.CopyWhichIs, console.Safe(path, 0), unmet[0].Name)
		return nil
	}
	is := unmet[0]
	err = s.config.Update(s.path, func(v *local.Vault) {
		v.Copies = append(v.Copies, local.Copy{ID: is.ID, Name: is.Name, Kind: is.Kind, Kept: is.Kept, Path: path})
	})
	if err != nil {
		return err
	}
	if err := s.reread(); err != nil {
		return err
	}
	p.Remark(words.CopyRegistered, is.Name, console.Safe(path, 0))
	return p.bringCopies(c.Context, s)
}

// openRotations asks about what came of this vault, which is all that open can be
// about then.
func (p *program) openRotations(c *cli.Context, s *site) error {
	err := p.askRotations(c, s, rotations)
	if err == nil && len(s.epochs(rotations)) > 0 {
		err = say.Fail(words.CompareFirst).WithHint(words.HintCompareFirst)
	}
	return err
}

// refused returns the epochs that a person on this machine has refused.
func (s *site) refused() []escrow.Fingerprint {
	if s.pin == nil {
		return nil
	}
	return s.pin.Refused
}

// showFingerprint shows what to compare and takes a person's word for it: the
// digits from the sheet, or a yes. Without a terminal confirming it is a second,
// deliberate command.
func (p *program) showFingerprint(s *site) error {
	for _, e := range s.vault.Epochs() {
		if !e.Fingerprint.IsZero() {
			p.Say(words.FingerprintOf, e.Folder, e.Fingerprint)
		}
	}
	if len(s.fingerprints()) == 0 {
		return escrow.ErrDamaged
	}
	unanswered := say.Fail(words.CompareFirst).WithHint(words.HintCompareFirst)
	t, err := p.terminal()
	if err != nil {
		return unanswered
	}
	defer t.Close()
	for {
		typed, err := t.Line(p.Text(words.AskFingerprint))
		if err != nil {
			return err
		}
		switch typed = strings.ToLower(norm.NFKC.String(typed)); typed {
		case "":
			return unanswered
		case "yes", "はい":
			if only := s.fingerprints(); len(only) == 1 { // of several, which one was compared?
				return s.confirm(only[0])
			}
		}
		if err := s.confirmTyped(typed); err != nil {
			p.Tell(explain(err))
			continue
		}
		return nil
	}
}

// fingerprints are those of the vault's folders, newest first.
func (s *site) fingerprints() []escrow.Fingerprint {
	var list []escrow.Fingerprint
	for _, e := range s.vault.Epochs() {
		if !e.Fingerprint.IsZero() {
			list = append(list, e.Fingerprint)
		}
	}
	return list
}

// confirmTyped confirms the fingerprint that a person has typed, or names the
// first group that differs.
func (s *site) confirmTyped(typed string) error {
	if _, err := (escrow.Fingerprint{}).Matches(typed); err != nil {
		return err
	}
	have := s.fingerprints()
	for _, fp := range have {
		if ok, _ := fp.Matches(typed); ok {
			return s.confirm(fp)
		}
	}
	n, theirs, ours := firstDifference(typed, have[0])
	return say.Fail(words.GroupDiffers, n, theirs, ours).WithHint(words.HintFingerprintDiffers)
}

// confirm reads the vault anew with a pin on the epoch of a fingerprint.
func (s *site) confirm(fp escrow.Fingerprint) (err error) {
	s.vault, err = escrow.Open(s.folder, &escrow.Pin{Fingerprint: fp, Refused: s.refused()})
	return err
}

// firstDifference returns the first group of four digits in which what was typed
// is not a fingerprint, counted from 1.
func firstDifference(typed string, fp escrow.Fingerprint) (group int, theirs, ours string) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdef", r) {
			return r
		}
		return -1
	}, typed)
	for i, want := range strings.Fields(fp.String()) {
		if len(digits) < 4*i+4 {
			return i + 1, digits[min(4*i, len(digits)):], want
		}
		if got := digits[4*i : 4*i+4]; got != want {
			return i + 1, got, want
		}
	}
	return 0, "", ""
}

// learnRecipient finds out what deposits are encrypted to: from the person, or
// by opening the vault. Without either, this machine only reads.
func (p *program) learnRecipient(c *cli.Context, s *site) (escrow.Pin, *escrow.Opened, error) {
	if named := c.String("recipient"); named != "" {
		text, err := recipientText(named)
		if err != nil {
			return escrow.Pin{}, nil, err
		}
		pin, err := s.vault.Join(text)
		return pin, nil, err
	}
	o, err := p.unlock(c, s)
	if errors.Is(err, console.ErrNoTerminal) {
		return s.vault.Pin(), nil, nil
	}
	if err != nil {
		return escrow.Pin{}, nil, err
	}
	if !o.Compared() {
		return escrow.Pin{}, nil, escrow.ErrNoMatch
	}
	return o.Pin(), o, nil
}

// recipientText takes a recipient, or the name of a file that holds one: those
// of post-quantum vaults are too long to type.
func recipientText(named string) (string, error) {
	if strings.HasPrefix(strings.ToLower(named), "age1") {
		return named, nil
	}
	f, err := os.Open(named)
	if err != nil {
		return "", unreadable(named, err)
	}
	defer f.Close()
	text, err := readShort(f)
	return strings.TrimSpace(text), err
}

// bringHome copies the vault to its place. A place where another vault lies is
// left alone.
func (p *program) bringHome(c *cli.Context, s *site, pin escrow.Pin) error {
	made, err := local.MakeFolder(s.path)
	if err != nil {
		return err
	}
	home, err := escrow.OpenDir(s.path)
	if err != nil {
		return err
	}
	defer home.Close()
	if have, err := escrow.Open(home, nil); err == nil && !shares(have, s.vault) {
		return escrow.ErrExist
	}
	done := p.Working(words.Bringing)
	result, err := copies.Bring(c.Context, home, s.folder)
	done()
	if err != nil {
		local.RemoveFolders(made)
		return err
	}
	for _, name := range append(result.Differs, result.Skipped...) {
		p.Remark(words.NotBrought, console.Safe(name, 0))
	}
	p.Remark(words.Brought, result.Copied, console.Safe(s.path, 0))
	s.vault, err = escrow.Open(home, &pin)
	return err
}

// shares says that two folders hold an epoch in common: they are one vault.
func shares(a, b *escrow.Vault) bool {
	for _, x := range a.Epochs() {
		for _, y := range b.Epochs() {
			if x.Folder == y.Folder {
				return true
			}
		}
	}
	return false
}

// follow keeps a pin for the vault's path. What was known to encrypt to stays
// known.
func (s *site) follow(pin *escrow.Pin) error {
	return s.config.Update(s.path, func(v *local.Vault) {
		if pin.Recipient == "" && v.Fingerprint == pin.Fingerprint.Hex() {
			pin.Recipient = v.Recipient
		}
		v.Follow(*pin)
	})
}

func (p *program) savePin(s *site, pin escrow.Pin) error {
	if err := s.follow(&pin); err != nil {
		return err
	}
	p.sayPinned(p.Out, s, pin)
	return nil
}

func (p *program) sayPinned(w io.Writer, s *site, pin escrow.Pin) {
	fmt.Fprintln(w, p.Text(words.Pinned, console.Safe(s.path, 0), pin.Fingerprint))
	if pin.Recipient == "" {
		p.Remark(words.ReadsOnly)
	}
}
