package roster

import (
	"maps"
	"slices"

	"seedvault/escrow/internal/format"
)

// Former is somebody who could open the vault before a rotation and cannot since.
// The seeds of that time are known to them, which no rotation can undo.
type Former struct {
	ID     string
	Name   string
	Until  string          // RFC 3339
	Epochs []string        // the folders that they can open
	None   map[string]bool // seeds, by F63's id, that need no new secret, as a person has said
}

// Record gives the record of a former holder.
func (f Former) Record() *format.Record {
	r := &format.Record{Line: LineFormer}
	r.Add("id", f.ID)
	r.Add("name", f.Name)
	r.Add("until", f.Until)
	for _, e := range f.Epochs {
		r.Add("epoch", e)
	}
	for _, id := range slices.Sorted(maps.Keys(f.None)) {
		r.Add("none", id)
	}
	return r
}

// AddEpochs adds the folders of epochs that they can open.
func (f *Former) AddEpochs(folders []string) { f.Epochs = union(f.Epochs, folders) }

// ReadFormers reads the records about those who left, those of one id as one: lists
// united, the rest from the first. Records about something else are passed over.
func ReadFormers(records []*format.Record) []Former {
	at := map[string]int{}
	var list []Former
	for _, r := range records {
		if r.Line != LineFormer {
			continue
		}
		id := r.Get("id")
		i, seen := at[id]
		if !seen {
			i, at[id] = len(list), len(list)
			list = append(list, Former{ID: id, Name: r.Get("name"), Until: r.Get("until"), None: map[string]bool{}})
		}
		list[i].AddEpochs(r.All("epoch"))
		for _, n := range r.All("none") {
			list[i].None[n] = true
		}
	}
	return list
}
