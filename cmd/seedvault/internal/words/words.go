// Package words holds the messages that seedvault shows to a person, each in English and Japanese
// side by side, and the help pages. Only what is a document of its own has its texts elsewhere:
// the guide, the page that opens a vault, and the commands of package byhand.
//
// Start with [Message] and [Message.In].
//
// A text is a [Message], grouped with others of its subject in a file; the words for
// a library's codes are in a [Table]; a page of help is a file in the folder help. To
// change a sentence is to edit it there. Nothing is built when the program starts.
//
// The package writes nothing and decides nothing: package say fills the blanks and
// prints.
package words

import (
	"fmt"
	"strings"
)

// Message is one text in every language. Its blanks are verbs of package fmt, the
// same ones in each language. Where a text has {one|many}, the number before it
// decides: see [Format].
type Message struct{ En, Ja string }

// In returns the text in a language, with its blanks open.
func (m Message) In(l Language) string {
	if l == Japanese {
		return m.Ja
	}
	return m.En
}

// Phrase is a message with what fills its blanks, as a part of another one.
type Phrase struct {
	Message Message
	Args    []any
}

// Part returns a phrase.
func Part(m Message, args ...any) Phrase { return Phrase{m, args} }

// Table maps the codes of a library to messages.
type Table []struct {
	Code    string
	Message Message
}

// Of returns the message of a code. A code that is not in the table stands for itself.
func (t Table) Of(code string) Message {
	if m, ok := t.Lookup(code); ok {
		return m
	}
	return Message{En: code, Ja: code}
}

// Lookup returns the message of a code, and reports whether the table has one.
func (t Table) Lookup(code string) (Message, bool) {
	for _, e := range t {
		if e.Code == code {
			return e.Message, true
		}
	}
	return Message{}, false
}

// Format fills the blanks of a text, and chooses one form of each {one|many} in it.
func Format(text string, args ...any) string {
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(chooseForms(text, args), args...)
}

// chooseForms replaces each {one|many} of a text by the form for the number that fills
// the last blank before it.
func chooseForms(text string, args []any) string {
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
