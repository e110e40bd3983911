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

// CompareSaved asks for the code that the phone shows for each seed that was saved, and compares
// it: at this moment phone and site are both at hand.
func CompareSaved(w *world.World, saved []escrow.Entry) error {
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

// savedOne asks for the phone's code of one seed until it fits or the person skips it, and
// returns what was typed last. It shows this PC's codes only on request or afterwards: whoever
// copies them from the screen has compared nothing.
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
		what := Compare(NormalizeCode(typed), []escrow.Entry{e}, saved, w.Now())
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

// fewest is the least number of characters that any app shows as a code.
const fewest = 5

// tooFew returns how many digits the code of a seed has if fewer were typed than any app
// shows, else 0.
func tooFew(typed string, e escrow.Entry) int {
	key, err := e.Seed.Key()
	typed = NormalizeCode(typed)
	numeric := strings.Trim(typed, "0123456789") == ""
	if err == nil && (utf8.RuneCountInString(typed) < fewest || numeric && len(typed) < min(key.Digits(), 6)) {
		return key.Digits()
	}
	return 0
}
