package escrow

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// change is what waits for the next seal.
type change struct {
	accept  []format.Ref
	retire  []format.Ref
	older   []format.OlderLine      // what became of older files
	lost    []SealRef               // missing seals that a person gives up
	proven  map[string][]Proof      // holder ids to all their proofs, where one is among what is accepted
	renewed map[string]rosterRecord // holder ids to the one that is among what is accepted
}

func (c *change) empty() bool {
	return len(c.accept)+len(c.retire)+len(c.older)+len(c.lost) == 0
}

var (
	// ErrNotHere is returned for a file that is not in this vault, or not in an
	// epoch that may be written to.
	ErrNotHere = errors.New("failed to change the vault: no such seed in it")
	// ErrFull is returned when a seal would be larger than readers read.
	ErrFull = errors.New("failed to seal: the list of accepted files is larger than 16 MiB")
)

// Accept stages deposits for the next [Opened.Seal]. Each must be a whole seed
// of this vault. A late one is written anew in the pinned epoch first.
func (o *Opened) Accept(receipts ...Receipt) error {
	if err := o.vault.mayWrite(); err != nil {
		return err
	}
	for _, r := range receipts {
		if err := o.accept(r); err != nil {
			return err
		}
	}
	return nil
}

func (o *Opened) accept(r Receipt) error {
	folder, _, _ := strings.Cut(r.Path, "/")
	key := o.keys[folder]
	if kind, _ := format.Classify(strings.TrimPrefix(r.Path, folder+"/")); key == nil || kind != format.KindSeed && path.Dir(r.Path) != folder+"/seeds" {
		return ErrNotHere
	}
	data, err := readFile(o.vault.fsys, r.Path, format.KindSeed.Limit())
	if err != nil || format.Sum(data) != r.Sum {
		return ErrNotHere
	}
	plain, err := key.Decrypt(data)
	if err != nil {
		return ErrNotHere
	}
	if _, err := parseSeed(plain); err != nil {
		return err
	}
	pinned := o.vault.pinned()
	if folder == pinned.folder {
		return o.acceptHere(r, data)
	}
	return o.carry(r, plain)
}

// acceptHere stages a file of the pinned epoch. One under an odd name is written
// under its right one first, since seals speak of names.
func (o *Opened) acceptHere(r Receipt, data []byte) error {
	ref := found{path: r.Path, kind: format.KindSeed, sum: r.Sum, read: true}.ref()
	if ref.Path != r.Path {
		if err := writeAt(o.vault.fsys, ref.Path, data); err != nil {
			return err
		}
	}
	o.pending.accept = append(o.pending.accept, ref)
	return nil
}

// carry writes an older epoch's seed anew, byte for byte, unless its content has
// been accepted here already.
func (o *Opened) carry(r Receipt, plain []byte) error {
	if !o.isOlder(r) {
		return ErrNotHere
	}
	to, err := o.twin(format.Sum(plain))
	if err != nil {
		return err
	}
	if to == "" {
		file, err := o.pinnedKey().Encrypt(plain)
		if err != nil {
			return err
		}
		fresh, err := write(o.vault.fsys, o.vault.pinned().folder+"/seeds", "", file)
		if err != nil {
			return err
		}
		to = fresh.Hash()
		o.pending.accept = append(o.pending.accept, fresh)
	}
	o.pending.older = append(o.pending.older, format.OlderLine{Folder: folderOfPath(r.Path), From: r.Hash(), To: to})
	return nil
}

func (o *Opened) isOlder(r Receipt) bool {
	return slices.ContainsFunc(o.older(), func(e *epoch) bool { return strings.HasPrefix(r.Path, e.folder+"/") })
}

// twin finds an accepted file of the pinned epoch with the same plaintext, by HASH.
func (o *Opened) twin(what [32]byte) (string, error) {
	r, err := o.readSeeds(context.Background())
	if err != nil {
		return "", err
	}
	for _, f := range r.seeds {
		if f.what == what && f.status == Accepted && f.folder == o.vault.pinned().folder {
			return f.ref().Hash(), nil
		}
	}
	return "", nil
}

func (o *Opened) pinnedKey() *vaultKey { return o.keys[o.vault.pinned().folder] }

