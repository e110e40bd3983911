package copies

import (
	"math/rand/v2"
	"slices"
	"time"

	"seedvault/escrow"
)

// sampleFiles is how many files are read beside those that open the vault: half of
// them the newest, half by chance.
const sampleFiles = 64

// choosing returns the files that are read though both sides have them at one size:
// all that opens the vault, the live seals, and a sample.
func (s *syncing) choosing() map[string]bool {
	chosen := map[string]bool{}
	for _, name := range s.v.LiveSeals() {
		chosen[name] = true
	}
	var rest []string
	for name := range s.there.files {
		switch escrow.PartOf(name) {
		case escrow.PartEpoch, escrow.PartHolder:
			chosen[name] = true
		default:
			if !chosen[name] {
				rest = append(rest, name)
			}
		}
	}
	newest, rest := s.there.newest(rest, sampleFiles/2)
	for i := range min(len(rest), sampleFiles-sampleFiles/2) { // the first of a random order
		j := i + rand.IntN(len(rest)-i)
		rest[i], rest[j] = rest[j], rest[i]
		chosen[rest[i]] = true
	}
	for _, name := range newest {
		chosen[name] = true
	}
	return chosen
}

// newest takes the n files that were written last out of a list. Where the list holds ten
// thousand, sorting it all takes as long as comparing it.
func (s *side) newest(names []string, n int) (newest, rest []string) {
	rest = names[:0]
	for _, name := range names {
		at := s.written(name)
		i, _ := slices.BinarySearchFunc(newest, at, func(o string, at time.Time) int { return at.Compare(s.written(o)) })
		if newest = slices.Insert(newest, i, name); len(newest) > n {
			rest, newest = append(rest, newest[n]), newest[:n]
		}
	}
	return newest, rest
}

// written returns when a file was written, as far as the system tells.
func (s *side) written(name string) (at time.Time) {
	if info := s.files[name].info; info != nil {
		at = info.ModTime()
	}
	return at
}
