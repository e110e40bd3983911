package escrow

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/otpauth"
)

// indexLayout begins what an index says, so that a program which lays it out otherwise
// takes it for none.
const indexLayout = 2

// stamp tells a file that was written to from one that was not.
type stamp struct{ size, changed int64 }

// settled is how much older than the index a file has to be to be known by its stamp:
// file systems count time in steps of up to two seconds.
const settled = 2 * time.Second

// indexed is what an index says of the file of one seed. Its folder and HASH are the key.
type indexed struct {
	sum    [32]byte
	stamp  stamp
	opened bool   // it was decrypted; else only its hash is known
	label  Label  // what follows is of one that was opened
	record digest // of the whole plaintext
	mark   digest // equal for two that are one enrolment
	secret digest
}

// index is an index that is at hand, and what is to be kept of it.
type index struct {
	digests digester
	written time.Time           // when its file was
	known   map[string]*indexed // by path
	now     map[string]*indexed // likewise, what was met in this run
	stale   bool                // what was met is not what it says
	held    map[digest]bool     // marks and secrets of what was listed, nil before
}

// trusts returns what is known of the file at a path, nil if it has to be read.
func (x *index) trusts(path string, at stamp) *indexed {
	e := x.known[path]
	if e == nil || e.stamp != at || at.changed > x.written.Add(-settled).UnixNano() {
		return nil
	}
	return e
}

// marshal lays out what was met.
func (x *index) marshal() []byte {
	b := []byte{indexLayout}
	b = binary.AppendUvarint(b, uint64(len(x.now)))
	for _, path := range slices.Sorted(maps.Keys(x.now)) {
		e := x.now[path]
		b = appendText(b, path)
		b = append(b, e.sum[:]...)
		b = binary.AppendVarint(b, e.stamp.size)
		b = binary.AppendVarint(b, e.stamp.changed)
		if !e.opened {
			b = append(b, 0)
			continue
		}
		b = append(append(append(append(b, 1), e.record[:]...), e.mark[:]...), e.secret[:]...)
		b = e.label.append(b)
	}
	return append(b, 1) // padding of zeros follows
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func (l Label) append(b []byte) []byte {
	for _, s := range []string{l.Issuer, l.LabelIssuer, l.Account, string(l.Type), string(l.Algorithm), l.ID, l.Name, l.By} {
		b = appendText(b, s)
	}
	added := int64(0)
	if !l.Added.IsZero() {
		added = l.Added.Unix()
	}
	for _, n := range []int64{int64(l.Digits), int64(l.Period / time.Second), int64(l.Counter), added, int64(len(l.Tags))} {
		b = binary.AppendVarint(b, n)
	}
	for _, s := range l.Tags {
		b = appendText(b, s)
	}
	return b
}

// parseIndexed reads what marshal has laid out.
func parseIndexed(plain []byte) (map[string]*indexed, error) {
	r := &indexReader{text: string(plain)}
	if r.bytes(1) != string([]byte{indexLayout}) {
		return nil, errIndex
	}
	n := r.count(60)
	known, all := make(map[string]*indexed, n), make([]indexed, n)
	for i := range all {
		e := &all[i]
		path := r.string()
		copy(e.sum[:], r.bytes(len(e.sum)))
		e.stamp = stamp{r.int(), r.int()}
		if e.opened = r.bytes(1) == "\x01"; e.opened {
			copy(e.record[:], r.bytes(digestBytes))
			copy(e.mark[:], r.bytes(digestBytes))
			copy(e.secret[:], r.bytes(digestBytes))
			e.label = r.label()
		}
		known[path] = e
	}
	if r.bytes(1) != "\x01" || r.failed || strings.Trim(r.text, "\x00") != "" {
		return nil, errIndex
	}
	return known, nil
}

// indexReader takes one thing after the other from a text. All that it gives are parts of
// it, so that ten thousand labels cost no allocation each.
type indexReader struct {
	text   string
	failed bool
}

func (r *indexReader) bytes(n int) string {
	if n < 0 || n > len(r.text) {
		r.failed, r.text = true, ""
		return ""
	}
	s := r.text[:n]
	r.text = r.text[n:]
	return s
}

func (r *indexReader) int() int64 {
	n := r.uint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *indexReader) uint() (n uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := r.bytes(1)
		if b == "" {
			return 0
		}
		if n |= uint64(b[0]&0x7f) << shift; b[0] < 0x80 {
			return n
		}
	}
	r.failed = true
	return 0
}

// count is how many things follow, each of which takes some bytes.
func (r *indexReader) count(least int) int {
	n := r.uint()
	if n > uint64(len(r.text)/least) {
		r.failed = true
		return 0
	}
	return int(n)
}

func (r *indexReader) string() string { return r.bytes(int(min(r.uint(), maxIndex))) }

func (r *indexReader) label() (l Label) {
	l.Issuer, l.LabelIssuer, l.Account = r.string(), r.string(), r.string()
	l.Type, l.Algorithm = otpauth.Type(r.string()), otpauth.Algorithm(r.string())
	l.ID, l.Name, l.By = r.string(), r.string(), r.string()
	l.Digits, l.Period, l.Counter = int(r.int()), time.Duration(r.int())*time.Second, uint64(r.int())
	if added := r.int(); added != 0 {
		l.Added = time.Unix(added, 0).UTC()
	}
	for n := min(r.int(), int64(len(r.text))); n > 0; n-- {
		l.Tags = append(l.Tags, r.string())
	}
	return l
}

// entryOf is what an index keeps of a file that was read.
func (x *index) entryOf(f *opened, at stamp) *indexed {
	e := &indexed{sum: f.sum, stamp: at}
	if f.what != [32]byte{} {
		e.opened, e.label = true, f.seed.Label()
		plain, _ := f.seed.plaintext() // as it was read
		e.record = x.digests.of("record", string(plain))
		e.mark, e.secret = x.marksOf(f.seed)
	}
	return e
}

// marksOf are the digests by which a seed is known again, and its secret alone.
func (x *index) marksOf(s Seed) (mark, secret digest) {
	fields := []string{"line", s.Line()}
	if k, err := s.Key(); err == nil {
		fields = append([]string{"seed"}, k.SeedFields()...)
	}
	return x.digests.of(fields...), x.digests.of("secret", secretOf(s))
}

// isIndexable reports whether a file has the name of what it holds, so that an index may
// speak of it.
func isIndexable(f found) bool { return f.kind == format.KindSeed && f.claims != "" }
