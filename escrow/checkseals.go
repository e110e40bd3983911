package escrow

import (
	"path"
	"slices"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// seals verifies every seal of an epoch, those too that a reader passes over
// because a later one contains them, and returns them.
func (c *checker) seals(e *epoch, signer string) *sealSet {
	if signer == "" {
		c.report.add(CodeNoSeal, e.folder, true)
		return noSeals
	}
	set := c.v.sealsBy(e, signer)
	for _, p := range set.damaged {
		c.report.add(CodeDamaged, p, true)
	}
	for _, p := range set.unfinished {
		c.report.add(CodeUnfinished, p, false)
	}
	for _, p := range set.crlf {
		c.report.add(CodeLineEnds, p, false)
	}
	if set.newer != nil {
		c.report.add(CodeNewer, set.newer.Path, true)
	}
	c.contained(e, set, signer)
	if !set.Sealed() {
		c.report.add(CodeNoSeal, e.folder, true)
	}
	if e == c.current() {
		c.newest(set)
	}
	return set
}

// contained verifies the seals that were not read. Damage to one costs nothing,
// since another says all that it said, and is named all the same.
func (c *checker) contained(e *epoch, set *sealSet, signer string) {
	bad := make([]Code, len(set.names))
	inParallel(len(set.names), func(i int) {
		f := set.names[i]
		if !set.contained[f.hash] || !f.text {
			return
		}
		if !f.sig {
			bad[i] = CodeUnfinished
			return
		}
		if _, _, err := readSeal(c.v.fsys, e.folder, f, signer); err != nil {
			bad[i] = CodeDamaged
		}
	})
	for i, code := range bad {
		if code != "" {
			c.report.add(code, set.names[i].path, code == CodeDamaged)
		}
	}
}

// newest reports the highest seal, and the earliest due date that no other seal
// has taken over.
func (c *checker) newest(set *sealSet) {
	if top := set.Newest(); top != nil {
		c.report.SealNumber, c.report.SealTime = top.Number, top.Time
	}
	for _, s := range set.Seals() {
		if s.Due != "" && (c.report.Due == "" || s.Due < c.report.Due) {
			c.report.Due = s.Due
		}
	}
	if due := c.report.Due; due != "" && !c.o.Now.IsZero() && c.o.Now.UTC().Format(time.DateOnly) > due {
		c.report.Findings = append(c.report.Findings, Finding{Code: CodeOverdue, Detail: due, Red: true})
	}
	if c.report.SealNumber < c.o.MinSeal {
		c.report.add(CodeRolledBack, "", true)
	}
}

// memory holds the vault against what this machine has seen of it.
func (c *checker) memory() {
	seen := map[string]bool{}
	var all []*judge.Ledger
	for _, e := range c.facts.Epochs {
		for _, s := range e.Ledger.Seals() {
			seen[s.Hash()] = true
			for h := range s.Includes {
				seen[h] = true
			}
		}
		all = append(all, e.Ledger)
	}
	for _, h := range c.o.Memory.Seals {
		if !seen[h] {
			c.report.Findings = append(c.report.Findings, Finding{Code: CodeRolledBack, Detail: h, Red: true})
		}
	}
	for _, r := range c.o.Memory.Deposits {
		if !c.here(r) && !retiredAnywhere(all, r) {
			c.report.add(CodeLostDeposit, r.Path, true)
		}
	}
}

// here says that a deposit's content is in the vault, under its own name or one
// that a sync tool has given it. What merely lies in its place is not it.
func (c *checker) here(r Receipt) bool {
	if c.present[r] {
		return true
	}
	data, err := readFile(c.v.fsys, r.Path, format.KindSeed.Limit())
	return err == nil && format.Sum(data) == r.Sum
}

func retiredAnywhere(all []*judge.Ledger, r Receipt) bool {
	for _, l := range all {
		if l.Retired()[r] {
			return true
		}
	}
	return false
}

// Seen returns what this machine should remember of the vault's seals: the HASH
// of each valid one of the pinned epoch that no other contains, and what it
// remembered before as far as that is not here, so that meeting an older copy
// does not make it forget the newer one.
func (v *Vault) Seen(before []string) []string {
	e := v.pinned()
	if e == nil {
		return before
	}
	here := map[string]bool{}
	var hashes []string
	for _, s := range v.seals(e).Seals() {
		hashes = append(hashes, s.Hash())
		here[s.Hash()] = true
		for h := range s.Includes {
			here[h] = true
		}
	}
	for _, h := range before {
		if !here[h] {
			hashes = append(hashes, h)
		}
	}
	slices.Sort(hashes)
	return hashes
}

// waysIn counts the ways in of the holders whose slot, and where they have one whose
// key file, is here undamaged and accepted; of a quorum by the shares that are, and
// those on paper.
func (c *checker) waysIn(holders []Holder) (ways int) {
	for _, h := range holders {
		have, shares := map[format.Kind]bool{}, 0
		for _, hash := range h.Files {
			have[c.intact[hash]] = true
			if c.intact[hash] == format.KindShare {
				shares++
			}
		}
		for _, m := range h.Members {
			if m.OnPaper() {
				shares++
			}
		}
		if have[format.KindSlot] && (h.Kind != KindPassphrase || have[format.KindKey]) {
			ways += h.waysIn(shares)
		}
	}
	return ways
}

// holdersWithoutKey counts by what this machine remembers of the roster, or
// else by the folders: a holder is one whose slot is accepted and undamaged.
// Where a key of theirs was accepted too, that must be undamaged as well.
func (v *Vault) holdersWithoutKey(c *checker, m Memory) []Holder {
	if len(m.Holders) > 0 {
		return m.Holders
	}
	e := c.current()
	var guessed []Holder
	for _, name := range v.holderDirs(e) {
		h := Holder{Name: name, Kind: KindKey}
		for _, ref := range c.accepted {
			kind, hash, ok := holderFileHash(ref.Path)
			if ok && path.Dir(ref.Path) == e.folder+"/holders/"+name {
				h.Files = append(h.Files, hash)
				if kind == format.KindKey {
					h.Kind = KindPassphrase
				}
			}
		}
		guessed = append(guessed, h)
	}
	return guessed
}
