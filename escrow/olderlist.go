package escrow

import (
	"errors"
	"strings"
)

// olderList is one file of an epoch's older folder: which files of the epochs
// before live on here, under which name, and which do not.
type olderList struct {
	carried map[fileRef][]string // to the paths that took their place
	dropped map[fileRef]bool
}

var errOlderList = errors.New("invalid older list")

// parseOlderList reads a list. Its lines are
//
//	carried PATH SHA256 NEWPATH
//	dropped PATH SHA256
//
// and the paths are those of seedvault's own files, which hold no space.
func parseOlderList(text []byte) (*olderList, error) {
	if len(text) == 0 || text[len(text)-1] != '\n' {
		return nil, errOlderList
	}
	l := &olderList{map[fileRef][]string{}, map[fileRef]bool{}}
	for _, line := range strings.Split(string(text[:len(text)-1]), "\n") {
		words := strings.Split(line, " ")
		ref, ok := olderRef(words)
		switch {
		case ok && len(words) == 4 && words[0] == "carried" && words[3] != "":
			l.carried[ref] = append(l.carried[ref], words[3])
		case ok && len(words) == 3 && words[0] == "dropped":
			l.dropped[ref] = true
		default:
			return nil, errOlderList
		}
	}
	return l, nil
}

func olderRef(words []string) (fileRef, bool) {
	if len(words) < 3 || words[1] == "" {
		return fileRef{}, false
	}
	sum, ok := parseSum(words[2])
	return fileRef{words[1], sum}, ok
}
