// Package speech is everything that seedvault says to a person: the catalogue of
// its words, remarks and errors, tables, and the terminal it asks secrets on.
//
// Start with [Voice] and the messages in the catalogue. Answers go to standard
// output and nothing else does; remarks and errors go to standard error behind
// the program's name, in lower case and without a full stop; what needs the
// person, and secrets shown once, go to the terminal itself. Text from outside
// passes through [Safe] before any of these.
package speech

import (
	"fmt"
	"io"
	"strings"
)

// Message names one text of the catalogue.
type Message string

// Voice speaks one language to one pair of streams.
type Voice struct {
	Out      io.Writer // answers
	Err      io.Writer // remarks and errors
	Lang     Language
	Coloured bool // Out is a screen where a verdict has its colour
	Live     bool // Err is a screen where a line can be drawn anew

	// Heard, if set, is told of every message that is said: tests count them.
	Heard func(Language, Message)
}

// Text returns a message with its blanks filled in. A blank that is filled with
// another message, phrase or error is said in the same language. Where a text has
// {one|many}, the number before it decides.
func (v Voice) Text(m Message, args ...any) string {
	text, ok := words[v.Lang][m]
	if !ok {
		return string(m)
	}
	if v.Heard != nil {
		v.Heard(v.Lang, m)
	}
	if len(args) == 0 {
		return text
	}
	said := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case Message:
			said[i] = v.Text(arg)
		case Phrase:
			said[i] = v.Text(arg.Message, arg.Args...)
		case *Error:
			said[i] = v.Text(arg.Message, arg.Args...)
		default:
			said[i] = arg
		}
	}
	return fmt.Sprintf(counted(text, said), said...)
}

// counted settles each {one|many} of a text by the number that fills the last blank
// before it.
func counted(text string, args []any) string {
	var b strings.Builder
	for n, next := 0, 0; ; {
		i := strings.IndexAny(text, "%{")
		if i < 0 || i+1 == len(text) {
			return b.String() + text
		}
		b.WriteString(text[:i])
		mark, rest := text[i:i+2], text[i+2:]
		switch {
		case mark[0] == '{':
			forms, after, _ := strings.Cut(text[i+1:], "}")
			one, many, _ := strings.Cut(forms, "|")
			if mark, rest = many, after; n == 1 {
				mark = one
			}
		case mark != "%%" && next < len(args):
			if number, ok := args[next].(int); ok {
				n = number
			}
			next++
		}
		b.WriteString(mark)
		text = rest
	}
}

// Phrase is a message with what fills its blanks, as a part of another one.
type Phrase struct {
	Message Message
	Args    []any
}

// Part makes a phrase.
func Part(m Message, args ...any) Phrase { return Phrase{m, args} }

// Say writes an answer: one line, or as many as the message has.
func (v Voice) Say(m Message, args ...any) { fmt.Fprintln(v.Out, v.Text(m, args...)) }

// Remark writes a remark.
func (v Voice) Remark(m Message, args ...any) {
	fmt.Fprintln(v.Err, "seedvault: "+v.Text(m, args...))
}

// Exit statuses.
const (
	StatusDone   = 0
	StatusFailed = 1
	StatusUsage  = 2
	StatusFound  = 3 // check found something
)

// Error is an error as a person meets it: what is wrong, and the next thing to
// type.
type Error struct {
	Status   int // StatusFailed where it is zero
	Message  Message
	Args     []any
	Hint     Message
	HintArgs []any
}

// Fail makes an error that ends with status 1.
func Fail(m Message, args ...any) *Error {
	return &Error{Status: StatusFailed, Message: m, Args: args}
}

// Usage makes an error that ends with status 2.
func Usage(m Message, args ...any) *Error {
	return &Error{Status: StatusUsage, Message: m, Args: args}
}

// WithHint returns the error with what to do next.
func (e *Error) WithHint(m Message, args ...any) *Error {
	e.Hint, e.HintArgs = m, args
	return e
}

// In returns the error with the place where it happened before it.
func (e *Error) In(place string) *Error {
	return &Error{Status: e.Status, Message: InFile, Args: []any{place, e}, Hint: e.Hint, HintArgs: e.HintArgs}
}

// Error returns the English text.
func (e *Error) Error() string { return Voice{}.Text(e.Message, e.Args...) }

// Tell writes the error and its hint, and returns the exit status.
func (v Voice) Tell(e *Error) int {
	fmt.Fprintln(v.Err, "seedvault: "+v.Text(TellError, e))
	if e.Hint != "" {
		fmt.Fprintln(v.Err, "seedvault: "+v.Text(TellHint, v.Text(e.Hint, e.HintArgs...)))
	}
	if e.Status == 0 {
		return StatusFailed
	}
	return e.Status
}