// Pending returns those of a machine's own deposits that still wait to be
// accepted. It decrypts nothing.
func (o *Opened) Pending(own []Receipt) []Receipt {
	if o.vault.pinned() == nil {
		return nil
	}
	facts := o.facts()
	for _, r := range own {
		folder, _, _ := strings.Cut(r.Path, "/")
		if o.keys[folder] != nil {
			facts.Files = append(facts.Files, judge.File{Folder: folder, Ref: r})
		}
	}
	verdicts := judge.Judge(facts)
	var waiting []Receipt
	for _, f := range facts.Files {
		if s := verdicts.Status[f.Ref]; (s == NotAccepted || s == Late) && exists(o.vault.fsys, f.Ref.Path) {
			waiting = append(waiting, f.Ref)
		}
	}
	return waiting
}

// Edit writes a seed's new content and stages its acceptance and the retirement
// of the old one. The id stays. Until [Opened.Seal] both are there, the new one
// as not accepted.
func (o *Opened) Edit(old Entry, s Seed) (Receipt, error) {
	if err := o.vault.mayWrite(); err != nil {
		return Receipt{}, err
	}
	id := old.Seed.ID()
	if id == "" {
		id = newID()
	}
	s = o.stillKnown(old, s)
	r, err := o.writeAnew(seedOf(s.rec().With("id", []string{id})))
	if err != nil {
		return Receipt{}, err
	}
	return r, o.Retire(old)
}

// writeAnew writes a seed as a new file and stages it.
func (o *Opened) writeAnew(s Seed) (Receipt, error) {
	r, err := o.vault.writeRecord(o.vault.pinned(), "seeds", s.plaintext, o.pinnedKey().Recipient())
	if err != nil {
		return Receipt{}, err
	}
	o.pending.accept = append(o.pending.accept, r)
	return r, nil
}

// Retire stages seeds to be removed, or deposits to be refused, for ever. Of an
// accepted seed every file of equal content goes, in older epochs too, and what
// was carried and has not arrived; of one that is not accepted only its own.
func (o *Opened) Retire(entries ...Entry) error {
	if err := o.vault.mayWrite(); err != nil {
		return err
	}
	r, err := o.readSeeds(context.Background())
	if err != nil {
		return err
	}
	for _, e := range entries {
		o.retire(e, r.seeds)
	}
	return nil
}

func (o *Opened) retire(e Entry, files []opened) {
	own := map[string]bool{}
	for _, r := range e.Receipts {
		own[r.Path] = true
	}
	plain, _ := e.Seed.plaintext()
	what := format.Sum(plain)
	pinned := o.vault.pinned()
	for _, f := range files {
		shown := f.status == Accepted || f.status == NotAccepted || f.status == Late
		if !own[f.path] && !(e.Status == Accepted && f.what == what && shown) {
			continue
		}
		if f.folder == pinned.folder {
			o.pending.retire = append(o.pending.retire, f.ref())
		} else if f.status != Unconfirmed {
			o.pending.older = append(o.pending.older, format.OlderLine{Folder: f.folder, From: f.ref().Hash()})
		}
	}
	if e.Status == Accepted {
		o.retireComing(files, what)
	}
}

// retireComing retires what took the place of an older file of the same content
// and has not arrived here yet, as far as a seal lists it.
func (o *Opened) retireComing(files []opened, what [32]byte) {
	ways := o.factsOf(files).Ways()
	for _, f := range files {
		if f.what == what && f.folder != o.vault.pinned().folder {
			o.pending.retire = append(o.pending.retire, ways.Coming(f.ref().Hash())...)
		}
	}
}

// Retired returns the seeds of the pinned epoch that were removed or refused and
// whose files are still here.
func (o *Opened) Retired(ctx context.Context) ([]Entry, error) {
	files := o.seedFiles(true)
	o.rule(files)
	o.open(ctx, files, func(f *opened) bool { return f.status == Retired })
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	first := o.retirements()
	var entries []Entry
	for _, f := range files {
		if f.status == Retired && f.what != [32]byte{} {
			entries = append(entries, Entry{
				Seed: f.seed, Status: Retired, Epoch: f.folder, Receipts: []Receipt{{Path: f.path, Sum: f.sum}}, Removed: first[f.ref()],
			})
		}
	}
	return entries, nil
}

// retirements returns the number of the first seal that retired each file.
func (o *Opened) retirements() map[format.Ref]int {
	first := map[format.Ref]int{}
	for _, e := range o.vault.writable() {
		key := o.keys[e.folder]
		if key == nil {
			continue
		}
		for _, s := range openSeals(o.vault.fsys, e.folder, key.signer, nil).every() {
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
	if err := o.vault.mayWrite(); err != nil {
		return Receipt{}, err
	}
	return o.writeAnew(o.stillKnown(e, e.Seed))
}
