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
// all that opens the vault, and a sample.
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
	slices.SortFunc(rest, func(a, b string) int { return s.there.written(b).Compare(s.there.written(a)) })
	newest := min(len(rest), sampleFiles/2)
	for _, name := range rest[:newest] {
		chosen[name] = true
	}
	rest = rest[newest:]
	for _, i := range rand.Perm(len(rest))[:min(len(rest), sampleFiles/2)] {
		chosen[rest[i]] = true
	}
	return chosen
}

// written returns when a file was written, as far as the system tells.
func (s *side) written(name string) (at time.Time) {
	if info := s.infos[name]; info != nil {
		at = info.ModTime()
	}
	return at
}
