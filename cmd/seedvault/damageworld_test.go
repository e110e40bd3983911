//go:build !windows

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// damageRig is a machine with a vault and two copies in one folder, which is put back to
// how it was before every case.
type damageRig struct {
	t       *testing.T
	root    string            // of the machine; its paths are in its configuration
	kept    string            // what the root held when the vault was made
	earlier []string          // what it held before that
	now     time.Time         // what its clock says
	friend  string            // the public key of a holder who is no machine
	uris    map[string]string // of the accepted seeds, by issuer
	owed    map[string][]byte // the vault's files as they should be
	others  map[string]bool   // those that somebody else has deposited, and nobody accepted
	planted map[string]bool   // what was put there by the damage
	away    map[string]string // copies that are out of reach, and where they are
}

// spoken is what one run of the command has said.
type spoken struct {
	args      []string
	status    int
	out, errs string
	heard     []words.Message
}

func (s spoken) said(m words.Message) bool { return slices.Contains(s.heard, m) }

const (
	vaultPlace  = "vault"
	stickPlace  = "stick/seedvault"
	officePlace = "office/seedvault"
)

var damagePlaces = []string{vaultPlace, stickPlace, officePlace}

func (r *damageRig) at(place string) string {
	if elsewhere, ok := r.away[place]; ok {
		return elsewhere
	}
	return filepath.Join(r.root, filepath.FromSlash(place))
}

// run runs the command on a machine, which has no terminal.
func (r *damageRig) run(machine, in string, args ...string) spoken {
	s := spoken{args: args}
	var out, errs bytes.Buffer
	env := map[string]string{"HOME": filepath.Join(r.root, machine), "SEEDVAULT_DIR": filepath.Join(r.root, vaultPlace)}
	w := &world.World{
		CopySites: func() []local.CopySite { return nil },
		OnRAMDisk: func(string) bool { return false },
		Voice: say.Voice{Out: &out, Err: &errs, OnMessage: func(l words.Language, m words.Message, _ string) {
			heard(l, m, "")
			s.heard = append(s.heard, m)
		}},
		In:       strings.NewReader(in),
		Getenv:   func(name string) string { return env[name] },
		Now:      func() time.Time { return r.now },
		Terminal: func() (*console.Terminal, error) { return nil, console.ErrNoTerminal },
	}
	s.status = newApp(w).Run(args)
	s.out, s.errs = out.String(), errs.String()
	return s
}

// must runs what prepares the vault and may not fail.
func (r *damageRig) must(machine, in string, args ...string) spoken {
	r.t.Helper()
	s := r.run(machine, in, args...)
	if s.status != say.StatusDone {
		r.t.Fatalf("%q ends with %d: %s", args, s.status, s.errs)
	}
	return s
}

func damageURI(issuer string, secret byte) string {
	return fmt.Sprintf("otpauth://totp/%s:me?secret=JBSWY3DPEHPK3PX%c&issuer=%s", issuer, secret, issuer)
}

// add adds a seed on this machine, which accepts it.
func (r *damageRig) add(issuer string, secret byte) {
	r.must("home", damageURI(issuer, secret)+"\n", "add", "-")
	r.uris[issuer] = damageURI(issuer, secret)
	r.now = r.now.Add(time.Hour)
}

