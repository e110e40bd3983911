package escrow

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestP4RotatedByHand opens and verifies a vault after two real rotations with
// the lines of README.txt and stock tools: the vault key, each seed, both seals
// and the old signer's word for the new epoch.
func TestP4RotatedByHand(t *testing.T) {
	for _, tool := range []string{"bash", "age", "ssh-keygen", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
	f := newFixture(t)
	f.sealed(3)
	middle := f.rotate(RotateOptions{})
	last := f.rotate(RotateOptions{Remove: []string{"anna"}})
	old := f.unlock().keys[middle.Folder].Secret()

	steps, memory := byHand(t, "LINUX AND MACOS"), t.TempDir()
	key := filepath.Join(t.TempDir(), "my.key")
	must(t, os.WriteFile(key, []byte(identityText(f.paper)+"\n"), 0o600))
	script := strings.Join(append(steps[1:3:3], steps[5], steps[6], "cat $K/old.key"), "\n")
	script = strings.NewReplacer("NAME", "paper", "K=/dev/shm", "K="+memory, "my.key", key, "cd 1-*", "cd 3-*").Replace(script)
	out := f.shell("", script)
	for n := range 3 {
		if !strings.Contains(out, f.seed(n).Line()) {
			t.Errorf("seed %d is not shown:\n%s", n, out)
		}
	}
	if first, _, _ := strings.Cut(out[strings.Index(out, "AGE-SECRET-KEY-"):], "\n"); first != old || strings.Count(out, "AGE-SECRET-KEY-") != 2 {
		t.Error("old.age does not hold the two older identities, newest first")
	}

	verify := byHand(t, "IS EVERYTHING HERE")
	out = f.shell("", append([]string{strings.Replace(verify[0], "1-*", last.Folder, 1)}, verify[1:5]...)...)
	if strings.Count(out, ": OK") < 10 || strings.Contains(out, "FAILED") || strings.Contains(out, "missing") {
		t.Errorf("verifying %s says\n%s", last.Folder, out)
	}
	follows := strings.NewReplacer("1-*", middle.Folder).Replace(verify[0])
	check := strings.NewReplacer("2-*", last.Folder).Replace(verify[5])
	if out := f.shell("", follows, check); !strings.Contains(out, "Good \"seedvault-epoch\" signature") {
		t.Errorf("verifying the new epoch says\n%s", out)
	}
}
