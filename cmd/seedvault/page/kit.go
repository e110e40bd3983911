package page

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	dataStart = `<script type="application/json" id="vault">`
	dataEnd   = `</script>`

	// KitLimit is how long a kit may be.
	KitLimit = 512 << 20

	kitFileLimit = 16 << 20 // what a reader reads of any file
	kitFiles     = 200_000
)

var (
	// ErrNoKit is returned for a text that has no place for a vault's files, or no
	// file there.
	ErrNoKit = errors.New("failed to read kit: not a kit")
	// ErrCut is returned for a kit that was not copied whole, or whose data is not
	// what a kit's is.
	ErrCut = errors.New("failed to read kit: cut off or damaged")
	// ErrKitSize is returned for files that are too many or too long for a kit.
	ErrKitSize = errors.New("invalid kit: too large")
)

// Contents are what a kit carries.
type Contents struct {
	// Files are the vault's, by their slash-separated paths in the vault's folder.
	// None of the paths is absolute or holds an empty part, "." or "..", a backslash,
	// a colon or a control character.
	Files map[string][]byte
	// Page is the SHA-256, in hex, of the kit's page: what is left when the data is
	// cut out.
	Page string
	// Text is that page.
	Text []byte
	// Version is the number of the released page that this is, or 0: then whoever
	// opens the kit in a browser hands what they type to an unknown page. The files
	// are as good as in any other copy.
	Version int
}

// Kit returns the text of a kit: the page with a vault's files inside, by their
// slash-separated paths; the same bytes for the same files. It writes no file. A file that
// is the page itself is left out, since the kit is that. The error is [ErrKitSize], or
// about a path that [ReadKit] would not take.
func Kit(files map[string][]byte) ([]byte, error) {
	paths := make([]string, 0, len(files))
	size := 0
	for path, data := range files {
		if path == Name(Current) && bytes.Equal(data, current) {
			continue
		}
		if !validPath(path) {
			return nil, errors.New("invalid kit: a path that no vault has")
		}
		if size += len(data); len(data) > kitFileLimit {
			return nil, ErrKitSize
		}
		paths = append(paths, path)
	}
	if len(paths) > kitFiles || size > KitLimit/2 {
		return nil, ErrKitSize
	}
	slices.Sort(paths)
	before, after, err := aroundData(current)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Write(before)
	writeData(&b, paths, files)
	b.Write(after)
	return b.Bytes(), nil
}

// writeData writes one file a line. Base64 has no "<", and a path's is escaped, so
// that nothing in it ends the element.
func writeData(b *bytes.Buffer, paths []string, files map[string][]byte) {
	for i, path := range paths {
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		name, _ := json.Marshal(path) // a string, with < > & as \u003c ...
		fmt.Fprintf(b, "\n%s:\"%s\"", name, base64.StdEncoding.EncodeToString(files[path]))
	}
	if len(paths) > 0 {
		b.WriteString("\n}\n")
	}
}

// ReadKit takes the files out of a kit, as data: nothing of it is run, so that the
// page of a doubtful kit does no harm. Where the page is a released one, it is among
// the files under its name. The error is [ErrNoKit], [ErrCut] or [ErrKitSize].
func ReadKit(kit []byte) (*Contents, error) {
	if len(kit) > KitLimit {
		return nil, ErrKitSize
	}
	before, after, err := aroundData(kit)
	if err != nil {
		return nil, err
	}
	data := kit[len(before) : len(kit)-len(after)]
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, ErrNoKit
	}
	files, err := readData(data)
	if err != nil {
		return nil, err
	}
	page := slices.Concat(before, after)
	c := &Contents{Files: files, Page: sum(page), Text: page}
	if c.Version = Version(c.Page); c.Version > 0 {
		if _, own := files[Name(c.Version)]; !own {
			files[Name(c.Version)] = page
		}
	}
	return c, nil
}

// Salvage takes what can be read out of a kit for which [ReadKit] returns [ErrCut]: the
// files whose lines are whole, and what there is of its page if that is not the present
// one. It returns nil where no file can be read.
func Salvage(kit []byte) map[string][]byte {
	at := bytes.Index(kit, []byte(dataStart))
	if at < 0 || len(kit) > KitLimit {
		return nil
	}
	start := at + len(dataStart)
	data, after, ended := bytes.Cut(kit[start:], []byte(dataEnd))
	files := map[string][]byte{}
	for line := range bytes.Lines(data) {
		line = bytes.Trim(bytes.TrimSpace(line), "{},") // one file a line
		if one, err := readData(slices.Concat([]byte("{"), line, []byte("}"))); err == nil {
			maps.Copy(files, one)
		}
	}
	if len(files) == 0 {
		return nil
	}
	shell := kit[:start]
	if ended {
		shell = slices.Concat(shell, []byte(dataEnd), after)
	}
	if !bytes.HasPrefix(current, shell) {
		files[Name(Current)] = shell
	}
	return files
}

// IsPage reports whether a text is a released page, or an empty kit, which is the same.
func IsPage(text []byte) bool { return Version(sum(text)) > 0 }

// aroundData returns what stands before and after the data in a page or kit.
func aroundData(text []byte) (before, after []byte, err error) {
	at := bytes.Index(text, []byte(dataStart))
	if at < 0 || bytes.Contains(text[at+1:], []byte(dataStart)) {
		return nil, nil, ErrNoKit
	}
	start := at + len(dataStart)
	length := bytes.Index(text[start:], []byte(dataEnd))
	if length < 0 {
		return nil, nil, ErrCut
	}
	return text[:start], text[start+length:], nil
}

func readData(data []byte) (map[string][]byte, error) {
	if !utf8.Valid(data) {
		return nil, ErrCut
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, ErrCut
	}
	files := map[string][]byte{}
	for d.More() {
		path, data, err := readEntry(d)
		if err != nil {
			return nil, err
		}
		if _, twice := files[path]; twice {
			return nil, ErrCut
		}
		if files[path] = data; len(files) > kitFiles {
			return nil, ErrKitSize
		}
	}
	if t, err := d.Token(); err != nil || t != json.Delim('}') {
		return nil, ErrCut
	}
	if len(bytes.TrimSpace(data[d.InputOffset():])) > 0 {
		return nil, ErrCut
	}
	return files, nil
}

func readEntry(d *json.Decoder) (path string, data []byte, err error) {
	key, err1 := d.Token()
	value, err2 := d.Token()
	path, ok1 := key.(string)
	text, ok2 := value.(string)
	if err1 != nil || err2 != nil || !ok1 || !ok2 || !validPath(path) {
		return "", nil, ErrCut
	}
	if len(text) > kitFileLimit/3*4+4 {
		return "", nil, ErrKitSize
	}
	if data, err = base64.StdEncoding.Strict().DecodeString(text); err != nil || strings.ContainsAny(text, "\r\n") {
		return "", nil, ErrCut
	}
	return path, data, nil
}

// validPath reports whether a path may be one of a vault's file, on any system.
func validPath(path string) bool {
	if !utf8.ValidString(path) || strings.ContainsFunc(path, func(r rune) bool { return r < 0x20 || r == 0x7f || r == '\\' || r == ':' }) {
		return false
	}
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}
