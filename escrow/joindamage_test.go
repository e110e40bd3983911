package escrow

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// joinBesideRemoval has two machines: one removes a seed and rotates; the other has
// carried it, and joins that epoch while files of it are damaged, which are healed
// afterwards.
func joinBesideRemoval(t *testing.T, carriedOne, older bool) (f *fixture, r *Rotation, gone string) {
	t.Helper()
	a := newFixture(t)
	first := a.sealed(1)[0].Path
	b := a.clone()
	a.rotate(RotateOptions{})
	carried := a.entries()[0].Receipts[0].Path
	o := b.unlock()
	must(t, o.Retire(b.entries()[0]))
	b.seal(o)
	theirs := b.rotate(RotateOptions{})
	overlay(t, a, b)
	gone = hashOfPath(first) + " -\n"
	if text := b.olderText(); !strings.Contains(text, gone) {
		t.Fatalf("the other does not say that the file is gone: %s", text)
	}
	if got := a.statuses(1)[0]; !slices.Contains(got, Accepted) {
		t.Fatalf("before it stands %v", got)
	}
	good := a.files()
	var spoilt []string
	if carriedOne {
		spoilt = append(spoilt, carried)
	}
	if older {
		spoilt = append(spoilt, first)
	}
	for _, p := range spoilt {
		must(t, os.WriteFile(a.path(p), []byte("damaged"), 0o600))
	}
	r = a.rotate(RotateOptions{Join: []Fingerprint{theirs.Pin.Fingerprint}, WithoutMissing: carriedOne && older})
	for _, p := range spoilt {
		must(t, os.WriteFile(a.path(p), []byte(good[p]), 0o600))
	}
	return a, r, gone
}

// TestJoinHidesNoDamage: F57. Another epoch's word that a seed is gone hides no seed
// that is accepted here, though it was damaged when the epochs were joined: it is
// accepted if any file of it was whole, and late once it is healed if none was.
func TestJoinHidesNoDamage(t *testing.T) {
	for name, c := range map[string]struct {
		carried, older bool
		want           Status
		named          int
	}{
		"nothing":       {false, false, Accepted, 0},
		"the carried":   {true, false, Accepted, 0},
		"the older one": {false, true, Accepted, 0},
		"both":          {true, true, Late, 1},
	} {
		f, r, gone := joinBesideRemoval(t, c.carried, c.older)
		if len(r.Damaged) != c.named {
			t.Errorf("%s damaged: named %v", name, r.Damaged)
		}
		if said := strings.Contains(f.olderText(), gone); said != (c.want == Accepted) {
			t.Errorf("%s damaged: the other's word that it is gone is repeated: %t", name, said)
		}
		got := f.statuses(1)[0]
		if len(got) == 0 || slices.ContainsFunc(got, func(s Status) bool { return s != c.want }) {
			t.Errorf("%s damaged: healed it stands %v, want %d", name, got, c.want)
		}
		f.rotate(RotateOptions{}) // and later epochs repeat it
		if again := f.statuses(1)[0]; !slices.Equal(again, got) {
			t.Errorf("%s damaged: after another rotation it stands %v, before %v", name, again, got)
		}
	}
}
