package copies

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"maps"
	"slices"

	"seedvault/escrow"
)

// Seen is what one machine remembers of one copy: a mark for every file that lay there. It
// fits into a line of JSON and says nothing to others. The zero Seen remembers nothing.
type Seen struct {
	marks map[uint32]bool
}

// Files returns how many files are remembered.
func (s Seen) Files() int { return len(s.marks) }

// mark shortens a path. Two paths share one once in four thousand million times,
// and then a file that is new would be called lost: no more.
func mark(name string) uint32 {
	sum := sha256.Sum256([]byte(name))
	return binary.BigEndian.Uint32(sum[:])
}

func (s Seen) has(name string) bool { return s.marks[mark(name)] }

// MarshalJSON encodes the marks, sorted, as one text in base64.
func (s Seen) MarshalJSON() ([]byte, error) {
	data := make([]byte, 0, 4*len(s.marks))
	for _, m := range slices.Sorted(maps.Keys(s.marks)) {
		data = binary.BigEndian.AppendUint32(data, m)
	}
	return json.Marshal(base64.RawStdEncoding.EncodeToString(data))
}

// UnmarshalJSON reads what [Seen.MarshalJSON] wrote. Anything else is treated as empty: it
// is only a memory.
func (s *Seen) UnmarshalJSON(text []byte) error {
	s.marks = nil
	var packed string
	if json.Unmarshal(text, &packed) != nil {
		return nil
	}
	data, err := base64.RawStdEncoding.DecodeString(packed)
	if err != nil || len(data)%4 != 0 {
		return nil
	}
	s.marks = make(map[uint32]bool, len(data)/4)
	for ; len(data) > 0; data = data[4:] {
		s.marks[binary.BigEndian.Uint32(data)] = true
	}
	return nil
}

// MissingFrom counts the files of the vault in home that the copy did not hold when it was
// last seen.
func (s Seen) MissingFrom(v *escrow.Vault, home escrow.FS) (int, error) {
	side := newSide(home)
	if err := side.list(ruleOf(v)); err != nil {
		return 0, err
	}
	missing := 0
	for name := range side.files {
		if !s.has(name) {
			missing++
		}
	}
	return missing, nil
}
