// Package session opens a vault with all that this machine knows about it: the keys that
// open it without asking, its copies, and what this machine has added and seen.
//
// Start with [Open]. Each step has a type of its own, which only the step before it returns:
//
//	[place.Find]       a [place.Place]: where the vault lies, and what is configured for it
//	[Open]             a [Vault]: its files were read, in the place or in a copy
//	[Vault.Home]       a [Home]: it lies in its place and is pinned
//	[Vault.Writable]   a [Writable]: opened as the one that this machine has confirmed
//
// So a function that needs a pinned vault, or one that is not a copy, takes a type that
// cannot be had otherwise.
package session

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// Vault is a vault whose files were read, in its place or from a copy. A copy opened this
// way is not written to.
type Vault struct {
	Place     *place.Place
	Files     *escrow.Vault
	folder    copies.Store
	source    copies.Store // the copy that was brought to the place: what was opened still reads it
	at        string       // the folder that was read
	copied    bool
	lostParts []local.Part // of this machine's memory, found to be lost in this run
	home      *Home        // nil for a copy, and where nothing is pinned
	listed    *listed      // nil where nothing was listed, or something has come since
}

// Open finds and reads the vault that is meant, or the copy of it. The caller closes
// it.
func Open(w *world.World, choice place.Choice) (*Vault, error) {
	v, err := openUnmended(w, choice)
	if err == nil {
		v.mend()
	}
	return v, err
}

// mend puts back the seals that this machine has seen in the vault and that are missing there
// now. A copy is not written to: if it is older, that is remarked on.
func (v *Vault) mend() {
	if home, ok := v.Home(); ok {
		home.putBack()
	} else {
		v.remarkOlderCopy()
	}
}

// openUnmended does the same as [Open], but does not yet put back what is missing (see
// [Vault.mend]): a command that unlocks the vault at once does that afterwards, and need not
// read again what the index knows.
func openUnmended(w *world.World, choice place.Choice) (*Vault, error) {
	p, err := place.Find(w, choice)
	if err != nil {
		return nil, err
	}
	v, err := read(p, choice.Copy, func(dir escrow.FS) (*escrow.Vault, error) { return escrow.Open(dir, p.Pin()) })
	if err != nil {
		return nil, err
	}
	if home, ok := v.Home(); ok {
		if err := home.resume(); err != nil {
			v.Close()
			return nil, err
		}
	}
	return v, nil
}

// OpenWithoutMemory reads the vault or the copy that is meant by a fingerprint that a person has
// typed. It uses nothing that this machine remembers, and needs no HOME if the folder is
// named.
func OpenWithoutMemory(w *world.World, choice place.Choice, fingerprint string) (*Vault, error) {
	p, err := place.FindWithoutMemory(w, choice)
	if err != nil {
		return nil, err
	}
	return read(p, choice.Copy, func(dir escrow.FS) (*escrow.Vault, error) { return openByFingerprint(dir, fingerprint, nil) })
}

// OpenToPin reads the vault in its place, or the copy at from, so that a person can compare
// its fingerprint: the vault that fingerprint names, and where it is "", the one that is
// pinned or lies there.
func OpenToPin(p *place.Place, from, fingerprint string) (*Vault, error) {
	return read(p, from, func(dir escrow.FS) (*escrow.Vault, error) {
		if fingerprint != "" {
			return openByFingerprint(dir, fingerprint, p.Refused())
		}
		if v, err := escrow.Open(dir, p.Pin()); p.Pinned() && from == "" && err == nil {
			return v, nil
		}
		return escrow.Open(dir, nil)
	})
}

// OpenHome reads the vault in its place, after a copy of it was read.
func OpenHome(p *place.Place) (*Vault, error) {
	return read(p, "", func(dir escrow.FS) (*escrow.Vault, error) { return escrow.Open(dir, p.Pin()) })
}

