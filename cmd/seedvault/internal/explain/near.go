package explain

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// mostNames bounds how much of a folder is looked through for a name.
const mostNames = 10000

// near returns the path of the one file beside a missing one whose name reads the same, "" if
// there is none or are several. Systems write names with spaces that no key types (macOS puts a
// narrow one into the time of a screenshot), accents and kana in pieces, and hide extensions.
func near(path string) string {
	dir, base := filepath.Split(path)
	names, err := namesIn(filepath.Clean(dir + "."))
	if err != nil {
		return ""
	}
	want, found := read(base), ""
	for _, name := range names {
		is := read(name)
		if is != want && strings.TrimSuffix(is, filepath.Ext(is)) != want {
			continue
		}
		if found != "" {
			return ""
		}
		found = name
	}
	if found == "" {
		return ""
	}
	return dir + found
}

func namesIn(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(mostNames)
	if len(names) > 0 {
		err = nil
	}
	return names, err
}

// read returns a name as a person reads it: of any width and case, with single spaces.
func read(name string) string {
	name = strings.ToLower(norm.NFKC.String(name))
	return strings.Join(strings.FieldsFunc(name, unicode.IsSpace), " ")
}

// looked changes the hint of the error that a file is not there to what is close by, if anything
// is.
func looked(e *say.Error, path string) *say.Error {
	if isAddress(path) {
		return e.WithHint(words.HintNothingFetched)
	}
	if near := near(path); near != "" {
		return e.WithHint(words.HintNearFile, console.ShellWord(near))
	}
	return e
}
