// Package session opens a vault with all that this machine knows about it: where it lies,
// the pin (the fingerprint that a person has confirmed, with the recipient), the keys that
// open it without asking, its copies, and what this machine has added and seen.
//
// Each step has a type of its own, which only the step before it returns:
//
//	[Find]             a [Place]: where the vault lies, and what is configured for it
//	[Open]             a [Vault]: its files were read, in the place or in a copy
//	[Vault.Home]       a [Home]: it lies in its place and is pinned
//	[Vault.Writable]   a [Writable]: opened as the one that this machine has confirmed
//
// So a function that needs a pinned vault, or one that is not a copy, takes a type that
// cannot be had otherwise.
package session

import (
	"cmp"
	"errors"
	"io/fs"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/keyring"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/copies/remote"
)

// Choice holds the flags that say which vault is meant and what opens it.
type Choice struct {
	Vault string // --vault: a path, or the name of a vault that is configured
	Copy  string // --copy: a path, an address, or the name of a copy
	Keys  keyring.Given

	NoSync bool // --no-sync: copies are left as they are
	Wait   bool // --wait: those that programs carry are waited for
}

// syncing is what a command that writes does about the copies afterwards.
type syncing int

const (
	syncSoon syncing = iota // brings them up to date, and waits a few seconds for programs
	syncAll                 // waits for all
	syncNot                 // leaves them
)

func (c Choice) syncing() syncing {
	switch {
	case c.NoSync:
		return syncNot
	case c.Wait:
		return syncAll
	}
	return syncSoon
}

// ErrNone is wrapped by the error that is returned where a vault was looked for in a folder
// that has none, and this machine has never known one there.
var ErrNone = errors.New("no vault yet")

// Place is where a vault lies, or is to lie, with this machine's configuration for it.
type Place struct {
	Path   string
	world  *world.World
	keys   keyring.Given
	places local.Places
	config *local.Config
	conf   local.Vault
	pin    *escrow.Pin // nil where nobody has confirmed one here
	memory *local.Memory
	sync   syncing
}

// Find returns the place of the vault that is meant, with this machine's configuration for it,
// without reading the vault.
func Find(w *world.World, choice Choice) (*Place, error) {
	places, err := w.Places()
	if err != nil {
		return nil, err
	}
	p := &Place{world: w, keys: choice.Keys, places: places, sync: choice.syncing()}
	if p.Path, err = vaultPath(w, choice); err != nil {
		return nil, err
	}
	if p.config, err = places.Load(); err != nil {
		return nil, err
	}
	return p, p.reload()
}

