package main

import (
	"io"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/guide/walk"
)

// guideCall shows what to say on the telephone: a turn at a time to a person at a
// terminal, who may fill in what is theirs, and with blanks to anybody else. With
// --html the person is asked for their facts and the sheet is written.
func (v *guiding) guideCall(book *guide.Guide) error {
	script := guide.OpenCall()
	var talk guide.Talk
	asked, err := v.onScreen(book, func(w *walk.Walk) error {
		if v.html == nil && !v.plain {
			_, err := w.Call(func(guide.Talk) bool { return true })
			return err
		}
		var err error
		talk, err = w.Call(guide.Talk.Filling)
		if err != nil || v.html != nil || talk.Over() != guide.GoesOn {
			return err
		}
		columns, _ := w.View.Size()
		return w.Read(v.view(columns-1, nil).Call(script, talk.Facts()))
	})
	switch {
	case err != nil, asked && (v.html == nil || talk.Over() != guide.GoesOn):
		return notLeft(err)
	case v.html != nil:
		return v.paper(*v.html, func(w io.Writer) error { return v.view(0, nil).CallHTML(w, script, talk.Facts()) })
	}
	return v.w.Print(v.view(v.w.Width(), nil).Call(script, nil))
}
