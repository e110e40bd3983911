package escrow

import (
	"context"
	"time"

	"seedvault/escrow/internal/format"
)

// UseIndex hands over the index that this machine keeps of the vault, nil for none, and
// when its file was written, so that [Opened.Items] need not read what it knows. Where it
// does not open, or is of another vault or version, all is read as without one. Of a vault
// that nobody has compared here there is none.
func (o *Opened) UseIndex(file []byte, written time.Time) {
	rd := o.reader
	if !o.Compared() || rd.view.pinned() == nil || rd.pinnedKey() == nil {
		return
	}
	key := rd.pinnedKey()
	digests, err := newDigester(key)
	if err != nil {
		return
	}
	x := &index{digests: digests, written: written, stale: true}
	if plain, err := openIndex(key, rd.view.pin.Fingerprint, file); err == nil {
		if known, err := parseIndexed(plain); err == nil {
			x.known, x.stale = known, false
		}
	}
	rd.index = x
}

// Index returns the index that is to be kept instead of the one that was handed over, nil
// where that one still says all.
func (o *Opened) Index() []byte {
	x := o.reader.index
	if x == nil || x.now == nil || !x.stale && len(x.now) == len(x.known) {
		return nil
	}
	file, err := sealIndex(o.reader.pinnedKey(), o.reader.view.pin.Fingerprint, x.marshal())
	if err != nil {
		return nil // longer than any is kept
	}
	x.known, x.stale = x.now, false
	return file
}

// HasIndex reports whether an index was handed over.
func (o *Opened) HasIndex() bool { return o.reader.index != nil }

// MayHold reports whether one of these seeds, or a secret of theirs, may be among what
// [Opened.Items] has listed: whoever would say so reads that seed first. Without an index
// that is not known.
func (o *Opened) MayHold(seeds ...Seed) bool {
	x := o.reader.index
	if x == nil || x.held == nil {
		return true
	}
	for _, s := range seeds {
		if mark, secret := x.marksOf(s); x.held[mark] || x.held[secret] {
			return true
		}
	}
	return false
}

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
	return l.items(), findings, nil
}

func (rd *reader) itemsWhole(ctx context.Context) ([]Item, []Finding, error) {
	entries, findings, err := rd.entries(ctx)
	return itemsOf(entries), findings, err
}

// lister makes a list with the help of an index.
type lister struct {
	rd     *reader
	x      *index
	files  []opened // one for each content
	stamps map[string]stamp
	known  map[string]*indexed // what the index knows of files that were not read, by path
}

// list finds the files, and reads those that the index does not know.
func (l *lister) list() {
	v := l.rd.view
	l.stamps, l.known = map[string]stamp{}, map[string]*indexed{}
	for _, e := range v.epochs {
		if l.rd.keys[e.folder] == nil {
			continue
		}
		files := v.listFiles(e.folder + "/seeds")
		stamps, regular := v.stampsOf(files)
		var unread []int
		for i, f := range files {
			l.stamps[f.path] = stamps[i]
			if known := l.x.trusts(f.path, stamps[i]); regular[i] && isIndexable(f) && known != nil {
				files[i].read, files[i].sum = true, known.sum
				l.known[f.path] = known
			} else {
				unread = append(unread, i)
			}
		}
		inParallel(len(unread), func(i int) { v.readOne(&files[unread[i]], true) })
		for _, f := range distinct(files) {
			l.files = append(l.files, opened{found: f, folder: e.folder})
		}
	}
}

// label is what the index knows of a file, nil if it was read or has to be.
func (l *lister) label(f *opened) *indexed {
	e := l.known[f.path]
	if f.status.Shown() && e != nil && !e.opened {
		l.rd.view.readOne(&f.found, true)
		delete(l.known, f.path)
		return nil
	}
	return e
}

// keep notes what the next index is to say.
func (l *lister) keep() {
	l.x.now = make(map[string]*indexed, len(l.files))
	for i := range l.files {
		f := &l.files[i]
		e := l.known[f.path]
		if e == nil {
			if !isIndexable(f.found) || f.damaged() || f.status.Shown() && f.what == [32]byte{} {
				continue
			}
			e = l.x.entryOf(f, l.stamps[f.path])
			l.x.stale = true
		}
		l.x.now[f.path] = e
	}
}

// items groups the files into seeds, marks and sorts them, as entries are.
func (l *lister) items() []Item {
	type key struct {
		record digest
		status Status
	}
	at := map[key]int{}
	l.x.held = make(map[digest]bool, 2*len(l.files))
	items, secrets := make([]Item, 0, len(l.files)), make([]digest, 0, len(l.files))
	for i := range l.files {
		f := &l.files[i]
		if f.status == Retired || f.status == Hidden {
			continue
		}
		e := l.known[f.path]
		if e == nil && f.what == [32]byte{} {
			continue
		}
		if e == nil {
			e = l.x.entryOf(f, stamp{})
		}
		l.x.held[e.mark], l.x.held[e.secret] = true, true
		k := key{e.record, f.status}
		r := Receipt{Path: f.path, Sum: f.sum}
		if i, seen := at[k]; seen {
			items[i].Receipts = append(items[i].Receipts, r)
			continue
		}
		at[k] = len(items)
		items = append(items, Item{Label: e.label, Status: f.status, Epoch: f.folder, Receipts: []Receipt{r}})
		secrets = append(secrets, e.secret)
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
	data, err := readFile(o.reader.view.fsys, r.Path, format.KindSeed.Limit())
	if err != nil || format.Sum(data) != r.Sum {
		return Entry{}, ErrNotHere
	}
	seed, err := o.Peek(r.Path, data)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Seed: seed, Status: i.Status, Epoch: i.Epoch, Receipts: i.Receipts, Differs: i.Differs, Claims: i.Claims, KnownTo: i.KnownTo}, nil
}
