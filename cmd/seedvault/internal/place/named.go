package place

import (
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// pathOfName returns the path of the vault that has a name in the configuration, "" if none
// has it. A text with a slash, or anything else that no name has, is not looked for.
func pathOfName(w *world.World, name string) string {
	if escrow.CheckName(name) != nil {
		return ""
	}
	folders, err := w.Folders()
	if err != nil {
		return ""
	}
	config, err := folders.Load()
	if err != nil {
		return ""
	}
	return config.Named(name)
}

// As returns the choice for a vault that will get a name: where the flags name no folder, it
// gets a folder of that name. It fails if another vault has the name.
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
	folders, err := w.Folders()
	c.Vault = folders.NamedVault(name)
	return c, err
}

// configuredVaults returns the vaults in this machine's configuration, and an error if there is
// none.
func configuredVaults(w *world.World) ([]local.VaultConfig, error) {
	folders, err := w.Folders()
	if err != nil {
		return nil, err
	}
	config, err := folders.Load()
	if err != nil {
		return nil, err
	}
	vaults, err := config.Vaults()
	if err == nil && len(vaults) == 0 {
		err = say.Fail(words.NoVault, console.Safe(folders.Data, 0)).WithHint(words.HintNoVault)
	}
	return vaults, err
}
