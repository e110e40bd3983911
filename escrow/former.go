package escrow

import (
	"cmp"
	"context"
	"encoding/hex"
	"maps"
	"slices"

	"seedvault/escrow/internal/format"
)

// former is who could open the vault before a rotation and cannot since. The
// seeds of that time are known to them, which no rotation can undo.
type formerHolder struct {
	id     string
	name   string
	until  string   // RFC 3339
	epochs []string // the folders that they can open
	none   map[string]bool
}

func (f formerHolder) record() *format.Record {
	r := &format.Record{Line: rosterFormer}
	r.Add("id", f.id)
	r.Add("name", f.name)
	r.Add("until", f.until)
	for _, e := range f.epochs {
		r.Add("epoch", e)
	}
	for _, id := range slices.Sorted(maps.Keys(f.none)) {
		r.Add("none", id)
	}
	return r
}

// formers gives those who leave with this rotation, each name once.
func (r *rotator) formers() []formerHolder {
	at := map[string]int{}
	var list []formerHolder
	leaves := func(name, id, folder string) {
		i, seen := at[name]
		if !seen {
			i, at[name] = len(list), len(list)
			list = append(list, formerHolder{name: name, until: formatTime(r.now)})
		}
		list[i].id = cmp.Or(list[i].id, id)
		list[i].epochs = union(list[i].epochs, r.folders(folder))
	}
	for _, c := range r.plan.Holders {
		if c.Outcome != OutcomeStays {
			leaves(c.Name, c.ID, c.folder)
		}
		for _, name := range append(slices.Clone(c.Unseated), c.People...) {
			leaves(name, "", c.folder)
		}
	}
	for i := range list {
		list[i].id = cmp.Or(list[i].id, newID())
	}
	return list
}

// folders are those of the epochs that an epoch's holders can open: its own, and
// older ones.
func (r *rotator) folders(folder string) []string {
	line := r.lineOf(r.from.view.epochIn(folder))
	var list []string
	for _, e := range r.from.view.epochs {
		if e.folder == folder || e.desc != nil && line[e.fp] || line[r.from.proven[e.folder].fp] {
			list = append(list, e.folder)
		}
	}
	return list
}

// readFormers unites the sealed records of those who left.
func (rd *reader) readFormers() []formerHolder {
	records, _ := rd.records(rd.view.pinned(), rd.pinnedKey())
	at := map[string]int{}
	var list []formerHolder
	for _, r := range records {
		if r.Line != rosterFormer {
			continue
		}
		id := r.Get("id")
		i, seen := at[id]
		if !seen {
			i, at[id] = len(list), len(list)
			list = append(list, formerHolder{id: id, name: r.Get("name"), until: r.Get("until"), none: map[string]bool{}})
		}
		list[i].epochs = union(list[i].epochs, r.All("epoch"))
		for _, n := range r.All("none") {
			list[i].none[n] = true
		}
	}
	return list
}

// reEnrolID names a seed in a former holder's record.
func reEnrolID(s Seed) string {
	if id := s.ID(); id != "" {
		return id
	}
	plain, _ := s.plaintext()
	sum := format.Sum(plain)
	return hex.EncodeToString(sum[:])
}

// exposure answers who has known a seed.
type exposure struct {
	formers []formerHolder
	from    map[string]map[string]bool // a file, by HASH, to the folders of files that lead to it
}

func (rd *reader) exposure() exposure {
	x := exposure{formers: rd.readFormers()}
	if len(x.formers) == 0 {
		return x
	}
	x.from = rd.ways().Origins()
	return x
}

// exposedTo returns the former holders to whom an entry's seed is known: it was
// carried from an epoch that they can open, or an edit that kept its secret says
// so. Those of whom a person has said that nothing follows are not among them.
func (x exposure) exposedTo(e Entry) []formerHolder {
	var known []formerHolder
	for _, f := range x.formers {
		if f.none[reEnrolID(e.Seed)] {
			continue
		}
		exposed := slices.Contains(e.Seed.All("known"), f.name)
		for _, r := range e.Receipts {
			for _, folder := range f.epochs {
				exposed = exposed || x.from[r.Hash()][folder] || folderOfPath(r.Path) == folder
			}
		}
		if exposed {
			known = append(known, f)
		}
	}
	return known
}

// ReEnrol returns the accepted seeds that somebody has known who can no longer
// open the vault, with their names in KnownTo. Each stays in the list until an
// edit gives it a new secret at its service, or [Opened.NeedsNone] says that it
// needs none.
func (o *Opened) ReEnrol(ctx context.Context) ([]Entry, error) {
	if o.reader.view.pinned() == nil {
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
			e.KnownTo = append(e.KnownTo, f.name)
		}
		if len(e.KnownTo) > 0 {
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
	if err := o.reader.view.mayWrite(); err != nil {
		return err
	}
	x := o.reader.exposure()
	answered := map[string][]string{}
	for _, e := range entries {
		for _, f := range x.exposedTo(e) {
			answered[f.id] = append(answered[f.id], reEnrolID(e.Seed))
		}
	}
	for _, f := range x.formers {
		for ids := range slices.Chunk(answered[f.id], noneLimit) {
			f.none = map[string]bool{}
			for _, id := range ids {
				f.none[id] = true
			}
			if _, err := o.changes.stageRecord(f.record()); err != nil {
				return err
			}
		}
	}
	return nil
}

// stillKnown marks a seed that is written anew with the former holders who know
// its secret, and with none where its secret is another.
func (ch *changer) stillKnown(old Entry, s Seed) Seed {
	x := ch.reader.exposure()
	if len(x.formers) == 0 {
		return s
	}
	known := slices.DeleteFunc(s.All("known"), func(name string) bool {
		return slices.ContainsFunc(x.formers, func(f formerHolder) bool { return f.name == name })
	})
	if secretOf(old.Seed) == secretOf(s) {
		for _, f := range x.exposedTo(old) {
			known = append(known, f.name)
		}
	}
	if slices.Equal(known, s.All("known")) {
		return s
	}
	return s.With("known", known...)
}
