package escrow

import (
	"slices"
	"time"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// placed is a file on its way into an epoch's folder.
type placed struct {
	rel  string
	data []byte
}

// files gives all that a holder is in an epoch: its slot, what its secret key
// comes out of, and the record, which names these and so comes last.
func (h NewHolder) files(key *vaultkey.Key, pin Pin) ([]placed, error) {
	slot, err := encryptSlot(h.to, key)
	if err != nil {
		return nil, err
	}
	holder, dir := h.holder, "holders/"+h.holder.Name+"/"
	holder.Files = nil
	var files []placed
	for _, f := range append([]ownFile{{"slot-", slot}}, h.own...) {
		hash := format.Hash(format.Sum(f.data))
		files = append(files, placed{dir + f.prefix + hash + ".age", f.data})
		holder.Files = append(holder.Files, hash)
	}
	if h.sheet != nil {
		holder.Sheets = append(slices.Clone(holder.Sheets), h.sheet(pin))
	}
	plain, err := roster.Shorten(holder.RecordOn(h.kept)).Marshal()
	if err != nil {
		return nil, err
	}
	record, err := key.Encrypt(plain)
	if err != nil {
		return nil, err
	}
	return append(files, placed{"roster/" + format.Hash(format.Sum(record)) + ".age", record}), nil
}

// encryptSlot encrypts the vault identity, as an identity file, to a holder.
func encryptSlot(to age.Recipient, k *vaultkey.Key) ([]byte, error) {
	return key.Encrypt(to, []byte(k.Secret()+"\n"))
}

// AddHolder writes holders' files into the pinned epoch and stages them for the
// next [Opened.Seal]: few small files each, and no seed is touched. A name may be
// another holder's; both are shown then, and their files tell them apart. The
// error is [ErrSameHolder] for a key that is a holder's already.
func (ro *Roster) AddHolder(holders ...NewHolder) error {
	if err := mayWrite(ro.reader.view); err != nil {
		return err
	}
	have, _ := ro.Holders()
	taken := map[string]bool{}
	for _, h := range have {
		taken[h.Recipient] = true
	}
	for _, h := range holders {
		if taken[h.holder.Recipient] {
			return ErrSameHolder
		}
		taken[h.holder.Recipient] = true
	}
	for _, h := range holders {
		if err := ro.changes.addHolder(h); err != nil {
			return err
		}
	}
	return nil
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

// Describe writes into a holder's record where its secret is kept, "" for unknown,
// and which people know it or can reach it, and stages it for the next
// [Opened.Seal]. The holder's key stays what it is, and so does what is printed of
// it. The error is [ErrNotHere] for a holder that the sealed roster does not have.
func (ro *Roster) Describe(holderID, kept string, who []string) error {
	return ro.changes.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("kept", []string{kept}).With("who", who)
	})
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
	fresh, err := ch.stageRecord(roster.Shorten(change(roster.Unite(plainRecords(old)))))
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

// stageRecord writes a record into the roster and stages it.
func (ch *changer) stageRecord(r *format.Record) (rosterRecord, error) {
	written, err := ch.stage("roster", r.Marshal)
	return rosterRecord{r, written}, err
}

// SheetPrinted writes into a holder's record that a sheet was printed, with the
// vault's copies as the roster has them, and stages it for the next [Opened.Seal].
// The error is [ErrNotHere] for a holder that the sealed roster does not have.
func (ro *Roster) SheetPrinted(holderID string, at time.Time) error {
	pin := ro.reader.pin()
	return ro.changes.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("sheet", append(r.All("sheet"), roster.NewSheet(at, pin.Fingerprint, pin.Recipient, ro.Copies()).String()))
	})
}
