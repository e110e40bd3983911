package main

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/recheck"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/transfer"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/apps"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
)

// restore gives seeds to a new phone: on the terminal, or if the flags ask for it as pictures
// or lines.
type restore struct {
	w                  *world.World
	choice             *place.Choice
	uri, google, ascii bool
	app                string // --for
	include            contents.Include
	png, svg           *string
}

func restoreVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &restore{w: w, choice: choice}
	return &cli.Command{
		Name: "restore", Names: cli.AnyNames(completion.Seeds), Run: v.run,
		Flags: []cli.Flag{
			copyFlag(choice), cli.Switch(&v.uri, "uri"), cli.Optional(&v.png, "png", cli.File), cli.Optional(&v.svg, "svg", cli.File),
			cli.Switch(&v.google, "google"), cli.Switch(&v.ascii, "ascii"), cli.Switch(&v.include.Removed, "removed"), cli.Switch(&v.include.Unaccepted, "unaccepted"), cli.Text(&v.app, "for", completion.Apps),
		},
	}
}

func (v *restore) run(ctx context.Context, names []string) error {
	app, err := v.forApp()
	if err != nil {
		return err
	}
	if err := v.check(); err != nil {
		return err
	}
	open := contents.OpenListing
	if len(names) == 0 || v.draws() {
		open = contents.OpenListingWhole
	}
	l, err := open(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer l.Close()
	chosen, err := l.ChooseAll(ctx, names, v.include)
	if err != nil {
		return err
	}
	v.warnFor(app, chosen)
	steps, err := v.steps(chosen)
	if err != nil {
		return err
	}
	if err := v.give(ctx, l, steps); err != nil {
		return err
	}
	if len(names) == 0 {
		l.RemarkLost()
	}
	l.Vault.AcceptOwnIfDue(ctx, l.Opened)
	return nil
}

// draws reports whether codes are drawn on the terminal: then what the phone shows is compared
// with all seeds.
func (v *restore) draws() bool { return !v.uri && v.png == nil && v.svg == nil }

// check returns an error, before anything is opened, unless the flags ask for at most one
// form. Unencrypted seeds go to a file or a pipe only if a flag asks for it.
func (v *restore) check() error {
	asked := 0
	for _, form := range []bool{v.uri, v.png != nil, v.svg != nil} {
		if form {
			asked++
		}
	}
	_, _, onScreen := v.w.Screen()
	switch {
	case asked > 1:
		return cli.Misused(words.OneForm, "restore")
	case onScreen && (text(v.png) == "-" || text(v.svg) == "-"):
		return say.Usage(words.PictureOnTerminal).WithHint(words.HintPictureOnTerminal)
	case asked == 1:
		return nil
	}
	t, err := v.w.Terminal()
	if err != nil {
		return say.Usage(words.NotDrawnHere).WithHint(words.HintNotDrawnHere)
	}
	t.Close()
	return nil
}

// steps makes one code for each seed, or export codes for all of them.
func (v *restore) steps(chosen []escrow.Entry) ([]recheck.Step, error) {
	if v.google {
		return v.googleSteps(chosen)
	}
	var list []recheck.Step
	for _, e := range chosen {
		text := e.Seed.Line
		if key, err := e.Seed.Key(); err == nil {
			text = key.ASCII // percent encoded: it means the same, and every reader reads the same
		}
		title := seedlist.Title(e)
		if mark := seedlist.Marks(v.w.Voice, e); mark != "" {
			title += " (" + mark + ")"
		}
		list = append(list, recheck.Step{Title: title, Text: text, Seeds: []escrow.Entry{e}})
	}
	return list, nil
}

// give outputs the seeds in the form that was asked for.
func (v *restore) give(ctx context.Context, l *contents.Listing, steps []recheck.Step) error {
	switch {
	case v.uri:
		return v.writeLines(steps)
	case v.png != nil:
		return v.drawAll(steps, *v.png, ".png", func(q *qr.Code, w io.Writer) error { return q.WritePNG(w, 8) })
	case v.svg != nil:
		return v.drawAll(steps, *v.svg, ".svg", (*qr.Code).WriteSVG)
	}
	s, err := l.Whole(ctx)
	if err != nil {
		return err
	}
	return recheck.Walk(v.w, steps, s.Entries, v.forms())
}

// forms returns the ways of drawing in text that the terminal can show, the best first.
func (v *restore) forms() []qr.Form {
	switch {
	case console.Dumb(v.w.Getenv):
		return []qr.Form{qr.Chalk, qr.Ink}
	case v.ascii || !words.UTF8(v.w.Getenv):
		return []qr.Form{qr.Blocks, qr.Chalk, qr.Ink}
	}
	return []qr.Form{qr.HalfBlocks, qr.Blocks, qr.Chalk, qr.Ink}
}

// writeLines writes the text of each code, one a line. For a single seed that is
// the line that it came in with, byte for byte.
func (v *restore) writeLines(steps []recheck.Step) error {
	for _, s := range steps {
		text := s.Text()
		if len(s.Seeds) == 1 && !s.Batch {
			text = s.Seeds[0].Seed.Line()
		}
		if _, err := io.WriteString(v.w.Voice.Out, text+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// drawAll writes drawings to the named files, with mode 0600 and never over an existing file,
// or one to standard output for "-". If one of the files exists, it writes none.
func (v *restore) drawAll(steps []recheck.Step, path, ext string, draw func(*qr.Code, io.Writer) error) error {
	if path == "-" {
		if len(steps) > 1 {
			return say.Usage(words.SeveralPictures, len(steps)).WithHint(words.HintSeveralPictures)
		}
		return v.drawTo(steps[0], path, draw)
	}
	files := recheck.PictureFiles(steps, path, ext)
	for _, file := range files {
		if _, err := os.Lstat(file); err == nil {
			return explain.NotMade(file, fs.ErrExist)
		}
	}
	for i, s := range steps {
		if err := v.drawTo(s, files[i], draw); err != nil {
			return err
		}
	}
	return nil
}

// drawTo writes one drawing.
func (v *restore) drawTo(s recheck.Step, path string, draw func(*qr.Code, io.Writer) error) error {
	code, err := qr.New(s.Text())
	if err != nil {
		return err
	}
	if path == "-" {
		return draw(code, v.w.Voice.Out)
	}
	var b bytes.Buffer
	if err := draw(code, &b); err != nil {
		return err
	}
	if err := local.WriteNew(path, b.Bytes()); err != nil {
		return explain.NotMade(path, err)
	}
	v.w.Voice.Remark(words.WroteSeed, console.Safe(path, 0), console.RemoveLine(path))
	if !s.Batch {
		seedlist.RemarkCode(v.w, s.Seeds[0].Seed)
		if key, err := s.Seeds[0].Seed.Key(); err == nil && key.Type() == otpauth.HOTP {
			v.w.Voice.Remark(words.PhoneBegins, key.Counter(), s.Seeds[0].Receipts[0])
		}
	}
	return nil
}

// forApp finds the app that the seeds are for, before anything is opened.
func (v *restore) forApp() (app apps.App, err error) {
	if v.app == "" {
		return app, nil
	}
	app, ok := apps.Named(strings.ToLower(v.app))
	if !ok {
		var names []string
		for _, a := range apps.All() {
			names = append(names, a.Name)
		}
		return app, say.Usage(words.NoSuchApp, console.Safe(v.app, 40)).WithHint(words.HintApps, strings.Join(names, ", "))
	}
	return app, nil
}

// warnFor warns of seeds that the app will not show right.
func (v *restore) warnFor(app apps.App, chosen []escrow.Entry) {
	if app.Name == "" {
		return
	}
	var items []exchange.Item
	for _, e := range chosen {
		item := exchange.Item{Label: app.Title + ", " + seedlist.Title(e)}
		if key, err := e.Seed.Key(); err == nil {
			item.Notices = app.Warnings(key)
		} else {
			item.Notices = []exchange.Notice{{What: exchange.NoCodes}}
		}
		items = append(items, item)
	}
	transfer.RemarkNotices(v.w.Voice, items)
	if len(app.Imports) > 0 && len(chosen) > 1 {
		v.w.Voice.Remark(words.ForAppImports, app.Title, app.Imports[0])
	}
}
