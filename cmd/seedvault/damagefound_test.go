//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

// TestFoundByDamage plays again what the long run has found.
func TestFoundByDamage(t *testing.T) {
	r := newDamageRig(t, 1)
	r.reset()
	for p := range r.owed { // every seed, from the vault alone
		if strings.Contains(p, "/seeds/") {
			os.Remove(filepath.Join(r.at(vaultPlace), p))
		}
	}
	for _, args := range [][]string{{"check", "--explain"}, {"check", "--json"}} {
		if s := r.run("home", "", args...); s.said(words.LossSurvived) || strings.Contains(s.out, `"survives": true`) || len(r.lies(s)) > 0 {
			t.Errorf("%q: %s%v", args, s.out, r.lies(s))
		}
	}

	// Where the newest vault.txt is nowhere nothing vouches for the seals that a copy lacks.
	r.reset()
	folder := r.look(vaultPlace).epoch
	for _, place := range []string{vaultPlace, stickPlace} {
		if err := os.Remove(filepath.Join(r.at(place), folder, "vault.txt")); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(r.at(stickPlace), folder, "seals")); err != nil {
		t.Fatal(err)
	}
	if s := r.run("home", "", "copy", "sync", "stick"); s.status == 0 || len(r.lies(s)) > 0 {
		t.Errorf("ends with %d: %s%s%v", s.status, s.out, s.errs, r.lies(s))
	}
}
