package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/escrow"
)

// TestImportGoesOn: what arrived of an import that was killed is this machine's own, so
// that the same import completes it and doubles nothing. What nobody here has announced is
// not taken for its own: that is the control.
func TestImportGoesOn(t *testing.T) {
	for _, announced := range []bool{true, false} {
		m := mover{t: t, dir: t.TempDir()}
		m.vault("one")
		var lines []string
		for i := range 6 {
			lines = append(lines, fmt.Sprintf("otpauth://totp/Site%d:me?secret=JBSWY3DPEHPK3PX%c&issuer=Site%d", i, 'A'+i, i))
		}
		list := m.path("list.txt")
		if err := os.WriteFile(list, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		m.killed("one", lines[:4], announced)
		sum, again := m.ledger([]string{"import", list, "--json"}, "one"), 4
		if !announced {
			again = 0
		}
		if sum.Found != 6 || sum.AlreadyThere != again || sum.Added != 6-again {
			t.Errorf("announced %t: %+v", announced, sum)
		}
		status, out, _ := m.run("list", "--json", "--vault", m.path("one"))
		accepted, waiting := strings.Count(out.String(), `"accepted": true`), strings.Count(out.String(), `"accepted": false`)
		if status != 0 || accepted != 6 || waiting != 4-again {
			t.Errorf("announced %t: %d accepted, %d waiting", announced, accepted, waiting)
		}
		if again := m.ledger([]string{"import", list, "--json"}, "one"); again.AlreadyThere != 6 {
			t.Errorf("announced %t: again: %+v", announced, again)
		}
	}
}

// killed leaves in a vault what an import leaves that is killed before its journal is
// written.
func (m *mover) killed(vault string, lines []string, announced bool) {
	m.t.Helper()
	w, _, _ := stage(m.t, time.Now())
	w.Getenv = m.getenv
	v, err := session.Open(w, place.Choice{Vault: m.path(vault)})
	if err != nil {
		m.t.Fatal(err)
	}
	defer v.Close()
	var seeds []escrow.Seed
	var ids []string
	for _, line := range lines {
		s, err := escrow.NewSeed(line, escrow.Details{})
		if err != nil {
			m.t.Fatal(err)
		}
		seeds, ids = append(seeds, s), append(ids, s.ID())
	}
	if announced {
		if _, err := v.Place.Memory().AnnounceBatch(ids); err != nil {
			m.t.Fatal(err)
		}
	}
	if _, err := v.Files.DepositAll(seeds, nil); err != nil {
		m.t.Fatal(err)
	}
}
