package escrow

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
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
	if !ch.isOlder(r) {
		return ErrNotHere
	}
	to, err := ch.twin(format.Sum(plain))
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

// isOlder reports whether a file lies in an epoch that opened and that the pinned one follows.
func (ch *changer) isOlder(r Receipt) bool {
	return slices.ContainsFunc(ch.reader.older(), func(e *epochs.Epoch) bool { return strings.HasPrefix(r.Path, e.Folder+"/") })
}

// twin finds an accepted file of the pinned epoch with the same plaintext, by HASH.
func (ch *changer) twin(what [32]byte) (string, error) {
	r, err := ch.reader.readSeeds(context.Background())
	if err != nil {
		return "", err
	}
	for _, f := range r.seeds {
		if f.what == what && f.status == Accepted && f.folder == ch.reader.view.Pinned().Folder {
			return f.Ref().Hash(), nil
		}
	}
	return "", nil
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
	successions := ch.reader.factsOf(files).Successions()
	for _, f := range files {
		if f.what == what && f.folder != ch.reader.view.Pinned().Folder {
			ch.pending.retire = append(ch.pending.retire, successions.Coming(f.Ref().Hash())...)
		}
	}
}

// stillKnown marks a seed that is written anew with the former holders who know
// its secret, and with none where its secret is another.
func (ch *changer) stillKnown(old Entry, s Seed) Seed {
	x := ch.reader.exposure()
	if len(x.formers) == 0 {
		return s
	}
	known := slices.DeleteFunc(s.All("known"), func(name string) bool {
		return slices.ContainsFunc(x.formers, func(f roster.Former) bool { return f.Name == name })
	})
	if secretOf(old.Seed) == secretOf(s) {
		for _, f := range x.exposedTo(old) {
			known = append(known, f.Name)
		}
	}
	if slices.Equal(known, s.All("known")) {
		return s
	}
	return s.With("known", known...)
}

// stageRecord writes a record into the roster and stages it.
func (ch *changer) stageRecord(r *format.Record) (rosterRecord, error) {
	written, err := ch.stage("roster", r.Marshal)
	return rosterRecord{r, written}, err
}

// addHolder stages a holder once all of it has been written, so that a seal
// never lists half of one.
func (ch *changer) addHolder(h NewHolder) error {
	if err := CheckName(h.holder.Name); err != nil {
		return err
	}
	files, err := h.files(ch.reader.pinnedKey(), ch.reader.pin())
	if err != nil {
		return err
	}
	var written []format.Ref
	for _, f := range files {
		ref := format.Ref{Path: ch.reader.view.Pinned().Folder + "/" + f.rel, Sum: format.Sum(f.data)}
		if err := writeAt(ch.reader.view.Files.FS, ref.Path, f.data); err != nil {
			return err
		}
		written = append(written, ref)
	}
	ch.pending.accept = append(ch.pending.accept, written...)
	return nil
}

// renew puts a record of other content in the place of all that the roster has of
// a holder, and stages it.
func (ch *changer) renew(holderID string, change func(*format.Record) *format.Record) error {
	if err := mayWrite(ch.reader.view); err != nil {
		return err
	}
	old := ch.recordsOf(holderID)
	if len(old) == 0 {
		return ErrNotHere
	}
	fresh, err := ch.stageRecord(roster.DropOldProofs(change(roster.MergeRecords(plainRecords(old)))))
	if err != nil {
		return err
	}
	for _, r := range old {
		ch.pending.retire = append(ch.pending.retire, r.ref)
	}
	if ch.pending.renewed == nil {
		ch.pending.renewed = map[string]rosterRecord{}
	}
	ch.pending.renewed[holderID] = fresh
	return nil
}

// recordsOf are a holder's records, that with the latest proof first; the one that
// is staged, if one is.
func (ch *changer) recordsOf(holderID string) []rosterRecord {
	if r, ok := ch.pending.renewed[holderID]; ok {
		return []rosterRecord{r}
	}
	records, _ := ch.reader.records(ch.reader.view.Pinned(), ch.reader.pinnedKey())
	records = slices.DeleteFunc(records, func(r rosterRecord) bool {
		h, ok := roster.ReadHolder(r.Record)
		return !ok || h.ID != holderID
	})
	slices.SortStableFunc(records, func(a, b rosterRecord) int {
		x, _ := roster.ReadHolder(a.Record)
		y, _ := roster.ReadHolder(b.Record)
		return y.LatestProof().Compare(x.LatestProof())
	})
	return records
}

// provenHolders are the holders of the roster with what is staged of proofs.
func (ch *changer) provenHolders() []roster.Holder {
	holders, _ := ch.reader.roster()
	for i, h := range holders {
		holders[i].Proven = roster.LatestProofs(h.Proven, ch.pending.proven[h.ID])
	}
	return holders
}

// nextSeal is a seal of what is staged, and of what it takes over.
func (ch *changer) nextSeal(e *epochs.Epoch, now time.Time) *format.Seal {
	s := format.NewSeal()
	s.Epoch, s.Time, s.By = e.Number, format.Time(now), ch.reader.holder()
	for _, ref := range ch.pending.accept {
		s.Accept(ref)
	}
	for _, ref := range ch.pending.retire {
		s.Retire(ref)
	}
	for _, r := range ch.pending.lost {
		s.GiveUp(r.Number, r.Hash)
	}
	seals := ch.reader.seals(e)
	seals.Next(s, seals.Without, testOnlySealLimit)
	s.Due = roster.FirstDue(ch.provenHolders())
	return s
}

// writeOlderList writes the list of what happened to older epochs' files, if
// anything did, and stages it.
func (ch *changer) writeOlderList(e *epochs.Epoch) error {
	for _, text := range format.MarshalOlderLists(ch.pending.older, format.KindOlderList.Limit()) {
		sum := format.Sum([]byte(text))
		name := e.Folder + "/older/" + format.Hash(sum) + ".txt"
		if err := writeAt(ch.reader.view.Files.FS, name, []byte(text)); err != nil {
			return err
		}
		ch.pending.accept = append(ch.pending.accept, format.Ref{Path: name, Sum: sum})
	}
	ch.pending.older = nil
	return nil
}
