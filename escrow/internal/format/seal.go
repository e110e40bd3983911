package format

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Seal is what one signed list says: these files of the epoch are accepted, and
// these are retired forever. Seals mean their union.
type Seal struct {
	Number int
	Epoch  int
	Time   string // RFC 3339; a claim
	By     string // a holder's name; a claim, since every holder can sign

	After    map[string]int       // HASH of seals that came before and are not contained, to their numbers
	Includes map[string]bool      // HASH of the seals contained whole in this one
	Lost     map[string]int       // HASH of missing seals that a person has given up, to their numbers
	Retired  map[Ref]bool         // removed or refused
	Joined   map[Fingerprint]bool // other epochs that this one takes over
	Closed   map[Fingerprint]bool // epochs that this one follows and whose forks stop nothing
	Due      string               // DATE, the earliest day on which a drill runs out; "" for none
	Extra    map[string]bool      // "# x-" lines, whole, kept
	Unknown  []string             // lines, whole, with a keyword that this program does not know
	Files    map[string][32]byte  // accepted: path to SHA-256
	Sum      [32]byte             // of the text
	Size     int                  // of the text, in bytes
}

// NewSeal makes a seal that says nothing yet.
func NewSeal() *Seal {
	return &Seal{
		After: map[string]int{}, Includes: map[string]bool{}, Lost: map[string]int{},
		Retired: map[Ref]bool{}, Joined: map[Fingerprint]bool{}, Closed: map[Fingerprint]bool{},
		Extra: map[string]bool{}, Files: map[string][32]byte{},
	}
}

// Hash is HASH of the seal's text.
func (s *Seal) Hash() string { return Hash(s.Sum) }

// Name is how a person is shown the seal: a number alone may be shared.
func (s *Seal) Name() string { return SealName(s.Number, s.Hash()) }

// Lines is what seals are measured by: file and retired lines.
func (s *Seal) Lines() int { return len(s.Files) + len(s.Retired) }

// Names reports whether the seal says of another that it came before.
func (s *Seal) Names(hash string) bool {
	_, after := s.After[hash]
	return after || s.Includes[hash]
}

// ParseSeal reads a seal's text for the epoch in folder. One line that does not parse
// makes all of it invalid: half a list is worse than none. The error is a [*SealError].
func ParseSeal(text []byte, folder string) (*Seal, error) {
	if len(text) == 0 || text[len(text)-1] != '\n' || !utf8.Valid(text) {
		return nil, errForm
	}
	lines := strings.Split(string(text[:len(text)-1]), "\n")
	s := NewSeal()
	s.Files = make(map[string][32]byte, len(lines))
	s.Sum, s.Size = Sum(text), len(text)
	if err := s.parseTitle(lines[0], folder); err != nil {
		return nil, err
	}
	for _, line := range lines[1:] {
		var err error
		if strings.HasPrefix(line, "#") {
			err = s.parseKeyword(line, folder)
		} else {
			err = s.parseFile(line, folder)
		}
		if err != nil {
			return nil, err
		}
	}
	for ref := range s.Retired {
		if s.Files[ref.Path] == ref.Sum {
			return nil, errTwice
		}
	}
	return s, nil
}

// NumberOfSeal is the number in a seal's first line, 0 for what does not begin as a seal.
func NumberOfSeal(text []byte) int {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	digits, _, _, _, ok := sealTitle(string(line))
	if !ok {
		return 0
	}
	number, _ := parseSealNumber(digits)
	return number
}

func (s *Seal) parseTitle(line, folder string) error {
	number, epoch, at, by, ok := sealTitle(line)
	if !ok || CheckName(by) != nil {
		return errForm
	}
	if _, err := time.Parse(time.RFC3339, at); err != nil {
		return errForm
	}
	if s.Number, ok = parseSealNumber(number); !ok {
		return errForm
	}
	s.Epoch, _ = strconv.Atoi(epoch)
	if n, _, ok := ParseEpochFolder(folder); !ok || n != s.Epoch {
		return errForm
	}
	s.Time, s.By = at, by
	return nil
}

func (s *Seal) parseKeyword(line, folder string) error {
	word, value, _ := strings.Cut(strings.TrimPrefix(line, "# "), " ")
	switch {
	case !isKeywordLine(line):
		return errForm
	case word == "includes":
		if !IsHash(value) {
			return errForm
		} else if s.Includes[value] {
			return errTwice
		}
		s.Includes[value] = true
	case word == "retired":
		ref, ok := parseRetired(value)
		switch {
		case !ok:
			return errForm
		case !sealablePath(ref.Path, folder):
			return errPath
		case s.Retired[ref]:
			return errTwice
		}
		s.Retired[ref] = true
	case word == "after":
		return parseNamed(s.After, value)
	case word == "lost":
		return parseNamed(s.Lost, value)
	case word == "joined":
		return parseEpoch(s.Joined, value)
	case word == "closed":
		return parseEpoch(s.Closed, value)
	case word == "due":
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return errForm
		} else if s.Due != "" {
			return errTwice
		}
		s.Due = value
	case strings.HasPrefix(word, "x-"):
		s.Extra[line] = true
	default:
		s.Unknown = append(s.Unknown, line)
	}
	return nil
}

// parseNamed reads NNNN-HASH. No two lines name one HASH.
func parseNamed(into map[string]int, value string) error {
	number, hash, ok := ParseSealName(value + ".txt")
	if _, twice := into[hash]; !ok {
		return errForm
	} else if twice {
		return errTwice
	}
	into[hash] = number
	return nil
}

func parseEpoch(into map[Fingerprint]bool, value string) error {
	fp, err := ParseFingerprint(value)
	if err != nil {
		return errForm
	} else if into[fp] {
		return errTwice
	}
	into[fp] = true
	return nil
}

