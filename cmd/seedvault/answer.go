package main

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// answer is what a person said to a question that wants a yes.
type answer int

const (
	answerNo answer = iota
	answerYes
	answerAll // yes, and to all that follow
)

// askWhether asks until it gets an answer; Enter alone is one too. It fails where
// there is nobody to ask.
func (p *program) askWhether(question string, onEnter answer) (answer, error) {
	t, err := p.terminal()
	if err != nil {
		return answerNo, err
	}
	defer t.Close()
	for {
		typed, err := t.Line(question)
		if err != nil {
			return answerNo, err
		}
		switch strings.ToLower(norm.NFKC.String(typed)) {
		case "y", "yes", "はい":
			return answerYes, nil
		case "n", "no", "いいえ":
			return answerNo, nil
		case "":
			return onEnter, nil
		case "a", "all", "すべて":
			return answerAll, nil
		}
	}
}

// confirm asks for a yes to what a command is about to do. Where nobody can be
// asked it fails with what is wrong, and says that --yes would do.
func (p *program) confirm(question string, otherwise *say.Error) error {
	a, err := p.askWhether(question, answerNo)
	switch {
	case err == console.ErrNoTerminal:
		return otherwise
	case err != nil:
		return err
	case a == answerNo:
		return say.Fail(words.Declined).WithHint(words.HintDeclined)
	}
	return nil
}
