package escrow

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
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

// roster is [Roster.Holders].
func (rd *reader) roster() ([]roster.Holder, []Finding) {
	var holders []roster.Holder
	var findings []Finding
	for _, e := range rd.view.Writable() {
		key := rd.keys[e.Folder]
		if key == nil {
			continue
		}
		h, f := rd.rosterOf(e, key)
		holders, findings = append(holders, h...), append(findings, f...)
		if rd.view.Pin == nil {
			break // the newest that opens speaks for itself
		}
	}
	return roster.Merge(holders), findings
}

func (rd *reader) rosterOf(e *epochs.Epoch, key *vaultkey.Key) (holders []roster.Holder, findings []Finding) {
	records, findings := rd.records(e, key)
	for _, r := range records {
		if h, ok := roster.ReadHolder(r.Record); ok {
			holders = append(holders, h)
		}
	}
	return holders, findings
}

// rosterRecord is one sealed record of the roster, as it was read.
type rosterRecord struct {
	*format.Record
	ref format.Ref
}

// plainRecords are records without where they lie.
func plainRecords(records []rosterRecord) []*format.Record {
	plain := make([]*format.Record, len(records))
	for i, r := range records {
		plain[i] = r.Record
	}
	return plain
}

// records reads an epoch's roster as far as its own seals list it, the greatest HASH
// first: of records of one id that are equal otherwise the first counts (F24).
func (rd *reader) records(e *epochs.Epoch, key *vaultkey.Key) (records []rosterRecord, findings []Finding) {
	sealed := rd.seals(e)
	for _, f := range vaultfs.Distinct(rd.view.Files.ReadFiles(e.Folder+"/roster", true)) {
		if sealed.Status(f.Ref()) != Accepted {
			continue
		}
		r, err := openRecord(f.Data, key)
		if err != nil {
			findings = append(findings, Finding{Code: CodeUnreadable, Path: f.Path, Red: true})
			continue
		}
		records = append(records, rosterRecord{r, f.Ref()})
	}
	slices.SortFunc(records, func(a, b rosterRecord) int { return strings.Compare(b.ref.Hash(), a.ref.Hash()) })
	return records, findings
}

func openRecord(file []byte, key *vaultkey.Key) (*format.Record, error) {
	plain, err := key.Decrypt(file)
	if err != nil {
		return nil, err
	}
	return format.ParseRecord(plain)
}

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

func (rd *reader) copyRecords() []rosterRecord {
	e := rd.view.Writable()[0]
	key := rd.keys[e.Folder]
	if key == nil {
		return nil
	}
	records, _ := rd.records(e, key)
	return slices.DeleteFunc(records, func(r rosterRecord) bool { return r.Line != roster.LineCopy })
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
