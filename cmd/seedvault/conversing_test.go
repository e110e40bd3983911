//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"seedvault/cmd/seedvault/internal/words"
)

// conversing is one command on a terminal, and the person in front of it.
type conversing struct {
	t          *testing.T
	prompt     string // that the answers are for
	w          *conversationWorld
	language   words.Language
	messages   map[string]words.Message
	cmd        *exec.Cmd
	person     *os.File // the terminal as the person has it
	tty        *os.File // and as the shell will find it
	drained    chan struct{}
	mu         sync.Mutex
	shown      bytes.Buffer
	from       int      // how much of what was shown, squeezed, was waited for
	secrets    []string // what was typed and must not be shown
	writes, up bool
	rest       bool // the shell may read on: nothing of it is a secret
}

// begin starts a command. A deaf one ignores the signal that its terminal is hung up, and has
// to notice it by itself.
func (w *conversationWorld) begin(t *testing.T, l words.Language, messages map[string]words.Message, a prompted, deaf bool) *conversing {
	t.Helper()
	script := "exec seedvault --lang " + map[words.Language]string{words.English: "en", words.Japanese: "ja"}[l] + " " + a.line
	if deaf {
		script = "trap '' HUP; " + script
	}
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir, cmd.Env = w.dir, w.env
	person, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	pty.Setsize(person, &pty.Winsize{Cols: 100, Rows: 40})
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	c := &conversing{t: t, w: w, language: l, messages: messages, cmd: cmd, tty: tty, drained: make(chan struct{}), up: true}
	if c.person, err = closable(person); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.abandon)
	go func() {
		defer close(c.drained)
		buf := make([]byte, 4096)
		for {
			n, err := c.person.Read(buf)
			c.mu.Lock()
			c.shown.Write(buf[:n])
			c.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return c
}

func (c *conversing) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown.String()
}

// reach goes to a prompt.
func (c *conversing) reach(name string, a prompted) {
	c.t.Helper()
	for _, s := range a.lead {
		c.see(s.prompt)
		c.typed(s.answer)
	}
	c.see(name)
	c.writes = a.after
	if a.hidden {
		c.echo(false)
		for _, typed := range append(a.wrong[:], strings.Split(a.paste, "\n")...) {
			c.secrets = append(c.secrets, strings.TrimSpace(c.filled(typed)))
		}
	}
}

// filled returns an answer with its files and words in it.
func (c *conversing) filled(answer string) string {
	return regexp.MustCompile(`[$@][A-Za-z0-9./-]+`).ReplaceAllStringFunc(answer, func(name string) string {
		if name[0] == '@' {
			return c.phraseWord(int(name[1] - '0'))
		}
		data, err := os.ReadFile(c.w.dir + "/" + name[1:])
		if err != nil {
			c.t.Fatal(err)
		}
		line, _, _ := strings.Cut(string(data), "\n")
		return line
	})
}

// phraseWord returns a word of the passphrase that was shown.
func (c *conversing) phraseWord(n int) string {
	shown := regexp.MustCompile(`\n\s{6}([a-z]+(?:\s+[a-z]+){5})\s`).FindStringSubmatch(sequences().ReplaceAllString(c.text(), ""))
	if shown == nil {
		c.t.Fatalf("no passphrase is shown: %q", c.text())
	}
	return strings.Fields(shown[1])[n-1]
}

func (c *conversing) word(en, ja string) string {
	if c.language == words.Japanese {
		return ja
	}
	return en
}

func (c *conversing) typed(answer string) {
	c.types(strings.ReplaceAll(c.filled(answer), "\n", "\r") + "\r")
}

func (c *conversing) types(text string) {
	if _, err := io.WriteString(c.person, text); err != nil {
		c.t.Fatal(err)
	}
}

// pattern finds a message, whatever fills its blanks and wherever its lines break.
func (c *conversing) pattern(name string) *regexp.Regexp {
	m, ok := c.messages[name]
	if !ok {
		c.t.Fatalf("there is no message %s", name)
	}
	var pieces []string
	for _, piece := range blanks().Split(m.In(c.language), -1) {
		pieces = append(pieces, regexp.QuoteMeta(squeezed(piece)))
	}
	return regexp.MustCompile(`(?s)` + strings.Join(pieces, ".*?"))
}

