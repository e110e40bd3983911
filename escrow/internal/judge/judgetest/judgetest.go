// Package judgetest holds an oracle for package judge: it says the same in the
// plainest words, without maps of maps and without thought for speed.
package judgetest

import (
	"maps"
	"slices"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// Oracle gives one file's standing: section "What counts" of FORMAT.md, read
// from top to bottom.
func Oracle(ev judge.Facts, ref format.Ref, folder string) judge.Status {
	if ev.Pin.IsZero() {
		return oracleOwn(sealsIn(ev, folder), ref)
	}
	pinned := folderOf(ev, ev.Pin)
	if folder == pinned {
		return oracleOwn(sealsIn(ev, pinned), ref)
	}
	if fp := fingerprintOf(ev, folder); fp.IsZero() || !slices.Contains(Line(ev), fp) {
		return judge.Unconfirmed
	}
	carried, dropped := oracleLists(ev, pinned)
	if to, is := carried[ref]; is {
		for _, p := range to {
			if !isHere(ev, p) && !isRetired(sealsIn(ev, pinned), p) {
				return judge.Accepted
			}
		}
		return judge.Hidden
	}
	if dropped[ref] || removedHere(ev, whatOf(ev, ref)) {
		return judge.Hidden
	}
	return judge.Late
}

// oracleOwn reads one epoch by its own seals.
func oracleOwn(seals []*format.Seal, ref format.Ref) judge.Status {
	accepted := false
	for _, s := range seals {
		if s.Retired[ref] {
			return judge.Retired
		}
		if sum, listed := s.Files[ref.Path]; listed && sum == ref.Sum && !earlierOther(seals, s, ref) {
			accepted = true
		}
	}
	if accepted {
		return judge.Accepted
	}
	return judge.NotAccepted
}

// earlierOther says that a seal before s gives the path another content.
func earlierOther(seals []*format.Seal, s *format.Seal, ref format.Ref) bool {
	for _, t := range seals {
		before := t.Number < s.Number || t.Number == s.Number && t.Hash() < s.Hash()
		if sum, listed := t.Files[ref.Path]; before && listed && sum != ref.Sum {
			return true
		}
	}
	return false
}

// Line walks from the pinned epoch, and from each that its seals joined.
func Line(ev judge.Facts) []format.Fingerprint {
	var line []format.Fingerprint
	var follow func(format.Fingerprint)
	follow = func(fp format.Fingerprint) {
		if fp.IsZero() || slices.Contains(line, fp) {
			return
		}
		line = append(line, fp)
		for _, e := range ev.Epochs {
			if e.Fingerprint == fp {
				follow(e.Previous)
			}
		}
	}
	follow(ev.Pin)
	for _, s := range sealsIn(ev, folderOf(ev, ev.Pin)) {
		for fp := range s.Joined {
			follow(fp)
		}
	}
	return line
}

func oracleLists(ev judge.Facts, pinned string) (carried map[format.Ref][]string, dropped map[format.Ref]bool) {
	carried, dropped = map[format.Ref][]string{}, map[format.Ref]bool{}
	for _, l := range ev.Lists {
		if oracleOwn(sealsIn(ev, pinned), l.Ref) == judge.Accepted {
			for ref, to := range l.List.Carried {
				carried[ref] = append(carried[ref], to...)
			}
			maps.Copy(dropped, l.List.Dropped)
		}
	}
	return carried, dropped
}

// removedHere says that a plaintext was removed in the pinned epoch or dropped
// on the way to it, and that no seed shown in their line still holds it.
func removedHere(ev judge.Facts, what [32]byte) bool {
	pinned := folderOf(ev, ev.Pin)
	carried, dropped := oracleLists(ev, pinned)
	gone := false
	for _, f := range ev.Files {
		if f.Plain != what || what == [32]byte{} {
			continue
		}
		if dropped[f.Ref] || f.Folder == pinned && oracleOwn(sealsIn(ev, pinned), f.Ref) == judge.Retired {
			gone = true
		}
		_, listed := carried[f.Ref]
		if f.Folder != pinned && !listed {
			continue // late, dropped or a stranger's: no proof that it lives
		}
		if s := Oracle(ev, f.Ref, f.Folder); s == judge.Accepted || s == judge.NotAccepted {
			return false
		}
	}
	return gone
}

func sealsIn(ev judge.Facts, folder string) []*format.Seal {
	for _, e := range ev.Epochs {
		if e.Folder == folder {
			return e.Ledger.Seals()
		}
	}
	return nil
}

func folderOf(ev judge.Facts, fp format.Fingerprint) string {
	for _, e := range ev.Epochs {
		if e.Fingerprint == fp {
			return e.Folder
		}
	}
	return ""
}

func fingerprintOf(ev judge.Facts, folder string) format.Fingerprint {
	for _, e := range ev.Epochs {
		if e.Folder == folder {
			return e.Fingerprint
		}
	}
	return format.Fingerprint{}
}

func whatOf(ev judge.Facts, ref format.Ref) [32]byte {
	for _, f := range ev.Files {
		if f.Ref == ref {
			return f.Plain
		}
	}
	return [32]byte{}
}

func isHere(ev judge.Facts, path string) bool {
	return slices.ContainsFunc(ev.Files, func(f judge.File) bool { return f.Ref.Path == path })
}

func isRetired(seals []*format.Seal, path string) bool {
	for _, s := range seals {
		for ref := range s.Retired {
			if ref.Path == path {
				return true
			}
		}
	}
	return false
}
