package escrow

import "seedvault/escrow/internal/sealset"

// seals returns the seals of an epoch whose vault.txt tells its signer. They are
// read once.
func (v *view) seals(e *epoch) *sealset.Set {
	if e.desc == nil || e.desc.Unverified {
		return &sealset.Set{}
	}
	return v.sealsBy(e, e.desc.Signer)
}

// seals returns the seals of an epoch, by what its vault.txt or else its opened key
// tells of its signer.
func (rd *reader) seals(e *epoch) *sealset.Set {
	if p, ok := rd.proven[e.folder]; ok && e.desc == nil {
		return rd.view.sealsBy(e, p.signer)
	}
	return rd.view.seals(e)
}

// sealsBy reads an epoch's seals, but for those that another is known to contain.
func (v *view) sealsBy(e *epoch, signer string) *sealset.Set {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.seals == nil {
		e.seals = v.openSeals(e, signer, v.compared)
		if e == v.pinned() {
			e.seals.AskIndex()
		}
		e.seals.Read()
	}
	return e.seals
}

// openSeals finds an epoch's seals, those that this machine keeps of it among them.
func (v *view) openSeals(e *epoch, signer string, memory map[string][]string) *sealset.Set {
	set := sealset.Open(&v.source, e.folder, signer, memory)
	if e == v.pinned() {
		set.AddKept(v.kept)
	}
	return set
}

// forgetSeals has the seals read anew: others may have sealed since.
func (e *epoch) forgetSeals() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seals = nil
}
