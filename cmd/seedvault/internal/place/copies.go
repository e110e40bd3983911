package place

import (
	"slices"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

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

// AddCopy adds a copy to this machine's configuration.
func (p *Place) AddCopy(c local.Copy) error {
	return p.update(func(v *local.VaultConfig) { v.Copies = append(v.Copies, c) })
}

// RemoveCopy removes a copy from the configuration, and what was remembered about it. Its
// files stay.
func (p *Place) RemoveCopy(id string) error {
	err := p.update(func(v *local.VaultConfig) {
		v.Copies = slices.DeleteFunc(v.Copies, func(have local.Copy) bool { return have.ID == id })
	})
	if err != nil {
		return err
	}
	p.ForgetCopy(id)
	return nil
}

// ForgetCopy removes what was remembered about a copy.
func (p *Place) ForgetCopy(id string) {
	if err := p.Memory().ForgetCopy(id); err != nil {
		p.World.Voice.Remark(words.NotRemembered, explain.Error(err))
	}
}

// SetKept stores where a copy is kept in this machine's configuration.
func (p *Place) SetKept(id, kept string) error {
	return p.update(func(v *local.VaultConfig) {
		for i := range v.Copies {
			if v.Copies[i].ID == id {
				v.Copies[i].Kept = kept
			}
		}
	})
}

// RemindOfCopies prints that copies are to be made anew, where this machine knows of none.
// Those that it knows have been brought up to date already.
func (p *Place) RemindOfCopies() {
	if len(p.conf.Copies) == 0 {
		p.World.Voice.Remark(words.CopyAgain)
	}
}
