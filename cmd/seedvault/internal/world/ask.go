package world

import (
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// Answer is what a person said to a question that wants a yes.
type Answer int

const (
	No Answer = iota
	Yes
	All // yes, and to all that follow
)

// Ask asks until it gets an answer; Enter alone is one too. It fails where there is
// nobody to ask.
func (w *World) Ask(question string, onEnter Answer) (Answer, error) {
	t, err := w.Terminal()
	if err != nil {
		return No, err
	}
	defer t.Close()
	for {
		typed, err := t.Line(question)
		if err != nil {
			return No, err
		}
		switch Folded(typed) {
		case "y", "yes", "はい":
			return Yes, nil
		case "n", "no", "いいえ":
			return No, nil
		case "":
			return onEnter, nil
		case "a", "all", "すべて":
			return All, nil
		}
	}
}

// Folded returns an answer as it is compared: in lower case, full-width letters as
// plain ones.
func Folded(typed string) string { return strings.ToLower(norm.NFKC.String(typed)) }

// IsNo reports whether an answer is a no.
func IsNo(typed string) bool {
	switch Folded(typed) {
	case "n", "no", "いいえ":
		return true
	}
	return false
}

// Confirm asks for a yes to what a command is about to do, unless --yes was given.
// Where nobody can be asked it fails with otherwise, which says that --yes would do.
func (w *World) Confirm(yes bool, question string, otherwise *say.Error) error {
	if yes {
		return nil
	}
	a, err := w.Ask(question, No)
	switch {
	case errors.Is(err, console.ErrNoTerminal):
		return otherwise
	case err != nil:
		return err
	case a == No:
		return Declined()
	}
	return nil
}

// Declined is the error of a person who does not want what was about to be done.
func Declined() *say.Error { return say.Fail(words.Declined).WithHint(words.HintDeclined) }

// Secret asks for one secret on the terminal.
func (w *World) Secret(prompt words.Message) (string, error) {
	t, err := w.Terminal()
	if err != nil {
		return "", err
	}
	defer t.Close()
	return t.Secret(w.Voice.Text(prompt))
}
