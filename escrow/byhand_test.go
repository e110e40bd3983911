package escrow

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
)

// byHand returns README.txt's command lines: those that are indented as such,
// in the part that begins with a heading.
func byHand(t *testing.T, heading string) []string {
	t.Helper()
	_, part, ok := strings.Cut(string(readmeText), "\n"+heading)
	if !ok {
		t.Fatalf("README.txt has no part %q", heading)
	}
	var commands []string
	for line := range strings.Lines(part) {
		if strings.HasPrefix(line, "WINDOWS") {
			break
		}
		if command, ok := strings.CutPrefix(line, "       "); ok && command[0] != ' ' {
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	return commands
}

// shell runs a script in the vault's folder, on a terminal of its own where age
// asks for the passphrase.
func (f *fixture) shell(typed string, commands ...string) string {
	f.t.Helper()
	script := filepath.Join(f.t.TempDir(), "by-hand.sh")
	text := "set -e\ncd " + f.dir + "\n" + strings.Join(commands, "\n") + "\n"
	must(f.t, os.WriteFile(script, []byte(text), 0o600))
	cmd := exec.Command("bash", script)
	if typed != "" {
		cmd = exec.Command("script", "-qec", "bash "+script, "/dev/null")
		cmd.Stdin = strings.NewReader(typed + "\n")
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		f.t.Fatalf("%v: %s\n%s", err, out, text)
	}
	return string(out)
}

// TestP4OpensByHand runs the lines of README.txt with stock tools, once for each
// way in, and finds every seed; and verifies the seals.
func TestP4OpensByHand(t *testing.T) {
	for _, tool := range []string{"bash", "age", "ssh-keygen", "sha256sum", "script"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
	f := newFixture(t)
	f.sealed(3)
	steps := byHand(t, "LINUX AND MACOS")
	if len(steps) != 8 {
		t.Fatalf("README.txt has %d command lines: %q", len(steps), steps)
	}
	compare, byKey, byPassphrase, read, clean := steps[0], steps[1:3], steps[3:5], steps[5], steps[7]

	out := f.shell("", compare)
	if ok, err := f.pin.Fingerprint.Matches(out[:32]); !ok || err != nil {
		t.Errorf("step 1 prints %q", out)
	}
	memory := t.TempDir()
	in := func(name, keyFile string, commands ...string) []string {
		all := strings.Join(commands, "\n")
		all = strings.NewReplacer("NAME", name, "K=/dev/shm", "K="+memory, "my.key", keyFile).Replace(all)
		return strings.Split(all, "\n")
	}
	paper := filepath.Join(t.TempDir(), "my.key")
	must(t, os.WriteFile(paper, []byte(identityText(f.paper)+"\n"), 0o600))
	friend := filepath.Join(t.TempDir(), "my.key")
	must(t, os.WriteFile(friend, []byte(identityText(f.friend)+"\n"), 0o600))
	for _, way := range []struct{ name, key, typed string }{{"paper", paper, ""}, {"anna", friend, ""}, {"words", "", passphrase}} {
		unlock := byKey
		if way.typed != "" {
			unlock = byPassphrase
		}
		out := f.shell(way.typed, in(way.name, way.key, append(slices.Clone(unlock), read, clean)...)...)
		for n := range 3 {
			if !strings.Contains(out, f.seed(n).Line()) {
				t.Errorf("%s: seed %d is not shown:\n%s", way.name, n, out)
			}
		}
		if left, _ := os.ReadDir(memory); len(left) > 0 {
			t.Errorf("%s: step 5 leaves %v", way.name, left)
		}
	}

	verify := byHand(t, "IS EVERYTHING HERE")
	if len(verify) != 7 {
		t.Fatalf("README.txt has %d lines to verify: %q", len(verify), verify)
	}
	out = f.shell("", verify[:5]...)
	if strings.Count(out, ": OK") != 12 || strings.Contains(out, "missing") {
		t.Errorf("verifying says\n%s", out)
	}
	l := f.follow()
	l.begin()
	l.finish()
	out = f.shell("", verify[5], verify[6])
	if !strings.Contains(out, "Good \"seedvault-epoch\" signature") || exists(f.fsys, "signers") || exists(f.fsys, "sealed") {
		t.Errorf("verifying a later epoch says\n%s", out)
	}
	// The older identities, in the later epoch's folder.
	old := strings.Split(strings.ReplaceAll(strings.Join(in("paper", paper, append(slices.Clone(byKey), steps[6], "cat $K/old.key")...), "\n"), "cd 1-*", "cd 2-*"), "\n")
	if out = f.shell("", old...); !strings.Contains(out, f.unlock().pinnedKey().Secret()) {
		t.Error("old.age does not hold the older identity")
	}
}

// TestSealsByHand has stock tools say what is missing, and no more: not what another
// seal includes, what a person gave up, or what nobody names.
func TestSealsByHand(t *testing.T) {
	for _, tool := range []string{"bash", "ssh-keygen", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatal("needs " + tool)
		}
	}
	f := newFixture(t)
	f.sealed(3)
	for n := range 4 {
		o := f.unlock()
		must(t, o.Accept(f.deposit(f.seed(10+n))))
		f.seal(o)
	}
	verify := byHand(t, "IS EVERYTHING HERE")
	whole := f.shell("", verify[:5]...)
	if n := strings.Count(whole, ": OK"); n != 16 || strings.Contains(whole, "missing") {
		t.Fatalf("%d files are accepted:\n%s", n, whole)
	}
	o := f.unlock()
	seals := o.seals(o.vault.pinned())
	gone, named := 0, 0
	for _, s := range openSeals(f.fsys, f.folder(), o.pinnedKey().signer, nil).every() {
		c := f.clone()
		at := c.folder() + "/seals/" + format.SealFile(s.Number, s.Hash())
		c.remove(at)
		missing := c.vault().MissingSeals(c.pin.Fingerprint)
		out := c.shell("", verify[:5]...)
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
			if out := c.shell("", verify[:5]...); strings.Contains(out, "missing") {
				t.Errorf("%s is given up, and missing by hand:\n%s", s.Name(), out)
			}
		}
	}
	if gone > 0 || named == 0 {
		t.Errorf("%d seals that are not last cost something, %d are named", gone, named)
	}
}
