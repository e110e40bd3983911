package escrow

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/internal/vaultfs"
)

// olderNotes gathers what a new epoch says of older files.
type olderNotes struct {
	lines []format.OlderLine
	to    map[string]string // HASH to where it lives on, "" for nowhere
}

// lives notes where a file's content lives on.
func (n *olderNotes) lives(folder, from, to string) {
	n.lines = append(n.lines, format.OlderLine{Folder: folder, From: from, To: to})
	if n.to[from] == "" {
		n.to[from] = to
	}
}

// gone notes that a file's content does not live on.
func (n *olderNotes) gone(folder, from string) { n.lives(folder, from, "") }

func (n *olderNotes) speaksOf(hash string) bool {
	_, said := n.to[hash]
	return said
}

func (r *rotator) putOlderLists() error {
	for _, text := range format.MarshalOlderLists(r.said.lines, format.KindOlderList.Limit()) {
		if err := r.b.Put("older/"+format.Hash(format.Sum([]byte(text)))+".txt", []byte(text)); err != nil {
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
	to map[[32]byte]string // a plaintext's SHA-256 to the HASH of its new file
}

// carrySeeds carries every accepted seed and says what became of every other
// file that was read, retired, or named in the lists of the epoch that is
// left.
func (r *rotator) carrySeeds(ctx context.Context) error {
	if err := r.b.MakeFolder("seeds"); err != nil {
		return err
	}
	files := r.seedFiles()
	v := r.from.rule(files)
	c := &carrier{r: r, to: map[[32]byte]string{}}
	if err := c.carryAll(ctx, files, func(f *opened) bool { return f.status.Shown() }); err != nil {
		return err
	}
	if hasLate(files) {
		// Whether a late file holds what was removed shows only in the plaintexts.
		if err := c.carryAll(ctx, files, func(f *opened) bool { return v.Removed[f.Ref()] }); err != nil {
			return err
		}
		r.from.rule(files)
	}
	r.sayFiles(files, c.to)
	r.sayLists()
	r.report(files, c.to)
	return nil
}

func (c *carrier) carryAll(ctx context.Context, files []opened, want func(*opened) bool) error {
	failed := make([]error, len(files))
	tell := c.r.from.progress(len(files))
	parallel.Do(len(files), func(i int) {
		defer tell()
		if failed[i] = ctx.Err(); failed[i] == nil && want(&files[i]) {
			failed[i] = c.carry(&files[i])
		}
	})
	return cmp.Or(failed...)
}

// seedFiles lists the seeds of the epochs that opened, and what is sealed in the
// one that is left and lies whole in a copy alone.
func (r *rotator) seedFiles() []opened {
	followed := map[string]bool{}
	for _, e := range r.followed() {
		followed[e.Folder] = true
	}
	files := slices.DeleteFunc(r.from.seedFiles(false), func(f opened) bool { return !followed[f.folder] })
	for _, ref := range r.from.lost(files, false) {
		if fromCopies(r.plan.options.Copies, ref) == nil {
			r.done.Damaged = append(r.done.Damaged, ref.Path)
			continue
		}
		_, hash := format.Classify("seeds/" + path.Base(ref.Path))
		files = append(files, opened{File: vaultfs.File{Path: ref.Path, Kind: format.KindSeed, NamedHash: hash, Read: true, Sum: ref.Sum}, folder: r.old.Folder})
	}
	return files
}

// carry learns a file's plaintext, and carries it if it is accepted.
func (c *carrier) carry(f *opened) error {
	data := fromCopies([]FS{c.r.from.view.Files.FS}, format.Ref{Path: f.Path, Sum: f.Sum})
	if data == nil {
		data = fromCopies(c.r.plan.options.Copies, f.Ref())
	}
	plain, err := c.r.from.keys[f.folder].Decrypt(data)
	if err != nil {
		return nil // damaged or anybody's: it stays behind, and is named
	}
	f.what = format.Sum(plain)
	if f.status != Accepted || !c.first(f.what) {
		return nil
	}
	file, err := c.r.b.Key.Encrypt(plain)
	if err != nil {
		return err
	}
	hash := format.Hash(format.Sum(file))
	if err := c.r.b.Put("seeds/"+hash+".age", file); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.to[f.what] = hash
	return nil
}

// first reports whether a content has not been met yet: equal seeds become one.
func (c *carrier) first(what [32]byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, met := c.to[what]; met {
		return false
	}
	c.to[what] = "" // being written
	return true
}

// sayFiles says what became of the files that are here, and of what an older one has
// stood in for that is lost. to maps what lives on to the HASH of its new file.
func (r *rotator) sayFiles(files []opened, to map[[32]byte]string) {
	successions := r.from.factsOf(files).Successions()
	for _, f := range files {
		hash := f.Ref().Hash()
		at, lives := to[f.what]
		switch {
		case f.status == Retired:
		case f.what != [32]byte{} && lives: // accepted, or of equal content
			r.said.lives(f.folder, hash, at)
			if f.status == Accepted && f.folder != r.old.Folder {
				for _, lost := range successions.Coming(hash) {
					r.said.lives(r.old.Folder, lost.Hash(), at)
				}
			}
		case f.status == Hidden && !successions.Says(hash):
			r.said.gone(f.folder, hash)
		}
	}
}

// sayLists repeats what the lists say of the epoch that is left and of those that are
// joined, and says of what the old seals retire, here or not, that it is gone. That
// another epoch removed what is accepted here is not obeyed, and so not repeated where
// the seed is damaged here and carried nowhere: healed, it would be hidden.
func (r *rotator) sayLists() {
	ours := r.from.successions() // without a look at what is here: all that is accepted is still to come
	for _, e := range append([]*epochs.Epoch{r.old}, r.plan.joined...) {
		for _, l := range r.from.successionsOf(e).Lines() {
			if e == r.old || l.To != "" || !r.leavesBehind(ours.Coming(l.From)) {
				r.said.lives(l.Folder, l.From, l.To)
			}
		}
	}
	for ref := range r.from.seals(r.old).Retired() {
		_, rel, _ := strings.Cut(ref.Path, "/")
		if kind, _ := format.Classify(rel); kind == format.KindSeed || kind == format.KindRecord {
			r.said.gone(r.old.Folder, ref.Hash())
		}
	}
}

// leavesBehind reports whether one of some accepted files is not carried.
func (r *rotator) leavesBehind(refs []format.Ref) bool {
	return slices.ContainsFunc(refs, func(ref format.Ref) bool { return r.said.to[ref.Hash()] == "" })
}

// report counts what was carried and names what was not.
func (r *rotator) report(files []opened, to map[[32]byte]string) {
	r.done.Carried = len(to)
	var damaged []string
	for _, p := range r.done.Damaged {
		if r.said.to[hashOfPath(p)] == "" { // else an older copy of its content was carried
			damaged = append(damaged, p)
		}
	}
	for _, f := range files {
		_, lives := to[f.what]
		switch {
		case lives:
		case f.status == Accepted:
			damaged = append(damaged, f.Path)
		case f.what != [32]byte{} && (f.status == NotAccepted || f.status == Late):
			r.done.LeftUnaccepted = append(r.done.LeftUnaccepted, Receipt{Path: f.Path, Sum: f.Sum})
		}
	}
	slices.Sort(damaged)
	r.done.Damaged = damaged
}
