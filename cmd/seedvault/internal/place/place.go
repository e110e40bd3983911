// Package place finds the one vault that a command means and, out of the files of package local,
// what this machine knows about that one: the pin (the fingerprint that a person has confirmed,
// with the recipient), the name, the keys and the copies that are configured, and what was seen.
//
// Start with [Find], which reads nothing of the vault itself.
package place

import (
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Place is where a vault lies, or is to lie, with this machine's configuration for it.
type Place struct {
	Path   string
	Choice Choice // what the flags said
	World  *world.World

	folders local.Folders
	config  *local.Config
	conf    local.VaultConfig
	pin     *escrow.Pin // nil where nobody has confirmed one here
	memory  *local.Memory
}

// Find returns the place of the vault that is meant, with this machine's configuration for it,
// without reading the vault.
func Find(w *world.World, choice Choice) (*Place, error) {
	folders, err := w.Folders()
	if err != nil {
		return nil, err
	}
	p := &Place{World: w, Choice: choice, folders: folders}
	if p.Path, err = vaultPath(w, choice); err != nil {
		return nil, err
	}
	if p.config, err = folders.Load(); err != nil {
		return nil, err
	}
	return p, p.Reload()
}

// FindWithoutMemory finds the vault that is meant and reads neither what is configured nor what
// is remembered of it, but for the path of a name: if its folder is given, not even a HOME is
// needed. If a copy is named, it has no path.
func FindWithoutMemory(w *world.World, choice Choice) (*Place, error) {
	p := &Place{World: w, Choice: choice}
	if choice.Copy != "" {
		return p, nil
	}
	path, err := vaultPath(w, choice)
	if err != nil {
		return nil, err
	}
	p.Path = path
	return p, nil
}

// Reload takes over what the configuration says of this vault, as it was last read or written.
func (p *Place) Reload() error {
	conf, known, err := p.config.Find(p.Path)
	if err != nil {
		return err
	}
	p.conf, p.pin = conf, nil
	if !known {
		return nil
	}
	pin, err := conf.Pin()
	if err != nil {
		return local.ErrConfig
	}
	p.pin = &pin
	return nil
}

// update changes the configuration of this vault, writes it and takes it over.
func (p *Place) update(change func(*local.VaultConfig)) error {
	if err := p.config.Update(p.Path, change); err != nil {
		return err
	}
	return p.Reload()
}

// RemarkLocks remarks that the file system of the configuration has no locks. Only check
// calls it, since it matters only when two commands write at once.
func (p *Place) RemarkLocks() {
	if p.Pinned() && !p.folders.HasLocks() {
		p.World.Voice.Remark(words.NoLocks, console.Safe(p.folders.Config, 0))
	}
}

// Pinned reports whether a person has confirmed a vault for this place.
func (p *Place) Pinned() bool { return p.pin != nil }

// Pin returns the pin, nil where nobody has confirmed one.
func (p *Place) Pin() *escrow.Pin { return p.pin }

// Refused returns the fingerprints of the epochs that a person has refused on this machine.
func (p *Place) Refused() []escrow.Fingerprint {
	if p.pin == nil {
		return nil
	}
	return p.pin.Refused
}

// Keys returns all that may open the files of the vault, or of a copy of it.
func (p *Place) Keys(files *escrow.Vault) *unlocking.Keys {
	return &unlocking.Keys{World: p.World, Vault: files, Given: p.Choice.Keys, Configured: p.conf.Identities, InKeyring: p.conf.Keyring}
}

// KeyFile returns the path of the file for a key of this PC.
func (p *Place) KeyFile(name string) string { return p.folders.KeyFile(name) }
