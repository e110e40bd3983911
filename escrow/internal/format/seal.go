package format

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Seal is what one signed list says: these files of the epoch are accepted, and
// these are retired for ever. Seals mean their union.
type Seal struct {
	Number int
	Epoch  int
	Time   string // RFC 3339; a claim
	By     string // a holder's name; a claim, since every holder can sign

	Includes map[string]bool      // HASH of the seals contained whole in this one
	Retired  map[Ref]bool         // removed or refused
	Joined   map[Fingerprint]bool // other epochs that this one takes over
	Due      string               // the earliest proof to run out, "" for none
	Extra    map[string]bool      // "# x-" lines, kept
	Unknown  []string             // lines with a keyword that this program does not know
	Files    map[string][32]byte  // accepted: path to SHA-256
	Sum      [32]byte             // of the text
}

// ErrSeal is returned for a text that is no seal.
var ErrSeal = errors.New("invalid seal")

var (
	sealTitle   = regexp.MustCompile(`^# seedvault seal ([0-9]{4,9}) epoch ([1-9][0-9]{0,8}) ([0-9TZ:-]{20}) by ([a-z0-9-]{1,32})$`)
	sealKeyword = regexp.MustCompile(`^# [a-z][a-z0-9-]*( [^\x00-\x1f\x7f]*)?$`)
)

// NewSeal makes a seal that says nothing yet.
func NewSeal() *Seal {
	return &Seal{
		Includes: map[string]bool{}, Retired: map[Ref]bool{}, Joined: map[Fingerprint]bool{},
		Extra: map[string]bool{}, Files: map[string][32]byte{},
	}
}

// Hash is HASH of the seal's text.
func (s *Seal) Hash() string { return Hash(s.Sum) }

// ParseSeal reads a seal's text for the epoch in folder. One line out of place
// makes all of it invalid: half a list is worse than none.
func ParseSeal(text []byte, folder string) (*Seal, error) {
	if len(text) == 0 || text[len(text)-1] != '\n' {
		return nil, ErrSeal
	}
	lines := strings.Split(string(text[:len(text)-1]), "\n")
	s := NewSeal()
	s.Sum = Sum(text)
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
			return nil, ErrSeal
		}
	}
	return s, nil
}

func (s *Seal) parseTitle(line, folder string) error {
	m := sealTitle.FindStringSubmatch(line)
	if m == nil || CheckName(m[4]) != nil {
		return ErrSeal
	}
	if _, err := time.Parse(time.RFC3339, m[3]); err != nil {
		return ErrSeal
	}
	var ok bool
	if s.Number, ok = parseSealNumber(m[1]); !ok {
		return ErrSeal
	}
	s.Epoch, _ = strconv.Atoi(m[2])
	if n, _, ok := ParseEpochFolder(folder); !ok || n != s.Epoch {
		return ErrSeal
	}
	s.Time, s.By = m[3], m[4]
	return nil
}

func (s *Seal) parseKeyword(line, folder string) error {
	word, value, _ := strings.Cut(strings.TrimPrefix(line, "# "), " ")
	switch {
	case !sealKeyword.MatchString(line):
		return ErrSeal
	case word == "includes":
		if !hashPattern.MatchString(value) || s.Includes[value] {
			return ErrSeal
		}
		s.Includes[value] = true
	case word == "retired":
		ref, ok := parseRetired(value)
		if !ok || !sealablePath(ref.Path, folder) || s.Retired[ref] {
			return ErrSeal
		}
		s.Retired[ref] = true
	case word == "joined":
		fp, err := ParseFingerprint(value)
		if err != nil || s.Joined[fp] {
			return ErrSeal
		}
		s.Joined[fp] = true
	case word == "due":
		if _, err := time.Parse(time.DateOnly, value); err != nil || s.Due != "" {
			return ErrSeal
		}
		s.Due = value
	case strings.HasPrefix(word, "x-"):
		s.Extra[line] = true
	default:
		s.Unknown = append(s.Unknown, line)
	}
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
		return ErrSeal
	}
	sum, ok := parseSum(line[:64])
	path := line[66:]
	if _, twice := s.Files[path]; !ok || twice || !sealablePath(path, folder) {
		return ErrSeal
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
	parts := strings.Split(path, "/")
	for _, p := range parts {
		if p == "" || p == "." || p == ".." {
			return false
		}
	}
	_, _, isEpoch := ParseEpochFolder(parts[0])
	return !isEpoch || parts[0] == folder
}

// Marshal gives the canonical text and sets Sum.
func (s *Seal) Marshal() []byte {
	var heads []string
	for h := range s.Includes {
		heads = append(heads, "# includes "+h)
	}
	for r := range s.Retired {
		heads = append(heads, fmt.Sprintf("# retired %s %x", r.Path, r.Sum))
	}
	for fp := range s.Joined {
		heads = append(heads, "# joined "+fp.Hex())
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
	s.Sum = Sum(b.Bytes())
	return b.Bytes()
}

// Include takes every line of an older seal over, so that a reader of this one
// need not read that. What either retired is retired; a path keeps the hash
// that it was first sealed with, so older seals are included first.
func (s *Seal) Include(o *Seal) {
	s.Includes[o.Hash()] = true
	for h := range o.Includes {
		s.Includes[h] = true
	}
	for ref := range o.Retired {
		s.Retire(ref)
	}
	for fp := range o.Joined {
		s.Joined[fp] = true
	}
	for line := range o.Extra {
		s.Extra[line] = true
	}
	if o.Due != "" && (s.Due == "" || o.Due < s.Due) {
		s.Due = o.Due
	}
	for path, sum := range o.Files {
		s.Accept(Ref{path, sum})
	}
}

// Accept lists a file, unless it is retired or its path has a hash already.
func (s *Seal) Accept(ref Ref) {
	if _, has := s.Files[ref.Path]; !has && !s.Retired[ref] {
		s.Files[ref.Path] = ref.Sum
	}
}

// Retire says that a file is removed or refused.
func (s *Seal) Retire(ref Ref) {
	s.Retired[ref] = true
	if s.Files[ref.Path] == ref.Sum {
		delete(s.Files, ref.Path)
	}
}
