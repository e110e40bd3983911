package main

import (
	"bytes"
	"context"
	"errors"
	"io"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/guide/walk"
	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// guiding leads out of a lockout where there is no backup. It needs no vault, no
// network and no home.
type guiding struct {
	w                               *world.World
	choice                          *place.Choice
	plain, list, json, before, call bool
	search, html                    *string
}

func guideVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &guiding{w: w, choice: choice}
	return &cli.Command{
		Name: "guide", Names: cli.AnyNames(completion.GuidePages), Run: v.run,
		Flags: []cli.Flag{
			cli.Switch(&v.plain, "plain"), cli.Switch(&v.list, "list"), cli.Optional(&v.search, "search", cli.Anything), cli.Switch(&v.json, "json"),
			cli.Optional(&v.html, "html", cli.File), cli.Switch(&v.before, "before"), cli.Switch(&v.call, "call"),
		},
	}
}

func (v *guiding) run(ctx context.Context, names []string) error {
	if len(names) > 1 {
		return say.Usage(words.TooManyNames, console.Safe(names[1], 40)).WithHint(words.HintGuideOneName)
	}
	modes := 0
	for _, mode := range []bool{v.list, v.search != nil, v.html != nil, v.before, v.call} {
		if mode {
			modes++
		}
	}
	if v.call && v.html != nil { // the call, on paper
		modes--
	}
	if modes > 1 {
		return cli.Misused(words.GuideOneForm, "guide")
	}
	book := guide.Open()
	name := ""
	if len(names) > 0 {
		name = names[0]
	}
	switch {
	case v.list, v.search != nil:
		return v.guideList(book, name)
	case v.before:
		return v.guideBefore(ctx, book, name)
	case name == "" && v.call:
		return v.guideCall(book)
	case name == "" && (v.html != nil || v.json):
		return say.Usage(words.GuideNameWhat).WithHint(words.HintGuideList)
	case name == "":
		return v.guideFromTheStart(book)
	default:
		return v.guidePage(book, name)
	}
}

// guideFromTheStart asks its way to a page; without a terminal it prints what it
// would ask.
func (v *guiding) guideFromTheStart(book *guide.Guide) error {
	if done, err := v.led(book, (*walk.Walk).FromTheStart); done {
		return err
	}
	return v.guideTree(book)
}

// guidePage prints or shows what was asked for about one page.
func (v *guiding) guidePage(book *guide.Guide, name string) error {
	page, service, said := walk.Find(book, name, v.w.Voice.Lang)
	if v.call || v.html != nil || v.json {
		v.remarkAll(said)
	}
	switch {
	case v.call && page.ID != guide.CallPage:
		return say.Usage(words.GuideNoCall, page.Name.In(v.w.Voice.Lang)).WithHint(words.HintGuideNoCall)
	case v.call:
		return v.guideCall(book)
	case v.html != nil:
		return v.paper(*v.html, func(w io.Writer) error { return v.view(0, service).HTML(w, page) })
	case v.json:
		return v.w.WriteJSON(page)
	}
	if done, err := v.led(book, func(w *walk.Walk) error { return w.OnPage(page, service, said) }); done {
		return err
	}
	v.remarkAll(said)
	return v.w.Print(v.view(v.w.Width(), service).Page(page))
}

// led leads a person at a terminal, and prints afterwards where they have left the guide; done
// is false if there is no person at a terminal, or --plain is set.
func (v *guiding) led(book *guide.Guide, lead func(*walk.Walk) error) (done bool, err error) {
	if v.plain {
		return false, nil
	}
	folders, unkept := v.w.Folders()
	var left *walk.Walk
	done, err = v.onScreen(book, func(w *walk.Walk) error {
		left = w
		if unkept == nil {
			w.Keep = folders
		}
		return lead(w)
	})
	if !done {
		return false, nil
	}
	if unkept == nil {
		unkept = left.Unkept()
	}
	if unkept != nil {
		v.w.Voice.Remark(words.GuideNotKept, explain.Error(unkept))
	}
	if page, at, of := left.Left(); page != nil && (errors.Is(err, walk.ErrLeft) || errors.Is(err, console.ErrInterrupted)) {
		v.w.Voice.Remark(words.GuideLeft, page.Name.In(v.w.Voice.Lang), at, of)
	}
	return true, notLeft(err)
}

