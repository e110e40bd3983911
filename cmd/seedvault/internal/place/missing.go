package place

import (
	"cmp"
	"errors"
	"io/fs"
	"os"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies/remote"
)

// ErrNone is wrapped by the error that is returned where a vault was looked for in a folder
// that has none, and this machine has never known one there.
var ErrNone = errors.New("no vault yet")

// Missing returns the error for a vault that is not where it should be. Where a vault has once
// been, the error never suggests to make a new one.
func (p *Place) Missing(dir string, copied bool, err error) error {
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
			return missing.WithHint(words.HintRenamed, console.RenameLine(found.renamed, found.name))
		case found.folder != "":
			return missing.WithHint(words.HintNoCopyNearby, console.ShellWord(found.folder))
		}
		if name := p.unplugged(dir); name != "" {
			return say.Fail(words.CopyAbsent, name, shown).WithHint(words.HintCopyAbsent)
		}
		return missing.WithHint(words.HintNoCopy)
	case p.Pinned():
		return say.Fail(words.VaultGone, shown).WithHint(words.HintVaultGone)
	}
	switch found := lookAround(dir); {
	case found.renamed != "":
		return say.Fail(words.NoVault, shown).WithHint(words.HintRenamed, console.RenameLine(found.renamed, found.name))
	case found.folder != "":
		return say.Fail(words.NoVault, shown).WithHint(words.HintNoVaultNearby, console.ShellWord(found.folder))
	}
	if other := p.another(); other != "" {
		return say.Fail(words.NoVaultAtHome, shown).WithHint(words.HintNoVaultAtHome, other)
	}
	return say.Fail(words.NoVault, shown).WithHint(words.HintNoVault).Wrapping(ErrNone)
}

// unplugged returns the name of the copy that this machine keeps in a folder, if the folder is not
// there: as where a stick is not plugged in.
func (p *Place) unplugged(dir string) string {
	for _, c := range p.Copies() {
		if _, err := os.Stat(dir); c.Path == dir && errors.Is(err, fs.ErrNotExist) {
			return c.Name
		}
	}
	return ""
}

// another returns the name or path of another vault that this machine knows, where none was
// named and none lies in the usual place: most likely that one is meant, and a second vault is
// not to be made by mistake.
func (p *Place) another() string {
	home, err := local.VaultPath(p.folders.Data)
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
