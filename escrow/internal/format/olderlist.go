package format

import (
	"errors"
	"slices"
	"strings"
)

// OlderLine is one line of an older list: a file of an older epoch, and the HASH
// that its content lives on as, "" where it does not.
type OlderLine struct {
	Folder   string // of the epoch that the file lies in
	From, To string // HASH
}

// gone stands in the place of a new HASH where the content does not live on.
const gone = "-"

// ErrOlderList is returned for a text that is no older list.
var ErrOlderList = errors.New("invalid older list")

// ParseOlderList reads a list, which is one file of an epoch's older folder. Its
// lines are
//
//	FOLDER HASH NEWHASH
//	FOLDER HASH -
//
// and the error is [ErrOlderList].
func ParseOlderList(text []byte) ([]OlderLine, error) {
	if len(text) == 0 || text[len(text)-1] != '\n' {
		return nil, ErrOlderList
	}
	var lines []OlderLine
	for _, line := range strings.Split(string(text[:len(text)-1]), "\n") {
		words := strings.Split(line, " ")
		if len(words) != 3 {
			return nil, ErrOlderList
		}
		_, _, ok := ParseEpochFolder(words[0])
		if !ok || !IsHash(words[1]) || words[2] != gone && !IsHash(words[2]) {
			return nil, ErrOlderList
		}
		l := OlderLine{words[0], words[1], words[2]}
		if l.To == gone {
			l.To = ""
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// MarshalOlderLists writes lines, each once and sorted, into texts of which none is
// longer than a limit.
func MarshalOlderLists(lines []OlderLine, limit int64) []string {
	var all []string
	for _, l := range lines {
		to := l.To
		if to == "" {
			to = gone
		}
		all = append(all, l.Folder+" "+l.From+" "+to+"\n")
	}
	slices.Sort(all)
	var texts []string
	var b strings.Builder
	for _, line := range slices.Compact(all) {
		if b.Len() > 0 && int64(b.Len()+len(line)) > limit {
			texts = append(texts, b.String())
			b.Reset()
		}
		b.WriteString(line)
	}
	if b.Len() > 0 {
		texts = append(texts, b.String())
	}
	return texts
}
