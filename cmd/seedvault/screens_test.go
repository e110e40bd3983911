//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"seedvault/cmd/seedvault/internal/words"
)

// screensDir has, for each size of a terminal and each language, all that a play shows.
const screensDir = "../../testdata/screens"

// TestScreens plays the first night, everyday commands and a restore on terminals of four
// sizes in both languages, and holds what stood on the screens. Nowhere is a word broken at
// the end of a line. After a change that is meant: go test ./cmd/seedvault -run TestScreens
// -update, and read what has changed.
func TestScreens(t *testing.T) {
	for _, size := range []pty.Winsize{{Cols: 80, Rows: 24}, {Cols: 100, Rows: 40}, {Cols: 60, Rows: 20}, {Cols: 40, Rows: 20}} {
		for _, language := range languages {
			name := fmt.Sprintf("%dx%d.%s", size.Cols, size.Rows, map[words.Language]string{words.English: "en", words.Japanese: "ja"}[language])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := newPlay(t, size, language)
				p.night()
				p.everyDay()
				golden(t, filepath.Join(screensDir, name+".txt"), p.shown.String())
			})
		}
	}
}

// golden holds a text against the one that is kept in a file.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, lines := strings.Split(string(data), "\n"), strings.Split(got, "\n")
	for i := range min(len(want), len(lines)) {
		if want[i] != lines[i] {
			t.Fatalf("%s:%d: shown\n%s\nwant\n%s", path, i+1, strings.Join(lines[max(i-3, 0):min(i+4, len(lines))], "\n"), strings.Join(want[max(i-3, 0):min(i+4, len(want))], "\n"))
		}
	}
	if len(want) != len(lines) {
		t.Fatalf("%s: %d lines are shown, want %d", path, len(lines), len(want))
	}
}

// play is one person at one terminal.
type play struct {
	t        *testing.T
	size     pty.Winsize
	language words.Language
	home     string
	shown    strings.Builder
}

// newPlay makes a home whose path is as long on every machine: screens depend on it.
func newPlay(t *testing.T, size pty.Winsize, language words.Language) *play {
	home := fmt.Sprintf("/tmp/sv%08x", time.Now().UnixNano()&0xffffffff)
	for _, dir := range []string{home, home + "/Documents", home + "/Dropbox", home + "/Dropbox/Photos"} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	return &play{t: t, size: size, language: language, home: home}
}

// The accounts of the play: one that needs all the room that 24 rows have, and one in
// Japanese.
const (
	playedRoot = "otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@123456789012?secret=" +
		"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Amazon%20Web%20Services"
	playedBank = "otpauth://totp/%E3%81%BF%E3%81%9A%E3%81%BB%E9%8A%80%E8%A1%8C:%E5%B1%B1%E7%94%B0%E8%8A%B1%E5%AD%90?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8&period=60"
)

// night is the first night, with the answers that are advised, and this PC's key.
func (p *play) night() {
	r := p.start("add")
	r.answer(words.AskSeed, playedRoot)
	r.await(words.FirstWritten)
	phrase := regexp.MustCompile(`\n\s{6}([a-z]+(?:\s+[a-z]+){5})\s`).FindStringSubmatch(sequences().ReplaceAllString(r.raw(), ""))
	if phrase == nil {
		p.t.Fatalf("no passphrase is shown: %q", r.raw())
	}
	parts := strings.Fields(phrase[1])
	r.typed("")
	r.shotAt(words.FirstWord, "prove")
	r.typed(parts[1])
	r.answer(words.FirstWord, parts[4])
	r.answer(words.FirstSheetWhere, "")
	r.answer(words.FirstCopyWhere, "")
	r.answer(words.FirstAskGo, "d")
	r.await(words.AskCompare)
	r.typed("")
	r.end("add", 0)
}

// everyDay is what is typed afterwards.
func (p *play) everyDay() {
	for _, c := range []struct {
		status int
		args   []string
	}{
		{0, nil}, {0, []string{"list"}}, {0, []string{"code"}}, {0, []string{"show", "aws"}}, {0, []string{"holder", "list"}},
		{0, []string{"copy", "list"}}, {0, []string{"check"}}, {1, []string{"code", "nonesuch"}}, {2, []string{"ls"}},
	} {
		if len(c.args) == 1 && c.args[0] == "list" {
			r := p.start("add", "--name", "家計", "--tag", "money")
			r.answer(words.AskSeed, playedBank)
			r.answer(words.AskCompare, "")
			r.end("add --name 家計 --tag money", 0)
		}
		p.start(c.args...).end(strings.TrimSpace("seedvault "+strings.Join(c.args, " ")), c.status)
	}
	r := p.start("restore", "aws")
	r.shotAt(words.AskPhoneCode, "restore aws")
	r.typed("12345")
	r.shotAt(words.AskPhoneCode, "five digits")
	r.typed("f")
	r.shotAt(words.AskPhoneCode, "f")
	r.typed("q")
	r.end("restore aws, after q", 0)
}