// newDamageRig makes the vault: a device, a passphrase and a friend open it, two copies
// have it, it has seen an edit and a removal, and rotations as asked for. Somebody else has deposited a seed.
func newDamageRig(t *testing.T, rotations int) *damageRig {
	t.Helper()
	dir := t.TempDir()
	r := &damageRig{
		t: t, root: filepath.Join(dir, "w"), kept: filepath.Join(dir, "kept"), now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC),
		uris: map[string]string{}, owed: map[string][]byte{}, others: map[string]bool{}, away: map[string]string{}, planted: map[string]bool{},
	}
	friend, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	r.friend = friend.Recipient().String()
	for _, d := range []string{"home", "stick/photos", "office/photos", "other"} {
		if err := os.MkdirAll(filepath.Join(r.root, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	passphrase := filepath.Join(r.root, "home", "passphrase")
	if err := os.WriteFile(passphrase, []byte("correct horse battery staple\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.must("home", "", "init", "--device", "pc", "--passphrase", "words", "--passphrase-file", passphrase, "-r", "friend="+r.friend)
	r.must("home", "", "holder", "edit", "friend", "--kept", "bank")
	r.add("Alpha", 'P')
	r.add("Beta", 'A')
	r.must("home", "", "copy", "add", filepath.Join(r.root, "stick"), "--kept", "drawer", "--as", "stick")
	r.must("home", "", "copy", "add", filepath.Join(r.root, "office"), "--kept", "work", "--as", "office")
	r.keep(filepath.Join(dir, "first"))
	r.add("Gamma", 'B')
	r.add("Gone", 'C')
	r.must("home", "", "edit", "Beta", "--note", "x")
	r.must("home", "", "remove", "Gone", "--yes")
	delete(r.uris, "Gone")
	for range rotations {
		r.must("home", "", "rotate", "--yes")
		r.must("home", "", "copy", "sync")
	}
	r.keep(filepath.Join(dir, "second"))
	r.add("Delta", 'D')
	before := filesOf(t, r.at(vaultPlace))
	r.depositElsewhere()
	for p := range filesOf(t, r.at(vaultPlace)) {
		if _, had := before[p]; !had {
			r.others[p] = true
		}
	}
	r.must("home", "", "copy", "sync", "--thorough")
	r.owed = filesOf(t, r.at(vaultPlace))
	copyTree(t, r.root, r.kept)
	r.reset()
	r.must("home", "", "list") // an index knows every file, as it is an hour later
	copyTree(t, r.root, r.kept)
	if index, err := filepath.Glob(filepath.Join(r.kept, "home/.local/state/seedvault/*/index-*")); err != nil || len(index) != 1 {
		t.Fatalf("indexes: %v, %v", index, err)
	}
	return r
}

// depositElsewhere has another machine deposit a seed.
func (r *damageRig) depositElsewhere() {
	fp := r.must("home", "", "check", "--json").field("fingerprint")
	config, err := fs.Glob(os.DirFS(r.root), "home/.config/seedvault/*.json")
	if err != nil || len(config) == 0 {
		r.t.Fatalf("no configuration: %v", err)
	}
	text, err := os.ReadFile(filepath.Join(r.root, config[0]))
	if err != nil {
		r.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), `"recipient": "`)
	recipient, _, _ := strings.Cut(rest, `"`)
	r.must("other", "", "open", r.at(vaultPlace), "--fingerprint", fp, "--recipient", recipient)
	r.must("other", damageURI("Other", 'E')+"\n", "add", "-")
}

// field returns a field's first value in an answer for scripts.
func (s spoken) field(name string) string {
	_, rest, _ := strings.Cut(s.out, `"`+name+`": "`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// keep has the state of now serve as one that a part of the vault may be put back to.
func (r *damageRig) keep(dir string) {
	copyTree(r.t, r.root, dir)
	r.earlier = append(r.earlier, dir)
}

// reset puts everything back.
func (r *damageRig) reset() {
	if err := os.RemoveAll(r.root); err != nil {
		r.t.Fatal(err)
	}
	copyTree(r.t, r.kept, r.root)
	r.owed = filesOf(r.t, r.at(vaultPlace))
	r.away, r.planted = map[string]string{}, map[string]bool{}
}

// filesOf reads the files that lie in a folder, and passes over links and pipes.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = data
		return nil
	})
	return files
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(from, name)
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		at := time.Now().Add(-time.Hour).Truncate(time.Hour) // long ago, so that indexes trust what was not touched since
		if strings.HasPrefix(d.Name(), "index-") {
			at = at.Add(time.Minute)
		}
		to := filepath.Join(to, rel)
		return errors.Join(os.WriteFile(to, data, 0o600), os.Chtimes(to, at, at))
	})
	if err != nil {
		t.Fatal(err)
	}
}
