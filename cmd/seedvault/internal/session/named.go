package session

import (
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"strings"
)

// pathOfName is the path of the vault that the configuration has by a name, "" for
// none: a path is no name.
func pathOfName(w *world.World, name string) string {
	if escrow.CheckName(name) != nil {
		return ""
	}
	places, err := w.Places()
	if err != nil {
		return ""
	}
	config, err := places.Load()
	if err != nil {
		return ""
	}
	return config.Named(name)
}

// As returns the choice of a vault that is to get a name, in a folder of its own where
// none was named. No other vault may have the name.
func (c Choice) As(w *world.World, name string) (Choice, error) {
	if name == "" {
		return c, nil
	}
	name = strings.ToLower(name)
	if err := escrow.CheckName(name); err != nil {
		return c, err
	}
	if path := pathOfName(w, name); path != "" {
		return c, say.Fail(words.VaultNameTaken, name, console.Safe(path, 0)).WithHint(words.HintVaultNameTaken)
	}
	if c.Vault != "" {
		return c, nil
	}
	places, err := w.Places()
	c.Vault = places.NamedVault(name)
	return c, err
}

// KeepName gives the vault a name, if there is one to give.
func (p *Place) KeepName(name string) error {
	if name == "" {
		return nil
	}
	return p.update(func(v *local.Vault) { v.Name = name })
}

// all are the vaults that are configured on this machine.
func all(w *world.World) ([]local.Vault, error) {
	places, err := w.Places()
	if err != nil {
		return nil, err
	}
	config, err := places.Load()
	if err != nil {
		return nil, err
	}
	vaults, err := config.Vaults()
	if err == nil && len(vaults) == 0 {
		err = say.Fail(words.NoVault, console.Safe(places.Data, 0)).WithHint(words.HintNoVault)
	}
	return vaults, err
}
