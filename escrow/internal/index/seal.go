package index

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
)

// Seal is what an index says of one seal: that its text and signature were verified as
// they lay then, and what it says.
type Seal struct {
	Text, Sig Stamp
	Says      *format.Seal
}

// append lays out all that [format.Seal] has.
func (s *Seal) append(b []byte) []byte {
	says := s.Says
	b = s.Sig.append(s.Text.append(b))
	for _, n := range []int{says.Number, says.Epoch, says.Size} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = append(b, says.Sum[:]...)
	for _, text := range []string{says.Time, says.By, says.Due} {
		b = appendText(b, text)
	}
	for _, named := range []map[string]int{says.After, says.Lost} {
		b = binary.AppendUvarint(b, uint64(len(named)))
		for _, hash := range slices.Sorted(maps.Keys(named)) {
			b = binary.AppendUvarint(appendText(b, hash), uint64(named[hash]))
		}
	}
	for _, words := range [][]string{slices.Sorted(maps.Keys(says.Includes)), slices.Sorted(maps.Keys(says.Extra)), says.Unknown} {
		b = binary.AppendUvarint(b, uint64(len(words)))
		for _, w := range words {
			b = appendText(b, w)
		}
	}
	for _, epochs := range []map[format.Fingerprint]bool{says.Joined, says.Closed} {
		b = binary.AppendUvarint(b, uint64(len(epochs)))
		for _, fp := range slices.SortedFunc(maps.Keys(epochs), func(a, b format.Fingerprint) int { return slices.Compare(a[:], b[:]) }) {
			b = append(b, fp[:]...)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(says.Retired)))
	for ref := range says.Retired {
		b = appendRef(b, ref)
	}
	b = binary.AppendUvarint(b, uint64(len(says.Files)))
	for path, sum := range says.Files {
		b = appendRef(b, format.Ref{Path: path, Sum: sum})
	}
	return b
}

// encrypted ends the name of a file that has its hash before that.
const encrypted = ".age"

// appendRef lays out a path and a sum. What the path has of the sum is left out.
func appendRef(b []byte, ref format.Ref) []byte {
	b = append(b, ref.Sum[:]...)
	if dir, own := strings.CutSuffix(ref.Path, ref.Hash()+encrypted); own {
		return appendText(append(b, 1), dir)
	}
	return appendText(append(b, 0), ref.Path)
}

func (r *parser) seal() *Seal {
	s := &Seal{Text: r.stamp(), Sig: r.stamp(), Says: format.NewSeal()}
	says := s.Says
	for _, n := range []*int{&says.Number, &says.Epoch, &says.Size} {
		*n = int(min(r.uint(), format.MaxNumber))
	}
	r.into(says.Sum[:])
	for _, text := range []*string{&says.Time, &says.By, &says.Due} {
		*text = r.string()
	}
	for _, named := range []map[string]int{says.After, says.Lost} {
		for n := r.count(2); n > 0; n-- {
			hash := r.string()
			named[hash] = int(min(r.uint(), format.MaxNumber))
		}
	}
	for _, words := range []map[string]bool{says.Includes, says.Extra} {
		for n := r.count(1); n > 0; n-- {
			words[r.string()] = true
		}
	}
	for n := r.count(1); n > 0; n-- {
		says.Unknown = append(says.Unknown, r.string())
	}
	for _, epochs := range []map[format.Fingerprint]bool{says.Joined, says.Closed} {
		for n := r.count(32); n > 0; n-- {
			var fp format.Fingerprint
			r.into(fp[:])
			epochs[fp] = true
		}
	}
	for n := r.count(34); n > 0; n-- {
		says.Retired[r.ref()] = true
	}
	n := r.count(34)
	says.Files = make(map[string][32]byte, n)
	for ; n > 0; n-- {
		ref := r.ref()
		says.Files[ref.Path] = ref.Sum
	}
	return s
}

func (r *parser) ref() (ref format.Ref) {
	r.into(ref.Sum[:])
	own := r.bytes(1) == "\x01"
	if ref.Path = r.string(); own {
		ref.Path += ref.Hash() + encrypted
	}
	return ref
}
