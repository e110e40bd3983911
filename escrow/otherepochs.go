package escrow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"seedvault/escrow/internal/format"
)

// ForkError stops what writes, but for deposits: another epoch follows one that
// the pinned one follows too, as when two holders rotate at once. A person joins
// the two, confirms the other, or refuses it.
type ForkError struct{ Epoch Epoch }

func (e *ForkError) Error() string {
	return fmt.Sprintf("failed to change the vault: epoch %s grew beside this one and has been neither joined nor refused", e.Epoch.Folder)
}

var (
	// ErrUnsealed is returned for an epoch in which no valid seal lies: it is
	// unfinished, or has not arrived whole.
	ErrUnsealed = errors.New("failed to confirm: the epoch has no valid seal")
	// ErrNoEpoch is returned for a fingerprint that no epoch here has.
	ErrNoEpoch = errors.New("failed to find the epoch: none here has that fingerprint")
	// ErrJoined is returned for an epoch that the pinned one follows already.
	ErrJoined = errors.New("failed to join: this vault follows that epoch already")
)

// grewFrom returns the epoch of the line that e grew from, by vault.txt.sig over
// vault.txt all the way, or nil.
func (v *Vault) grewFrom(e *epoch, line map[Fingerprint]bool) *epoch {
	for {
		parent := v.byFingerprint(e.desc.Previous)
		if parent == nil || parent.number >= e.number || !v.signedBy(e, parent.desc.Signer) {
			return nil
		}
		if line[parent.fp] {
			return parent
		}
		e = parent
	}
}

func (v *Vault) byFingerprint(fp Fingerprint) *epoch {
	for _, e := range v.epochs {
		if e.desc != nil && e.fp == fp {
			return e
		}
	}
	return nil
}

// describe says how an epoch stands to the pinned one.
func (v *Vault) describe(e *epoch, line map[Fingerprint]bool) Epoch {
	d := Epoch{Number: e.number, Folder: e.folder, Fingerprint: e.fp, Status: v.statusOf(e, line), Refused: v.refused(e)}
	if e.desc != nil {
		d.Sealed = v.seals(e).Sealed()
	}
	d.Successor = e.successor && !d.Refused
	if d.Status != EpochUnconfirmed || e.desc == nil || d.Refused {
		return d
	}
	if root := v.grewFrom(e, line); root != nil && root == v.pinned() {
		d.Successor = true
	} else if root != nil {
		d.Fork = !d.Successor
	}
	for _, s := range v.seals(e).Seals() {
		d.Joined = d.Joined || s.Joined[v.pin.Fingerprint]
	}
	return d
}

// unanswered returns the first sealed epoch of the kind that a person has
// neither confirmed nor refused, and that none to be joined follows.
func (v *Vault) unanswered(kind func(Epoch) bool, join []Fingerprint) (Epoch, bool) {
	joined := map[Fingerprint]bool{}
	facts := v.facts(nil)
	for _, fp := range join {
		facts.Pin = fp
		maps.Copy(joined, facts.Line())
	}
	for _, e := range v.Epochs() {
		if e.Sealed && kind(e) && !joined[e.Fingerprint] {
			return e, true
		}
	}
	return Epoch{}, false
}

// mayRotate says whether a rotation that joins the named epochs may begin.
func (o *Opened) mayRotate(join []Fingerprint) error {
	if err := o.vault.mayWriteJoining(join); err != nil {
		return err
	}
	if e, is := o.vault.unanswered(func(e Epoch) bool { return e.Successor }, nil); is {
		return &SuccessorError{e}
	}
	if !o.pending.empty() {
		return ErrStaged
	}
	return nil
}

// Confirm returns the vault as a machine sees it that writes to the epoch with
// the fingerprint from now on: a person has compared it. What to pin is then
// [Opened.Pin], or for a machine without keys what [Vault.Join] returns.
func (v *Vault) Confirm(fp Fingerprint) (*Vault, error) {
	e := v.byFingerprint(fp)
	if e == nil {
		return nil, ErrNoEpoch
	}
	if !v.seals(e).Sealed() {
		return nil, ErrUnsealed
	}
	pin := Pin{Fingerprint: fp}
	if v.pin != nil {
		pin.Refused = slices.DeleteFunc(slices.Clone(v.pin.Refused), func(r Fingerprint) bool { return r == fp })
	}
	return Open(v.fsys, &pin)
}

