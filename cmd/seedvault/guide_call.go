package main

import (
	"bytes"
	"io"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

// guideCall shows what to say on the telephone: a turn at a time to a person at a
// terminal, who may fill in what is theirs, and with blanks to anybody else. With
// --html the person is asked for their facts and the sheet is written.
func (v *guiding) guideCall() error {
	script, err := guide.OpenCall()
	if err != nil {
		return err
	}
	g := v.guideScreen()
	if g == nil {
		if v.html != nil {
			return v.callHTML(script, nil, *v.html)
		}
		return v.w.Print(v.guideView(v.w.Width(), nil).Call(script, nil))
	}
	goesOn := guide.Talk.Filling
	if !v.plain && v.html == nil {
		goesOn = func(guide.Talk) bool { return true }
	}
	talk, err := g.talk(script, script.Begin(v.w.Voice.Lang), goesOn)
	if err == nil && talk.Over() == guide.GoesOn && v.plain && v.html == nil {
		_, err = g.ask(g.voice().Text(words.GuideKeysRead), written(g.shownPlain().Call(script, talk.Facts())))
	}
	g.Close()
	if err == nil && talk.Over() == guide.GoesOn && v.html != nil {
		return v.callHTML(script, talk.Facts(), *v.html)
	}
	if err == errLeft {
		return nil
	}
	return err
}

// shownPlain is how a text looks on this screen.
func (g *guideScreen) shownPlain() guide.View {
	columns, _ := g.view.Size()
	return g.v.guideView(columns-1, nil)
}

// talk leads a call for as long as it goes on, and writes the sheet where it is
// asked for.
func (g *guideScreen) talk(script *guide.Call, t guide.Talk, goesOn func(guide.Talk) bool) (guide.Talk, error) {
	for t.Over() == guide.GoesOn && goesOn(t) {
		typed, err := g.askAsTyped(t.Keys(), written(t.Show(g.shownPlain())))
		if err != nil {
			return t, err
		}
		t = t.Next(typed)
		if file := t.File(); file != "" {
			said := words.Part(words.GuideWrote, console.Safe(file, 0))
			err := writePaper(file, func(w io.Writer) error { return g.v.guideView(0, nil).CallHTML(w, script, t.Facts()) })
			if err != nil {
				e := explain.Error(err)
				said = words.Part(e.Message, e.Args...)
			}
			text := g.voice().Text(said.Message, said.Args...)
			t = t.Wrote(guide.Text{En: text, Ja: text}, err == nil)
		}
	}
	return t, nil
}

// callHTML writes the sheet for the call to a file, or to standard output for "-".
func (v *guiding) callHTML(script *guide.Call, facts guide.Facts, file string) error {
	return v.paper(file, func(w io.Writer) error { return v.guideView(0, nil).CallHTML(w, script, facts) })
}

// paper writes what is to be printed into a file that must not exist, or to
// standard output for "-".
func (v *guiding) paper(file string, write func(io.Writer) error) error {
	if file == "-" {
		return write(v.w.Voice.Out)
	}
	if err := writePaper(file, write); err != nil {
		return err
	}
	v.w.Voice.Remark(words.GuideWrote, console.Safe(file, 0))
	return nil
}

func writePaper(file string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return explain.Exists(file, local.WriteNewHere(file, b.Bytes()))
}
