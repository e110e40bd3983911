package index

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/otpauth"
)

// layout begins what an index says, so that a program which lays it out otherwise takes it
// for none.
const layout = 3

// Contents is what an index says, by the paths of files.
type Contents struct {
	Files map[string]*File // of seeds
	Seals map[string]*Seal // those that together say what all say, by their texts' paths
}

// File is what an index says of the file of one seed.
type File struct {
	Sum    [32]byte // SHA-256 of its content
	Stamp  Stamp
	Opened bool   // it was decrypted; else no more than this is known
	Label  Label  // what follows is of one that was opened
	Record Digest // of the whole plaintext
	Mark   Digest // equal for two that are one enrolment
	Secret Digest
}

// Stamp tells a file that was written to from one that was not: by its size in bytes, and
// when it was changed, in nanoseconds since 1970.
type Stamp struct{ Size, Changed int64 }

// settled is how much older than the index a file has to be to be known by its stamp:
// file systems count time in steps of up to two seconds.
const settled = 2 * time.Second

// Holds reports whether what an index that was written at a time says of a file with this
// stamp holds for one that has it now.
func (s Stamp) Holds(now Stamp, written time.Time) bool {
	return s == now && now.Changed <= written.Add(-settled).UnixNano()
}

// Label is what a seed is called and how its codes are made.
type Label struct {
	Issuer, LabelIssuer string
	Account             string
	Type                otpauth.Type
	Algorithm           otpauth.Algorithm
	Digits              int
	Period              time.Duration
	Counter             uint64

	ID, Name, By string
	Tags         []string
	Added        time.Time
}

// Marshal lays the contents out, as [Parse] reads them.
func (c Contents) Marshal() []byte {
	b := []byte{layout}
	b = binary.AppendUvarint(b, uint64(len(c.Files)))
	for _, path := range slices.Sorted(maps.Keys(c.Files)) {
		f := c.Files[path]
		b = appendText(b, path)
		b = append(b, f.Sum[:]...)
		b = f.Stamp.append(b)
		if !f.Opened {
			b = append(b, 0)
			continue
		}
		b = append(append(append(append(b, 1), f.Record[:]...), f.Mark[:]...), f.Secret[:]...)
		b = f.Label.append(b)
	}
	b = binary.AppendUvarint(b, uint64(len(c.Seals)))
	for _, path := range slices.Sorted(maps.Keys(c.Seals)) {
		b = c.Seals[path].append(appendText(b, path))
	}
	return append(b, 1) // padding of zeros follows
}

func (s Stamp) append(b []byte) []byte {
	return binary.AppendVarint(binary.AppendVarint(b, s.Size), s.Changed)
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

// Parse reads what [Contents.Marshal] has laid out, whatever padding of zeros follows. The
// error is [Err].
func Parse(plain []byte) (c Contents, err error) {
	r := &parser{text: string(plain)}
	if r.bytes(1) != string([]byte{layout}) {
		return c, Err
	}
	n := r.count(60)
	files := make([]File, n)
	c.Files = make(map[string]*File, n)
	for i := range files {
		path := r.string()
		r.file(&files[i])
		c.Files[path] = &files[i]
	}
	n = r.count(60)
	c.Seals = make(map[string]*Seal, n)
	for range n {
		path := r.string()
		c.Seals[path] = r.seal()
	}
	if r.bytes(1) != "\x01" || r.failed || strings.Trim(r.text, "\x00") != "" {
		return Contents{}, Err
	}
	return c, nil
}

func (r *parser) file(f *File) {
	r.into(f.Sum[:])
	f.Stamp = r.stamp()
	if f.Opened = r.bytes(1) == "\x01"; f.Opened {
		r.into(f.Record[:])
		r.into(f.Mark[:])
		r.into(f.Secret[:])
		f.Label = r.label()
	}
}

// parser takes one thing after the other from a text. All that it gives are parts of it, so
// that ten thousand labels cost no allocation each.
type parser struct {
	text   string
	failed bool
}

func (r *parser) bytes(n int) string {
	if n < 0 || n > len(r.text) {
		r.failed, r.text = true, ""
		return ""
	}
	s := r.text[:n]
	r.text = r.text[n:]
	return s
}

// into reads as many bytes as there is room for.
func (r *parser) into(to []byte) { copy(to, r.bytes(len(to))) }

func (r *parser) stamp() Stamp { return Stamp{r.int(), r.int()} }

func (r *parser) int() int64 {
	n := r.uint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *parser) uint() (n uint64) {
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

// count is how many things follow, each of which takes at least so many bytes: no more than
// there is room for.
func (r *parser) count(least int) int {
	n := r.uint()
	if n > uint64(len(r.text)/least) {
		r.failed = true
		return 0
	}
	return int(n)
}

func (r *parser) string() string { return r.bytes(int(min(r.uint(), maxFile))) }

func (r *parser) label() (l Label) {
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