// see waits until a message is there, after what was seen before.
func (c *conversing) see(name string) {
	c.t.Helper()
	want, late := c.pattern(name), time.Now().Add(patience)
	for ended := false; time.Now().Before(late); time.Sleep(2 * time.Millisecond) {
		text := squeezed(c.text())
		if at := want.FindStringIndex(text[min(c.from, len(text)):]); at != nil {
			c.from += at[1]
			return
		}
		if !ended && c.gone() { // what it has written last may still be on its way
			ended, late = true, time.Now().Add(lastWords)
		}
	}
	c.t.Fatalf("%s was not shown, but:\n%s", name, c.text())
}

// lastWords is how long what a command has written may take to be read once it has ended.
const lastWords = 2 * time.Second

// gone reports whether the command has ended and waits to be waited for.
func (c *conversing) gone() bool {
	state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	return err != nil || bytes.Contains(state, []byte(") Z "))
}

// abandon ends what a failure has left, and puts its world back.
func (c *conversing) abandon() {
	if c.up {
		c.cmd.Process.Kill()
		c.cmd.Wait()
		c.w.settle(c.t, true)
	}
	c.person.Close()
	c.tty.Close()
}

// interrupted returns what Ctrl-C leads to.
func (c *conversing) interrupted(a prompted) end {
	if a.stop != nil {
		return *a.stop
	}
	return stopped
}

// leads waits for what an answer must lead to.
func (c *conversing) leads(a prompted, e end) {
	c.t.Helper()
	c.writes = c.writes || e.writes || e.next == "" && e.status == 0
	if e.says != "" {
		c.see(e.says)
	}
	if e.next != "" {
		c.see(e.next)
		return
	}
	c.ended(e.status)
}

// ended waits for the end of the command.
func (c *conversing) ended(status int) {
	c.t.Helper()
	late := time.AfterFunc(patience, func() { c.cmd.Process.Kill() })
	c.cmd.Wait()
	if !late.Stop() {
		c.t.Fatalf("the command goes on, and shows:\n%s", c.text())
	}
	c.up = false
	if got := c.cmd.ProcessState.ExitCode(); status >= 0 && got != status {
		c.t.Errorf("exit status %d, want %d; it showed:\n%s", got, status, c.text())
	}
}

// echo waits until the terminal shows what is typed, or does not.
func (c *conversing) echo(want bool) {
	c.t.Helper()
	for start := time.Now(); time.Since(start) < patience; time.Sleep(2 * time.Millisecond) {
		if echoes(c.t, c.tty) == want {
			return
		}
	}
	c.t.Fatalf("the echo is not on: %v, but:\n%s", want, c.text())
}

// echoes reports whether a terminal shows what is typed and gives it by lines.
func echoes(t *testing.T, terminal *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), getTermios)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0 && state.Lflag&unix.ICANON != 0
}

// hangUp closes the terminal.
func (c *conversing) hangUp() {
	c.person.Close()
	<-c.drained
	c.ended(-1)
}

// finish stops what still runs, and holds against it what it leaves.
func (c *conversing) finish() {
	c.t.Helper()
	closed := func() bool { _, err := c.person.Write(nil); return err != nil }()
	if c.up {
		c.types("\x03")
		c.ended(-1)
	}
	if !closed {
		if !echoes(c.t, c.tty) {
			c.t.Error("the echo stays off")
		}
		if n, err := unix.IoctlGetInt(int(c.tty.Fd()), unix.TIOCINQ); err != nil || n > 0 && !c.rest {
			c.t.Errorf("%d bytes are left for the shell: %v", n, err)
		}
		c.tty.Close()
		c.person.Close()
		<-c.drained
	}
	c.tty.Close()
	shown := squeezed(c.text())
	for _, secret := range c.secrets {
		if secret = squeezed(secret); len(secret) > 3 && strings.Contains(shown, secret) {
			c.t.Errorf("%q was typed, and is shown:\n%s", secret, c.text())
		}
	}
	if bytes.Contains([]byte(shown), []byte("goroutine")) {
		c.t.Errorf("stacks are on the screen:\n%s", c.text())
	}
	c.w.settle(c.t, c.writes)
}
