package recheck

import (
	"strings"
	"unicode/utf8"

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
// and returns what was typed last. This PC's codes are shown on request and afterwards:
// whoever copies them from the screen has compared nothing.
func savedOne(w *world.World, t *console.Terminal, e escrow.Entry, saved []escrow.Entry) (string, error) {
	for wrong := 0; ; {
		typed, err := t.Line(w.Voice.Text(words.AskCompare, seedlist.Title(e)))
		switch folded := world.Folded(typed); {
		case err != nil || folded == "" || folded == "q" || world.IsNo(typed):
			return folded, err
		case folded == "c":
			seedlist.RemarkCode(w, e.Seed)
			continue
		case world.IsYes(typed):
			continue
		}
		if missing := tooFew(typed, e); missing > 0 {
			w.Voice.Remark(words.CodeTooShort, missing)
			continue
		}
		what := Compare(Typed(typed), []escrow.Entry{e}, saved, w.Now())
		w.Voice.Remark(what.Said, what.About...)
		if what.Match {
			seedlist.RemarkCode(w, e.Seed) // some services want two in a row
			return typed, nil
		}
		if wrong++; wrong == 3 {
			w.Voice.Remark(words.ThreeWrongAtAdd)
		}
	}
}

// fewest is how few characters a code has in any app.
const fewest = 5

// tooFew returns how many digits a code has of which fewer were typed than any app
// shows, 0 if nothing lacks.
func tooFew(typed string, e escrow.Entry) int {
	key, err := e.Seed.Key()
	typed = Typed(typed)
	numeric := strings.Trim(typed, "0123456789") == ""
	if err == nil && (utf8.RuneCountInString(typed) < fewest || numeric && len(typed) < min(key.Digits(), 6)) {
		return key.Digits()
	}
	return 0
}
