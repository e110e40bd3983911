package local

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/escrow"
)

// spoil writes a file of a memory anew.
func (m Memory) spoil(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(m.dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestMend: what of the memory cannot be read is noticed once, set aside and noted with
// the day. What can be read stays as it is.
func TestMend(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	first, last := escrow.Receipt{Path: "1-ab/seeds/a.age", Sum: [32]byte{1}}, escrow.Receipt{Path: "1-ab/seeds/b.age", Sum: [32]byte{2}}
	cut := "deposit " + strings.Repeat("03", 32) + " 1-ab/seeds/c.a"
	for name, c := range map[string]struct {
		spoil    func(m Memory, journal string)
		lost     []Part
		deposits []escrow.Receipt
	}{
		"nothing":          {func(Memory, string) {}, nil, []escrow.Receipt{first, last}},
		"a line cut short": {func(m Memory, j string) { m.spoil(t, journalFile, []byte(j+cut)) }, nil, []escrow.Receipt{first, last}},
		"a later version's line": {
			func(m Memory, j string) { m.spoil(t, journalFile, []byte("refuse 00 x y\n"+j)) }, nil, []escrow.Receipt{first, last}},
		"what was seen, cut":     {func(m Memory, _ string) { m.spoil(t, seenFile, []byte(`{"seals":["a"`)) }, []Part{PartSeen}, []escrow.Receipt{first, last}},
		"what was seen, emptied": {func(m Memory, _ string) { m.spoil(t, seenFile, nil) }, []Part{PartSeen}, []escrow.Receipt{first, last}},
		"what was seen, deleted": {func(m Memory, _ string) { os.Remove(filepath.Join(m.dir, seenFile)) }, []Part{PartSeen}, []escrow.Receipt{first, last}},
		"what was seen, too long": {
			func(m Memory, _ string) { m.spoil(t, seenFile, bytes.Repeat([]byte(" "), fileLimit+1)) }, []Part{PartSeen}, []escrow.Receipt{first, last}},
		"a line of the journal": {
			func(m Memory, j string) { m.spoil(t, journalFile, []byte(strings.Replace(j, "01", "xx", 1))) }, []Part{PartJournal}, []escrow.Receipt{last}},
		"a journal of zeros": {func(m Memory, j string) { m.spoil(t, journalFile, make([]byte, len(j))) }, []Part{PartJournal}, nil},
		"a journal over its limit": {
			func(m Memory, j string) {
				line, rest, _ := strings.Cut(j, "\n")
				m.spoil(t, journalFile, []byte(line+"\n"+strings.Repeat("refuse 00 x y\n", fileLimit/14+1)+rest))
			}, []Part{PartJournal}, []escrow.Receipt{last}},
		"all": {func(m Memory, _ string) { os.RemoveAll(m.dir) }, []Part{PartSeen}, nil},
	} {
		m := testPlaces(t).Memory("/v")
		for _, r := range []escrow.Receipt{first, last} {
			if err := m.Deposited(now, r); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Saw(escrow.Memory{Seals: []string{"a"}}, nil); err != nil {
			t.Fatal(err)
		}
		journal, err := os.ReadFile(filepath.Join(m.dir, journalFile))
		if err != nil {
			t.Fatal(err)
		}
		c.spoil(m, string(journal))
		lost, err := m.Mend(true, now)
		if err != nil || !slices.Equal(lost, c.lost) {
			t.Errorf("%s: lost %v, %v", name, lost, err)
		}
		for _, p := range c.lost {
			if at := m.LostParts()[p]; !at.Equal(now) {
				t.Errorf("%s: %s is noted as lost at %s", name, p, at)
			}
		}
		if got := m.Recall().Deposits; !slices.Equal(got, c.deposits) {
			t.Errorf("%s: %d deposits are remembered", name, len(got))
		}
		if len(c.lost) > 0 {
			private(t, filepath.Join(m.dir, lostPartsFile))
		}
		if err := m.Saw(escrow.Memory{Seals: []string{"b"}}, nil); err != nil {
			t.Fatal(err)
		}
		if lost, err := m.Mend(true, now.Add(time.Hour)); err != nil || len(lost) > 0 {
			t.Errorf("%s: noticed again: %v, %v", name, lost, err)
		}
	}
}

// TestNothingToMend: a machine that has remembered nothing has lost nothing.
func TestNothingToMend(t *testing.T) {
	m := testPlaces(t).Memory("/v")
	if lost, err := m.Mend(false, time.Now()); err != nil || len(lost) > 0 || m.LostParts() != nil {
		t.Errorf("lost %v, %v", lost, err)
	}
}

// TestKeep: the seals of one epoch are kept, 0600, those no longer wanted go, and so do
// another epoch's.
func TestKeep(t *testing.T) {
	m := testPlaces(t).Memory("/v")
	one, two := escrow.Fingerprint{1}, escrow.Fingerprint{2}
	a, b := escrow.KeptSeal{Name: "0001-a.txt", Text: []byte("a"), Sig: []byte("sa")}, escrow.KeptSeal{Name: "0002-b.txt", Text: []byte("b"), Sig: []byte("sb")}
	keep := func(pin escrow.Fingerprint, seals ...escrow.KeptSeal) {
		t.Helper()
		if err := m.Keep(pin, seals); err != nil {
			t.Fatal(err)
		}
		same := func(a, b escrow.KeptSeal) bool {
			return a.Name == b.Name && bytes.Equal(a.Text, b.Text) && bytes.Equal(a.Sig, b.Sig)
		}
		if got := m.Kept(pin); !slices.EqualFunc(got, seals, same) {
			t.Errorf("kept are %d seals", len(got))
		}
	}
	keep(one, a)
	keep(one, a, b)
	private(t, filepath.Join(m.keptDir(one), b.Name))
	private(t, filepath.Join(m.keptDir(one), b.Name+".sig"))
	keep(one, b)
	keep(two, a)
	if got := m.Kept(one); len(got) > 0 {
		t.Errorf("of the epoch that was left %d seals are kept", len(got))
	}
	if err := os.Remove(filepath.Join(m.keptDir(two), a.Name+".sig")); err != nil {
		t.Fatal(err)
	}
	if got := m.Kept(two); len(got) > 0 {
		t.Error("a seal without its signature is kept")
	}
	if err := m.Keep(two, []escrow.KeptSeal{{Name: "../x"}}); err == nil {
		t.Error("a name that is a path is written")
	}
	if err := m.Forget(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(m.dir); err == nil {
		t.Error("forgotten, it is there")
	}
}
