package escrow

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/roster"
)

// formers gives those who leave with this rotation, each name once.
func (r *rotator) formers() []roster.Former {
	at := map[string]int{}
	var list []roster.Former
	leaves := func(name, id, folder string) {
		i, seen := at[name]
		if !seen {
			i, at[name] = len(list), len(list)
			list = append(list, roster.Former{Name: name, Until: format.Time(r.now)})
		}
		list[i].ID = cmp.Or(list[i].ID, id)
		list[i].AddEpochs(r.folders(folder))
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
		list[i].ID = cmp.Or(list[i].ID, format.NewID())
	}
	return list
}

// folders are those of the epochs that an epoch's holders can open: its own, and
// older ones.
func (r *rotator) folders(folder string) []string {
	line := r.lineOf(r.from.view.ByFolder(folder))
	var list []string
	for _, e := range r.from.view.Epochs {
		if e.Folder == folder || e.Desc != nil && line[e.Fingerprint] || line[r.from.proven[e.Folder].Fingerprint] {
			list = append(list, e.Folder)
		}
	}
	return list
}

// formers are those who left, as the sealed roster has them.
func (rd *reader) formers() []roster.Former {
	records, _ := rd.records(rd.view.Pinned(), rd.pinnedKey())
	return roster.ReadFormers(plainRecords(records))
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
	formers []roster.Former
	from    map[string]map[string]bool // a file, by HASH, to the folders of files that lead to it
}

func (rd *reader) exposure() exposure {
	x := exposure{formers: rd.formers()}
	if len(x.formers) == 0 {
		return x
	}
	x.from = rd.ways().Origins()
	return x
}

// exposedTo returns the former holders who have known an entry's seed: it was carried from
// an epoch that they can open, or an edit that kept its secret says so. Left out are those
// for which a person has said that the seed needs no new secret.
func (x exposure) exposedTo(e Entry) []roster.Former {
	var known []roster.Former
	for _, f := range x.formers {
		if f.None[reEnrolID(e.Seed)] {
			continue
		}
		exposed := slices.Contains(e.Seed.All("known"), f.Name)
		for _, r := range e.Receipts {
			for _, folder := range f.Epochs {
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
