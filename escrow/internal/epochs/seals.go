package epochs

import "seedvault/escrow/internal/sealset"

// Recall gives the view what this machine remembers of seals: what it has compared, and those
// of the pinned epoch that it keeps. All seals are read anew.
func (v *View) Recall(compared map[string][]string, kept []sealset.Kept) {
	v.compared, v.kept = compared, kept
	for _, e := range v.Epochs {
		e.ForgetSeals()
	}
}

// Seals returns the seals of an epoch whose vault.txt tells its signer, and an empty set for
// any other. They are read once.
func (v *View) Seals(e *Epoch) *sealset.Set {
	if e.Desc == nil || e.Desc.Unverified {
		return &sealset.Set{}
	}
	return v.SealsBy(e, e.Desc.Signer)
}

// SealsBy returns an epoch's seals, which it reads once, as those of the first signer that it
// is asked for; it passes over those that another is known to contain.
func (v *View) SealsBy(e *Epoch, signer string) *sealset.Set {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.seals == nil {
		e.seals = v.OpenSeals(e, signer, v.compared)
		if e == v.Pinned() {
			e.seals.AskIndex()
		}
		e.seals.Read()
	}
	return e.seals
}

// OpenSeals finds an epoch's seals, those that this machine keeps of it among them, and reads
// none. memory is what was compared before, nil for nothing.
func (v *View) OpenSeals(e *Epoch, signer string, memory map[string][]string) *sealset.Set {
	set := sealset.Open(&v.Source, e.Folder, signer, memory)
	if e == v.Pinned() {
		set.AddKept(v.kept)
	}
	return set
}

// ForgetSeals has the seals read anew: others may have sealed since.
func (e *Epoch) ForgetSeals() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seals = nil
}
