package speech

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/term"
)

// ErrNoTerminal is returned where a person is needed and there is none.
var ErrNoTerminal = errors.New("no terminal")

// ErrInterrupted is returned when the person ended a prompt.
var ErrInterrupted = errors.New("interrupted")

// Terminal is the person's terminal itself, whatever the standard streams are.
type Terminal struct {
	in, out *os.File
}

// OpenTerminal opens the terminal, or fails with [ErrNoTerminal].
func OpenTerminal() (*Terminal, error) {
	in, out, err := openTerminal()
	if err != nil {
		return nil, ErrNoTerminal
	}
	if !term.IsTerminal(int(in.Fd())) {
		in.Close()
		out.Close()
		return nil, ErrNoTerminal
	}
	return &Terminal{in, out}, nil
}

// Close releases the terminal.
func (t *Terminal) Close() {
	t.in.Close()
	if t.out != t.in {
		t.out.Close()
	}
}

// Show writes a secret that must not land in a log: it goes to the terminal and
// nowhere else.
func (t *Terminal) Show(text string) error {
	_, err := fmt.Fprintln(t.out, text)
	return err
}

// Secret asks for one line without echo, and clears the prompt afterwards. The
// terminal is as it was before, even when the person ends the program here.
func (t *Terminal) Secret(prompt string) (string, error) {
	fd := int(t.in.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return "", ErrNoTerminal
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(interrupted)
	defer term.Restore(fd, state)
	fmt.Fprint(t.out, prompt)
	defer fmt.Fprint(t.out, "\r"+strings.Repeat(" ", Width(prompt))+"\r")

	type answer struct {
		line []byte
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		answers <- answer{line, err}
	}()
	select {
	case <-interrupted:
		return "", ErrInterrupted
	case a := <-answers:
		if a.err != nil {
			return "", ErrInterrupted
		}
		return string(a.line), nil
	}
}
