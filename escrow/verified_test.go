package escrow

import (
	"os"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// TestVerifiedOnce: a vault that is read again says the same as one that is read for the
// first time, whatever was done to its seals meanwhile; and a seal whose bytes were
// verified is the one that was parsed then.
func TestVerifiedOnce(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	f.sealed(2)
	before := f.vault()
	e := before.view.Pinned()
	first := before.view.Seals(e).Seals()
	if len(first) == 0 {
		t.Fatal("no seals")
	}
	again, err := Reopen(f.fsys, &f.pin, before)
	must(t, err)
	if !slices.Equal(again.view.Seals(again.view.Pinned()).Seals(), first) {
		t.Error("seals are verified twice")
	}
	if slices.Equal(f.vault().view.Seals(f.vault().view.Pinned()).Seals(), first) {
		t.Error("seals are known that were never verified")
	}

	newest := first[len(first)-1]
	name := e.Folder + "/seals/" + format.SealFile(newest.Number, newest.Hash())
	text, err := os.ReadFile(f.path(name))
	must(t, err)
	sig, err := os.ReadFile(f.path(name + ".sig"))
	must(t, err)
	flipped := func(data []byte) []byte { return append([]byte{data[0] ^ 1}, data[1:]...) }
	renumbered := strings.Replace(name, format.SealFile(newest.Number, newest.Hash()), format.SealFile(newest.Number+1, newest.Hash()), 1)
	for what, files := range map[string]map[string][]byte{
		"text flipped":      {name: flipped(text)},
		"signature flipped": {name + ".sig": flipped(sig)},
		"signature empty":   {name + ".sig": {}},
		"other line ends":   {name: []byte(strings.ReplaceAll(string(text), "\n", "\r\n"))},
		"another number":    {renumbered: text, renumbered + ".sig": sig, name: nil},
		"text gone":         {name: nil},
		"signature gone":    {name + ".sig": nil},
	} {
		c := f.clone()
		for name, data := range files {
			must(t, os.RemoveAll(c.path(name)))
			if data != nil {
				must(t, os.WriteFile(c.path(name), data, 0o600))
			}
		}
		fresh, err := Open(c.fsys, &c.pin)
		must(t, err)
		known, err := Reopen(c.fsys, &c.pin, before)
		must(t, err)
		a, b := fresh.view.Seals(fresh.view.Pinned()), known.view.Seals(known.view.Pinned())
		if !slices.Equal(sealNames(a.Ledger), sealNames(b.Ledger)) || !slices.Equal(a.Damaged, b.Damaged) || !slices.Equal(a.Unfinished, b.Unfinished) || len(a.Broken) != len(b.Broken) {
			t.Errorf("%s: read first: %v, damaged %v, read again: %v, damaged %v", what, sealNames(a.Ledger), a.Damaged, sealNames(b.Ledger), b.Damaged)
		}
		for name, rule := range a.Broken {
			if b.Broken[name] != rule {
				t.Errorf("%s: %s breaks rule %v, read again %v", what, name, rule, b.Broken[name])
			}
		}
	}
}

// sealNames are the names of the seals of a ledger.
func sealNames(l *judge.Ledger) (names []string) {
	for _, s := range l.Seals() {
		names = append(names, s.Name())
	}
	return names
}
