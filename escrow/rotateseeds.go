package escrow

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"seedvault/escrow/internal/format"
)

// folderOfPath is the first part of a path: an epoch's folder.
func folderOfPath(p string) string {
	first, _, _ := strings.Cut(p, "/")
	return first
}

// olderWriter gathers what a new epoch says of older files.
type olderWriter struct {
	carried map[format.Ref]string
	dropped map[format.Ref]bool
}

func newOlderWriter() *olderWriter {
	return &olderWriter{map[format.Ref]string{}, map[format.Ref]bool{}}
}

func (w *olderWriter) carry(ref format.Ref, to string) { w.carried[ref] = to }
func (w *olderWriter) drop(ref format.Ref)             { w.dropped[ref] = true }

// lines gives what there is to say, sorted. Carried wins over dropped, so that
// a file is spoken of once. A list cannot hold a path with a space: no file of
// this format has one, and a seal that retires one may mean to spoil the list.
func (w *olderWriter) lines() []string {
	var lines []string
	for ref, to := range w.carried {
		lines = append(lines, fmt.Sprintf("carried %s %x %s\n", ref.Path, ref.Sum, to))
	}
	for ref := range w.dropped {
		if _, carried := w.carried[ref]; !carried {
			lines = append(lines, fmt.Sprintf("dropped %s %x\n", ref.Path, ref.Sum))
		}
	}
	lines = slices.DeleteFunc(lines, func(line string) bool {
		_, err := format.ParseOlderList([]byte(line))
		return err != nil
	})
	slices.Sort(lines)
	return lines
}

// files gives the lists' texts, none longer than a reader reads.
func (w *olderWriter) files() []string {
	var files []string
	var b strings.Builder
	for _, line := range w.lines() {
		if int64(b.Len()+len(line)) > format.KindOlderList.Limit() {
			files = append(files, b.String())
			b.Reset()
		}
		b.WriteString(line)
	}
	if b.Len() > 0 {
		files = append(files, b.String())
	}
	return files
}

