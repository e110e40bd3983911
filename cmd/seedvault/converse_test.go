//go:build !windows

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// patience is how long a conversation waits for what it expects.
const patience = 30 * time.Second

// converse DIALOG COMMAND... runs a command on a terminal of its own and plays
// the person in front of it. Each line of the dialog is one act:
//
//	size 80x24      the window's columns and rows (before anything else)
//	see REGEXP      waits until the terminal shows it, after what was seen before
//	type TEXT       types it, and Enter; $FILE is the first line of a file
//	paste TEXT      types it at one stroke; \n in it is Enter
//	note REGEXP     as see, and notes the words in its group
//	word N          types the Nth word that was noted, and Enter
//	phone FILE ...  types the code that oathtool, as the phone, makes of the key
//	                in the file; more words are oathtool's own, and +90s or -90s
//	                sets the phone's clock
//	press C-c       a control key
//	signal NAME     sends the command a signal
//	echo on         waits until the terminal shows what is typed, or with off does not
//	hang up         closes the terminal
//	end N           waits for the end of the command and its exit status
//
// What the terminal showed is then in the file terminal, and [showed] looks into it.
func converse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: converse DIALOG COMMAND...")
	}
	acts := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	size := pty.Winsize{Cols: 100, Rows: 40}
	if of, ok := strings.CutPrefix(acts[0], "size "); ok {
		_, err := fmt.Sscanf(of, "%dx%d", &size.Cols, &size.Rows)
		ts.Check(err)
		acts = acts[1:]
	}
	cmd := exec.Command(args[1], args[2:]...)
	path, err := exec.LookPath(args[1])
	if dir := ts.Getenv("PATH"); err != nil || dir != os.Getenv("PATH") {
		for _, d := range strings.Split(dir, ":") {
			if _, err := os.Stat(d + "/" + args[1]); err == nil {
				path = d + "/" + args[1]
				break
			}
		}
	}
	cmd.Path, cmd.Dir, cmd.Env = path, ts.MkAbs("."), environ(ts)
	blocking, err := pty.StartWithSize(cmd, &size)
	ts.Check(err)
	terminal, err := closable(blocking)
	ts.Check(err)
	c := &conversation{ts: ts, cmd: cmd, terminal: terminal, ended: make(chan struct{})}
	go c.listen()
	defer func() {
		c.close()
		ts.Check(os.WriteFile(ts.MkAbs("terminal"), c.said(), 0o600))
	}()
	for _, act := range acts {
		c.act(act)
	}
}

// wrapped returns a pattern for text on a terminal, where each space may be the end of a line.
func wrapped(pattern string) *regexp.Regexp {
	return regexp.MustCompile("(?m)" + strings.NewReplacer(" +", `\s+`, " *", `\s*`, " ", `\s+`).Replace(pattern))
}

// showed PATTERN: the terminal of the last conversation showed it, on however many lines.
func showed(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: showed PATTERN")
	}
	text := ts.ReadFile("terminal")
	if found := wrapped(args[0]).FindString(text); (found == "") != neg {
		ts.Fatalf("%q was shown: %t, in:\n%s", args[0], !neg, text)
	}
}

// closable gives a terminal that ends a Read when it is closed. No other program that is
// started meanwhile gets it: it would keep the terminal from hanging up.
func closable(blocking *os.File) (*os.File, error) {
	defer blocking.Close()
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "terminal"), nil
}

// environ returns the script's environment for a command.
func environ(ts *testscript.TestScript) []string {
	var env []string
	for _, name := range []string{"PATH", "HOME", "TERM", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "NO_COLOR", "PAGER", "TMPDIR",
		"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "SEEDVAULT_DIR", "SEEDVAULT_TEST_NOW", scriptAhead, "TZ", heardFile, followLedger, "WORK", "COVERDIR", "GOCOVERDIR"} {
		if v := ts.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}

type conversation struct {
	ts       *testscript.TestScript
	cmd      *exec.Cmd
	terminal *os.File
	ended    chan struct{}
	mu       sync.Mutex
	shown    bytes.Buffer
	seen     int // how much of it has been waited for
	noted    []string
	closed   bool
}

func (c *conversation) listen() {
	buf := make([]byte, 4096)
	for {
		n, err := c.terminal.Read(buf)
		c.mu.Lock()
		c.shown.Write(buf[:n])
		c.mu.Unlock()
		if err != nil {
			close(c.ended)
			return
		}
	}
}

func (c *conversation) said() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return bytes.Clone(c.shown.Bytes())
}

