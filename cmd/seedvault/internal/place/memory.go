package place

import (
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// Memory returns what this machine remembers of the vault.
func (p *Place) Memory() local.Memory {
	if p.memory == nil {
		m := p.folders.Memory(p.Path)
		p.memory = &m
	}
	return *p.memory
}

// Recall returns all that this machine remembers of the vault, with the seals that it
// keeps.
func (p *Place) Recall() escrow.Memory {
	m := p.Memory().Recall()
	if p.pin != nil {
		m.Kept = p.Memory().Kept(p.pin.Fingerprint)
	}
	return m
}

// Remembered reports whether this machine ever stored a memory of this vault; if it did and
// none is there, it was lost.
func (p *Place) Remembered() bool { return p.conf.Remembered }

// NoteRemembered records in the configuration that this machine has stored a memory of this
// vault.
func (p *Place) NoteRemembered() error {
	if p.conf.Remembered {
		return nil
	}
	return p.update(func(v *local.VaultConfig) { v.Remembered = true })
}

// SheetsInClear returns the files of sheets that this machine has written to be printed and
// that are still there.
func (p *Place) SheetsInClear() []string {
	paths, err := p.Memory().StillThere()
	if err != nil {
		p.World.Voice.Remark(words.NotRemembered, explain.Error(err))
	}
	return paths
}
