package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/keyring"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// LearnPin returns the pin with the recipient that deposits are encrypted to: the one that was
// named, or read from the named file, or found by opening the vault. Without either the pin
// has none, and this machine can only read.
func (v *Vault) LearnPin(recipient string) (escrow.Pin, *escrow.Opened, error) {
	if recipient != "" {
		pin, err := v.join(recipient)
		return pin, nil, err
	}
	o, err := v.Keys().Unlock()
	if errors.Is(err, console.ErrNoTerminal) {
		return v.Files.Pin(), nil, nil
	}
	if err != nil {
		return escrow.Pin{}, nil, err
	}
	if !o.Compared() {
		return escrow.Pin{}, nil, escrow.ErrNoMatch
	}
	return o.Pin(), o, nil
}

// join returns the vault's pin with the recipient that was named, or with the one in a file of
// that name.
func (v *Vault) join(named string) (escrow.Pin, error) {
	text, err := recipientText(named)
	if err != nil {
		return escrow.Pin{}, err
	}
	return v.Files.Join(text)
}

// isRecipient reports whether a text looks like a recipient rather than the name of a file.
func isRecipient(text string) bool { return strings.HasPrefix(strings.ToLower(text), "age1") }

// recipientText returns the recipient itself, or reads it from a file of that name:
// post-quantum recipients are too long to type.
func recipientText(named string) (string, error) {
	if isRecipient(named) {
		return named, nil
	}
	f, err := os.Open(named)
	if err != nil {
		return "", explain.Unreadable(named, err)
	}
	defer f.Close()
	text, err := keyring.ReadShort(f)
	return strings.TrimSpace(text), err
}

// Adopt pins the vault, so that this machine writes to it, and prints that. A copy is first
// copied to the vault's place.
func (v *Vault) Adopt(ctx context.Context, pin escrow.Pin) (*Home, error) {
	if v.copied {
		if err := v.bringHome(ctx, pin); err != nil {
			return nil, err
		}
	}
	if err := v.Place.follow(&pin); err != nil {
		return nil, err
	}
	v.Place.sayPinned(v.Place.world.Voice.Out, pin)
	v.home = newHome(v)
	return v.home, nil
}

// bringHome copies the vault to its place. If another vault lies there, it writes nothing.
func (v *Vault) bringHome(ctx context.Context, pin escrow.Pin) (err error) {
	made, err := local.MakeFolder(v.Place.Path)
	if err != nil {
		return err
	}
	home, err := escrow.OpenDir(v.Place.Path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			home.Close()
		}
	}()
	if have, err := escrow.Open(home, nil); err == nil && !related(have, v.Files) {
		return escrow.ErrExist
	}
	if err := v.bring(ctx, home, pin); err != nil {
		local.RemoveFolders(made)
		return err
	}
	if v.Files, err = escrow.Open(home, &pin); err != nil {
		return err
	}
	v.source, v.folder, v.copied = v.folder, home, false
	return nil
}

// bring copies the vault's files, and names those that it could not copy.
func (v *Vault) bring(ctx context.Context, home escrow.FS, pin escrow.Pin) error {
	voice := v.Place.world.Voice
	done := voice.Working(words.Bringing)
	result, err := copies.Bring(ctx, home, v.folder, withPages(copies.Options{Pin: &pin}))
	done()
	if err != nil {
		return err
	}
	for _, name := range append(result.Differs, result.Skipped...) {
		voice.Remark(words.NotBrought, console.Safe(name, 0))
	}
	if n := len(result.Others); n > 0 {
		voice.Remark(words.BroughtOthers, n, console.Safe(result.Others[0], 0))
	}
	if n := len(result.NotFetched); n > 0 {
		voice.Remark(words.BroughtNotFetched, n)
	}
	voice.Remark(words.Brought, result.Copied, v.Place.shownPath())
	return nil
}

// related reports whether two folders have an epoch in common, that is, whether they hold the
// same vault.
func related(a, b *escrow.Vault) bool {
	for _, x := range a.Epochs() {
		for _, y := range b.Epochs() {
			if x.Folder == y.Folder {
				return true
			}
		}
	}
	return false
}