func (c *conversation) act(line string) {
	verb, rest, _ := strings.Cut(line, " ")
	switch verb {
	case "see":
		c.see(wrapped(rest))
	case "note":
		words := wrapped(rest)
		from := c.seen
		c.see(words)
		c.noted = strings.Fields(string(words.FindSubmatch(c.said()[from:])[1]))
	case "word":
		n, err := strconv.Atoi(rest)
		c.ts.Check(err)
		c.write(c.noted[n-1] + "\r")
	case "type":
		if name, ok := strings.CutPrefix(rest, "$"); ok {
			rest, _, _ = strings.Cut(c.ts.ReadFile(name), "\n")
		}
		c.write(rest + "\r")
	case "paste":
		if _, err := io.WriteString(c.terminal, strings.ReplaceAll(rest, `\n`, "\r")); err != nil {
			c.ts.Fatalf("pasting: %v", err)
		}
	case "phone":
		c.write(c.phone(strings.Fields(rest)) + "\r")
	case "press":
		c.write(string(rune(strings.ToUpper(rest)[2] - '@')))
	case "signal":
		c.ts.Check(c.cmd.Process.Signal(unix.SignalNum("SIG" + rest)))
	case "echo":
		c.echo(rest == "on")
	case "hang":
		c.close()
	case "end":
		c.end(rest)
	default:
		c.ts.Fatalf("unknown act %q", line)
	}
}

func (c *conversation) see(want *regexp.Regexp) {
	for start := time.Now(); time.Since(start) < patience; time.Sleep(5 * time.Millisecond) {
		text := c.said()[c.seen:]
		if at := want.FindIndex(text); at != nil {
			c.seen += at[1]
			return
		}
		select {
		case <-c.ended:
			if text := c.said()[c.seen:]; want.Match(text) {
				continue
			}
			c.ts.Fatalf("the command ended without showing %q; it showed:\n%s", want, c.said())
		default:
		}
	}
	c.ts.Fatalf("%q was not shown, but:\n%s", want, c.said())
}

// echo waits until the terminal shows what is typed, or does not.
func (c *conversation) echo(want bool) {
	for start := time.Now(); time.Since(start) < patience; time.Sleep(5 * time.Millisecond) {
		state, err := unix.IoctlGetTermios(int(c.terminal.Fd()), getTermios)
		c.ts.Check(err)
		if (state.Lflag&unix.ECHO != 0) == want {
			return
		}
	}
	c.ts.Fatalf("the echo is not on: %v, but:\n%s", want, c.said())
}

// write types a byte at a time, as a person does: a terminal in raw mode would
// take a line whole otherwise, and no fault of the editing would show.
func (c *conversation) write(text string) {
	for i := range len(text) {
		if _, err := io.WriteString(c.terminal, text[i:i+1]); err != nil {
			c.ts.Fatalf("typing: %v", err)
		}
	}
}

// phone returns the code that another implementation shows.
func (c *conversation) phone(args []string) string {
	now := scriptTime()
	oath := []string{"-b"}
	if len(args) == 1 || !strings.HasPrefix(args[1], "--totp") {
		oath = append(oath, "--totp")
	}
	for _, a := range args[1:] {
		if off, err := time.ParseDuration(a); err == nil {
			now = now.Add(off)
		} else {
			oath = append(oath, a)
		}
	}
	cmd := exec.Command("oathtool", append(oath, "-N", now.UTC().Format("2006-01-02 15:04:05 UTC"), "-")...)
	cmd.Stdin = strings.NewReader(strings.TrimSpace(c.ts.ReadFile(args[0])) + "\n")
	out, err := cmd.CombinedOutput()
	if err != nil {
		c.ts.Fatalf("oathtool: %s", out)
	}
	return strings.TrimSpace(string(out))
}

func (c *conversation) end(status string) {
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.ts.Fatalf("the command goes on, and shows:\n%s", c.said())
	}
	c.cmd.Wait()
	if got := fmt.Sprint(c.cmd.ProcessState.ExitCode()); got != status {
		c.ts.Fatalf("exit status %s, want %s; it showed:\n%s", got, status, c.said())
	}
}

func (c *conversation) close() {
	if c.closed {
		return
	}
	c.closed = true
	c.terminal.Close()
	<-c.ended
	late := time.AfterFunc(patience, func() { c.cmd.Process.Kill() })
	c.cmd.Wait()
	if !late.Stop() {
		c.ts.Fatalf("the command goes on without its terminal")
	}
}
