package escrow

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"seedvault/escrow/byhand"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
)

// shell runs a script in the vault's folder.
func (f *fixture) shell(commands ...string) string {
	f.t.Helper()
	script := filepath.Join(f.t.TempDir(), "by-hand.sh")
	text := "cd '" + f.dir + "'\n" + strings.Join(commands, "\n") + "\n"
	must(f.t, os.WriteFile(script, []byte(text), 0o600))
	out, err := exec.Command("sh", script).CombinedOutput()
	if err != nil {
		f.t.Fatalf("%v: %s\n%s", err, out, text)
	}
	return string(out)
}

// hand is a person at a terminal, who types lines and waits for the prompt.
type hand struct {
	t      *testing.T
	screen *os.File
	came   chan []byte // onto the screen, as it comes
	seen   bytes.Buffer
	sent   int // what was seen when the last line was sent
}

const (
	prompt     = "\nnext> "
	morePrompt = "\nmore> "
)

// sitDown opens a terminal with a person's own shell in a folder.
func sitDown(t *testing.T, shell, folder string) *hand {
	t.Helper()
	cmd := exec.Command(shell)
	cmd.Dir = folder
	home := t.TempDir()
	// fish that finds no such folder fills it in the background, while the test removes it.
	must(t, os.MkdirAll(filepath.Join(home, ".local/share/fish/generated_completions"), 0o700))
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "TERM=dumb"} // no file of this machine's user
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 200})
	must(t, err)
	h := &hand{t: t, screen: screen, came: make(chan []byte)}
	go func() {
		defer close(h.came)
		for {
			buf := make([]byte, 4096)
			n, err := screen.Read(buf)
			if err != nil {
				return
			}
			h.came <- bytes.ReplaceAll(buf[:n], []byte("\r"), nil)
		}
	}()
	t.Cleanup(func() {
		// A shell in the shell goes with the terminal, when the test's process ends: a
		// read that waits for it cannot be ended before.
		cmd.Process.Kill()
		cmd.Wait()
	})
	return h
}

// until reads the screen up to one of the texts.
func (h *hand) until(texts ...string) {
	h.t.Helper()
	if !h.comes(2*time.Minute, texts...) {
		h.t.Fatalf("waited for %q, and on the screen stands\n%s", texts, h.seen.String())
	}
}

// comes reads the screen, and reports whether one of the texts comes to stand at its end.
func (h *hand) comes(within time.Duration, texts ...string) bool {
	h.t.Helper()
	late := time.After(within)
	for {
		for _, text := range texts {
			if bytes.HasSuffix(h.seen.Bytes()[h.sent:], []byte(text)) {
				return true
			}
		}
		select {
		case some, open := <-h.came:
			if !open {
				h.t.Fatalf("the terminal is gone, and on the screen stands\n%s", h.seen.String())
			}
			h.seen.Write(some)
		case <-late:
			return false
		}
	}
}

func (h *hand) send(text string) {
	h.t.Helper()
	h.sent = h.seen.Len()
	_, err := h.screen.WriteString(text)
	must(h.t, err)
}

// do types a step, and returns what came onto the screen.
func (h *hand) do(step byhand.Step) string {
	h.t.Helper()
	h.seen.Reset()
	h.sent = 0
	lines := byhand.Unix(step)
	if len(lines) == 0 {
		h.t.Fatalf("there is no step %q", step)
	}
	if step == byhand.Begin {
		h.begin(lines[0])
		lines = lines[1:]
	}
	for i, line := range lines {
		h.send(line + "\n")
		switch {
		case i < len(lines)-1:
			h.until(prompt, morePrompt)
		case step == byhand.TypedKey || step == byhand.KeyFile || step == byhand.Passphrase || step == byhand.End:
			// a person goes on typing, or has done
		default:
			h.until(prompt)
		}
	}
	return h.seen.String()
}

// begin types the first line until sh answers: a shell that is still starting throws
// away what was typed before. Only sh, which has no version to tell, takes the prompts.
func (h *hand) begin(line string) {
	h.t.Helper()
	quoted := func(s string) string { return "'" + strings.ReplaceAll(s, "\n", "'\"\n\"'") + "'" }
	for range 20 {
		h.send(line + "\n")
		time.Sleep(300 * time.Millisecond)
		h.send(`test -n "$ZSH_VERSION$BASH_VERSION" || { PS1=` + quoted(prompt) + "; PS2=" + quoted(morePrompt) + "; }\n")
		if h.comes(3*time.Second, prompt) {
			return
		}
	}
	h.t.Fatalf("no sh answers, and on the screen stands\n%s", h.seen.String())
}

// give types a key, as the way in asks for it.
func (h *hand) give(way byhand.Step, text string) {
	h.t.Helper()
	h.do(way)
	switch way {
	case byhand.TypedKey:
		h.send(text + "\n\x04")
	case byhand.KeyFile:
		h.until("\n")
		h.send(text + "\n")
	case byhand.Passphrase:
		h.until("Enter passphrase: ")
		h.send(text + "\n")
	}
	h.until(prompt)
}