// read opens the vault's folder, or the copy that is named, and reads the vault there.
func read(p *place.Place, copied string, open func(escrow.FS) (*escrow.Vault, error)) (*Vault, error) {
	at := local.Copy{Kind: roster.CopyFolder, Path: p.Path}
	var err error
	if copied != "" {
		if at, err = copyplace.ByNameOrPath(p, copied); err != nil {
			return nil, err
		}
	}
	v := &Vault{Place: p, at: at.Path, copied: copied != ""}
	ctx, cancel := context.WithTimeoutCause(context.Background(), copyplace.FarWork, copyplace.ErrSilent)
	defer cancel()
	if v.folder, err = copyplace.Open(ctx, p.World, at); err != nil {
		return nil, p.Missing(at.Path, v.copied, err)
	}
	copyplace.ReadyToRead(ctx, v.folder, true)
	if v.Files, err = open(v.folder); err != nil {
		v.Close()
		if errors.Is(err, escrow.ErrNoVault) {
			return nil, p.Missing(at.Path, v.copied, fs.ErrNotExist)
		}
		return nil, err
	}
	if p.Pinned() {
		v.mendMemory()
		v.Files.Recall(p.Recall())
	}
	if v.copied {
		v.RemarkPages()
		if copyplace.IsIncompleteKit(v.folder) {
			p.World.Voice.Remark(words.KitTorn, console.Safe(at.Path, 0))
		}
	}
	if p.Pinned() && !v.copied {
		v.home = newHome(v)
	}
	return v, nil
}

// Close releases the folders.
func (v *Vault) Close() {
	if v.home != nil {
		v.home.copies.Close()
	}
	for _, dir := range []copies.Store{v.folder, v.source} {
		if dir != nil {
			dir.Close()
		}
	}
}

// Copied reports whether a copy was read.
func (v *Vault) Copied() bool { return v.copied }

// Folder returns the folder or the copy that was read.
func (v *Vault) Folder() copies.Store { return v.folder }

// Home returns the vault as a [Home], and reports whether it is one: not a copy, and pinned
// here.
func (v *Vault) Home() (*Home, bool) { return v.home, v.home != nil }

// Keys returns the keys that may open the vault.
func (v *Vault) Keys() *unlocking.Keys {
	return v.Place.Keys(v.Files)
}

// Epochs returns the epochs for which kind reports true, newest first.
func (v *Vault) Epochs(kind func(escrow.Epoch) bool) []escrow.Epoch {
	return slices.DeleteFunc(v.Files.Epochs(), func(e escrow.Epoch) bool { return !kind(e) })
}

// Fingerprints returns those of the vault's epochs, newest first.
func (v *Vault) Fingerprints() []escrow.Fingerprint {
	var list []escrow.Fingerprint
	for _, e := range v.Files.Epochs() {
		if !e.Fingerprint.IsZero() {
			list = append(list, e.Fingerprint)
		}
	}
	return list
}

// openByFingerprint opens a vault whose fingerprint a person has typed.
func openByFingerprint(fsys escrow.FS, typed string, refused []escrow.Fingerprint) (*escrow.Vault, error) {
	if _, err := (escrow.Fingerprint{}).Matches(typed); err != nil {
		return nil, err
	}
	v, err := escrow.Open(fsys, nil)
	if err != nil {
		return nil, err
	}
	var have escrow.Fingerprint
	for _, e := range v.Epochs() {
		if ok, _ := e.Fingerprint.Matches(typed); ok && !e.Fingerprint.IsZero() {
			return escrow.Open(fsys, &escrow.Pin{Fingerprint: e.Fingerprint, Refused: refused})
		}
		if have.IsZero() {
			have = e.Fingerprint
		}
	}
	return nil, say.Fail(words.FingerprintDiffers, have).WithHint(words.HintFingerprintDiffers)
}

// Confirm reads the vault anew under a pin on the epoch of that fingerprint.
func (v *Vault) Confirm(fp escrow.Fingerprint) (err error) {
	v.Files, err = escrow.Open(v.folder, &escrow.Pin{Fingerprint: fp, Refused: v.Place.Refused()})
	return err
}

// RemarkPages warns of files that have a page's name and are another page: whoever types a
// secret into one tells it to a stranger.
func (v *Vault) RemarkPages() {
	for _, name := range v.Files.SwappedPages(page.Sums()) {
		v.Place.World.Voice.Remark(words.PageSwapped, name)
	}
}
