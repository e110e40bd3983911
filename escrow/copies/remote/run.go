package remote

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"seedvault/internal/lazy"
)

// Call is one run of a program.
type Call struct {
	Name   string // of the program
	Args   []string
	Dir    string
	Env    []string // on top of what the runner gives; NAME alone takes one away
	Stdin  io.Reader
	Stdout io.Writer
	// Asks lets the program ask the person at the terminal, on standard input and
	// standard error.
	Asks bool
}

// Runner runs programs. An error that is no [exec.ExitError] says that the program
// could not be run, or that the context has ended it; stderr is what it said, the end of
// it if that is long.
type Runner interface {
	Run(ctx context.Context, c Call) (stderr string, err error)
	// Getenv returns a variable of the environment that programs get, "" for none.
	Getenv(name string) string
}

// Exec runs programs as children of this process. Each one ends with its context; and
// those that it has started with it, where nobody attends and the system has sessions.
type Exec struct {
	Env      []string  // NAME=VALUE
	In       io.Reader // what a call that asks reads
	Err      io.Writer // where it asks
	Attended bool      // a person sits there
}

// endTime is how long is waited for the pipes of a program that was ended, which those that
// it has started may hold open.
const endTime = 2 * time.Second

// Run runs one program.
func (e Exec) Run(ctx context.Context, c Call) (string, error) {
	path, err := exec.LookPath(c.Name)
	if err != nil {
		return "", &Error{Program: c.Name, Err: ErrMissing}
	}
	cmd := exec.CommandContext(ctx, path, c.Args...)
	cmd.Dir, cmd.Env = c.Dir, withEnv(e.Env, c.Env)
	cmd.Stdin, cmd.Stdout = c.Stdin, c.Stdout
	var said tail
	cmd.Stderr = &said
	if c.Asks {
		cmd.Stdin, cmd.Stderr = e.In, io.MultiWriter(e.Err, &said)
	}
	cmd.WaitDelay = endTime
	if !e.Attended {
		withoutTerminal(cmd)
	}
	err = cmd.Run()
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return said.String(), err
}

// Getenv returns a variable of the environment: of several the last, as programs see it.
func (e Exec) Getenv(name string) string {
	for _, have := range slices.Backward(e.Env) {
		if value, is := strings.CutPrefix(have, name+"="); is {
			return value
		}
	}
	return ""
}

// withEnv returns an environment with changes.
func withEnv(env, changes []string) []string {
	taken := map[string]bool{}
	for _, c := range changes {
		name, _, _ := strings.Cut(c, "=")
		taken[name] = true
	}
	var list []string
	for _, have := range env {
		if name, _, _ := strings.Cut(have, "="); !taken[name] {
			list = append(list, have)
		}
	}
	for _, c := range changes {
		if strings.Contains(c, "=") {
			list = append(list, c)
		}
	}
	return list
}

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	data []byte
}

const tailSize = 32 << 10

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, b...)
	if over := len(t.data) - tailSize; over > 0 {
		t.data = append(t.data[:0], t.data[over:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.ToValidUTF8(t.data, []byte("?")))
}

// Sign is a text by which a program's complaint is known, and what it means.
type Sign struct {
	Text  string // in lower case
	Means error
}

// Explain makes an [Error] of what a program said: the first sign that its words hold
// says what it means, and without one it is [ErrFailed]. The end of the context is no
// failure of the program, and is returned as it is.
func Explain(ctx context.Context, program, said string, err error, signs []Sign) error {
	var known *Error
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &known):
		return err
	case !errors.As(err, &exit) && said == "":
		return &Error{Program: program, Err: err}
	}
	low := strings.ToLower(said)
	for _, s := range signs {
		if strings.Contains(low, s.Text) {
			return &Error{Program: program, Said: lineWith(said, s.Text), Err: s.Means}
		}
	}
	return &Error{Program: program, Said: lineWith(said, ""), Err: ErrFailed}
}

var userInfo = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`://[^/@\s]*@`)
}}

// lineWith is the line that holds a text, or the last one, short and without what
// might be a secret.
func lineWith(said, text string) string {
	best := ""
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if best = line; text != "" && strings.Contains(strings.ToLower(line), text) {
			break
		}
	}
	best = userInfo.Get().ReplaceAllString(best, "://")
	if runes := []rune(best); len(runes) > 200 {
		best = string(runes[:200]) + "..."
	}
	return best
}
