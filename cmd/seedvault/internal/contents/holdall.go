package contents

import (
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// heldIndex finds the entry of a seed among many.
type heldIndex struct {
	accepted, waiting map[string]escrow.Entry
	secrets           map[string]escrow.Entry // of accepted ones, by secret
}

// enrolmentKey returns a key that is equal for two seeds that are the same enrolment. For a line
// that gives no codes the key is the line.
func enrolmentKey(s escrow.Seed) string {
	key, err := s.Key()
	if err != nil {
		return "line " + s.Line()
	}
	mark := key.SeedMark()
	return string(mark[:])
}

func secretOf(s escrow.Seed) string {
	key, err := s.Key()
	if err != nil {
		return ""
	}
	return string(key.Secret())
}

func (h *Holding) index() heldIndex {
	in := heldIndex{map[string]escrow.Entry{}, map[string]escrow.Entry{}, map[string]escrow.Entry{}}
	for _, e := range h.entries {
		of := in.waiting
		switch e.Status {
		case escrow.Accepted:
			of = in.accepted
			if secret := secretOf(e.Seed); secret != "" {
				in.secrets[secret] = e
			}
		case escrow.NotAccepted, escrow.Late:
		default:
			continue
		}
		mark := enrolmentKey(e.Seed)
		if had, ok := of[mark]; !ok || counterOf(e.Seed) > counterOf(had.Seed) {
			of[mark] = e
		}
	}
	return in
}

// HasAll reports for each of many seeds whether it need not be saved, as [Holding.Has] does
// for one, but asks nobody: a seed that waits and that another machine has added is saved
// anew.
func (h *Holding) HasAll(seeds []escrow.Seed) []bool {
	in, has, anew := h.index(), make([]bool, len(seeds)), 0
	for i, s := range seeds {
		mark := enrolmentKey(s)
		had, accepted := in.accepted[mark]
		wait, waiting := in.waiting[mark]
		switch {
		case accepted:
			has[i] = true
			if at := counterOf(s); at > counterOf(had.Seed) {
				h.voice().Remark(words.CountsFurther, at, counterOf(had.Seed), had.Receipts[0], at)
			}
			continue
		case waiting && counterOf(s) <= counterOf(wait.Seed) && h.isOwn(wait):
			has[i] = true
			continue
		case waiting:
			anew++
		}
		if other, ok := in.secrets[secretOf(s)]; ok {
			h.voice().Remark(words.HeldSecret, seedlist.TitleOfSeed(s, escrow.Receipt{}), seedlist.Title(other))
		}
	}
	if anew > 0 {
		h.voice().Remark(words.ImportAnew, anew)
	}
	return has
}
