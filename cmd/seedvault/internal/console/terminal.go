package console

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"

	"golang.org/x/term"
)

// ErrNoTerminal is returned where a person is needed and there is none.
var ErrNoTerminal = errors.New("no terminal")

// ErrInterrupted is returned when the person has ended a prompt, or the terminal was closed.
var ErrInterrupted = errors.New("interrupted")

// Terminal is the person's terminal itself, wherever the standard streams go.
type Terminal struct {
	in, out *os.File
	signals chan os.Signal // nil unless a prompt or a screen is open, or input is hushed
	held    bool           // nothing suspends the program
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
	return &Terminal{in: in, out: out}, nil
}

// Close releases the terminal.
func (t *Terminal) Close() {
	t.in.Close()
	if t.out != t.in {
		t.out.Close()
	}
}

// Size returns the terminal's columns and rows, 80 by 24 where it does not say.
func (t *Terminal) Size() (columns, rows int) {
	columns, rows, err := term.GetSize(int(t.out.Fd()))
	if err != nil || columns <= 0 || rows <= 0 {
		return 80, 24
	}
	return columns, rows
}

// Show writes a secret to the terminal alone, so that it gets into no log.
func (t *Terminal) Show(text string) error {
	_, err := fmt.Fprintln(t.out, text)
	return err
}

// Tell writes text to the terminal, and breaks lines that are too wide between words.
func (t *Terminal) Tell(text string) error {
	columns, _ := t.Size()
	return t.Show(strings.Join(WrapLines(text, columns-1), "\n"))
}

// Line asks for one line that is not secret, and returns it without the space around it. The
// error is [ErrInterrupted].
func (t *Terminal) Line(prompt string) (string, error) {
	defer t.listen()() // before the prompt is there to be answered
	fmt.Fprint(t.out, t.fitting(prompt))
	line, err := t.await(func() (string, error) { return readLine(t.in) })
	if err != nil {
		fmt.Fprintln(t.out)
		return "", err
	}
	return strings.TrimSpace(line), nil
}

// Secret asks for one line without echo, and clears the last line of the prompt afterwards. The
// terminal gets its former state back even if the person ends the program here. The error is
// [ErrInterrupted], or [ErrNoTerminal] where the echo cannot be turned off.
func (t *Terminal) Secret(prompt string) (string, error) {
	askedHidden.Store(true)
	defer t.listen()()
	defer t.hold()()
	state, err := term.MakeRaw(int(t.in.Fd()))
	if err != nil {
		return "", ErrNoTerminal
	}
	defer term.Restore(int(t.in.Fd()), state)
	prompt = t.fitting(prompt)
	fmt.Fprint(t.out, strings.ReplaceAll(prompt, "\n", "\r\n"))
	last := prompt[strings.LastIndexByte(prompt, '\n')+1:]
	defer fmt.Fprint(t.out, "\r"+strings.Repeat(" ", Width(last))+"\r")
	// It edits the line and knows the control keys; what it would draw is thrown away.
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{bytewise{t.in}, io.Discard}, "")
	return t.await(func() (string, error) { return editor.ReadPassword("") })
}

// fitting breaks a prompt that is too wide for the terminal, between words.
func (t *Terminal) fitting(prompt string) string {
	columns, _ := t.Size()
	text := strings.TrimRight(prompt, " ")
	return strings.Join(WrapLines(text, columns-2), "\n") + prompt[len(text):]
}

// More reports whether more was typed together with the line that was just read without echo:
// what is pasted may have several lines.
func (t *Terminal) More() bool { return more(t.in) }

// askedHidden is set once a secret was asked for in this process: from then on what is left
// unread on the terminal may be secret.
var askedHidden atomic.Bool

// DiscardSecrets throws away what is still unread on the terminal if a secret was asked for.
// It is called before the program ends: the rest of a secret would otherwise go to the shell.
func DiscardSecrets() {
	if !askedHidden.Load() {
		return
	}
	if t, err := OpenTerminal(); err == nil {
		discard(t.in)
		t.Close()
	}
}

// Hush keeps what is typed off the screen while a secret is asked for and tried. The function
// that it returns ends that, and is given the error of what was tried, which it sets to
// [ErrInterrupted] if a signal has come. If there is an error, it throws away what is still
// unread, which may be more of the secret and would otherwise go to the shell.
func (t *Terminal) Hush() (end func(*error)) {
	resume, err := hush(t.in)
	if err != nil {
		return func(*error) {}
	}
	release, stop := t.hold(), t.listen()
	signals := t.signals
	return func(failed *error) {
		if len(signals) > 0 && *failed == nil {
			*failed = ErrInterrupted
		}
		resume(*failed != nil)
		stop()
		release()
	}
}

// await reads a line, or returns early when a signal arrives. The reader then goes on in the
// background of a program that is about to end.
func (t *Terminal) await(read func() (string, error)) (string, error) {
	type answer struct {
		line string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := read()
		answers <- answer{line, err}
	}()
	select {
	case <-t.signals:
		return "", ErrInterrupted
	case a := <-answers:
		if a.err != nil {
			return "", ErrInterrupted
		}
		return a.line, nil
	}
}

// hold keeps the program from being suspended while the echo is off or a secret is in sight.
func (t *Terminal) hold() (release func()) {
	if t.held {
		return func() {}
	}
	t.held = true
	resume := holdForeground()
	return func() {
		resume()
		t.held = false
	}
}

// listen catches the signals that would end the program, so that the terminal can first get
// its former state back. Meanwhile a closed pipe does not end the program either.
func (t *Terminal) listen() (stop func()) {
	if t.signals != nil {
		return func() {}
	}
	t.signals = make(chan os.Signal, 1)
	signal.Notify(t.signals, ending()...)
	unread := make(chan os.Signal, 1)
	signal.Notify(unread, syscall.SIGPIPE)
	return func() {
		signal.Stop(unread)
		signal.Stop(t.signals)
		t.signals = nil
	}
}

// bytewise reads one byte at a time, so that what was typed ahead is left for the next prompt.
type bytewise struct{ r io.Reader }

func (b bytewise) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return b.r.Read(p[:1])
}

const lineLimit = 4 << 10

// readLine reads up to the end of a line and removes the line end. It fails where the input ends
// before that, or the line is longer than lineLimit.
func readLine(r io.Reader) (string, error) {
	var line []byte
	var b [1]byte
	for len(line) < lineLimit {
		n, err := bytewise{r}.Read(b[:])
		switch {
		case n == 0 && err == nil:
			continue
		case err != nil:
			return "", err
		case b[0] == '\n' || b[0] == '\r': // the latter if it was typed ahead without echo
			return string(line), nil
		}
		line = append(line, b[0])
	}
	return "", io.ErrUnexpectedEOF
}
