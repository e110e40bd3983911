// Package say is how seedvault speaks to a person: answers, remarks and errors, in
// their language; and, to a script, the exit statuses.
//
// Start with [Voice], and with [Fail] for what goes wrong; the texts are in package
// words. Answers go to standard output and nothing else does; remarks and errors go to
// standard error behind the program's name, in lower case and without a full stop; what
// needs the person, and secrets shown once, go to the terminal itself (package
// console). Text from outside passes through console.Safe before any of these.
package say

import (
	"fmt"
	"io"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// name stands before every remark and error.
const name = "seedvault: "

// Voice writes messages in one language to one pair of streams.
type Voice struct {
	Out      io.Writer // answers
	Err      io.Writer // remarks and errors
	Lang     words.Language
	Coloured bool // Out is a screen where a verdict has its colour
	Live     bool // Err is a screen where a line can be drawn anew
	Columns  int  // how wide Err is, 0 where nothing is fitted to it: no screen, or a dumb one
	Wide     int  // how wide Out is, 0 likewise

	// Vault is what --vault said, "" for nothing: commands that a message tells to type are
	// about that vault.
	Vault string

	// OnMessage, if set, is called with every message that is said and with its text: tests
	// count them, and do what they tell.
	OnMessage func(l words.Language, m words.Message, text string)
}

// Text returns a message with its blanks filled. A message, phrase or error that fills a blank
// is put into the same language. For {one|many} in a text the number before it decides.
func (v Voice) Text(m words.Message, args ...any) string {
	text := v.filled(m, args)
	if v.OnMessage != nil {
		v.OnMessage(v.Lang, m, text)
	}
	return text
}

// filled returns the text of a message for the named vault.
func (v Voice) filled(m words.Message, args []any) string {
	text := v.aimed(m.In(v.Lang))
	if len(args) == 0 {
		return strings.ReplaceAll(text, "%%", "%")
	}
	filled := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case words.Message:
			filled[i] = v.Text(arg)
		case words.Phrase:
			filled[i] = v.Text(arg.Message, arg.Args...)
		case *Error:
			filled[i] = v.Text(arg.Message, arg.Args...)
		default:
			filled[i] = arg
		}
	}
	return words.Format(text, filled...)
}

// Help returns a page of help, by its name: see [words.HelpPages].
func (v Voice) Help(page string) string { return words.Help(v.Lang, page) }

// Say writes an answer: one line, or as many as the message has.
func (v Voice) Say(m words.Message, args ...any) { v.SayText(v.Text(m, args...)) }

// SayText writes an answer that is text already.
func (v Voice) SayText(text string) { fit(v.Out, text, v.Wide) }

// Table writes rows to one of the voice's streams. On a narrow screen it leaves out the
// columns to drop, as [console.Table] does.
func (v Voice) Table(to io.Writer, rows [][]string, drop ...words.Message) {
	width := v.Wide
	if to == v.Err {
		width = v.Columns
	}
	var titles []string
	for _, m := range drop {
		titles = append(titles, v.Text(m))
	}
	console.Table(to, rows, width, titles...)
}

// Remark writes a remark.
func (v Voice) Remark(m words.Message, args ...any) { v.line(name + v.Text(m, args...)) }

// RemarkText writes a remark that is text already.
func (v Voice) RemarkText(text string) { v.line(name + text) }

// line writes a line to a person.
func (v Voice) line(text string) { fit(v.Err, text, v.Columns) }

// fit writes a text, and wraps what is wider than the screen between words. Into a pipe it is
// written as it is.
func fit(to io.Writer, text string, width int) {
	if width > 0 {
		text = strings.Join(console.WrapLines(text, width), "\n")
	}
	fmt.Fprintln(to, text)
}

// Verdict returns a message in the colour of its verdict, where colours are shown. Nothing
// else is coloured, and the words alone say the same.
func (v Voice) Verdict(good bool, m words.Message) string {
	text := v.Text(m)
	switch {
	case !v.Coloured:
		return text
	case good:
		return console.Green(text)
	}
	return console.Red(text)
}

// Progress starts to show how far counted work has come. The message has two blanks: how many
// are done, and of how many. The clock decides when to draw.
func (v Voice) Progress(m words.Message, now func() time.Time) *console.Progress {
	return console.NewProgress(v.screen(), func(done, total int) string { return console.Cut(name+v.Text(m, done, total), v.Columns) }, now)
}

// Working shows what is being done until done is called: for work that cannot be counted and
// usually takes a second or more.
func (v Voice) Working(m words.Message) (done func()) {
	if !v.Live {
		return func() {}
	}
	return console.Working(v.Err, console.Cut(name+v.Text(m), v.Columns))
}

// screen returns where progress is drawn, nil where it is not shown.
func (v Voice) screen() io.Writer {
	if !v.Live {
		return nil
	}
	return v.Err
}

// Day returns the date of a time, "" for the zero time.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
