package escrow

import (
	"context"
	"slices"
	"time"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
)

// atHand is the index of this machine, opened, and what is to be kept of it.
type atHand struct {
	key     *index.Key
	written time.Time             // when its file was
	known   index.Contents        // what it says
	now     index.Contents        // what was met in this run
	met     bool                  // that was listed
	stale   bool                  // what was met is not what it says
	held    map[index.Digest]bool // marks and secrets of what was listed, nil before
}

// openIndex opens an index with the key of the pinned epoch. One that does not
// open is as good as an empty one.
func openIndex(k *vaultkey.Key, fp Fingerprint, file []byte, written time.Time) *atHand {
	key, err := index.NewKey(k.Secret(), fp.Hex())
	if err != nil {
		return nil
	}
	x := &atHand{key: key, written: written, stale: true}
	if plain, err := key.Open(file); err == nil {
		if known, err := index.Parse(plain); err == nil {
			x.known, x.stale = known, false
		}
	}
	return x
}

// trusts returns what is known of the file at a path, nil if it has to be read.
func (x *atHand) trusts(path string, at index.Stamp) *index.File {
	f := x.known.Files[path]
	if f == nil || !f.Stamp.Holds(at, x.written) {
		return nil
	}
	return f
}

// entryOf is what an index keeps of a file that was read.
func (x *atHand) entryOf(f *opened, at index.Stamp) *index.File {
	e := &index.File{Sum: f.Sum, Stamp: at}
	if f.what != [32]byte{} {
		e.Opened, e.Label = true, index.Label(f.seed.Label())
		plain, _ := f.seed.plaintext() // as it was read
		e.Record = x.key.Digest("record", string(plain))
		e.Mark, e.Secret = x.marksOf(f.seed)
	}
	return e
}

// marksOf are the digests by which a seed is known again, and its secret alone.
func (x *atHand) marksOf(s Seed) (mark, secret index.Digest) {
	fields := []string{"line", s.Line()}
	if k, err := s.Key(); err == nil {
		fields = append([]string{"seed"}, k.SeedFields()...)
	}
	return x.key.Digest(fields...), x.key.Digest("secret", secretOf(s))
}

// isIndexable reports whether a file has the name of what it holds, so that an index may
// speak of it.
func isIndexable(f vaultfs.File) bool { return f.Kind == format.KindSeed && f.NamedHash != "" }

// seal returns what the index says of a seal whose text and signature lie here as they lay
// then, nil if it has to be read.
func (x *atHand) seal(path string, text, sig index.Stamp) *format.Seal {
	s := x.known.Seals[path]
	if s == nil || !s.Text.Holds(text, x.written) || !s.Sig.Holds(sig, x.written) {
		return nil
	}
	return s.Says
}

// useIndex has what an index knows, of seals too, taken from it, nil for none.
func (rd *reader) useIndex(x *atHand) {
	rd.index, rd.view.Source.Known = x, nil
	if x != nil {
		rd.view.Source.Known = x.seal
	}
}

// keepSeals notes what the next index is to say of the live seals that lie here whole.
func (x *atHand) keepSeals(set *sealset.Set) {
	x.now.Seals = set.Stamped()
	for path, s := range x.now.Seals {
		x.stale = x.stale || x.seal(path, s.Text, s.Sig) == nil
	}
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
		list[i] = marked{it.Status, it.Label.ID, string(secrets[i][:]), it.Receipts[0], &it.Differs, &it.Resemblances}
	}
	markDiffering(list)
	markResemblances(list)
	sortListed(items, func(i Item) [3]string { return sortKey(i.Status, i.Label, i.Receipts[0].Path) })
	return items
}

// reaches reports whether files of other epochs than one are in the list.
func (l *lister) reaches(one *epochs.Epoch) bool {
	return one == nil || slices.ContainsFunc(l.files, func(f opened) bool { return f.folder != one.Folder })
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

func (rd *reader) itemsWhole(ctx context.Context) ([]Item, []Finding, error) {
	entries, findings, err := rd.entries(ctx)
	return itemsOf(entries), findings, err
}
