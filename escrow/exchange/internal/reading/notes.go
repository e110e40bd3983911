package reading

import (
	"strconv"
	"strings"

	"seedvault/escrow/exchange"
)

// Recovery codes and the owner's own name go into the note of a format that has
// nothing but a note, in lines by which they are found again.
const (
	noteName     = "seedvault name: "
	noteRecovery = "seedvault recovery codes: "
)

// JoinNote returns the one note that holds name, recovery codes and notes.
func JoinNote(d exchange.Details) string {
	var lines []string
	if d.Name != "" {
		lines = append(lines, noteName+d.Name)
	}
	for _, r := range d.Recovery {
		lines = append(lines, noteRecovery+strconv.Quote(r))
	}
	return strings.Join(append(lines, d.Notes...), "\n")
}

// SplitNote undoes [JoinNote].
func SplitNote(d *exchange.Details, note string) {
	for {
		line, rest, _ := strings.Cut(note, "\n")
		if name, ok := strings.CutPrefix(line, noteName); ok && d.Name == "" && len(d.Recovery) == 0 {
			d.Name, note = name, rest
			continue
		}
		quoted, ok := strings.CutPrefix(line, noteRecovery)
		code, err := strconv.Unquote(quoted)
		if !ok || err != nil {
			break
		}
		d.Recovery, note = append(d.Recovery, code), rest
	}
	d.AddNote(note)
}
