package recheck

import (
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Saved offers to hold what the phone shows against each seed that was saved: at this
// moment both are at hand.
func Saved(w *world.World, saved []escrow.Entry) error {
	if !w.Attended() {
		return nil
	}
	t, err := w.Terminal()
	if err != nil {
		return nil
	}
	defer t.Close()
	for _, e := range saved {
		if _, err := e.Seed.Key(); err != nil {
			continue
		}
		typed, err := savedOne(w, t, e, saved)
		if err != nil {
			w.Voice.Remark(words.PhoneNotCompared)
			return nil
		}
		if typed == "q" {
			return nil
		}
	}
	return nil
}

// savedOne asks for the phone's code of one seed until it fits or the person passes on,
// and returns what was typed last.
func savedOne(w *world.World, t *console.Terminal, e escrow.Entry, saved []escrow.Entry) (string, error) {
	for wrong := 0; ; {
		typed, err := t.Line(w.Voice.Text(words.AskCompare, seedlist.Title(e)))
		if folded := world.Folded(typed); err != nil || folded == "" || folded == "q" {
			return folded, err
		}
		what := Compare(Typed(typed), []escrow.Entry{e}, saved, w.Now())
		w.Voice.Remark(what.Said, what.About...)
		if what.Match {
			return typed, nil
		}
		if wrong++; wrong == 3 {
			w.Voice.Remark(words.ThreeWrongAtAdd)
		}
		seedlist.RemarkCode(w, e.Seed)
	}
}
