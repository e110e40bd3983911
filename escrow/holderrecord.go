package escrow

import (
	"slices"

	"seedvault/escrow/internal/format"
)

// Describe writes into a holder's record where its secret is kept, "" for unknown,
// and which people know it or can reach it, and stages it for the next
// [Opened.Seal]. The holder's key stays what it is, and so does what is printed of
// it. The error is [ErrNotHere] for a holder that the sealed roster does not have.
func (o *Opened) Describe(holderID, kept string, who []string) error {
	return o.changes.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("kept", []string{kept}).With("who", who)
	})
}

// renew puts a record of other content in the place of all that the roster has of
// a holder, and stages it.
func (ch *changer) renew(holderID string, change func(*format.Record) *format.Record) error {
	if err := ch.reader.view.mayWrite(); err != nil {
		return err
	}
	old := ch.recordsOf(holderID)
	if len(old) == 0 {
		return ErrNotHere
	}
	fresh, err := ch.stageRecord(withRoom(change(united(old))))
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
	records, _ := ch.reader.records(ch.reader.view.pinned(), ch.reader.pinnedKey())
	records = slices.DeleteFunc(records, func(r rosterRecord) bool {
		h, ok := holderOf(r.Record)
		return !ok || h.ID != holderID
	})
	slices.SortStableFunc(records, func(a, b rosterRecord) int {
		x, _ := holderOf(a.Record)
		y, _ := holderOf(b.Record)
		return y.lastProof().Compare(x.lastProof())
	})
	return records
}

// once are the keys of a holder's record of which it has one.
var once = []string{"id", "kind", "name", "recipient", "kept", "m"}

// united makes one of the records of one holder, as whoever reads them does: the
// first with the repeating lines of all, known to this program or not.
func united(records []rosterRecord) *format.Record {
	r := &format.Record{Line: records[0].Line, Fields: slices.Clone(records[0].Fields)}
	for _, other := range records[1:] {
		for _, f := range other.Fields {
			if !slices.Contains(once, f.Key) && !slices.Contains(r.Fields, f) {
				r.Fields = append(r.Fields, f)
			}
		}
	}
	return r
}

// stageRecord writes a record into the roster and stages it.
func (ch *changer) stageRecord(r *format.Record) (rosterRecord, error) {
	plain, err := r.Marshal()
	if err != nil {
		return rosterRecord{}, err
	}
	file, err := ch.reader.pinnedKey().Encrypt(plain)
	if err != nil {
		return rosterRecord{}, err
	}
	written, err := write(ch.reader.view.fsys, ch.reader.view.pinned().folder+"/roster", "", file)
	if err != nil {
		return rosterRecord{}, err
	}
	ch.pending.accept = append(ch.pending.accept, written)
	return rosterRecord{r, written}, nil
}
