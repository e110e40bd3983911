package place

import (
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/world"
)

// Choice holds the flags that say which vault is meant and what opens it.
type Choice struct {
	Vault string // --vault: a path, or the name of a vault that is configured
	Copy  string // --copy: a path, an address, or the name of a copy
	Keys  unlocking.Given

	NoSync bool // --no-sync: copies are left as they are
	Wait   bool // --wait: those that programs carry are waited for
}

// vaultPath returns the path of the vault that --vault means, else of the one that
// SEEDVAULT_DIR means, by its path or its configured name, else of the usual place.
func vaultPath(w *world.World, choice Choice) (string, error) {
	for _, named := range []string{choice.Vault, w.Getenv("SEEDVAULT_DIR")} {
		if path := pathOfName(w, named); path != "" {
			return path, nil
		}
		if named != "" {
			return local.VaultPath(named)
		}
	}
	folders, err := w.Folders()
	if err != nil {
		return "", err
	}
	return local.VaultPath(folders.Data)
}
