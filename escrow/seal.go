package escrow

import (
	"bytes"
	"encoding/hex"
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

// seal is what one signed list says: these files of the epoch are accepted, and
// these are retired for ever. Seals are cumulative and merge by union.
type seal struct {
	number int
	epoch  int
	time   string // RFC 3339; a claim
	by     string // holder's name; a claim, since every holder can sign

	includes map[string]bool      // HASH of the seals contained whole in this one
	retired  map[fileRef]bool     // removed or refused
	joined   map[Fingerprint]bool // other epochs that this one takes over
	due      string               // the earliest proof to run out, "" for none
	extra    map[string]bool      // "# x-" lines, kept
	unknown  []string             // lines with a keyword that this program does not know
	files    map[string][32]byte  // accepted: path to SHA-256
	sum      [32]byte             // of the text
}

// fileRef is one content at one place.
type fileRef struct {
	path string
	sum  [32]byte
}

var errSeal = errors.New("invalid seal")

var (
	sealTitle   = regexp.MustCompile(`^# seedvault seal ([0-9]{4,9}) epoch ([1-9][0-9]{0,8}) ([0-9TZ:-]{20}) by ([a-z0-9-]{1,32})$`)
	sealUnknown = regexp.MustCompile(`^# [a-z][a-z0-9-]*( [^\x00-\x1f\x7f]*)?$`)
)

func newSeal() *seal {
	return &seal{
		includes: map[string]bool{}, retired: map[fileRef]bool{}, joined: map[Fingerprint]bool{},
		extra: map[string]bool{}, files: map[string][32]byte{},
	}
}

// hash is HASH of the seal's text.
func (s *seal) hash() string { return hashName(s.sum) }

// parseSeal reads a seal's text for the epoch in folder. One line out of place
// makes all of it invalid: half a list is worse than none.
func parseSeal(text []byte, folder string) (*seal, error) {
	if len(text) == 0 || text[len(text)-1] != '\n' {
		return nil, errSeal
	}
	lines := strings.Split(string(text[:len(text)-1]), "\n")
	s := newSeal()
	s.sum = sum256(text)
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
	for ref := range s.retired {
		if s.files[ref.path] == ref.sum {
			return nil, errSeal
		}
	}
	return s, nil
}

func (s *seal) parseTitle(line, folder string) error {
	m := sealTitle.FindStringSubmatch(line)
	if m == nil || CheckName(m[4]) != nil {
		return errSeal
	}
	if _, err := time.Parse(time.RFC3339, m[3]); err != nil {
		return errSeal
	}
	var ok bool
	if s.number, ok = parseSealNumber(m[1]); !ok {
		return errSeal
	}
	s.epoch, _ = strconv.Atoi(m[2])
	if n, _, ok := parseEpochFolder(folder); !ok || n != s.epoch {
		return errSeal
	}
	s.time, s.by = m[3], m[4]
	return nil
}

func (s *seal) parseKeyword(line, folder string) error {
	word, value, _ := strings.Cut(strings.TrimPrefix(line, "# "), " ")
	switch {
	case !sealUnknown.MatchString(line):
		return errSeal
	case word == "includes":
		if !hashPattern.MatchString(value) || s.includes[value] {
			return errSeal
		}
		s.includes[value] = true
	case word == "retired":
		ref, ok := parseRetired(value)
		if !ok || !sealablePath(ref.path, folder) || s.retired[ref] {
			return errSeal
		}
		s.retired[ref] = true
	case word == "joined":
		fp, err := ParseFingerprint(value)
		if err != nil || s.joined[fp] {
			return errSeal
		}
		s.joined[fp] = true
	case word == "due":
		if _, err := time.Parse(time.DateOnly, value); err != nil || s.due != "" {
			return errSeal
		}
		s.due = value
	case strings.HasPrefix(word, "x-"):
		s.extra[line] = true
	default:
		s.unknown = append(s.unknown, line)
	}
	return nil
}

func parseRetired(value string) (fileRef, bool) {
	if len(value) < 66 || value[len(value)-65] != ' ' {
		return fileRef{}, false
	}
	sum, ok := parseSum(value[len(value)-64:])
	return fileRef{value[:len(value)-65], sum}, ok
}

// parseSum reads a SHA-256 as sha256sum prints it: 64 digits, lower case.
func parseSum(s string) (sum [32]byte, ok bool) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(sum) || strings.ToLower(s) != s {
		return sum, false
	}
	return [32]byte(b), true
}

// parseFile reads a sha256sum line.
func (s *seal) parseFile(line, folder string) error {
	if len(line) < 67 || line[64:66] != "  " {
		return errSeal
	}
	sum, ok := parseSum(line[:64])
	path := line[66:]
	if _, twice := s.files[path]; !ok || twice || !sealablePath(path, folder) {
		return errSeal
	}
	s.files[path] = sum
	return nil
}

// sealablePath says that a seal of the epoch in folder may speak of the path:
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
	_, _, isEpoch := parseEpochFolder(parts[0])
	return !isEpoch || parts[0] == folder
}

// marshal gives the canonical text and sets sum.
func (s *seal) marshal() []byte {
	var heads []string
	for h := range s.includes {
		heads = append(heads, "# includes "+h)
	}
	for r := range s.retired {
		heads = append(heads, fmt.Sprintf("# retired %s %x", r.path, r.sum))
	}
	for fp := range s.joined {
		heads = append(heads, "# joined "+fp.Hex())
	}
	if s.due != "" {
		heads = append(heads, "# due "+s.due)
	}
	heads = slices.AppendSeq(heads, maps.Keys(s.extra))
	sort.Strings(heads)

	var b bytes.Buffer
	fmt.Fprintf(&b, "# seedvault seal %04d epoch %d %s by %s\n", s.number, s.epoch, s.time, s.by)
	for _, line := range heads {
		b.WriteString(line + "\n")
	}
	for _, path := range slices.Sorted(maps.Keys(s.files)) {
		fmt.Fprintf(&b, "%x  %s\n", s.files[path], path)
	}
	s.sum = sum256(b.Bytes())
	return b.Bytes()
}

// include takes every line of an older seal over, so that a reader of this one
// need not read that. What either retired is retired; a path keeps the hash
// that it was first sealed with, so older seals are included first.
func (s *seal) include(o *seal) {
	s.includes[o.hash()] = true
	for h := range o.includes {
		s.includes[h] = true
	}
	for ref := range o.retired {
		s.retire(ref)
	}
	for fp := range o.joined {
		s.joined[fp] = true
	}
	for line := range o.extra {
		s.extra[line] = true
	}
	if o.due != "" && (s.due == "" || o.due < s.due) {
		s.due = o.due
	}
	for path, sum := range o.files {
		s.accept(fileRef{path, sum})
	}
}

// accept lists a file, unless it is retired or its path has a hash already.
func (s *seal) accept(ref fileRef) {
	if _, has := s.files[ref.path]; !has && !s.retired[ref] {
		s.files[ref.path] = ref.sum
	}
}

func (s *seal) retire(ref fileRef) {
	s.retired[ref] = true
	if s.files[ref.path] == ref.sum {
		delete(s.files, ref.path)
	}
}
