package walk

import (
	"io"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// Call leads a call from its start for as long as it goes on, and returns what
// became of it.
func (g *Walk) Call(goesOn func(guide.Talk) bool) (guide.Talk, error) {
	script := guide.OpenCall()
	return g.talk(script, script.Begin(g.Voice.Lang), goesOn)
}

// talk leads a call for as long as it goes on, and writes the sheet where it is
// asked for.
func (g *Walk) talk(script *guide.Call, t guide.Talk, goesOn func(guide.Talk) bool) (guide.Talk, error) {
	columns, _ := g.View.Size()
	for t.Over() == guide.GoesOn && goesOn(t) {
		typed, err := g.askAsTyped(t.Keys(), written(t.Show(g.view(columns-1, nil))))
		if err != nil {
			return t, err
		}
		t = t.Next(typed)
		if file := t.File(); file != "" {
			said := words.Part(words.GuideWrote, console.Safe(file, 0))
			err := g.Paper(file, func(w io.Writer) error { return g.view(0, nil).CallHTML(w, script, t.Facts()) })
			if err != nil {
				said = words.Part(err.Message, err.Args...)
			}
			text := g.Voice.Text(said.Message, said.Args...)
			t = t.Wrote(guide.Text{En: text, Ja: text}, err == nil)
		}
	}
	return t, nil
}