func parseRetired(value string) (Ref, bool) {
	if len(value) < 66 || value[len(value)-65] != ' ' {
		return Ref{}, false
	}
	sum, ok := parseSum(value[len(value)-64:])
	return Ref{value[:len(value)-65], sum}, ok
}

// parseFile reads a sha256sum line.
func (s *Seal) parseFile(line, folder string) error {
	if len(line) < 67 || line[64:66] != "  " {
		return errForm
	}
	sum, ok := parseSum(line[:64])
	path := line[66:]
	if _, twice := s.Files[path]; !ok {
		return errForm
	} else if twice || !sealablePath(path, folder) {
		return errPath
	}
	s.Files[path] = sum
	return nil
}

// sealablePath reports whether a seal of the epoch in folder may speak of the path:
// it stays in the vault, means the same on every system, and lies in no other
// epoch's folder.
func sealablePath(path, folder string) bool {
	if path == "" || path == ".gitattributes" || strings.ContainsAny(path, "\\:") {
		return false
	}
	for _, r := range path {
		if r < 0x20 || r == 0x7f {
			return false
		}
	}
	for p := range strings.SplitSeq(path, "/") {
		if p == "" || p == "." || p == ".." {
			return false
		}
	}
	first, _, _ := strings.Cut(path, "/")
	if first == folder {
		return true
	}
	_, _, isEpoch := ParseEpochFolder(first)
	return !isEpoch
}

// Marshal gives the canonical text, without the lines that are not known, and sets Sum
// and Size.
func (s *Seal) Marshal() []byte {
	var heads []string
	for h := range s.Includes {
		heads = append(heads, "# includes "+h)
	}
	for r := range s.Retired {
		heads = append(heads, fmt.Sprintf("# retired %s %x", r.Path, r.Sum))
	}
	for h, n := range s.After {
		heads = append(heads, fmt.Sprintf("# after %04d-%s", n, h))
	}
	for h, n := range s.Lost {
		heads = append(heads, fmt.Sprintf("# lost %04d-%s", n, h))
	}
	for fp := range s.Joined {
		heads = append(heads, "# joined "+fp.Hex())
	}
	for fp := range s.Closed {
		heads = append(heads, "# closed "+fp.Hex())
	}
	if s.Due != "" {
		heads = append(heads, "# due "+s.Due)
	}
	heads = slices.AppendSeq(heads, maps.Keys(s.Extra))
	sort.Strings(heads)

	var b bytes.Buffer
	fmt.Fprintf(&b, "# seedvault seal %04d epoch %d %s by %s\n", s.Number, s.Epoch, s.Time, s.By)
	for _, line := range heads {
		b.WriteString(line + "\n")
	}
	for _, path := range slices.Sorted(maps.Keys(s.Files)) {
		fmt.Fprintf(&b, "%x  %s\n", s.Files[path], path)
	}
	s.Sum, s.Size = Sum(b.Bytes()), b.Len()
	return b.Bytes()
}

// Include takes every line of an older seal over, so that a reader of this one need
// not read that: all but its first and its due line, and the after lines of what is
// included too. What either retired is retired. The older one must have no line that is
// not known, nor list a path with another content than this one does.
func (s *Seal) Include(o *Seal) {
	s.Includes[o.Hash()] = true
	maps.Copy(s.Includes, o.Includes)
	for ref := range o.Retired {
		s.Retire(ref)
	}
	for path, sum := range o.Files {
		s.Accept(Ref{path, sum})
	}
	s.Mark(o)
	for hash, number := range o.After {
		s.Follow(number, hash)
	}
	maps.DeleteFunc(s.After, func(hash string, _ int) bool { return s.Includes[hash] })
}

// Mark takes over what another seal says of epochs and of lost seals, and its x-
// lines.
func (s *Seal) Mark(o *Seal) {
	maps.Copy(s.Joined, o.Joined)
	maps.Copy(s.Closed, o.Closed)
	maps.Copy(s.Extra, o.Extra)
	for hash, number := range o.Lost {
		lowest(s.Lost, number, hash)
	}
}

// Follow says of a seal that it came before, unless it is included.
func (s *Seal) Follow(number int, hash string) {
	if !s.Includes[hash] {
		lowest(s.After, number, hash)
	}
}

// GiveUp says of a missing seal that it is lost.
func (s *Seal) GiveUp(number int, hash string) { lowest(s.Lost, number, hash) }

// lowest keeps one line for a HASH, that of the lowest number.
func lowest(lines map[string]int, number int, hash string) {
	if have, is := lines[hash]; !is || number < have {
		lines[hash] = number
	}
}

// Accept lists a file, unless it is retired. It reports whether there was room: a
// path stands once.
func (s *Seal) Accept(ref Ref) bool {
	if sum, has := s.Files[ref.Path]; has {
		return sum == ref.Sum
	}
	if !s.Retired[ref] {
		s.Files[ref.Path] = ref.Sum
	}
	return true
}

// Retire lists a file as removed or refused.
func (s *Seal) Retire(ref Ref) {
	s.Retired[ref] = true
	if s.Files[ref.Path] == ref.Sum {
		delete(s.Files, ref.Path)
	}
}

// Clone returns a seal that says the same and may be changed.
func (s *Seal) Clone() *Seal {
	c := *s
	c.After, c.Includes, c.Lost = maps.Clone(s.After), maps.Clone(s.Includes), maps.Clone(s.Lost)
	c.Retired, c.Joined, c.Closed = maps.Clone(s.Retired), maps.Clone(s.Joined), maps.Clone(s.Closed)
	c.Extra, c.Files = maps.Clone(s.Extra), maps.Clone(s.Files)
	return &c
}
