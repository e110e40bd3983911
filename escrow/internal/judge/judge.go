package judge

import "seedvault/escrow/internal/format"

// Facts are all that decides what counts.
type Facts struct {
	Pin    format.Fingerprint // zero: no epoch speaks for another
	Epochs []Epoch
	Files  []File
	Lists  []List // found undamaged in the pinned epoch's older folder
}

// Epoch is one epoch's folder.
type Epoch struct {
	Folder      string
	Fingerprint format.Fingerprint // zero when vault.txt is missing or damaged and nothing vouches for it
	Previous    format.Fingerprint
	Ledger      *Ledger // of seals that its own signer signed
}

// File is a file whose content is what its name says. Copies under odd names appear
// once, under the name that their content should have.
type File struct {
	Folder string
	Ref    format.Ref
	Plain  [32]byte // SHA-256 of the plaintext; zero when it has not been opened
}

// List is an older list under its name.
type List struct {
	Ref  format.Ref
	List *format.OlderList
}

// Verdicts are what follows from the facts.
type Verdicts struct {
	Line   map[format.Fingerprint]bool // the pinned epoch and those that it follows
	Status map[format.Ref]Status
}

// Judge decides what every file counts for. It is the one place where that is
// decided, and it is a pure function.
func Judge(f Facts) Verdicts {
	v := Verdicts{Line: f.Line(), Status: make(map[format.Ref]Status, len(f.Files))}
	ledgers := make(map[string]*Ledger, len(f.Epochs))
	inLine := make(map[string]bool, len(f.Epochs))
	for _, e := range f.Epochs {
		ledgers[e.Folder] = e.Ledger
		inLine[e.Folder] = !e.Fingerprint.IsZero() && v.Line[e.Fingerprint]
	}
	pinned := f.pinned().Folder
	older := f.older(ledgers[pinned])
	for _, file := range f.Files {
		switch {
		case f.Pin.IsZero() || file.Folder == pinned:
			v.Status[file.Ref] = ledgers[file.Folder].Status(file.Ref)
		case inLine[file.Folder]:
			v.Status[file.Ref] = older.status(file.Ref)
		default:
			v.Status[file.Ref] = Unconfirmed
		}
	}
	f.hideRemoved(v.Status, older)
	return v
}

func (f Facts) pinned() Epoch {
	for _, e := range f.Epochs {
		if !f.Pin.IsZero() && e.Fingerprint == f.Pin {
			return e
		}
	}
	return Epoch{}
}

// Line is the pinned epoch and those that it follows: by the previous hashes, and by
// what its own seals have joined. Nobody else's seals are asked.
func (f Facts) Line() map[format.Fingerprint]bool {
	line := map[format.Fingerprint]bool{}
	if f.Pin.IsZero() {
		return line
	}
	previous := map[format.Fingerprint]format.Fingerprint{}
	for _, e := range f.Epochs {
		previous[e.Fingerprint] = e.Previous
	}
	starts := []format.Fingerprint{f.Pin}
	for _, s := range f.pinned().Ledger.Seals() {
		for fp := range s.Joined {
			starts = append(starts, fp)
		}
	}
	for _, fp := range starts {
		for ; !fp.IsZero() && !line[fp]; fp = previous[fp] {
			line[fp] = true
		}
	}
	return line
}

// olderFiles is what the pinned epoch's sealed lists say of older files.
type olderFiles struct {
	carried map[format.Ref][]string
	dropped map[format.Ref]bool
	arrived map[string]bool // paths of the pinned epoch that are here, or retired
}

// older unites the lists that the pinned epoch has sealed; others say nothing.
func (f Facts) older(pinned *Ledger) olderFiles {
	o := olderFiles{map[format.Ref][]string{}, map[format.Ref]bool{}, map[string]bool{}}
	for _, l := range f.Lists {
		if pinned.Status(l.Ref) != Accepted {
			continue
		}
		for ref, paths := range l.List.Carried {
			o.carried[ref] = append(o.carried[ref], paths...)
		}
		for ref := range l.List.Dropped {
			o.dropped[ref] = true
		}
	}
	for _, file := range f.Files {
		o.arrived[file.Ref.Path] = true
	}
	for ref := range pinned.Retired() {
		o.arrived[ref.Path] = true
	}
	return o
}

// status of an older epoch's file. Carried wins over dropped, and a carried file
// speaks for itself until all that took its place is here, so that a half-copied
// epoch hides nothing.
func (o olderFiles) status(ref format.Ref) Status {
	paths, carried := o.carried[ref]
	switch {
	case carried:
		for _, p := range paths {
			if !o.arrived[p] {
				return Accepted
			}
		}
		return Hidden
	case o.dropped[ref]:
		return Hidden
	}
	return Late
}

// hideRemoved hides late files whose plaintext was removed here: a machine that
// was away brings back what it never saw removed, under another file's name.
func (f Facts) hideRemoved(status map[format.Ref]Status, older olderFiles) {
	gone, live := map[[32]byte]bool{}, map[[32]byte]bool{}
	for _, file := range f.Files {
		s := status[file.Ref]
		if file.Plain == [32]byte{} {
			continue // not opened
		}
		if s == Retired || older.dropped[file.Ref] {
			gone[file.Plain] = true
		}
		if s == Accepted || s == NotAccepted { // a dropped one too, if it was carried as well and speaks for itself
			live[file.Plain] = true
		}
	}
	for _, file := range f.Files {
		if status[file.Ref] == Late && gone[file.Plain] && !live[file.Plain] {
			status[file.Ref] = Hidden
		}
	}
}
