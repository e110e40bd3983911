package judge

import (
	"slices"
	"sync"

	"seedvault/escrow/internal/format"
)

// Facts are all that decides what counts.
type Facts struct {
	Pin    format.Fingerprint // zero: no epoch speaks for another
	Epochs []Epoch
	Files  []File
	Lists  []OlderList // found undamaged in the pinned epoch's older folder
}

// File is a seed or a record of the roster whose content is what its name says. Copies
// under odd names appear once, under the name that their content should have.
type File struct {
	Folder string
	Ref    format.Ref
	Plain  [32]byte // SHA-256 of the plaintext; zero when it has not been opened
}

// OlderList is a list of what became of files of older epochs, under its name (F39).
type OlderList struct {
	Ref   format.Ref
	Lines []format.OlderLine
}

// Verdicts are what follows from the facts.
type Verdicts struct {
	Line map[format.Fingerprint]bool // the pinned epoch and those that it follows
	Of   map[format.Ref]Verdict
	// Removed are the files, true, whose plaintexts count as removed. What is late and
	// has the same plaintext is hidden (F41), which can be said only once both are opened.
	Removed map[format.Ref]bool
}

// Judge decides what every file counts for. It is the one place where that is
// decided, and it is a pure function.
func Judge(f Facts) Verdicts {
	v := Verdicts{Line: f.Line(), Of: make(map[format.Ref]Verdict, len(f.Files)), Removed: map[format.Ref]bool{}}
	ledgers := make(map[string]*Ledger, len(f.Epochs))
	inLine, known := make(map[string]bool, len(f.Epochs)), make(map[string]bool, len(f.Epochs))
	for _, e := range f.Epochs {
		known[e.Folder] = !e.Fingerprint.IsZero()
		ledgers[e.Folder] = e.Ledger
		inLine[e.Folder] = !e.Fingerprint.IsZero() && v.Line[e.Fingerprint]
	}
	pinned := f.pinned().Folder
	successions := sync.OnceValue(f.Successions) // only what older epochs have goes by them
	for _, file := range f.Files {
		switch {
		case f.Pin.IsZero() && !known[file.Folder] && ledgers[file.Folder].Status(file.Ref) != Retired:
			v.Of[file.Ref] = Verdict{Unconfirmed, 44}
		case f.Pin.IsZero() || file.Folder == pinned:
			v.Of[file.Ref] = ledgers[file.Folder].Verdict(file.Ref)
			v.Removed[file.Ref] = v.Of[file.Ref].Status == Retired && file.Folder == pinned
		case inLine[file.Folder]:
			v.Of[file.Ref], v.Removed[file.Ref] = successions().verdict(file.Ref.Hash())
		case !known[file.Folder]:
			v.Of[file.Ref] = Verdict{Unconfirmed, 44}
		default:
			v.Of[file.Ref] = Verdict{Unconfirmed, 38}
		}
	}
	f.hideRemoved(v)
	return v
}

// hideRemoved hides late files whose plaintext was removed here, unless it is shown
// as accepted or lies here: a machine that was away brings back what it never saw
// removed, under another file's name.
func (f Facts) hideRemoved(v Verdicts) {
	if !slices.ContainsFunc(f.Files, func(file File) bool { return v.Of[file.Ref].Status == Late }) {
		return
	}
	gone, live := map[[32]byte]bool{}, map[[32]byte]bool{}
	for _, file := range f.Files {
		s := v.Of[file.Ref].Status
		if file.Plain == [32]byte{} {
			continue // not opened
		}
		gone[file.Plain] = gone[file.Plain] || v.Removed[file.Ref]
		live[file.Plain] = live[file.Plain] || s == Accepted || s == NotAccepted
	}
	for _, file := range f.Files {
		if v.Of[file.Ref].Status == Late && gone[file.Plain] && !live[file.Plain] {
			v.Of[file.Ref] = Verdict{Hidden, 41}
		}
	}
}
