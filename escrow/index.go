package escrow

import (
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
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

// lent is where the index lies that this machine keeps, until a key opens it.
type lent func() (file []byte, written time.Time)

// LendIndex makes the next [Vault.Unlock] use this machine's index, so that the seals it
// covers need not be read. load reads the index's file, and is called once the key is
// known. See [Opened.UseIndex].
func (v *Vault) LendIndex(load func() (file []byte, written time.Time)) { v.lent = load }

// UseIndex makes [Opened.Items] use the index that this machine keeps of the vault: what it
// covers is not read again. written is when its file was written. A nil file, or one that
// does not open or is of another vault or version, is treated as an empty index. UseIndex
// does nothing if nobody has compared the vault on this machine.
func (o *Opened) UseIndex(file []byte, written time.Time) {
	rd := o.reader
	if !o.Compared() || rd.view.Pinned() == nil || rd.pinnedKey() == nil {
		return
	}
	rd.useIndex(openIndex(rd.pinnedKey(), rd.view.Pin.Fingerprint, file, written))
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

// Index returns the index to store in place of the one that [Opened.UseIndex] was given,
// nil if that one is still up to date.
func (o *Opened) Index() []byte {
	x := o.reader.index
	if x == nil || !x.met || !x.stale && len(x.now.Files) == len(x.known.Files) && len(x.now.Seals) == len(x.known.Seals) {
		return nil
	}
	file, err := x.key.Seal(x.now.Marshal())
	if err != nil { // too long: without seals it may not be
		file, err = x.key.Seal(index.Contents{Files: x.now.Files}.Marshal())
	}
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
func isIndexable(f vaultfs.File) bool { return f.Kind == format.KindSeed && f.Claims != "" }

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
