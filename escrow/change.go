package escrow

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/roster"
)

// change is what waits for the next seal.
type change struct {
	accept  []format.Ref
	retire  []format.Ref
	older   []format.OlderLine        // what became of older files
	lost    []SealRef                 // missing seals that a person gives up
	proven  map[string][]roster.Proof // holder ids to all their proofs, where one is among what is accepted
	renewed map[string]rosterRecord   // holder ids to the one that is among what is accepted
}

func (c *change) empty() bool {
	return len(c.accept)+len(c.retire)+len(c.older)+len(c.lost) == 0
}

// changer stages what the next seal will say, and writes the files for it.
type changer struct {
	reader  *reader
	pending change
}

// Format keeps the keys out of every verb.
func (ch *changer) Format(f fmt.State, _ rune) { io.WriteString(f, "changer(elided)") }

// Accept stages deposits for the next [Opened.Seal]. Each must be a whole seed
// of this vault. A late one is written anew in the pinned epoch first.
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

func (ch *changer) accept(r Receipt) error {
	folder, _, _ := strings.Cut(r.Path, "/")
	key := ch.reader.keys[folder]
	if kind, _ := format.Classify(strings.TrimPrefix(r.Path, folder+"/")); key == nil || kind != format.KindSeed && path.Dir(r.Path) != folder+"/seeds" {
		return ErrNotHere
	}
	data, err := vaultfs.ReadFile(ch.reader.view.Files.FS, r.Path, format.KindSeed.Limit())
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
	pinned := ch.reader.view.Pinned()
	if folder == pinned.Folder {
		return ch.acceptHere(r, data)
	}
	return ch.carry(r, plain)
}

// acceptHere stages a file of the pinned epoch. One under an odd name is written
// under its right one first, since seals speak of names.
func (ch *changer) acceptHere(r Receipt, data []byte) error {
	ref := vaultfs.File{Path: r.Path, Kind: format.KindSeed, Sum: r.Sum, Read: true}.Ref()
	if ref.Path != r.Path {
		if err := writeAt(ch.reader.view.Files.FS, ref.Path, data); err != nil {
			return err
		}
	}
	ch.pending.accept = append(ch.pending.accept, ref)
	return nil
}

// carry writes an older epoch's seed anew, byte for byte, unless its content has
// been accepted here already.
func (ch *changer) carry(r Receipt, plain []byte) error {
	if !ch.reader.isOlder(r) {
		return ErrNotHere
	}
	to, err := ch.reader.twin(format.Sum(plain))
	if err != nil {
		return err
	}
	if to == "" {
		fresh, err := ch.stage("seeds", func() ([]byte, error) { return plain, nil })
		if err != nil {
			return err
		}
		to = fresh.Hash()
	}
	ch.pending.older = append(ch.pending.older, format.OlderLine{Folder: folderOfPath(r.Path), From: r.Hash(), To: to})
	return nil
}

func (rd *reader) isOlder(r Receipt) bool {
	return slices.ContainsFunc(rd.older(), func(e *epochs.Epoch) bool { return strings.HasPrefix(r.Path, e.Folder+"/") })
}

// twin finds an accepted file of the pinned epoch with the same plaintext, by HASH.
func (rd *reader) twin(what [32]byte) (string, error) {
	r, err := rd.readSeeds(context.Background())
	if err != nil {
		return "", err
	}
	for _, f := range r.seeds {
		if f.what == what && f.status == Accepted && f.folder == rd.view.Pinned().Folder {
			return f.Ref().Hash(), nil
		}
	}
	return "", nil
}

func (rd *reader) pinnedKey() *vaultkey.Key { return rd.keys[rd.view.Pinned().Folder] }

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

// stage encrypts a plaintext, writes it into a folder of the pinned epoch and stages
// the file.
func (ch *changer) stage(dir string, plaintext func() ([]byte, error)) (Receipt, error) {
	r, err := writeRecord(ch.reader.view.Files.FS, ch.reader.view.Pinned().Folder+"/"+dir, plaintext, ch.reader.pinnedKey().Recipient())
	if err != nil {
		return Receipt{}, err
	}
	ch.pending.accept = append(ch.pending.accept, r)
	return r, nil
}

// Retire stages seeds to be removed, or deposits to be refused, forever. Of an
// accepted seed every file of equal content goes, in older epochs too, and what
// was carried and has not arrived; of one that is not accepted only its own.
func (o *Opened) Retire(entries ...Entry) error {
	return o.changes.retireAll(entries...)
}

// retireAll is [Opened.Retire].
func (ch *changer) retireAll(entries ...Entry) error {
	if err := mayWrite(ch.reader.view); err != nil {
		return err
	}
	files, err := ch.reader.readLike(context.Background(), entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		ch.retire(e, files)
	}
	return nil
}

func (ch *changer) retire(e Entry, files []opened) {
	own := map[string]bool{}
	for _, r := range e.Receipts {
		own[r.Path] = true
	}
	plain, _ := e.Seed.plaintext()
	what := format.Sum(plain)
	pinned := ch.reader.view.Pinned()
	for _, f := range files {
		shown := f.status == Accepted || f.status == NotAccepted || f.status == Late
		if !own[f.Path] && !(e.Status == Accepted && f.what == what && shown) {
			continue
		}
		if f.folder == pinned.Folder {
			ch.pending.retire = append(ch.pending.retire, f.Ref())
		} else if f.status != Unconfirmed {
			ch.pending.older = append(ch.pending.older, format.OlderLine{Folder: f.folder, From: f.Ref().Hash()})
		}
	}
	if e.Status == Accepted {
		ch.retireComing(files, what)
	}
}

// retireComing retires what took the place of an older file of the same content
// and has not arrived here yet, as far as a seal lists it.
func (ch *changer) retireComing(files []opened, what [32]byte) {
	ways := ch.reader.factsOf(files).Ways()
	for _, f := range files {
		if f.what == what && f.folder != ch.reader.view.Pinned().Folder {
			ch.pending.retire = append(ch.pending.retire, ways.Coming(f.Ref().Hash())...)
		}
	}
}

// lostLists names the lists of what became of older files that the pinned epoch's seals
// name and that are not here whole.
func (rd *reader) lostLists() (lost []string) {
	e := rd.view.Pinned()
	if e == nil {
		return nil
	}
	for _, ref := range rd.seals(e).Under(e.Folder + "/older/") {
		if data, err := vaultfs.ReadFile(rd.view.Files.FS, ref.Path, format.KindOlderList.Limit()); err != nil || format.Sum(data) != ref.Sum {
			lost = append(lost, ref.Path)
		}
	}
	return lost
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