// onScreen calls show with the person's screen; done is false if there is no person at a
// terminal.
func (v *guiding) onScreen(book *guide.Guide, show func(*walk.Walk) error) (done bool, err error) {
	if _, _, ok := v.w.Screen(); !ok {
		return false, nil
	}
	t, err := v.w.Terminal()
	if err != nil {
		return false, nil
	}
	defer t.Close()
	screen := t.View(v.w.Getenv)
	defer screen.Close()
	return true, show(&walk.Walk{View: screen, Voice: v.w.Voice, Now: v.w.Now, Book: book, Paper: v.write})
}

// notLeft returns nil for the error that the person has ended the guide, and any other error
// as it is.
func notLeft(err error) error {
	if errors.Is(err, walk.ErrLeft) {
		return nil
	}
	return err
}

// view returns a view in the person's language; service is the one for which the generic page
// is shown, nil if it is another page.
func (v *guiding) view(width int, service *guide.Service) guide.View {
	return guide.View{Language: v.w.Voice.Lang, Width: width, Now: v.w.Now(), Service: service}
}

// remarkAll remarks on each.
func (v *guiding) remarkAll(said []words.Phrase) {
	for _, s := range said {
		v.w.Voice.Remark(s.Message, s.Args...)
	}
}

// paper writes a page to print to a file that must not exist, or to standard output for "-".
func (v *guiding) paper(file string, write func(io.Writer) error) error {
	if file == "-" {
		return write(v.w.Voice.Out)
	}
	if err := v.write(file, write); err != nil {
		return err
	}
	v.w.Voice.Remark(words.GuideWrote, console.Safe(file, 0))
	return nil
}

// write writes a file that must not exist, and returns why if it cannot.
func (v *guiding) write(file string, write func(io.Writer) error) *say.Error {
	var b bytes.Buffer
	err := write(&b)
	if err == nil {
		err = explain.NotMade(file, local.WriteNew(file, b.Bytes()))
	}
	if err == nil {
		return nil
	}
	return explain.Error(err)
}

// guideList lists the pages, or those that a word is found in.
func (v *guiding) guideList(book *guide.Guide, name string) error {
	if name != "" {
		return cli.Misused(words.TooManyNames, "guide", console.Safe(name, 40))
	}
	if v.search != nil {
		return v.guideSearch(book)
	}
	if v.json {
		return v.w.WriteJSON(book.List())
	}
	v.w.Voice.Remark(words.GuideMoreServices, book.WithoutPage())
	return v.w.Print(v.view(v.w.Width(), nil).List(book.List()))
}

// guideSearch lists the places where words stand.
func (v *guiding) guideSearch(book *guide.Guide) error {
	hits := book.Search(*v.search)
	switch {
	case v.json:
		return v.w.WriteJSON(append([]guide.Hit{}, hits...)) // none are an empty array
	case len(hits) == 0:
		return say.Fail(words.GuideFoundNothing, console.Safe(*v.search, 40)).WithHint(words.HintGuideList)
	}
	return v.w.Print(v.view(v.w.Width(), nil).Hits(hits))
}

// guideTree prints what the guide would ask, for where nobody can be asked.
func (v *guiding) guideTree(book *guide.Guide) error {
	view := v.view(v.w.Width(), nil)
	return v.w.Print(v.w.Voice.Text(words.GuideTree) + "\n\n" + view.List(book.List()) + "\n" + view.Tree(book, walk.Always(book, guide.Generic)))
}

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