func needTools(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range append(tools, "age", "age-keygen", "ssh-keygen", "sha256sum") {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
}

// missingSeal is what the lines say of a seal that others name.
var missingSeal = regexp.MustCompile(`seal [a-z2-7]{32} is missing`)

// place is the folder in memory that the lines have made: others who open a vault by hand
// on this machine have theirs beside it.
func (h *hand) place() string {
	h.t.Helper()
	h.send("echo \"place $K\"\n")
	h.until(prompt)
	found := regexp.MustCompile(`(?m)^place (/\S+)$`).FindStringSubmatch(h.seen.String())
	if found == nil {
		h.t.Fatalf("there is no place for keys, and on the screen stands\n%s", h.seen.String())
	}
	return found[1]
}

// leave types the last lines, and wants the keys gone once the shell is done with them.
func (h *hand) leave() {
	h.t.Helper()
	place := h.place()
	h.do(byhand.End)
	_, err := os.Stat(place)
	for end := time.Now().Add(time.Minute); err == nil && time.Now().Before(end); _, err = os.Stat(place) {
		time.Sleep(5 * time.Millisecond)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		h.t.Errorf("keys are left in %s: %v", place, err)
	}
}

// TestP4OpensByHand types the lines of README.txt as they stand, in a shell of each
// kind, with each way in: every seed is shown with its notes, the codes are drawn, the
// seals are verified, and nothing is left behind.
func TestP4OpensByHand(t *testing.T) {
	t.Parallel()
	needTools(t, "sh", "bash", "zsh", "fish", "qrencode")
	f := newFixture(t)
	f.sealed(3)
	friend := filepath.Join(t.TempDir(), "a friend's key")
	must(t, os.WriteFile(friend, []byte(identityText(f.friend)+"\n"), 0o600))
	for _, way := range []struct {
		shell string
		step  byhand.Step
		text  string
	}{
		{"sh", byhand.TypedKey, identityText(f.paper)},
		{"bash", byhand.KeyFile, friend},
		{"zsh", byhand.Passphrase, passphrase},
		{"fish", byhand.TypedKey, identityText(f.paper)},
	} {
		h := sitDown(t, way.shell, f.dir)
		h.do(byhand.Begin)
		if out := h.do(byhand.Compare); !strings.Contains(out, f.pin.Fingerprint.String()) {
			t.Errorf("%s: the fingerprint is not shown:\n%s", way.shell, out)
		}
		h.give(way.step, way.text)
		h.do(byhand.Open)
		read, drawn, verified := h.do(byhand.Read), h.do(byhand.Draw), h.do(byhand.Verify)
		for n := range 3 {
			if !strings.Contains(read, f.seed(n).Line()) || !strings.Contains(drawn, f.seed(n).Line()) {
				t.Errorf("%s: seed %d is not shown:\n%s", way.shell, n, read)
			}
		}
		if strings.Count(drawn, "█") < 100 {
			t.Errorf("%s: no code is drawn", way.shell)
		}
		if strings.Count(verified, ": OK") != 12 || missingSeal.MatchString(verified) {
			t.Errorf("%s: verifying says\n%s", way.shell, verified)
		}
		h.leave()
	}
	if left, _ := filepath.Glob(f.path("*.share")); len(left) > 0 {
		t.Errorf("left in the vault: %q", left)
	}
}

// TestP4OddFoldersByHand types the lines in a vault that somebody has worked on: a
// slot was planted that the same key opens, a sync tool has renamed an epoch, and a
// seed's note holds what would take over a terminal.
func TestP4OddFoldersByHand(t *testing.T) {
	t.Parallel()
	needTools(t, "sh")
	f := newFixture(t)
	f.sealed(2)
	before := f.vault().view.Pinned().Folder

	// Whoever knows a public key can encrypt a vault key of their own to it.
	planted := newFixture(t)
	slot, err := os.ReadFile(planted.path(planted.glob("holders/anna/slot-*.age")))
	must(t, err)
	must(t, os.WriteFile(f.path(before+"/holders/anna/slot-"+strings.Repeat("z", 32)+".age"), slot, 0o600))

	f.deposit(f.seed(7).With("note", "red \x1b[31m, bell \x07, C1 \u009b2J, 日本語のメモ"))

	h := sitDown(t, "sh", f.dir)
	h.do(byhand.Begin)
	h.give(byhand.TypedKey, identityText(f.friend))
	h.do(byhand.Open)
	out := h.do(byhand.Read)
	for n := range 2 {
		if !strings.Contains(out, f.seed(n).Line()) {
			t.Errorf("seed %d is not shown beside a planted slot:\n%s", n, out)
		}
	}
	if strings.ContainsAny(out, "\x1b\x07\u009b") || !strings.Contains(out, "日本語のメモ") {
		t.Errorf("a note reaches the terminal as it stands, or not whole: %q", out)
	}
	h.leave()

	must(t, os.Rename(f.path(before), f.path(before+" (1)")))
	h = sitDown(t, "sh", f.dir)
	h.do(byhand.Begin)
	h.give(byhand.TypedKey, identityText(f.paper))
	h.do(byhand.Open)
	if out := h.do(byhand.Read); !strings.Contains(out, f.seed(0).Line()) {
		t.Errorf("a renamed folder does not open:\n%s", out)
	}
	h.leave()
}

// TestP4RotatedByHand types the lines in a vault of three epochs: each opens, the
// older ones by the newest's old.age too, each seal is verified, and which epoch
// has signed which is said.
func TestP4RotatedByHand(t *testing.T) {
	t.Parallel()
	needTools(t, "sh")
	f := newFixture(t)
	f.sealed(3)
	first := f.vault().view.Pinned().Folder
	middle := f.rotate(RotateOptions{})
	last := f.rotate(RotateOptions{Remove: []string{"anna"}})
	must(t, os.RemoveAll(f.path(middle.Folder+"/holders"))) // as if its ways in were lost

	h := sitDown(t, "sh", f.dir)
	h.do(byhand.Begin)
	if out := h.do(byhand.Compare); !strings.Contains(out, last.Folder) || !strings.Contains(out, f.pin.Fingerprint.String()) {
		t.Errorf("three folders are compared:\n%s", out)
	}
	h.give(byhand.TypedKey, identityText(f.paper))
	h.do(byhand.Open)
	read := h.do(byhand.Read)
	for n := range 3 {
		if strings.Count(read, f.seed(n).Line()) != 3 {
			t.Errorf("seed %d is not shown in each of three folders:\n%s", n, read)
		}
	}
	verified := h.do(byhand.Verify)
	if missingSeal.MatchString(verified) || strings.Count(verified, "/vault.txt: OK") != 3 || strings.Count(verified, "FAILED") != 4 {
		t.Errorf("verifying says\n%s", verified) // FAILED: the ways in that were removed above
	}
	followed := h.do(byhand.Follow)
	for _, want := range []string{first + " has signed " + middle.Folder, middle.Folder + " has signed " + last.Folder} {
		if !strings.Contains(followed, want) {
			t.Errorf("%q is not said:\n%s", want, followed)
		}
	}
	h.leave()
}

// TestByHandIsOneSource holds FORMAT.md and README.txt to the lines that the tests
// above type.
func TestByHandIsOneSource(t *testing.T) {
	page, err := os.ReadFile("FORMAT.md")
	must(t, err)
	for _, step := range []byhand.Step{byhand.Begin, byhand.Compare, byhand.TypedKey, byhand.KeyFile, byhand.Passphrase, byhand.Shares,
		byhand.Join, byhand.Open, byhand.Read, byhand.Draw, byhand.Verify, byhand.Follow, byhand.End} {
		block := byhand.Block(byhand.Unix, "", step)
		if block == "" || !strings.Contains(string(page), "\n```\n"+block+"```\n") {
			t.Errorf("FORMAT.md has other lines for %q", step)
		}
		if indented := byhand.Block(byhand.Unix, "       ", step); !strings.Contains(byhand.README(), "\n"+indented) {
			t.Errorf("README.txt has other lines for %q", step)
		}
	}
}

// TestSealsByHand has stock tools say what is missing, and no more: not what another
// seal includes, what a person gave up, or what nobody names.
func TestSealsByHand(t *testing.T) {
	t.Parallel()
	needTools(t, "sh")
	f := newFixture(t)
	f.sealed(3)
	for n := range 4 {
		o := f.unlock()
		must(t, o.Accept(f.deposit(f.seed(10+n))))
		f.seal(o)
	}
	verify := slices.Concat(byhand.Unix(byhand.Begin)[1:], byhand.Unix(byhand.Verify), byhand.Unix(byhand.End))
	whole := f.shell(verify...)
	if n := strings.Count(whole, ": OK"); n != 16 || strings.Contains(whole, "missing") {
		t.Fatalf("%d files are accepted:\n%s", n, whole)
	}
	o := f.unlock()
	seals := o.reader.seals(o.reader.view.Pinned())
	gone, named := 0, 0
	for _, s := range sealset.Open(&o.reader.view.Source, f.folder(), o.reader.pinnedKey().Signer, nil).Every() {
		c := f.clone()
		at := c.folder() + "/seals/" + format.SealFile(s.Number, s.Hash())
		c.remove(at)
		missing := c.vault().MissingSeals(c.pin.Fingerprint)
		out := c.shell(verify...)
		if said := strings.Contains(out, "seal "+s.Hash()+" is missing"); said != (len(missing) > 0) {
			t.Errorf("without %s: by hand missing is %t, seedvault says %v", s.Name(), said, missing)
		}
		if s.Hash() != seals.Newest().Hash() && strings.Count(out, ": OK") != 16 {
			gone++
		}
		if len(missing) > 0 {
			named++
			o, err := c.vault().Unlock(c.paper)
			must(t, err)
			must(t, o.GiveUp(missing...))
			c.seal(o)
			if out := c.shell(verify...); strings.Contains(out, "missing") {
				t.Errorf("%s is given up, and missing by hand:\n%s", s.Name(), out)
			}
		}
	}
	if gone > 0 || named == 0 {
		t.Errorf("%d seals that are not last cost something, %d are named", gone, named)
	}
}