func (r *rotator) putOlderLists() error {
	for _, text := range r.said.files() {
		if err := r.b.put("older/"+format.Hash(format.Sum([]byte(text)))+".txt", []byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// carrier encrypts seeds anew, each content once, and remembers of each only
// where it went: a plaintext is in memory while it is carried and no longer.
type carrier struct {
	r  *rotator
	mu sync.Mutex
	to map[[32]byte]string // a plaintext's SHA-256 to the new path
}

// carrySeeds carries every accepted seed and says what became of every other
// file that was read, retired, or spoken of by the lists of the epoch that is
// left.
func (r *rotator) carrySeeds(ctx context.Context) error {
	if err := r.b.mkdir(r.b.temp + "/seeds"); err != nil {
		return err
	}
	files := r.seedFiles()
	r.o.rule(files)
	c := &carrier{r: r, to: map[[32]byte]string{}}
	shown := func(s Status) bool { return s != Retired && s != Hidden }
	if err := c.takeAll(ctx, files, shown); err != nil {
		return err
	}
	if r.o.hasLate(files) {
		// Whether a late file holds what was removed shows only in the plaintexts.
		if err := c.takeAll(ctx, files, func(s Status) bool { return !shown(s) }); err != nil {
			return err
		}
		r.o.rule(files)
	}
	listed := r.o.carriedLines()
	r.said.sayFiles(files, c.to, listed)
	r.sayLists(listed)
	r.report(files, c.to)
	return nil
}

func (c *carrier) takeAll(ctx context.Context, files []opened, want func(Status) bool) error {
	failed := make([]error, len(files))
	tell := c.r.o.teller(len(files))
	inParallel(len(files), func(i int) {
		defer tell()
		if failed[i] = ctx.Err(); failed[i] == nil && want(files[i].status) {
			failed[i] = c.take(&files[i])
		}
	})
	return cmp.Or(failed...)
}

// seedFiles lists the seeds of the epochs that opened, and what is sealed in the
// one that is left and lies whole in a copy alone.
func (r *rotator) seedFiles() []opened {
	followed := map[string]bool{}
	for _, e := range r.followed() {
		followed[e.folder] = true
	}
	files := slices.DeleteFunc(r.o.seedFiles(false), func(f opened) bool { return !followed[f.folder] })
	for _, ref := range r.o.lost(files) {
		if fromCopies(r.plan.options.Copies, ref) == nil {
			r.done.Damaged = append(r.done.Damaged, ref.Path)
			continue
		}
		_, claims := format.Classify("seeds/" + path.Base(ref.Path))
		files = append(files, opened{found: found{path: ref.Path, kind: format.KindSeed, claims: claims, read: true, sum: ref.Sum}, folder: r.old.folder})
	}
	return files
}

// take learns a file's plaintext, and carries it if it is accepted.
func (c *carrier) take(f *opened) error {
	data := fromCopies([]FS{c.r.o.vault.fsys}, format.Ref{Path: f.path, Sum: f.sum})
	if data == nil {
		data = fromCopies(c.r.plan.options.Copies, f.ref())
	}
	plain, err := c.r.o.keys[f.folder].Decrypt(data)
	if err != nil {
		return nil // damaged or anybody's: it stays behind, and is named
	}
	f.what = format.Sum(plain)
	if f.status != Accepted || !c.first(f.what) {
		return nil
	}
	file, err := c.r.b.key.Encrypt(plain)
	if err != nil {
		return err
	}
	rel := "seeds/" + format.Hash(format.Sum(file)) + ".age"
	if err := c.r.b.put(rel, file); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.to[f.what] = c.r.b.folder + "/" + rel
	return nil
}

// first says that a content has not been met yet: equal seeds become one.
func (c *carrier) first(what [32]byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, met := c.to[what]; met {
		return false
	}
	c.to[what] = "" // being written
	return true
}

// sayFiles says what became of the files that are here. to maps what lives on to
// its new place, listed is what the lists of the epoch that is left carried.
func (w *olderWriter) sayFiles(files []opened, to map[[32]byte]string, listed map[format.Ref][]string) {
	for _, f := range files {
		at, lives := to[f.what]
		_, carried := listed[f.ref()]
		switch {
		case f.status == Retired, f.status == Hidden && !carried:
			w.drop(f.ref())
		case lives: // accepted, carried before, or a deposit of equal content
			w.carry(f.ref(), at)
		}
	}
}

// sayLists says what became of the files that the old epoch's seals retire and
// its lists name, here or not, so that none comes back.
func (r *rotator) sayLists(listed map[format.Ref][]string) {
	sealed := r.o.seals(r.old)
	for ref := range sealed.Retired() {
		r.said.drop(ref)
	}
	for ref := range r.o.droppedLines() {
		r.said.drop(ref)
	}
	for range 2 { // the first may find where a lost file went, the second follows
		places := r.said.places()
		for ref, paths := range listed {
			for _, p := range paths {
				r.sayCarried(ref, p, sealed, places)
			}
		}
	}
}

// place is where a path has gone: to another, or nowhere.
type place struct {
	to   string
	gone bool
}

func (w *olderWriter) places() map[string]place {
	places := map[string]place{}
	for ref := range w.dropped {
		places[ref.Path] = place{gone: true}
	}
	for ref, to := range w.carried {
		places[ref.Path] = place{to: to}
	}
	return places
}

// sayCarried follows one line of an older list into the new epoch. What took the
// file's place may be lost: then the file itself may have been carried instead,
// and what was lost has gone the same way.
func (r *rotator) sayCarried(ref format.Ref, p string, sealed *sealSet, places map[string]place) {
	next, known := places[p]
	own := r.said.carried[ref]
	switch {
	case known && next.gone:
		r.said.drop(ref)
	case known:
		r.said.carry(ref, next.to)
	case own != "":
		if sum, listed := sealed.Accepted(p); listed {
			r.said.carry(format.Ref{Path: p, Sum: sum}, own)
		}
	}
}

// report counts what was carried and names what was not.
func (r *rotator) report(files []opened, to map[[32]byte]string) {
	r.done.Carried = len(to)
	var damaged []string
	places := r.said.places()
	for _, p := range r.done.Damaged {
		if places[p].to == "" { // else an older copy of its content was carried
			damaged = append(damaged, p)
		}
	}
	for _, f := range files {
		_, lives := to[f.what]
		switch {
		case lives:
		case f.status == Accepted:
			damaged = append(damaged, f.path)
		case f.what != [32]byte{} && (f.status == NotAccepted || f.status == Late):
			r.done.Behind = append(r.done.Behind, Receipt{Path: f.path, Sum: f.sum})
		}
	}
	slices.Sort(damaged)
	r.done.Damaged = damaged
}
