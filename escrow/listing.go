package escrow

import (
	"context"
	"slices"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/internal/vaultfs"
)

// Items is [Opened.Seeds] for lists: it reads the files that the index does not know, and
// those that were written to since. What counts and what does not is judged as ever.
func (o *Opened) Items(ctx context.Context) ([]Item, []Finding, error) {
	rd := o.reader
	if rd.index == nil || rd.read != nil {
		return rd.itemsWhole(ctx)
	}
	l := &lister{rd: rd, x: rd.index}
	l.list()
	rd.noteWhole(l.files)
	rd.rule(l.files)
	if hasLate(l.files) { // what was removed has to be opened to judge those
		return rd.itemsWhole(ctx)
	}
	findings := append(rd.open(ctx, l.files, func(f *opened) bool { return f.status.Shown() && l.label(f) == nil }), rd.lostSeeds(l.files)...)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	l.keep()
	rd.list = l
	if len(l.known) == 0 { // all was read: nobody reads it again
		rd.read = &reading{slices.DeleteFunc(slices.Clone(l.files), func(f opened) bool { return f.what == [32]byte{} }), findings}
	}
	return l.items(), findings, nil
}

// readLike returns the files of the seeds that may have equal content with one of some
// entries, or are theirs: decrypted, so that they can be compared. Where an index tells the
// others apart, and older epochs have none, no others are read; else all are.
func (rd *reader) readLike(ctx context.Context, entries []Entry) ([]opened, error) {
	l := rd.list
	if l == nil || rd.read != nil || l.reaches(rd.view.Pinned()) {
		r, err := rd.readSeeds(ctx)
		if err != nil {
			return nil, err
		}
		return r.seeds, nil
	}
	like := map[index.Digest]bool{}
	for _, e := range entries {
		plain, err := e.Seed.plaintext()
		if err != nil {
			return nil, err
		}
		like[l.x.key.Digest("record", string(plain))] = true
	}
	var files []opened
	for _, f := range l.files {
		if e := l.known[f.Path]; e != nil && e.Opened && !like[e.Record] || !f.status.Shown() {
			continue
		}
		was := f.Sum
		if f.Data == nil && f.what == [32]byte{} {
			rd.view.Files.ReadOne(&f.File, true)
		}
		if f.Sum == was { // else it was changed unseen, and is damaged
			files = append(files, f)
		}
	}
	rd.open(ctx, files, func(f *opened) bool { return true })
	return slices.DeleteFunc(files, func(f opened) bool { return f.what == [32]byte{} }), ctx.Err()
}

// reaches reports whether files of other epochs than one are in the list.
func (l *lister) reaches(one *epochs.Epoch) bool {
	return one == nil || slices.ContainsFunc(l.files, func(f opened) bool { return f.folder != one.Folder })
}

func (rd *reader) itemsWhole(ctx context.Context) ([]Item, []Finding, error) {
	entries, findings, err := rd.entries(ctx)
	return itemsOf(entries), findings, err
}

// lister makes a list with the help of an index.
type lister struct {
	rd     *reader
	x      *atHand
	files  []opened // one for each content
	stamps map[string]index.Stamp
	known  map[string]*index.File // what the index knows of files that were not read, by path
}

// list finds the files, and reads those that the index does not know.
func (l *lister) list() {
	v := l.rd.view
	l.stamps, l.known = map[string]index.Stamp{}, map[string]*index.File{}
	for _, e := range v.Epochs {
		if l.rd.keys[e.Folder] == nil {
			continue
		}
		files := v.Files.List(e.Folder + "/seeds")
		stamps, regular := v.Files.Stamps(files)
		var unread []int
		for i, f := range files {
			l.stamps[f.Path] = stamps[i]
			if known := l.x.trusts(f.Path, stamps[i]); regular[i] && isIndexable(f) && known != nil {
				files[i].Read, files[i].Right, files[i].Sum = true, true, known.Sum
				l.known[f.Path] = known
			} else {
				unread = append(unread, i)
			}
		}
		parallel.Do(len(unread), func(i int) { v.Files.ReadOne(&files[unread[i]], true) })
		for _, f := range vaultfs.Distinct(files) {
			l.files = append(l.files, opened{File: f, folder: e.Folder})
		}
	}
}

// label is what the index knows of a file, nil if it was read or has to be.
func (l *lister) label(f *opened) *index.File {
	e := l.known[f.Path]
	if f.status.Shown() && e != nil && !e.Opened {
		l.rd.view.Files.ReadOne(&f.File, true)
		delete(l.known, f.Path)
		return nil
	}
	return e
}

// keep notes what the next index is to say.
func (l *lister) keep() {
	l.x.keepSeals(l.rd.view.Seals(l.rd.view.Pinned()))
	l.x.met, l.x.now.Files = true, make(map[string]*index.File, len(l.files))
	for i := range l.files {
		f := &l.files[i]
		e := l.known[f.Path]
		if e == nil {
			if !isIndexable(f.File) || f.IsDamaged() || f.status.Shown() && f.what == [32]byte{} {
				continue
			}
			e = l.x.entryOf(f, l.stamps[f.Path])
			l.x.stale = true
		}
		l.x.now.Files[f.Path] = e
	}
}

// items groups the files into seeds, marks and sorts them, as entries are.
func (l *lister) items() []Item {
	type key struct {
		record index.Digest
		status Status
	}
	at := map[key]int{}
	l.x.held = make(map[index.Digest]bool, 2*len(l.files))
	items, secrets := make([]Item, 0, len(l.files)), make([]index.Digest, 0, len(l.files))
	for i := range l.files {
		f := &l.files[i]
		if f.status == Retired || f.status == Hidden {
			continue
		}
		e := l.known[f.Path]
		if e == nil && f.what == [32]byte{} {
			continue
		}
		if e == nil {
			e = l.x.entryOf(f, index.Stamp{})
		}
		l.x.held[e.Mark], l.x.held[e.Secret] = true, true
		k := key{e.Record, f.status}
		r := Receipt{Path: f.Path, Sum: f.Sum}
		if i, seen := at[k]; seen {
			items[i].Receipts = append(items[i].Receipts, r)
			continue
		}
		at[k] = len(items)
		items = append(items, Item{Label: Label(e.Label), Status: f.status, Epoch: f.folder, Receipts: []Receipt{r}})
		secrets = append(secrets, e.Secret)
	}
	list := make([]marked, len(items))
	for i := range items {
		it := &items[i]
		list[i] = marked{it.Status, it.Label.ID, string(secrets[i][:]), it.Receipts[0], &it.Differs, &it.Claims}
	}
	markDiffering(list)
	markClaims(list)
	sortListed(items, func(i Item) [3]string { return sortKey(i.Status, i.Label, i.Receipts[0].Path) })
	return items
}

// Entry reads the seed of an item from its own file. The error is [ErrNotHere] where that
// is not what the item says.
func (o *Opened) Entry(i Item) (Entry, error) {
	r := i.Receipts[0]
	data, err := vaultfs.ReadFile(o.reader.view.Files.FS, r.Path, format.KindSeed.Limit())
	if err != nil || format.Sum(data) != r.Sum {
		return Entry{}, ErrNotHere
	}
	seed, err := o.Peek(r.Path, data)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Seed: seed, Status: i.Status, Epoch: i.Epoch, Receipts: i.Receipts, Differs: i.Differs, Claims: i.Claims, ExposedTo: i.ExposedTo}, nil
}
