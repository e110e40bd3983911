// Package intake takes in seeds for add and edit as a service or a phone shows them: from
// pictures, standard input, the clipboard and what is typed. The files that other programs
// export, and other vaults, are read by package transfer.
//
// Start with [Named], [Clipboard] or [Prompts], which return what was found, and
// [Parse], which makes seeds of it and reports what is no seed. What was found is secret.
package intake

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/clipboard"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/qr/scan"
)

// Item is one text that was found in the input.
type Item struct {
	Source string // a file's name, or standard input with a line number
	lies   place  // where it lies in clear
	text   string // a secret
	err    error  // instead of a text: why the source gave none
}

// place is where something lies unencrypted: in the file of a picture, on the clipboard, or
// perhaps on the clipboard, since it was pasted.
type place struct {
	file              string
	clipboard, pasted bool
}

const elided = "Item(elided)"

// Format keeps the text out of every verb.
func (f Item) Format(s fmt.State, _ rune) { io.WriteString(s, elided) }

// Named reads the named images, and standard input for "-".
func Named(ctx context.Context, w *world.World, how picture.How, names []string) (found []Item, err error) {
	for _, name := range names {
		if name == "-" {
			lines, err := readLines(w)
			if err != nil {
				return nil, err
			}
			found = append(found, lines...)
			continue
		}
		for _, path := range w.PastedPaths(name) {
			found = append(found, readImage(ctx, w, how, path)...)
		}
	}
	return joined(found), nil
}

// joined puts together texts that are split over the codes of several pictures.
func joined(found []Item) (list []Item) {
	var parts []*scan.PartsError
	source := ""
	for _, f := range found {
		var part *scan.PartsError
		if !errors.As(f.err, &part) {
			list = append(list, f)
			continue
		}
		parts, source = append(parts, part), cmp.Or(source, f.Source)
	}
	whole, missing := scan.JoinParts(parts...)
	for _, r := range whole {
		list = append(list, Item{Source: source, text: r.Text()})
	}
	for _, m := range missing {
		list = append(list, Item{Source: source, err: m})
	}
	return list
}

// readImage reads the codes in one image file.
func readImage(ctx context.Context, w *world.World, how picture.How, path string) []Item {
	source := console.Safe(path, 0)
	f, err := os.Open(path)
	if err != nil {
		return []Item{{Source: source, err: explain.Unreadable(path, err)}}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return readFolder(ctx, w, how, path)
	}
	return codes(ctx, w, how, source, place{file: path}, f)
}

// codes reads the codes in one picture.
func codes(ctx context.Context, w *world.World, how picture.How, source string, lies place, r io.Reader) (found []Item) {
	texts, err := how.Codes(ctx, w, r)
	for _, text := range texts {
		found = append(found, Item{Source: source, lies: lies, text: world.Trimmed(text)}) // some makers end it in a NUL
	}
	if err != nil {
		found = append(found, Item{Source: source, err: err})
	}
	return found
}

// readLines reads standard input, one URI a line.
func readLines(w *world.World) (found []Item, err error) {
	lines, err := w.Lines()
	if err != nil {
		return nil, say.Fail(words.InputUnreadable, explain.Reason(err)).WithHint(words.HintAddWhat)
	}
	for _, l := range lines {
		if isComment(l.Text) {
			continue
		}
		f := Item{Source: w.Voice.Text(words.PlaceLine, l.Number), text: l.Text}
		if l.TooLong {
			f.err = say.Fail(words.InputTooLong, world.LineLimit>>10).WithHint(words.HintAddWhat)
		}
		found = append(found, f)
	}
	return found, nil
}

// Clipboard reads the picture that is on the clipboard, or else its text.
func Clipboard(ctx context.Context, w *world.World, how picture.How) (found []Item, err error) {
	image, text, err := clipboard.Read(ctx, w)
	if err != nil {
		return nil, err
	}
	source := w.Voice.Text(words.Clipboard)
	if image != nil {
		return codes(ctx, w, how, source, place{clipboard: true}, bytes.NewReader(image)), nil
	}
	for line := range strings.Lines(text) {
		if line = world.Trimmed(line); line != "" {
			found = append(found, Item{Source: source, lies: place{clipboard: true}, text: line})
		}
	}
	return found, nil
}
