package escrow

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/byhand"
	"seedvault/escrow/key"
)

// TestP4QuorumByHand opens a quorum's slot with stock age, the lines of README.txt
// and the program that FORMAT.md prints.
func TestP4QuorumByHand(t *testing.T) {
	t.Parallel()
	needTools(t, "sh", "python3")
	page, err := os.ReadFile("FORMAT.md")
	must(t, err)
	program := regexp.MustCompile("(?s)```python\n(.*?)```").FindSubmatch(page)
	if program == nil {
		t.Fatal("FORMAT.md has no program")
	}
	var keys []*age.X25519Identity
	var members []key.Member
	for _, name := range []string{"alice", "bob", "carol"} {
		id, err := age.GenerateX25519Identity()
		must(t, err)
		keys, members = append(keys, id), append(members, key.Member{Name: name, Recipient: id.Recipient().String()})
	}
	h, _, err := QuorumHolder("board", 2, members, false, nil)
	must(t, err)
	f := newFixture(t)
	f.sealed(2)
	f.add(h)

	// Each member opens their own share, at their own PC.
	memory := t.TempDir()
	for i, name := range []string{"alice", "carol"} {
		h := sitDown(t, "sh", f.dir)
		h.do(byhand.Begin)
		h.give(byhand.TypedKey, keys[i*2].String())
		h.do(byhand.Shares)
		must(t, os.Rename(f.path("my.share"), filepath.Join(memory, name+".share")))
		h.leave()
	}
	must(t, os.WriteFile(filepath.Join(memory, "join.py"), program[1], 0o600))
	for _, name := range []string{"alice.share", "carol.share", "join.py"} {
		data, err := os.ReadFile(filepath.Join(memory, name))
		must(t, err)
		must(t, os.WriteFile(f.path(name), data, 0o600))
	}
	hand := sitDown(t, "sh", f.dir)
	hand.do(byhand.Begin)
	hand.do(byhand.Join)
	hand.do(byhand.Open)
	if out := hand.do(byhand.Read); strings.Count(out, "otpauth://") != 2 {
		t.Errorf("by hand: %q", out)
	}
	hand.leave()

	// A share that was changed, one of another quorum, and too few are named.
	alice, err := os.ReadFile(filepath.Join(memory, "alice.share"))
	must(t, err)
	carol, err := os.ReadFile(filepath.Join(memory, "carol.share"))
	must(t, err)
	for want, in := range map[string]string{
		"share 1 was changed":          strings.Replace(string(alice), "\nshare ", "\nshare 00", 1) + string(carol),
		"1 shares, and it takes 2":     string(alice),
		"share 3 is of another quorum": string(alice) + strings.Replace(string(carol), "\nquorum ", "\nquorum 00", 1),
	} {
		cmd := exec.Command("python3", filepath.Join(memory, "join.py"))
		cmd.Stdin = strings.NewReader(in)
		if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %q, %v", want, out, err)
		}
	}
}
