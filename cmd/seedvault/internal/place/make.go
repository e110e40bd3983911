package place

import (
	"errors"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow"
)

// Make makes the folder that a vault is to lie in, and calls create to write the vault. Where
// that fails it removes the folders that it has made, if create has left them empty.
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

// makeIn makes the vault in its folder. It returns [escrow.ErrExist] if there is one already.
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
	return p.update(func(v *local.VaultConfig) {
		v.Follow(pin)
		v.Remembered = false
		silent.addTo(v)
	})
}
