package escrow

import (
	"path"
	"slices"
	"strconv"
	"time"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/roster"
)

// checker walks a vault and gathers what it finds.
type checker struct {
	v        *epochs.View
	o        CheckOptions
	facts    judge.Facts
	closed   []string // folders of forks that stop nothing
	report   *Report
	intact   map[string]format.Kind // the holders' files that are accepted and undamaged, by HASH
	accepted []format.Ref           // by the current epoch's seals, retired ones left out
	present  map[format.Ref]bool    // what is here undamaged, each content under its right name
	away     map[string]bool        // seals that count and do not lie here, by HASH: this machine keeps them
}

// current is the epoch that the report's figures speak of.
func (c *checker) current() *epochs.Epoch { return c.v.Writable()[0] }

// seals verifies every seal of an epoch, those too that a reader passes over
// because a later one contains them, compares what they contain as far as this machine
// has not done so before, and returns them.
func (c *checker) seals(e *epochs.Epoch, signer string) *sealset.Set {
	if signer == "" {
		c.report.add(CodeNoSeal, e.Folder, true)
		return &sealset.Set{}
	}
	set := c.v.OpenSeals(e, signer, c.o.Memory.Compared)
	set.Check()
	for _, f := range set.Files {
		c.away[f.Hash] = c.away[f.Hash] || set.IsAway(f)
	}
	for _, p := range set.Damaged {
		c.report.add(CodeDamaged, p, true)
	}
	for _, p := range set.Unfinished {
		c.report.add(CodeUnfinished, p, false)
	}
	for _, p := range set.CRLF {
		c.report.add(CodeLineEnds, p, false)
	}
	if set.Newer != nil {
		c.report.add(CodeNewer, set.Newer.Path, true)
	}
	for _, s := range set.Untrue() {
		c.report.add(CodeUntrueSeal, e.Folder+"/seals/"+format.SealFile(s.Number, s.Hash()), true)
	}
	for _, p := range set.Twice() {
		c.report.add(CodeTwoContents, p, false)
	}
	if !set.Sealed() {
		c.report.add(CodeNoSeal, e.Folder, true)
	}
	c.missing(e, set)
	if e == c.current() {
		c.newest(set)
	}
	return set
}

// missing names the seals that others name and that are not here, in one line, since
// a holder can name any number that never were. It is red in the epoch written to,
// and a note where this machine has missed them only lately.
func (c *checker) missing(e *epochs.Epoch, set *sealset.Set) {
	if all := set.Missing(); len(all) > 0 {
		first, red := all, false
		if e == c.current() {
			c.report.MissingSeals = all
			if late := set.Overdue(c.o.Memory.Missing, c.o.Now); len(late) > 0 {
				first, red = late, true
			}
		}
		c.sealLine(CodeMissingSeal, e, first, len(all), red)
	}
	if lost := set.GivenUp(); len(lost) > 0 {
		c.sealLine(CodeLostSeal, e, lost, len(lost), false)
	}
}

func (c *checker) sealLine(code FindingCode, e *epochs.Epoch, seals []SealRef, n int, red bool) {
	at := e.Folder + "/seals/" + format.SealFile(seals[0].Number, seals[0].Hash)
	c.report.Findings = append(c.report.Findings, Finding{Code: code, Path: at, Detail: strconv.Itoa(n), Red: red})
}

// newest reports the newest seal, and when the first of the drills' proofs runs out.
func (c *checker) newest(set *sealset.Set) {
	if top := c.newestHere(set); top != nil {
		c.report.SealNumber, c.report.SealName, c.report.SealTime = top.Number, top.Name(), top.Time
	}
	c.report.Due = set.Due()
	if due := c.report.Due; due != "" && !c.o.Now.IsZero() && c.o.Now.UTC().Format(time.DateOnly) > due {
		c.report.Findings = append(c.report.Findings, Finding{Code: CodeOverdue, Detail: due, Red: true})
	}
	if c.report.SealNumber < c.o.MinSeal || c.o.MinSealHash != "" && !set.Has(c.o.MinSealHash) {
		c.report.add(CodeRolledBack, "", true)
	}
}

// newestHere is the newest seal that lies here.
func (c *checker) newestHere(set *sealset.Set) *format.Seal {
	for _, s := range slices.Backward(set.Seals()) {
		if !c.away[s.Hash()] {
			return s
		}
	}
	return nil
}

// memory holds the vault against what this machine has seen of it.
func (c *checker) memory() {
	seen := map[string]bool{}
	var all []*judge.Ledger
	for _, e := range c.facts.Epochs {
		for _, s := range e.Ledger.Seals() {
			if c.away[s.Hash()] {
				continue // it counts, and does not lie here
			}
			seen[s.Hash()] = true
			for h := range s.Includes {
				seen[h] = true
			}
		}
		for _, r := range e.Ledger.GivenUp() {
			seen[r.Hash] = true // a person has said that it is lost
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

// here reports whether a deposit's content is in the vault, under its own name or one
// that a sync tool has given it. What merely lies in its place is not it.
func (c *checker) here(r Receipt) bool {
	if c.present[r] {
		return true
	}
	data, err := vaultfs.ReadFile(c.v.Files.FS, r.Path, format.KindSeed.Limit())
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

// waysIn counts the ways in of the holders whose slot, and of a passphrase holder whose
// key file too, is here undamaged and accepted; of a quorum by the shares that are, and
// those on paper.
func (c *checker) waysIn(holders []roster.Holder) (ways int) {
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
		if have[format.KindSlot] && (h.Kind != roster.KindPassphrase || have[format.KindKey]) {
			ways += h.WaysInWith(shares)
		}
	}
	return ways
}

// holdersWithoutKey finds the holders by the folders: one with an accepted slot is one.
// What kind they are and where they are kept, this machine may remember; of one whose
// files it does not remember it takes what it knows of the name.
func (c *checker) holdersWithoutKey() []roster.Holder {
	e := c.current()
	var holders []roster.Holder
	for _, name := range c.v.Files.Holders(e.Folder) {
		h := roster.Holder{Name: name, Kind: roster.KindKey}
		slot := false
		for _, ref := range c.accepted {
			kind, hash, ok := format.HolderFile(ref.Path)
			if ok && path.Dir(ref.Path) == e.Folder+"/holders/"+name {
				h.Files = append(h.Files, hash)
				slot = slot || kind == format.KindSlot
				if kind == format.KindKey {
					h.Kind = roster.KindPassphrase
				}
			}
		}
		if slot {
			holders = append(holders, remembered(h, c.o.Memory.Holders)...)
		}
	}
	return holders
}

// remembered returns the holders of a folder as they are remembered: those whose files
// are there, or else the one of its name with the files that are.
func remembered(h roster.Holder, known []roster.Holder) (holders []roster.Holder) {
	for _, k := range known {
		if slices.ContainsFunc(k.Files, func(hash string) bool { return slices.Contains(h.Files, hash) }) {
			holders = append(holders, k)
		}
	}
	if len(holders) > 0 {
		return holders
	}
	if i := slices.IndexFunc(known, func(k roster.Holder) bool { return k.Name == h.Name }); i >= 0 {
		k := known[i]
		k.Files = h.Files
		return []roster.Holder{k}
	}
	return []roster.Holder{h}
}
