// Package world is all that one run of the command reads and writes: its streams, the
// environment, the clock, the person's terminal. It comes in as one value, so that
// tests run the command whole in a world of their own.
//
// Start with [New]. What a person is asked that wants a yes is in [World.Ask] and
// [World.Confirm]; what a script reads goes through [World.WriteJSON].
package world

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/term"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/oskeyring"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/escrow/copies/remote"
)

// World is what one run of the command reads and writes.
type World struct {
	Voice    say.Voice
	In       io.Reader
	Getenv   func(string) string
	Now      func() time.Time
	Terminal func() (*console.Terminal, error) // fails with console.ErrNoTerminal

	CopySites  func() []local.CopySite // where a copy could lie
	OnRAMDisk  func(path string) bool  // whether a power cut empties the folder
	ClearAfter time.Duration           // how long a code stays on the clipboard
	Keyring    *oskeyring.Keyring      // the system's, nil for none

	// Programs runs those that carry copies, in the environment of this one. Attended, they
	// may ask the person at the terminal.
	Programs func(attended bool) remote.Runner
	CarryFor time.Duration // how long a command that writes waits for all of them together
	LookFor  time.Duration // how long one that found nothing looks into the copies at hand

	answers *answers // what Voice.Out writes to, once the command runs
}

// New returns the world of the process itself.
func New() *World {
	return &World{
		Voice:    say.Voice{Out: os.Stdout, Err: os.Stderr},
		In:       os.Stdin,
		Getenv:   os.Getenv,
		Now:      time.Now,
		Terminal: console.OpenTerminal,

		CopySites:  func() []local.CopySite { return local.FindCopySites(os.Getenv) },
		OnRAMDisk:  local.OnRAMDisk,
		ClearAfter: 45 * time.Second,
		CarryFor:   5 * time.Second,
		LookFor:    time.Second,
		Programs: func(attended bool) remote.Runner {
			return remote.Exec{Env: os.Environ(), In: os.Stdin, Err: os.Stderr, Attended: attended}
		},
		Keyring: oskeyring.New(oskeyring.System(os.Getenv)),
	}
}

// answers is standard output with the first error in writing to it: if an answer is lost, the
// command has failed.
type answers struct {
	to     io.Writer
	failed error
}

func (a *answers) Write(b []byte) (int, error) {
	n, err := a.to.Write(b)
	if a.failed == nil {
		a.failed = err
	}
	return n, err
}

// Watch finds out whether the streams are screens, and records from now on whether an answer
// could not be written: see [World.Lost].
func (w *World) Watch() {
	w.Voice.Coloured = console.IsTerminal(w.Voice.Out) && console.Colours(w.Getenv)
	w.Voice.Live = console.IsTerminal(w.Voice.Err) && !console.Dumb(w.Getenv)
	if w.Voice.Live {
		w.Voice.Columns = columnsOf(w.Voice.Err)
	}
	if !console.Dumb(w.Getenv) {
		w.Voice.Wide = columnsOf(w.Voice.Out)
	}
	w.answers = &answers{to: w.Voice.Out}
	w.Voice.Out = w.answers
}

// columnsOf returns how wide a screen is, 0 where that is not known.
func columnsOf(screen io.Writer) int {
	f, ok := screen.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// Lost returns the first error that occurred in writing an answer, nil if all were written. It
// is called after [World.Watch].
func (w *World) Lost() error { return w.answers.failed }

// Answering returns the same world with another stream for answers.
func (w *World) Answering(to io.Writer) *World {
	other := *w
	other.Voice.Out, other.Voice.Wide = to, 0
	return &other
}

// Quietly runs a function in a world that holds back what is said, and prints it to standard
// error only if something failed.
func (w *World) Quietly(run func(*World) error) error {
	other, said := *w, bytes.Buffer{}
	other.Voice.Out, other.Voice.Err, other.Voice.Live = &said, &said, false
	err := run(&other)
	if err != nil {
		w.Voice.Err.Write(said.Bytes())
	}
	return err
}

// Folders returns this machine's folders.
func (w *World) Folders() (local.Folders, error) { return local.FindFolders(w.Getenv) }

// Attended reports whether a person sits in front of the command: its standard input is a
// terminal. Where it is a file or a pipe, nothing is asked that has a default.
func (w *World) Attended() bool {
	in, ok := w.In.(*os.File)
	return ok && term.IsTerminal(int(in.Fd()))
}

// HasTerminal reports whether a person can be asked, whatever the streams are.
func (w *World) HasTerminal() bool {
	t, err := w.Terminal()
	if err != nil {
		return false
	}
	t.Close()
	return true
}

// Screen returns the size of the person's screen in columns and rows, and reports whether
// answers go to one.
func (w *World) Screen() (columns, rows int, ok bool) {
	if w.answers == nil || !console.IsTerminal(w.answers.to) {
		return 0, 0, false
	}
	columns, rows, err := term.GetSize(int(w.answers.to.(*os.File).Fd()))
	return columns, rows, err == nil
}

// Width returns how many columns a text may have that goes to standard output: those of the
// screen, 80 where it goes to none.
func (w *World) Width() int {
	if columns, _, ok := w.Screen(); ok {
		return columns
	}
	return 80
}

// Print writes a text to standard output, through a pager if that is a screen and the text
// does not fit on it.
func (w *World) Print(text string) error {
	_, rows, onScreen := w.Screen()
	if pager := w.pager(); onScreen && strings.Count(text, "\n") >= rows && pager != nil {
		pager.Stdin, pager.Stdout, pager.Stderr = strings.NewReader(text), w.answers.to, os.Stderr
		if pager.Run() == nil {
			return nil
		}
	}
	_, err := io.WriteString(w.Voice.Out, text)
	return err
}

// pager returns the person's pager, less where PAGER names none, and nil if it is not installed
// or the terminal is dumb.
func (w *World) pager() *exec.Cmd {
	words := strings.Fields(w.Getenv("PAGER"))
	if len(words) == 0 {
		words = []string{"less"}
	}
	path, err := exec.LookPath(words[0])
	if err != nil || console.Dumb(w.Getenv) {
		return nil
	}
	return exec.Command(path, words[1:]...)
}
