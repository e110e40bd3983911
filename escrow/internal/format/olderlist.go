package format

import (
	"errors"
	"strings"
)

// OlderList is one file of an epoch's older folder: which files of the epochs
// before live on here, under which name, and which do not.
type OlderList struct {
	Carried map[Ref][]string // to the paths that took their place
	Dropped map[Ref]bool
}

// ErrOlderList is returned for a text that is no older list.
var ErrOlderList = errors.New("invalid older list")

// ParseOlderList reads a list. Its lines are
//
//	carried PATH SHA256 NEWPATH
//	dropped PATH SHA256
//
// and the paths are those of seedvault's own files, which hold no space.
func ParseOlderList(text []byte) (*OlderList, error) {
	if len(text) == 0 || text[len(text)-1] != '\n' {
		return nil, ErrOlderList
	}
	l := &OlderList{map[Ref][]string{}, map[Ref]bool{}}
	for _, line := range strings.Split(string(text[:len(text)-1]), "\n") {
		words := strings.Split(line, " ")
		ref, ok := olderRef(words)
		switch {
		case ok && len(words) == 4 && words[0] == "carried" && words[3] != "":
			l.Carried[ref] = append(l.Carried[ref], words[3])
		case ok && len(words) == 3 && words[0] == "dropped":
			l.Dropped[ref] = true
		default:
			return nil, ErrOlderList
		}
	}
	return l, nil
}

func olderRef(words []string) (Ref, bool) {
	if len(words) < 3 || words[1] == "" {
		return Ref{}, false
	}
	sum, ok := parseSum(words[2])
	return Ref{words[1], sum}, ok
}
