package escrow

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/key"
)

// TestP4QuorumByHand opens a quorum's slot with stock age and with the program and
// the lines of FORMAT.md.
func TestP4QuorumByHand(t *testing.T) {
	for _, tool := range []string{"bash", "age", "python3"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
	page, err := os.ReadFile("FORMAT.md")
	must(t, err)
	program := regexp.MustCompile("(?s)```python\n(.*?)```").FindSubmatch(page)
	lines := regexp.MustCompile("(?s)```\n(age -d -o \\$K/alice.share.*?)```").FindSubmatch(page)
	if program == nil || lines == nil {
		t.Fatal("FORMAT.md has no program or no lines for it")
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

	memory := t.TempDir()
	must(t, os.WriteFile(filepath.Join(memory, "join.py"), program[1], 0o600))
	for i, name := range []string{"alice", "carol"} {
		must(t, os.WriteFile(filepath.Join(memory, name+".key"), []byte(keys[i*2].String()+"\n"), 0o600))
	}
	commands := strings.NewReplacer("NAME", "board", "-i alice.key", "-i $K/alice.key", "python3 join.py", "python3 $K/join.py").Replace(string(lines[1]))
	first, rest, _ := strings.Cut(commands, "\n")
	out := f.shell("", "K="+memory, "cd 1-*", first, strings.ReplaceAll(first, "alice", "carol"), rest,
		`for f in seeds/*.age; do age -d -i $K/v.key "$f" | head -1; done`)
	if strings.Count(out, "otpauth://") != 2 {
		t.Errorf("by hand: %q", out)
	}

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
