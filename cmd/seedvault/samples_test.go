package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/say"
)

// samplesOf has the tests of package formats write their samples, and returns the lines
// of the index.
func samplesOf(t *testing.T) (dir string, lines [][]string) {
	t.Helper()
	dir = t.TempDir()
	out, err := exec.Command("go", "test", "../../escrow/exchange/formats", "-count=1", "-run", "TestWriteSamples$", "-samples", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	index, err := os.ReadFile(filepath.Join(dir, "index.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(index)) {
		lines = append(lines, strings.Split(strings.TrimSpace(line), "\t"))
	}
	return dir, lines
}

// TestEverySampleMoves: a file of every form of every format goes in, with a ledger that
// balances and tells no secret; what came in goes out into another file, and comes out of
// that into another vault unchanged.
func TestEverySampleMoves(t *testing.T) {
	dir, samples := samplesOf(t)
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(dir, "our.key")
	if err := os.WriteFile(key, []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if len(samples) < 60 {
		t.Fatalf("only %d samples", len(samples))
	}
	for _, s := range samples {
		t.Run(s[1]+", "+s[2], func(t *testing.T) {
			t.Parallel()
			(&mover{t: t, dir: t.TempDir()}).moves(dir, s, id, key)
		})
	}
}

// moves takes one sample in, out and in again.
func (m *mover) moves(dir string, s []string, id *age.X25519Identity, key string) {
	args := []string{"import", filepath.Join(dir, s[0]), "--json"}
	if password := s[3]; password != "-" {
		args = append(args, "--password-file", filepath.Join(dir, password))
	}
	if key := s[4]; key != "-" {
		args = append(args, "-i", filepath.Join(dir, key))
	}
	m.vault("one")
	sum := m.ledger(args, "one")
	if fmt.Sprint(sum.Found) != s[5] || fmt.Sprint(sum.Refused) != s[6] || sum.Added+sum.AlreadyThere+sum.Refused != sum.Found || sum.Added == 0 {
		m.t.Fatalf("%+v, want %s found and %s refused", sum, s[5], s[6])
	}
	if again := m.ledger(args, "one"); again.Added != 0 || again.AlreadyThere != sum.Added+sum.AlreadyThere {
		m.t.Errorf("again: %+v after %+v", again, sum)
	}
	first := m.bundle("one", id)
	m.vault("two")
	back := m.ledger([]string{"import", m.path("one.age"), "--json", "-i", key}, "two")
	if back.Added != sum.Added || back.Refused != 0 {
		m.t.Errorf("%+v came back of %+v", back, sum)
	}
	if second := m.bundle("two", id); !slices.Equal(first, second) || len(first) != sum.Added {
		m.t.Errorf("went out as %d, came back as %d, or changed", len(first), len(second))
	}
}

// mover runs the command for one sample.
type mover struct {
	t   *testing.T
	dir string
}

func (m *mover) path(name string) string { return filepath.Join(m.dir, name) }

// run runs the command on this sample's machine.
func (m *mover) run(args ...string) (status int, out, errs *bytes.Buffer) {
	m.t.Helper()
	w, out, errs := stage(m.t, time.Now())
	w.Getenv = m.getenv
	return newApp(w).Run(args), out, errs
}

func (m *mover) getenv(name string) string {
	if name == "HOME" {
		return m.path("home")
	}
	return ""
}

// done runs it to be done.
func (m *mover) done(args ...string) {
	m.t.Helper()
	if status, _, errs := m.run(args...); status != say.StatusDone {
		m.t.Fatalf("%q ends with %d: %s", args, status, errs)
	}
}

// vault makes a vault that this machine opens.
func (m *mover) vault(name string) {
	m.t.Helper()
	if err := os.MkdirAll(m.path("home"), 0o700); err != nil {
		m.t.Fatal(err)
	}
	m.done("init", "--device", name, "--vault", m.path(name))
}

type sums struct {
	Found, Added, Refused int
	AlreadyThere          int `json:"already_there"`
}

// ledger imports, and returns how the ledger sums up.
func (m *mover) ledger(args []string, vault string) (sum sums) {
	m.t.Helper()
	status, stdout, stderr := m.run(append(slices.Clip(args), "--vault", m.path(vault))...)
	if err := json.Unmarshal(stdout.Bytes(), &sum); err != nil {
		m.t.Fatalf("%q ends with %d: %v: %s", args, status, err, stderr)
	}
	if (sum.Refused > 0) != (status == say.StatusFailed) {
		m.t.Errorf("status %d for %+v: %s", status, sum, stderr)
	}
	for _, secret := range []string{"JBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQ", "63BEDWCQZKTQWPES", "e3152afe", "correct horse"} {
		if strings.Contains(stdout.String()+stderr.String(), secret) {
			m.t.Errorf("%q is told", secret)
		}
	}
	return sum
}

// bundle exports all seeds of a vault into one file for age, and returns what it says of
// each, sorted.
func (m *mover) bundle(vault string, id *age.X25519Identity) []string {
	m.t.Helper()
	out := m.path(vault + ".age")
	m.done("export", "--all", "--to", "age", "-r", id.Recipient().String(), "--out", out, "--vault", m.path(vault))
	file, err := os.ReadFile(out)
	if err != nil {
		m.t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(file), id)
	if err != nil {
		m.t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		m.t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(string(text)), "\n\n")[1:] // the first is the title
	slices.Sort(blocks)
	return blocks
}