// planJoin holds the roster against another epoch's. Who has a way into one of
// the two alone leaves, since somebody may have removed them there.
func (o *Opened) planJoin(p *RotationPlan, fp Fingerprint) error {
	e := o.vault.byFingerprint(fp)
	switch {
	case e == nil:
		return ErrNoEpoch
	case o.vault.line()[fp]:
		return ErrJoined
	case o.keys[e.folder] == nil:
		return ErrNoMatch
	case !o.seals(e).Sealed():
		return ErrUnsealed
	}
	records, _ := o.records(e, o.keys[e.folder])
	theirs, others, err := sortRecords(records, e.folder)
	if err != nil {
		return err
	}
	p.joined = append(p.joined, e)
	o.openOlderOf(e, o.keys[e.folder])
	for _, r := range others {
		if r.Line == rosterFormer { // it only adds to what is to be enrolled again
			p.carried = append(p.carried, r)
		}
	}
	for i := range p.Holders {
		if ours := &p.Holders[i]; ours.record != nil {
			ours.meet(theirs)
		}
	}
	for _, c := range theirs {
		if !slices.ContainsFunc(p.Holders, func(ours PlannedHolder) bool { return ours.same(c) }) {
			c.Fate, c.Reason = FateLeaves, ReasonOneSide
			p.Holders = append(p.Holders, c)
		}
	}
	return nil
}

// same says that two epochs have one holder. A quorum has another key in each.
func (c PlannedHolder) same(other PlannedHolder) bool {
	return c.Kind == other.Kind && (c.Recipient == other.Recipient || c.Kind == KindQuorum && c.ID == other.ID)
}

// meet takes out what the other side does not have.
func (c *PlannedHolder) meet(theirs []PlannedHolder) {
	i := slices.IndexFunc(theirs, c.same)
	if i < 0 {
		c.Fate, c.Reason = FateLeaves, ReasonOneSide
		return
	}
	for _, m := range c.Members {
		if !slices.Contains(theirs[i].Members, m) {
			c.takeSeat(m.Name)
		}
	}
}

// LateHolders returns the holders that older epochs' rosters have and that the
// pinned one has never heard of: they were added where a rotation had not
// arrived. They can open what lies there and nothing else.
func (o *Opened) LateHolders() []Holder {
	if o.vault.pinned() == nil {
		return nil
	}
	said := o.olderLines()
	known := map[string]bool{}
	holders, _ := o.Roster()
	for _, h := range holders {
		known[h.ID], known[h.Recipient] = true, true
	}
	for _, f := range o.readFormers() {
		known[f.id] = true
	}
	var late []Holder
	for _, e := range o.older() {
		records, _ := o.records(e, o.keys[e.folder])
		for _, r := range records {
			if h, is := holderOf(r.Record); is && !said[r.ref] && !known[h.ID] && !known[h.Recipient] {
				late = append(late, h)
			}
		}
	}
	return mergeHolders(late)
}

// LateRetired returns the accepted seeds that somebody removed or edited where a
// rotation had not arrived. That is shown and not obeyed: who was removed by the
// rotation could say so too.
func (o *Opened) LateRetired(ctx context.Context) ([]Entry, error) {
	if o.vault.pinned() == nil {
		return nil, nil
	}
	entries, _, err := o.Seeds(ctx)
	if err != nil {
		return nil, err
	}
	retired := map[format.Ref]bool{}
	for _, e := range o.older() {
		for ref := range o.seals(e).Retired() {
			retired[ref] = true
		}
	}
	gone := map[string]bool{} // what took the place of a retired file
	for from, to := range o.carriedLines() {
		for _, p := range to {
			gone[p] = gone[p] || retired[from]
		}
	}
	return slices.DeleteFunc(entries, func(e Entry) bool {
		return e.Status != Accepted || !slices.ContainsFunc(e.Receipts, func(r Receipt) bool { return gone[r.Path] })
	}), nil
}

// older returns the epochs of the line that opened, but for the pinned one.
func (o *Opened) older() []*epoch {
	line := o.vault.line()
	var list []*epoch
	for _, e := range o.vault.epochs {
		inLine := e.desc != nil && line[e.fp] || line[o.proven[e.folder].fp]
		if e != o.vault.pinned() && o.keys[e.folder] != nil && inLine {
			list = append(list, e)
		}
	}
	return list
}

// sealedLists returns the older lists that count.
func (o *Opened) sealedLists() []*format.OlderList {
	pinned := o.vault.pinned()
	sealed := o.seals(pinned)
	var lists []*format.OlderList
	for _, l := range o.vault.olderLists(pinned) {
		if sealed.Status(l.Ref) == Accepted {
			lists = append(lists, l.List)
		}
	}
	return lists
}

// carriedLines unites what those lists have carried.
func (o *Opened) carriedLines() map[format.Ref][]string {
	all := map[format.Ref][]string{}
	for _, l := range o.sealedLists() {
		for ref, to := range l.Carried {
			all[ref] = append(all[ref], to...)
		}
	}
	return all
}

// droppedLines unites what they have dropped.
func (o *Opened) droppedLines() map[format.Ref]bool {
	all := map[format.Ref]bool{}
	for _, l := range o.sealedLists() {
		maps.Copy(all, l.Dropped)
	}
	return all
}

// olderLines are the older files that a line speaks of.
func (o *Opened) olderLines() map[format.Ref]bool {
	said := o.droppedLines()
	for ref := range o.carriedLines() {
		said[ref] = true
	}
	return said
}
