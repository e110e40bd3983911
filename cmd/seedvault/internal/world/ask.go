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
	No  Answer = iota // it is not to be
	Yes               // it is
	All               // yes, and to all that follow
)

// Ask asks until it gets an answer; Enter alone means onEnter. It fails where nobody can be
// asked.
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
		if typed == "" {
			return onEnter, nil
		}
		if answer, ok := AnswerOf(typed); ok {
			return answer, nil
		}
	}
}

// AnswerOf returns what an answer to a yes-or-no question means, in either language, and
// reports whether it is an answer at all. All prompts read their answers here.
func AnswerOf(typed string) (Answer, bool) {
	switch Folded(typed) {
	case "y", "yes", "ok", "okay", "はい", "ええ":
		return Yes, true
	case "n", "no", "いいえ", "いや":
		return No, true
	case "a", "all", "すべて", "全部":
		return All, true
	}
	return No, false
}

// Folded returns an answer in the form in which answers are compared: lower case, full-width
// letters as plain ones, without the space around it.
func Folded(typed string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(typed))) }

// IsYes reports whether an answer is a yes.
func IsYes(typed string) bool {
	a, ok := AnswerOf(typed)
	return ok && a == Yes
}

// IsNo reports whether an answer is a no.
func IsNo(typed string) bool {
	a, ok := AnswerOf(typed)
	return ok && a == No
}

// Confirm asks for a yes to what a command is about to do, unless yes is set, as --yes does.
// Where nobody can be asked it returns otherwise.
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

// Declined returns the error that ends a command when the person has answered no. It is shown
// as a remark, not as an error, but the exit status is not that of success, so that a script
// does not go on.
func Declined() *say.Error { return say.Ended(words.Declined) }

// Secret asks for one secret on the terminal.
func (w *World) Secret(prompt words.Message) (string, error) {
	t, err := w.Terminal()
	if err != nil {
		return "", err
	}
	defer t.Close()
	return t.Secret(w.Voice.Text(prompt))
}

// Hush keeps what is typed off the screen while a secret is asked for and tried: see
// [console.Terminal.Hush]. Without a terminal it does nothing.
func (w *World) Hush() (end func(*error)) {
	t, err := w.Terminal()
	if err != nil {
		return func(*error) {}
	}
	loud := t.Hush()
	return func(failed *error) {
		loud(failed)
		t.Close()
	}
}
