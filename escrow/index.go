package escrow

import (
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
)

// atHand is the index of this machine, opened, and what is to be kept of it.
type atHand struct {
	key     *index.Key
	written time.Time             // when its file was
	known   index.Contents        // what it says
	now     index.Contents        // what was met in this run, nil before anything was listed
	stale   bool                  // what was met is not what it says
	held    map[index.Digest]bool // marks and secrets of what was listed, nil before
}

// UseIndex hands over the index that this machine keeps of the vault, nil for none, and
// when its file was written, so that [Opened.Items] need not read what it knows. Where it
// does not open, or is of another vault or version, all is read as without one. Of a vault
// that nobody has compared here there is none.
func (o *Opened) UseIndex(file []byte, written time.Time) {
	rd := o.reader
	if !o.Compared() || rd.view.pinned() == nil || rd.pinnedKey() == nil {
		return
	}
	key, err := index.NewKey(rd.pinnedKey().Secret(), rd.view.pin.Fingerprint.Hex())
	if err != nil {
		return
	}
	x := &atHand{key: key, written: written, stale: true}
	if plain, err := key.Open(file); err == nil {
		if known, err := index.Parse(plain); err == nil {
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
	file, err := x.key.Seal(x.now.Marshal())
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

// trusts returns what is known of the file at a path, nil if it has to be read.
func (x *atHand) trusts(path string, at index.Stamp) *index.File {
	f := x.known[path]
	if f == nil || !f.Stamp.Holds(at, x.written) {
		return nil
	}
	return f
}

// entryOf is what an index keeps of a file that was read.
func (x *atHand) entryOf(f *opened, at index.Stamp) *index.File {
	e := &index.File{Sum: f.sum, Stamp: at}
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
func isIndexable(f found) bool { return f.kind == format.KindSeed && f.claims != "" }