// reload reads the configuration again.
func (p *Place) reload() error {
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

// update changes the configuration of this vault, writes it and reads it again.
func (p *Place) update(change func(*local.Vault)) error {
	if err := p.config.Update(p.Path, change); err != nil {
		return err
	}
	return p.reload()
}

// RemarkLocks remarks that the file system of the configuration has no locks. Since that
// matters only where two commands write at once, check alone says it.
func (p *Place) RemarkLocks() {
	if p.Pinned() && !p.places.HasLocks() {
		p.world.Voice.Remark(words.NoLocks, console.Safe(p.places.Config, 0))
	}
}

// vaultPath returns the path of the vault that the flags, the environment or the configuration
// mean.
func vaultPath(w *world.World, choice Choice) (string, error) {
	for _, named := range []string{choice.Vault, w.Getenv("SEEDVAULT_DIR")} {
		if path := pathOfName(w, named); path != "" {
			return path, nil
		}
		if named != "" {
			return local.VaultPath(named)
		}
	}
	places, err := w.Places()
	if err != nil {
		return "", err
	}
	return local.VaultPath(places.Data)
}

// Pinned reports whether a person has confirmed a vault for this place.
func (p *Place) Pinned() bool { return p.pin != nil }

// Pin returns the pin, nil where nobody has confirmed one.
func (p *Place) Pin() *escrow.Pin { return p.pin }

// refused returns the fingerprints of the epochs that a person has refused on this machine.
func (p *Place) refused() []escrow.Fingerprint {
	if p.pin == nil {
		return nil
	}
	return p.pin.Refused
}

// Memory returns what this machine remembers of the vault.
func (p *Place) Memory() local.Memory {
	if p.memory == nil {
		m := p.places.Memory(p.Path)
		p.memory = &m
	}
	return *p.memory
}

// KeyFile returns the path of the file for a key of this PC.
func (p *Place) KeyFile(name string) string { return p.places.KeyFile(name) }

// Copies returns the copies in this machine's configuration.
func (p *Place) Copies() []local.Copy { return p.conf.Copies }

// CopyNamed returns the copy of that name that this machine knows, nil if there is none.
func (p *Place) CopyNamed(name string) *local.Copy {
	for i := range p.conf.Copies {
		if p.conf.Copies[i].Name == name {
			return &p.conf.Copies[i]
		}
	}
	return nil
}

// Unfinished reports whether a rotation on this machine was begun and not completed.
func (p *Place) Unfinished() bool { return p.conf.Next != nil }

// DeviceKey is where the key of this PC is kept, which opens the vault without asking: in a
// file or in the system's keyring.
type DeviceKey struct {
	File      string // "" for none
	InKeyring string // its name there, "" for none
}

// addTo adds the key to a vault's configuration.
func (k DeviceKey) addTo(v *local.Vault) {
	if k.File != "" {
		v.Identities = append(v.Identities, k.File)
	}
	if k.InKeyring != "" {
		v.Keyring = append(v.Keyring, k.InKeyring)
	}
}

// AddDevice adds a key to the configuration that opens the vault without asking.
func (p *Place) AddDevice(k DeviceKey) error { return p.update(k.addTo) }

// missing returns the error for a vault that is not where it should be. Where a vault has once
// been, the error never suggests to make a new one.
func (p *Place) missing(dir string, copied bool, err error) error {
	shown := console.Safe(dir, 0)
	switch {
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case copied && remote.Is(dir):
		return say.Fail(words.NoVaultThere, shown).WithHint(words.HintNoVaultThere)
	case copied:
		missing := say.Fail(words.NoCopy, shown)
		switch found := lookAround(dir); {
		case found.renamed != "":
			return missing.WithHint(words.HintRenamed, console.RenameLine(console.Safe(found.renamed, 0), console.Safe(found.name, 0)))
		case found.folder != "":
			return missing.WithHint(words.HintNoCopyNearby, console.ShellWord(console.Safe(found.folder, 0)))
		}
		return missing.WithHint(words.HintNoCopy)
	case p.Pinned():
		return say.Fail(words.VaultGone, shown).WithHint(words.HintVaultGone)
	}
	switch found := lookAround(dir); {
	case found.renamed != "":
		return say.Fail(words.NoVault, shown).WithHint(words.HintRenamed, console.RenameLine(console.Safe(found.renamed, 0), console.Safe(found.name, 0)))
	case found.folder != "":
		return say.Fail(words.NoVault, shown).WithHint(words.HintNoVaultNearby, console.ShellWord(console.Safe(found.folder, 0)))
	}
	if other := p.another(); other != "" {
		return say.Fail(words.NoVaultAtHome, shown).WithHint(words.HintNoVaultAtHome, other)
	}
	return say.Fail(words.NoVault, shown).WithHint(words.HintNoVault).Wrapping(ErrNone)
}

// another returns the name or path of another vault that this machine knows, where none was
// named and none lies in the usual place: most likely that one is meant, and a second vault is
// not to be made by mistake.
func (p *Place) another() string {
	home, err := local.VaultPath(p.places.Data)
	if err != nil || p.config == nil || p.Path != home {
		return ""
	}
	vaults, err := p.config.Vaults()
	if err != nil {
		return ""
	}
	for _, v := range vaults {
		if v.Path != p.Path {
			return cmp.Or(v.Name, console.Safe(v.Path, 0))
		}
	}
	return ""
}
