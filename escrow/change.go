package escrow

import (
	"context"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/vaultfs"
)

// Accept stages deposits for the next [Opened.Seal]. Each must be a whole seed
// of this vault, or the error is [ErrNotHere], and those before it are staged. A late one
// is written anew in the pinned epoch first.
func (o *Opened) Accept(receipts ...Receipt) error {
	if err := mayWrite(o.reader.view); err != nil {
		return err
	}
	for _, r := range receipts {
		if err := o.changes.accept(r); err != nil {
			return err
		}
	}
	return nil
}

// Pending returns those of a machine's own deposits that still wait to be
// accepted. It decrypts nothing. While a list is missing that says what became of older
// files, none of theirs is: it may say that a person has refused one.
func (o *Opened) Pending(own []Receipt) []Receipt {
	if o.reader.view.Pinned() == nil {
		return nil
	}
	pinned := o.reader.view.Pinned()
	sealed := o.reader.seals(pinned)
	var facts judge.Facts
	for _, r := range own {
		folder, _, _ := strings.Cut(r.Path, "/")
		if folder == pinned.Folder && sealed.Status(r) != NotAccepted {
			continue
		}
		if o.reader.keys[folder] != nil {
			facts.Files = append(facts.Files, judge.File{Folder: folder, Ref: r})
		}
	}
	if len(facts.Files) == 0 {
		return nil
	}
	files, blind := facts.Files, len(o.reader.lostLists()) > 0
	facts = o.reader.facts()
	facts.Files = files
	verdicts := judge.Judge(facts)
	var waiting []Receipt
	for _, f := range facts.Files {
		if s := verdicts.Of[f.Ref].Status; (s == NotAccepted || s == Late && !blind) && vaultfs.Exists(o.reader.view.Files.FS, f.Ref.Path) {
			waiting = append(waiting, f.Ref)
		}
	}
	return waiting
}

// Edit writes a seed's new content and stages its acceptance and the retirement
// of the old one. The id stays. Until [Opened.Seal] both are there, the new one
// as not accepted.
func (o *Opened) Edit(old Entry, s Seed) (Receipt, error) {
	if err := mayWrite(o.reader.view); err != nil {
		return Receipt{}, err
	}
	files, err := o.reader.readLike(context.Background(), []Entry{old}) // before the new one is among them
	if err != nil {
		return Receipt{}, err
	}
	id := old.Seed.ID()
	if id == "" {
		id = format.NewID()
	}
	s = o.changes.stillKnown(old, s)
	r, err := o.changes.stage("seeds", seedOf(s.rec().With("id", []string{id})).plaintext)
	if err != nil {
		return Receipt{}, err
	}
	o.changes.retire(old, files)
	return r, nil
}

// Retire stages seeds to be removed, or deposits to be refused, forever. Of an
// accepted seed every file of equal content goes, in older epochs too, and what
// was carried and has not arrived; of one that is not accepted only its own.
func (o *Opened) Retire(entries ...Entry) error {
	return o.changes.retireAll(entries...)
}

// Retired returns the seeds of the pinned epoch that were removed or refused and
// whose files are still here.
func (o *Opened) Retired(ctx context.Context) ([]Entry, error) {
	files := o.reader.seedFiles(true)
	o.reader.rule(files)
	o.reader.open(ctx, files, func(f *opened) bool { return f.status == Retired })
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	first := o.reader.retirements()
	var entries []Entry
	for _, f := range files {
		if f.status == Retired && f.what != [32]byte{} {
			entries = append(entries, Entry{
				Seed: f.seed, Status: Retired, Epoch: f.folder, Receipts: []Receipt{{Path: f.Path, Sum: f.Sum}}, Removed: first[f.Ref()],
			})
		}
	}
	return entries, nil
}

// retirements returns the number of the first seal that retired each file.
func (rd *reader) retirements() map[format.Ref]int {
	first := map[format.Ref]int{}
	for _, e := range rd.view.Writable() {
		key := rd.keys[e.Folder]
		if key == nil {
			continue
		}
		for _, s := range rd.view.OpenSeals(e, key.Signer, nil).Every() {
			for ref := range s.Retired {
				if n := first[ref]; n == 0 || s.Number < n {
					first[ref] = s.Number
				}
			}
		}
	}
	return first
}

// Undo writes a retired seed anew, as a new file with the same id, and stages
// it. What was retired stays retired, and what an edit had put in its place is
// retired in turn.
func (o *Opened) Undo(e Entry) (Receipt, error) {
	entries, _, err := o.Seeds(context.Background())
	if err != nil {
		return Receipt{}, err
	}
	for _, live := range entries {
		if live.Status == Accepted && live.Seed.ID() != "" && live.Seed.ID() == e.Seed.ID() {
			if err := o.Retire(live); err != nil {
				return Receipt{}, err
			}
		}
	}
	if err := mayWrite(o.reader.view); err != nil {
		return Receipt{}, err
	}
	return o.changes.stage("seeds", o.changes.stillKnown(e, e.Seed).plaintext)
}