// sayPinned prints which vault this machine has pinned.
func (p *Place) sayPinned(to io.Writer, pin escrow.Pin) {
	fmt.Fprintln(to, p.world.Voice.Text(words.Pinned, p.shownPath(), pin.Fingerprint))
	if pin.Recipient == "" {
		p.world.Voice.Remark(words.ReadsOnly)
	}
}

// AdoptCopy adds the copy that the vault was brought from to this machine's configuration, if
// the vault has a record of one that this machine does not know yet.
func (h *Home) AdoptCopy(ctx context.Context, o *escrow.Opened, from string) error {
	p := h.vault.Place
	at, which, err := placeFrom(from)
	if err != nil {
		return nil
	}
	shared := sharedCopy(at).At
	var unmet []roster.Copy
	for _, known := range o.Roster().Copies() {
		if p.CopyNamed(known.Name) != nil || known.Kind != at.Kind {
			continue
		}
		if shared != "" && known.At == shared { // a person has typed the very address
			unmet = []roster.Copy{known}
			break
		}
		unmet = append(unmet, known)
	}
	if len(unmet) == 0 {
		return nil
	}
	is, shown := unmet[0], console.Safe(at.Path, 0)
	if len(unmet) > 1 {
		p.world.Voice.Remark(which, shown, is.Name)
		return nil
	}
	if err := p.addCopy(local.Copy{ID: is.ID, Name: is.Name, Kind: is.Kind, Kept: is.Kept, Path: at.Path}); err != nil {
		return err
	}
	p.world.Voice.Remark(words.CopyRegistered, is.Name, shown)
	return h.copies.Bring(ctx)
}

// placeFrom returns the copy that a person wants to open, and the message that asks which of
// the vault's copies it is.
func placeFrom(from string) (c local.Copy, which words.Message, err error) {
	if remote.Is(from) {
		c, err = remoteMeant(from)
		return c, words.RemoteWhichIs, err
	}
	c.Kind, which = roster.CopyFolder, words.CopyWhichIs
	if isKit(from) {
		c.Kind, which = roster.CopyKit, words.KitWhichIs
	}
	c.Path, err = local.VaultPath(PathOf(from))
	return c, which, err
}

// addCopy adds a copy to this machine's configuration.
func (p *Place) addCopy(c local.Copy) error {
	return p.update(func(v *local.Vault) { v.Copies = append(v.Copies, c) })
}

// Make makes the folder that a vault is to lie in, and calls create to write the vault. Where
// that fails it removes what it has made.
func (p *Place) Make(create func(escrow.FS) (escrow.Pin, error)) (pin escrow.Pin, err error) {
	made, err := local.MakeFolder(p.Path)
	if err != nil {
		return escrow.Pin{}, err
	}
	if pin, err = p.makeIn(create); err != nil {
		local.RemoveFolders(made)
	}
	return pin, err
}

// makeIn makes the vault in its folder, unless there is one already.
func (p *Place) makeIn(create func(escrow.FS) (escrow.Pin, error)) (escrow.Pin, error) {
	dir, err := escrow.OpenDir(p.Path)
	if err != nil {
		return escrow.Pin{}, err
	}
	defer dir.Close() // Windows removes no folder that is open
	switch _, err := escrow.Open(dir, nil); {
	case err == nil:
		return escrow.Pin{}, escrow.ErrExist
	case !errors.Is(err, escrow.ErrNoVault):
		return escrow.Pin{}, err
	}
	return create(dir)
}

// Configure stores the pin of a vault that has just been made here, and the key of this PC
// that opens it without asking, if there is one.
func (p *Place) Configure(pin escrow.Pin, silent DeviceKey) error {
	if err := p.Memory().Forget(); err != nil { // of one that lay here before
		return err
	}
	return p.update(func(v *local.Vault) {
		v.Follow(pin)
		v.Remembered = false
		silent.addTo(v)
	})
}
