package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
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
	text, err := unlocking.ReadShort(f)
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
	if err := v.Place.SetPin(pin); err != nil {
		return nil, err
	}
	v.sayPinned(v.Place.World.Voice.Out)
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
	if have, err := escrow.Open(home, nil); err == nil && !copyplace.Related(have, v.Files) {
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
	voice := v.Place.World.Voice
	done := voice.Working(words.Bringing)
	result, err := copies.Bring(ctx, home, v.folder, upkeep.WithPages(copies.Options{Pin: &pin}))
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
	voice.Remark(words.Brought, result.Copied, console.Safe(v.Place.Path, 0))
	return nil
}

// sayPinned says which vault this machine knows from now on.
func (v *Vault) sayPinned(to io.Writer) {
	voice, pin := v.Place.World.Voice, v.Place.Pin()
	fmt.Fprintln(to, voice.Text(words.Pinned, console.Safe(v.Place.Path, 0), pin.Fingerprint))
	if pin.Recipient == "" {
		voice.Remark(words.ReadsOnly)
	}
}