// SealInfo names a seal.
type SealInfo struct {
	Number int
	Name   string // NNNN-HASH8, as a person is shown it: a number alone may be shared
	Path   string
	Time   string // RFC 3339
}

// Seal signs everything staged since the vault was opened, with what other seals of
// the epoch say as far as that keeps seals few and short. It returns nil when nothing
// was staged. Until it returns without an error nothing staged is sure to count.
func (o *Opened) Seal(now time.Time) (*SealInfo, error) {
	if o.changes.pending.empty() {
		return nil, nil
	}
	if err := mayWrite(o.reader.view); err != nil {
		return nil, err
	}
	e := o.reader.view.Pinned()
	if err := o.changes.writeOlderList(e); err != nil {
		return nil, err
	}
	e.ForgetSeals() // others may have sealed since
	s := o.changes.nextSeal(e, now)
	text := s.Marshal()
	if len(text) > testOnlySealLimit {
		return nil, ErrFull
	}
	name := e.Folder + "/seals/" + format.SealFile(s.Number, s.Hash())
	if err := writeAt(o.reader.view.Files.FS, name+".sig", o.reader.pinnedKey().Sign(sealcache.Namespace, text)); err != nil {
		return nil, err
	}
	if err := writeAt(o.reader.view.Files.FS, name, text); err != nil {
		return nil, err
	}
	e.ForgetSeals()
	o.reader.read, o.reader.list, o.changes.pending = nil, nil, change{}
	return &SealInfo{s.Number, s.Name(), name, s.Time}, nil
}

// GiveUp stages that seals which are missing are lost: they are not looked for any
// more. If one turns up, it counts. The error is [ErrNotHere] for one that is not
// missing.
func (o *Opened) GiveUp(seals ...SealRef) error {
	if err := mayWrite(o.reader.view); err != nil {
		return err
	}
	missing := o.reader.seals(o.reader.view.Pinned()).Missing()
	for _, r := range seals {
		i := slices.IndexFunc(missing, func(m SealRef) bool { return m.Hash == r.Hash })
		if i < 0 {
			return ErrNotHere
		}
		o.changes.pending.lost = append(o.changes.pending.lost, missing[i])
	}
	return nil
}

// ReEnrol returns the accepted seeds that somebody has known who can no longer
// open the vault, with their names in ExposedTo. Each stays in the list until an
// edit gives it a new secret at its service, or [Opened.NeedsNone] says that it
// needs none.
func (o *Opened) ReEnrol(ctx context.Context) ([]Entry, error) {
	if o.reader.view.Pinned() == nil {
		return nil, nil
	}
	entries, _, err := o.Seeds(ctx)
	if err != nil {
		return nil, err
	}
	x := o.reader.exposure()
	var list []Entry
	for _, e := range entries {
		if e.Status != Accepted {
			continue
		}
		for _, f := range x.exposedTo(e) {
			e.ExposedTo = append(e.ExposedTo, f.Name)
		}
		if len(e.ExposedTo) > 0 {
			list = append(list, e)
		}
	}
	return list, nil
}

// noneLimit keeps a former holder's record within the size of a record.
const noneLimit = 1000

// NeedsNone stages that seeds need no new secret, though somebody who left has
// known them: they leave the list of [Opened.ReEnrol] with the next seal.
func (o *Opened) NeedsNone(entries ...Entry) error {
	if err := mayWrite(o.reader.view); err != nil {
		return err
	}
	x := o.reader.exposure()
	answered := map[string][]string{}
	for _, e := range entries {
		for _, f := range x.exposedTo(e) {
			answered[f.ID] = append(answered[f.ID], reEnrolID(e.Seed))
		}
	}
	for _, f := range x.formers {
		for ids := range slices.Chunk(answered[f.ID], noneLimit) {
			f.None = map[string]bool{}
			for _, id := range ids {
				f.None[id] = true
			}
			if _, err := o.changes.stageRecord(f.Record()); err != nil {
				return err
			}
		}
	}
	return nil
}

// LateRetired returns the accepted seeds that somebody removed or edited where a
// rotation had not arrived. That is shown and not obeyed: who was removed by the
// rotation could say so too.
func (o *Opened) LateRetired(ctx context.Context) ([]Entry, error) {
	if o.reader.view.Pinned() == nil {
		return nil, nil
	}
	entries, _, err := o.Seeds(ctx)
	if err != nil {
		return nil, err
	}
	retired := map[format.Ref]bool{}
	for _, e := range o.reader.older() {
		for ref := range o.reader.seals(e).Retired() {
			retired[ref] = true
		}
	}
	successions := o.reader.successions()
	gone := map[string]bool{} // what took the place of a retired file
	for ref := range retired {
		for _, to := range successions.LeadsTo(ref.Hash()) {
			gone[to] = true
		}
	}
	return slices.DeleteFunc(entries, func(e Entry) bool {
		return e.Status != Accepted || !slices.ContainsFunc(e.Receipts, func(r Receipt) bool { return gone[r.Hash()] })
	}), nil
}