// running is one command of a play.
type running struct {
	*play
	cmd   *exec.Cmd
	out   *os.File
	mu    sync.Mutex
	said  bytes.Buffer
	from  int // how much of what it has said, squeezed, was waited for
	ended chan struct{}
}

func (p *play) start(args ...string) *running {
	if p.language == words.Japanese {
		args = append([]string{"--lang", "ja"}, args...)
	}
	path, err := exec.LookPath("seedvault")
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = p.home
	cmd.Env = []string{"HOME=" + p.home, "PATH=/usr/bin:/bin", "TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1", "SEEDVAULT_TEST_NOW=2026-11-29T12:00:00Z"}
	blocking, err := pty.StartWithSize(cmd, &p.size)
	if err != nil {
		p.t.Fatal(err)
	}
	terminal, err := closable(blocking)
	if err != nil {
		p.t.Fatal(err)
	}
	r := &running{play: p, cmd: cmd, out: terminal, ended: make(chan struct{})}
	go func() {
		defer close(r.ended)
		buf := make([]byte, 4096)
		for {
			n, err := terminal.Read(buf)
			r.mu.Lock()
			r.said.Write(buf[:n])
			r.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return r
}

func (r *running) raw() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.said.String()
}

var (
	sequences = pattern(`\x1b\[[?0-9;]*[A-Za-z]`)
	blanks    = pattern(`%(?:\[\d\])?[sd]|\{[^}]*\}`)
)

// squeezed returns a text without what depends on the width of a terminal.
func squeezed(text string) string {
	return strings.Join(strings.Fields(sequences().ReplaceAllString(text, " ")), "")
}

// await waits until a prompt is there: the end of its text.
func (r *running) await(m words.Message) {
	r.t.Helper()
	want := ""
	for _, piece := range blanks().Split(m.In(r.language), -1) {
		if piece = squeezed(piece); len(piece) > 1 {
			want = piece
		}
	}
	for start := time.Now(); time.Since(start) < patience; time.Sleep(2 * time.Millisecond) {
		text := squeezed(r.raw())
		if i := strings.Index(text[r.from:], want); i >= 0 {
			r.from += i + len(want)
			return
		}
	}
	r.t.Fatalf("%q was not shown, but:\n%s", want, r.raw())
}

func (r *running) typed(text string) {
	if _, err := r.out.WriteString(text + "\r"); err != nil {
		r.t.Fatal(err)
	}
}

// answer types an answer once a prompt is there.
func (r *running) answer(m words.Message, text string) {
	r.t.Helper()
	r.await(m)
	r.typed(text)
}

// shotAt adds the screen to the play's once a prompt is there.
func (r *running) shotAt(m words.Message, name string) {
	r.t.Helper()
	r.await(m)
	r.shot(name)
}

// end waits for the end of the command, and adds what it has left on the screen.
func (r *running) end(name string, status int) {
	r.t.Helper()
	select {
	case <-r.ended:
	case <-time.After(patience):
		r.t.Fatalf("%s goes on, and shows:\n%s", name, r.raw())
	}
	r.cmd.Wait()
	r.out.Close()
	if got := r.cmd.ProcessState.ExitCode(); got != status {
		r.t.Errorf("%s: exit status %d, want %d", name, got, status)
	}
	r.shot(name)
}

// masks are what differs from run to run: all as long as what they stand for.
var masks = []func() *regexp.Regexp{
	pattern(`sv[0-9a-f]{8}\b`), pattern(`pc-[0-9a-f]{8}\b`), pattern(`\b\d{4}-[a-z2-7]{8}\b`),
	pattern(`\bage1[a-z0-9]+`), pattern(`\b[a-z2-7]{12}\b`), pattern(`\b[0-9a-f]{4}(?: [0-9a-f]{4})+`),
}

var masked = pattern(`[0-9a-z]`)

// shot adds what the terminal shows now, with what differs from run to run masked before
// it is shown: lines break where they did.
func (r *running) shot(name string) {
	r.t.Helper()
	text := r.raw()
	for _, mask := range masks {
		text = mask().ReplaceAllStringFunc(text, func(s string) string { return masked().ReplaceAllString(s, "x") })
	}
	s := newScreen(int(r.size.Cols), int(r.size.Rows))
	s.write(text)
	for _, line := range s.broken {
		r.t.Errorf("%s: a word is broken: %q", name, line)
	}
	if name == "seedvault" && r.size.Cols >= 80 && len(s.scrolled) > 0 {
		r.t.Errorf("the start takes more than %d rows", r.size.Rows)
	}
	fmt.Fprintf(&r.shown, "---- %s\n%s\n", name, s.text())
}
