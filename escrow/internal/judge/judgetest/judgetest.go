// Package judgetest holds an oracle for package judge: it says the same in the
// plainest words, without maps of maps and without thought for speed.
package judgetest

import (
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// Oracle gives one file's status: sections "What counts" and "Older epochs" of
// FORMAT.md, read from top to bottom.
func Oracle(facts judge.Facts, ref format.Ref, folder string) judge.Status {
	if facts.Pin.IsZero() {
		status := own(sealsIn(facts, folder), ref)
		if fingerprintOf(facts, folder).IsZero() && status != judge.Retired {
			return judge.Unconfirmed // whose vault.txt is lost
		}
		return status
	}
	pinned := folderOf(facts, facts.Pin)
	if folder == pinned {
		return own(sealsIn(facts, pinned), ref)
	}
	if fp := fingerprintOf(facts, folder); fp.IsZero() || !slices.Contains(Line(facts), fp) {
		return judge.Unconfirmed
	}
	ends := endsOf(facts, ref.Hash(), nil)
	switch {
	case slices.Contains(ends, "away"):
		return judge.Accepted
	case len(ends) > 0 || removedHere(facts, plainOf(facts, ref)):
		return judge.Hidden
	}
	return judge.Late
}

// own reads one epoch by its own seals: all of them, whatever they include.
func own(seals []*format.Seal, ref format.Ref) judge.Status {
	accepted := false
	for _, s := range seals {
		if s.Retired[ref] {
			return judge.Retired
		}
		if sum, listed := s.Files[ref.Path]; listed && sum == ref.Sum {
			accepted = true
		}
	}
	if accepted {
		return judge.Accepted
	}
	return judge.NotAccepted
}

// Line walks from the pinned epoch, and from each that its seals joined.
func Line(facts judge.Facts) []format.Fingerprint {
	var line []format.Fingerprint
	var follow func(format.Fingerprint)
	follow = func(fp format.Fingerprint) {
		if fp.IsZero() || slices.Contains(line, fp) {
			return
		}
		line = append(line, fp)
		for _, e := range facts.Epochs {
			if e.Fingerprint == fp {
				follow(e.Previous)
			}
		}
	}
	follow(facts.Pin)
	for _, s := range sealsIn(facts, folderOf(facts, facts.Pin)) {
		for fp := range s.Joined {
			follow(fp)
		}
	}
	return line
}

// endsOf follows every way from a HASH: "gone", "here" or "away" for each that ends.
// No way goes twice over one HASH.
func endsOf(facts judge.Facts, from string, way []string) (ends []string) {
	way = append(slices.Clone(way), from)
	for _, to := range next(facts, from) {
		switch {
		case to == "":
			ends = append(ends, "gone")
		case isHere(facts, to):
			ends = append(ends, "here")
		case isAccepted(facts, to):
			ends = append(ends, "away")
		case isRetired(facts, to):
			ends = append(ends, "here")
		case !slices.Contains(way, to):
			ends = append(ends, endsOf(facts, to, way)...)
		}
	}
	return ends
}

// next is what the lists that count say of a HASH, line by line.
func next(facts judge.Facts, from string) (to []string) {
	for _, l := range facts.Lists {
		if own(sealsIn(facts, folderOf(facts, facts.Pin)), l.Ref) != judge.Accepted {
			continue
		}
		for _, x := range l.Lines {
			if x.From == from && follows(facts, x.Folder) {
				to = append(to, x.To)
			}
		}
	}
	return to
}

// follows reports whether the pinned epoch follows a folder's.
func follows(facts judge.Facts, folder string) bool {
	return slices.ContainsFunc(Line(facts), func(fp format.Fingerprint) bool {
		return fp != facts.Pin && strings.HasSuffix(folder, "-"+fp.Hex()[:16])
	})
}

// removedHere reports whether a plaintext was removed in the pinned epoch or on the
// way to it, and that no seed that is shown as accepted or lies there has it.
func removedHere(facts judge.Facts, plain [32]byte) bool {
	if plain == [32]byte{} {
		return false
	}
	pinned := folderOf(facts, facts.Pin)
	removed := false
	for _, f := range facts.Files {
		if f.Plain != plain {
			continue
		}
		var ends []string
		if f.Folder != pinned {
			if fp := fingerprintOf(facts, f.Folder); fp.IsZero() || !slices.Contains(Line(facts), fp) {
				continue // a stranger's
			}
			ends = endsOf(facts, f.Ref.Hash(), nil)
		}
		switch status := own(sealsIn(facts, pinned), f.Ref); {
		case f.Folder == pinned && status == judge.Retired:
			removed = true
		case f.Folder == pinned || slices.Contains(ends, "away"):
			return false
		case slices.Contains(ends, "gone") && !slices.Contains(ends, "here"):
			removed = true
		}
	}
	return removed
}

func sealsIn(facts judge.Facts, folder string) []*format.Seal {
	for _, e := range facts.Epochs {
		if e.Folder == folder {
			return e.Ledger.Seals()
		}
	}
	return nil
}

func folderOf(facts judge.Facts, fp format.Fingerprint) string {
	for _, e := range facts.Epochs {
		if e.Fingerprint == fp {
			return e.Folder
		}
	}
	return ""
}

func fingerprintOf(facts judge.Facts, folder string) format.Fingerprint {
	for _, e := range facts.Epochs {
		if e.Folder == folder {
			return e.Fingerprint
		}
	}
	return format.Fingerprint{}
}

func plainOf(facts judge.Facts, ref format.Ref) [32]byte {
	for _, f := range facts.Files {
		if f.Ref == ref {
			return f.Plain
		}
	}
	return [32]byte{}
}

// isHere reports whether a file of the pinned epoch lies there undamaged.
func isHere(facts judge.Facts, hash string) bool {
	pinned := folderOf(facts, facts.Pin)
	return slices.ContainsFunc(facts.Files, func(f judge.File) bool {
		read := f.Plain != [32]byte{} || own(sealsIn(facts, pinned), f.Ref) == judge.Accepted
		return f.Folder == pinned && f.Ref.Hash() == hash && read
	})
}

func isRetired(facts judge.Facts, hash string) bool {
	for _, s := range sealsIn(facts, folderOf(facts, facts.Pin)) {
		for ref := range s.Retired {
			if ref.Hash() == hash {
				return true
			}
		}
	}
	return false
}

func isAccepted(facts judge.Facts, hash string) bool {
	for _, s := range sealsIn(facts, folderOf(facts, facts.Pin)) {
		for path, sum := range s.Files {
			if ref := (format.Ref{Path: path, Sum: sum}); ref.Hash() == hash && own(sealsIn(facts, folderOf(facts, facts.Pin)), ref) == judge.Accepted {
				return true
			}
		}
	}
	return false
}
