package escrow

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// rolledBack is a vault of three seeds of which one was then removed, one edited and one
// added, as it was before that, with the memory of a machine that has seen it after.
func rolledBack(t *testing.T) (before, after *fixture, memory Memory) {
	t.Helper()
	f := newFixture(t)
	f.sealed(3)
	before = f.clone()
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	must(t, o.Retire(entries[0]))
	_, err := o.Edit(entries[1], entries[1].Seed.With("note", "anew"))
	must(t, err)
	must(t, o.Accept(f.deposit(f.seed(5))))
	f.seal(o)
	return before, f, f.vault().Remember(Memory{}, testTime)
}

// recalled opens a vault as a machine with a memory does.
func (f *fixture) recalled(m Memory) *Vault {
	v := f.vault()
	v.Recall(m)
	return v
}

// TestKeptSeals: F85, what is kept of the seals counts as if it lay in the vault: of an older
// state, and where seals were deleted, cut or exchanged one by one. Put back, it is in
// the vault: whoever has no memory sees the same.
func TestKeptSeals(t *testing.T) {
	before, after, memory := rolledBack(t)
	newest := after.glob("seals/*.txt")
	for name, c := range map[string]struct {
		roll    func(c *fixture)
		missing int
	}{
		"the whole vault": {func(c *fixture) { *c = *before.clone() }, 2},
		"all seals":       {func(c *fixture) { c.remove(c.folder() + "/seals") }, 0},
		"a text":          {func(c *fixture) { c.remove(newest) }, 0},
		"a signature":     {func(c *fixture) { c.remove(newest + ".sig") }, 0},
		"a flipped bit": {func(c *fixture) {
			must(t, os.WriteFile(c.path(newest), []byte(strings.Replace(c.text(newest), "seal", "seaL", 1)), 0o600))
		}, 0},
		"an empty signature": {func(c *fixture) { must(t, os.WriteFile(c.path(newest+".sig"), nil, 0o600)) }, 0},
	} {
		c2 := after.clone()
		c.roll(c2)
		v := c2.recalled(memory)
		if n := len(v.Withheld()); n == 0 {
			t.Errorf("%s: nothing is withheld", name)
		}
		o, err := v.Unlock(c2.paper)
		must(t, err)
		accepted, missing := counted(t, o)
		if accepted+missing != 3 || missing != c.missing {
			t.Errorf("%s: %d accepted, %d missing", name, accepted, missing)
		}
		if r, err := o.Check(context.Background(), CheckOptions{Now: testTime, Memory: memory}); err != nil || !reportsCode(r, CodeRolledBack) {
			t.Errorf("%s: a check says nothing of it: %v", name, err)
		}
		if again := v.Remember(memory, testTime); len(again.Kept) != len(memory.Kept) {
			t.Errorf("%s: %d are kept, and were %d", name, len(again.Kept), len(memory.Kept))
		}
		back, err := v.PutBack()
		must(t, err)
		if len(back) == 0 || len(v.Withheld()) > 0 {
			t.Errorf("%s: %d are put back, %d are withheld still", name, len(back), len(v.Withheld()))
		}
		if got, lost := counted(t, c2.unlock()); got != accepted || lost != missing {
			t.Errorf("%s, put back: %d accepted, %d missing for a machine without memory", name, got, lost)
		}
		if again, err := v.PutBack(); err != nil || len(again) > 0 {
			t.Errorf("%s: a second time %d are put back: %v", name, len(again), err)
		}
	}
}

// counted is how many seeds are accepted and here, and how many are accepted and missing.
// Nothing that was removed or edited is among them.
func counted(t *testing.T, o *Opened) (accepted, missing int) {
	t.Helper()
	entries, findings, err := o.Seeds(context.Background())
	must(t, err)
	for _, e := range entries {
		if e.Status != Accepted {
			t.Errorf("a seed stands as %d", e.Status)
		}
	}
	for _, f := range findings {
		if f.Code == CodeMissing && f.Red {
			missing++
		}
	}
	return len(entries), missing
}

func reportsCode(r *Report, code FindingCode) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == code && f.Red })
}

// TestKeptSealsAreVerified: what a memory holds is believed with a signature of the
// pinned epoch alone.
func TestKeptSealsAreVerified(t *testing.T) {
	before, _, memory := rolledBack(t)
	for name, spoil := range map[string]func(k *KeptSeal){
		"text":      func(k *KeptSeal) { k.Text = append([]byte("# x\n"), k.Text...) },
		"signature": func(k *KeptSeal) { k.Sig = []byte("none") },
		"name":      func(k *KeptSeal) { k.Name = "0009" + k.Name[4:] },
		"no name":   func(k *KeptSeal) { k.Name = "seal" },
	} {
		m := memory
		m.Kept = slices.Clone(memory.Kept)
		for i := range m.Kept {
			spoil(&m.Kept[i])
		}
		v := before.recalled(m)
		if n := len(v.Withheld()); n > 0 {
			t.Errorf("a kept seal with another %s counts", name)
		}
		if back, err := v.PutBack(); err != nil || len(back) > 0 {
			t.Errorf("a kept seal with another %s is put back: %v", name, err)
		}
	}
	other, _, _ := rolledBack(t) // another vault's
	if n := len(other.recalled(memory).Withheld()); n > 0 {
		t.Errorf("%d seals of another vault count", n)
	}
}

// TestPutBackWritesOverNoLink: what is no file stays, and nothing is written through it.
func TestPutBackWritesOverNoLink(t *testing.T) {
	before, after, memory := rolledBack(t)
	newest := after.glob("seals/*.txt")
	outside := t.TempDir() + "/outside"
	must(t, os.Symlink(outside, before.path(newest)))
	v := before.recalled(memory)
	if back, err := v.PutBack(); err != nil || len(back) > 0 {
		t.Errorf("%v put back: %v", back, err)
	}
	if _, err := os.Stat(outside); err == nil || len(v.Withheld()) != 1 {
		t.Error("it was written through a link, or does not count any more")
	}
}

// TestRotateAfterRollback: F86, nothing is carried that was removed, and what is missing is
// asked about.
func TestRotateAfterRollback(t *testing.T) {
	before, _, memory := rolledBack(t)
	v := before.recalled(memory)
	o, err := v.Unlock(before.paper)
	must(t, err)
	plan, err := o.PlanRotation(RotateOptions{Memory: memory})
	must(t, err)
	var missing *MissingFilesError
	if _, err := o.Rotate(context.Background(), plan, testTime); !errors.As(err, &missing) || len(missing.Paths) != 2 {
		t.Fatalf("unasked: %v", err)
	}
	plan.WithoutMissing = true
	r, err := o.Rotate(context.Background(), plan, testTime)
	must(t, err)
	before.pin = r.Pin
	if entries := before.entries(); len(entries) != 1 || r.Carried != 1 {
		t.Errorf("%d seeds after the rotation, %d carried", len(entries), r.Carried)
	}
}
