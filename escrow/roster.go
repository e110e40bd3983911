package escrow

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/roster"
)

// Roster is who can open the vault, and where its copies lie, as its sealed records tell
// it. What is changed in it waits for the next [Opened.Seal].
type Roster struct {
	reader  *reader
	changes *changer
}

// Format keeps the keys out of every verb.
func (ro *Roster) Format(f fmt.State, _ rune) { io.WriteString(f, "Roster(elided)") }

// Roster returns the vault's roster.
func (o *Opened) Roster() *Roster { return &Roster{o.reader, o.changes} }

// Holders returns the holders as the sealed roster has them, with what could not
// be read. A record that no seal lists is shown by nobody and obeyed by nobody.
func (ro *Roster) Holders() ([]roster.Holder, []Finding) { return ro.reader.roster() }

// Copies returns the copies as the sealed roster has them, sorted by name. Of records
// of one id that of the greatest HASH counts.
func (ro *Roster) Copies() []roster.Copy {
	var copies []roster.Copy
	for _, r := range ro.reader.copyRecords() {
		c := roster.ReadCopy(r.Record)
		if !slices.ContainsFunc(copies, func(have roster.Copy) bool { return have.ID == c.ID }) {
			copies = append(copies, c)
		}
	}
	slices.SortFunc(copies, func(a, b roster.Copy) int { return strings.Compare(a.Name+" "+a.ID, b.Name+" "+b.ID) })
	return copies
}

// AddCopy writes a copy into the roster and stages it for the next [Opened.Seal].
// One whose id the roster has is left as it is; a name that another one has is
// refused with [ErrCopyName].
func (ro *Roster) AddCopy(c roster.Copy) error {
	if err := mayWrite(ro.reader.view); err != nil {
		return err
	}
	for _, have := range ro.Copies() {
		if have.ID == c.ID {
			return nil
		}
		if have.Name == c.Name {
			return ErrCopyName
		}
	}
	_, err := ro.changes.stageRecord(c.Record())
	return err
}

// EditCopy stages what a copy's record says from the next [Opened.Seal] on, in place
// of all that the roster has of its id.
func (ro *Roster) EditCopy(c roster.Copy) error {
	if err := ro.RemoveCopy(c.ID); err != nil {
		return err
	}
	_, err := ro.changes.stageRecord(c.Record())
	return err
}

// RemoveCopy stages the removal of a copy's records for the next [Opened.Seal].
// The files of the copy are not touched.
func (ro *Roster) RemoveCopy(id string) error {
	if err := mayWrite(ro.reader.view); err != nil {
		return err
	}
	for _, r := range ro.reader.copyRecords() {
		if r.Get("id") == id {
			ro.changes.pending.retire = append(ro.changes.pending.retire, r.ref)
		}
	}
	return nil
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

// Describe writes into a holder's record where its secret is kept, "" for unknown,
// and which people know it or can reach it, and stages it for the next
// [Opened.Seal]. The holder's key stays what it is, and so does what is printed of
// it. The error is [ErrNotHere] for a holder that the sealed roster does not have.
func (ro *Roster) Describe(holderID, kept string, who []string) error {
	return ro.changes.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("kept", []string{kept}).With("who", who)
	})
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

// LateHolders returns the holders that older epochs' rosters have and that the
// pinned one knows nothing of: they were added where a rotation had not
// arrived. They can open what lies there and nothing else.
func (ro *Roster) LateHolders() []roster.Holder {
	if ro.reader.view.Pinned() == nil {
		return nil
	}
	successions := ro.reader.successions()
	known := map[string]bool{}
	holders, _ := ro.Holders()
	for _, h := range holders {
		known[h.ID], known[h.Recipient] = true, true
	}
	for _, f := range ro.reader.formers() {
		known[f.ID] = true
	}
	var late []roster.Holder
	for _, e := range ro.reader.older() {
		records, _ := ro.reader.records(e, ro.reader.keys[e.Folder])
		for _, r := range records {
			if h, is := roster.ReadHolder(r.Record); is && !successions.Says(r.ref.Hash()) && !known[h.ID] && !known[h.Recipient] {
				late = append(late, h)
			}
		}
	}
	return roster.MergeHolders(late)
}

// UnlistedSlots returns the paths of the slots of the epoch written to that no sealed
// record of the roster names. Each may open the vault, and nothing says whose it is.
func (ro *Roster) UnlistedSlots() []string { return ro.reader.unlistedSlots() }
