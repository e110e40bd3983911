package escrow

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"filippo.io/age"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
	"seedvault/escrow/key/keytest"
	"seedvault/testdata/temporary"
)

// The fixtures' secrets are made up.
const (
	exampleURI  = "otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
	exampleURI2 = "otpauth://totp/Example:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example&digits=8"
	passphrase  = "correct horse battery staple above"
)

var testTime = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	temporary.InMemory()
	debug.SetGCPercent(400) // there is room, and nothing here measures memory
	keytest.SetWorkFactor(10)
	status := m.Run()
	if pluginFolder != "" {
		os.RemoveAll(pluginFolder)
	}
	os.Exit(status)
}

// fixture is a vault in a temporary folder with a holder of each plain kind.
type fixture struct {
	t      *testing.T
	dir    string
	fsys   *disk.Dir
	pin    Pin
	paper  age.Identity
	friend age.Identity
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	f.fsys = openDir(t, f.dir)
	friend, err := age.GenerateX25519Identity()
	must(t, err)
	f.friend = friend
	words, err := PassphraseHolder("words", passphrase, false)
	must(t, err)
	paper, secret, err := PaperHolder("paper", false)
	must(t, err)
	f.paper, err = key.ParseIdentity(secret)
	must(t, err)
	anna, err := KeyHolder("anna", friend.Recipient().String())
	must(t, err)
	f.pin, err = Create(f.fsys, CreateOptions{Holders: []NewHolder{words, paper, anna}, Now: testTime})
	must(t, err)
	return f
}

func openDir(t *testing.T, dir string) *disk.Dir {
	t.Helper()
	d, err := OpenDir(dir)
	must(t, err)
	t.Cleanup(func() { d.Close() })
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// vault opens the folder anew, as every command does.
func (f *fixture) vault() *Vault {
	f.t.Helper()
	v, err := Open(f.fsys, &f.pin)
	must(f.t, err)
	return v
}

func (f *fixture) unlock() *Opened {
	f.t.Helper()
	o, err := f.vault().Unlock(f.paper)
	must(f.t, err)
	return o
}

func (f *fixture) seed(n int) Seed {
	f.t.Helper()
	uri := fmt.Sprintf("otpauth://totp/Site%03d:me?secret=JBSWY3DPEHPK3PXP&issuer=Site%03d", n, n)
	s, err := NewSeed(uri, Details{Added: testTime, By: "test"})
	must(f.t, err)
	return s
}

func (f *fixture) deposit(s Seed) Receipt {
	f.t.Helper()
	r, err := f.vault().Deposit(s)
	must(f.t, err)
	return r
}

// sealed deposits seeds and accepts them.
func (f *fixture) sealed(n int) []Receipt {
	f.t.Helper()
	var rs []Receipt
	for i := range n {
		rs = append(rs, f.deposit(f.seed(i)))
	}
	o := f.unlock()
	must(f.t, o.Accept(rs...))
	f.seal(o)
	return rs
}

func (f *fixture) seal(o *Opened) *SealInfo {
	f.t.Helper()
	info, err := o.Seal(testTime)
	must(f.t, err)
	return info
}

func (f *fixture) entries() []Entry {
	f.t.Helper()
	entries, _ := seedsOf(f.t, f.unlock())
	return entries
}

func seedsOf(t *testing.T, o *Opened) ([]Entry, []Finding) {
	t.Helper()
	entries, findings, err := o.Seeds(context.Background())
	must(t, err)
	return entries, findings
}

// lines maps every shown line to its statuses.
func lines(entries []Entry) map[string][]Status {
	m := map[string][]Status{}
	for _, e := range entries {
		m[e.Seed.Line()] = append(m[e.Seed.Line()], e.Status)
	}
	return m
}

// path gives the place of a vault's file on disk.
func (f *fixture) path(rel string) string { return filepath.Join(f.dir, filepath.FromSlash(rel)) }

func (f *fixture) check() *Report {
	f.t.Helper()
	r, err := f.unlock().Check(context.Background(), CheckOptions{Now: testTime})
	must(f.t, err)
	return r
}

// found reports whether a report names a path with a code.
func reports(r *Report, code FindingCode, path string) bool {
	for _, f := range r.Findings {
		if f.Code == code && f.Path == path {
			return true
		}
	}
	return false
}

// clone copies the vault's folder, as a person copies it to a stick.
func (f *fixture) clone() *fixture {
	f.t.Helper()
	c := *f
	c.dir = f.t.TempDir()
	must(f.t, os.CopyFS(c.dir, os.DirFS(f.dir)))
	c.fsys = openDir(f.t, c.dir)
	return &c
}

func (f *fixture) folder() string { return format.EpochFolder(1, f.pin.Fingerprint) }

// identityText is the line of a native identity, for a key file.
func identityText(id age.Identity) string { return id.(fmt.Stringer).String() }
