package escrow

import (
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
)

// Copy is another place where the vault's files lie, as the roster has it: what
// every holder may know of it. Where exactly it is to be found, each machine knows
// for itself.
type Copy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
	Kept string `json:"kept"` // home, office, this-pc, ...
	// At is its address, without credentials, as whoever made it reached it. It is only
	// ever shown: a machine dials what a person there has typed.
	At string `json:"at,omitempty"`
}

// NewCopy describes a copy that the roster does not have yet. The name has the
// form of a holder's, else the error is [ErrName].
func NewCopy(name, kind, kept string) (Copy, error) {
	if err := CheckName(name); err != nil {
		return Copy{}, err
	}
	return Copy{ID: newID(), Name: name, Kind: kind, Kept: kept}, nil
}

func (c Copy) record() *format.Record {
	r := &format.Record{Line: rosterCopy}
	r.Add("id", c.ID)
	r.Add("name", c.Name)
	r.Add("kind", c.Kind)
	r.Add("kept", c.Kept)
	if c.At != "" {
		r.Add("at", c.At)
	}
	return r
}

// Copies returns the copies as the sealed roster has them, sorted by name. Records
// of one id are one copy.
func (ro *Roster) Copies() []Copy {
	var copies []Copy
	for _, r := range ro.reader.copyRecords() {
		c := Copy{ID: r.Get("id"), Name: r.Get("name"), Kind: r.Get("kind"), Kept: r.Get("kept"), At: r.Get("at")}
		if !slices.ContainsFunc(copies, func(have Copy) bool { return have.ID == c.ID }) {
			copies = append(copies, c)
		}
	}
	slices.SortFunc(copies, func(a, b Copy) int { return strings.Compare(a.Name+" "+a.ID, b.Name+" "+b.ID) })
	return copies
}

func (rd *reader) copyRecords() []rosterRecord {
	e := rd.view.writable()[0]
	key := rd.keys[e.folder]
	if key == nil {
		return nil
	}
	records, _ := rd.records(e, key)
	return slices.DeleteFunc(records, func(r rosterRecord) bool { return r.Line != rosterCopy })
}

// AddCopy writes a copy into the roster and stages it for the next [Opened.Seal].
// One whose id the roster has is left as it is; a name that another one has is
// refused with [ErrCopyName].
func (ro *Roster) AddCopy(c Copy) error {
	if err := ro.reader.view.mayWrite(); err != nil {
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
	_, err := ro.changes.stageRecord(c.record())
	return err
}

// EditCopy stages what a copy's record says from the next [Opened.Seal] on, in place
// of all that the roster has of its id.
func (ro *Roster) EditCopy(c Copy) error {
	if err := ro.RemoveCopy(c.ID); err != nil {
		return err
	}
	_, err := ro.changes.stageRecord(c.record())
	return err
}

// RemoveCopy stages the removal of a copy's records for the next [Opened.Seal].
// The files of the copy are not touched.
func (ro *Roster) RemoveCopy(id string) error {
	if err := ro.reader.view.mayWrite(); err != nil {
		return err
	}
	for _, r := range ro.reader.copyRecords() {
		if r.Get("id") == id {
			ro.changes.pending.retire = append(ro.changes.pending.retire, r.ref)
		}
	}
	return nil
}
