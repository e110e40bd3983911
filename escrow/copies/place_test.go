package copies

import (
	"context"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/key"
)

var (
	_        escrow.FS = (*durabletest.FS)(nil)
	testTime           = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// machine is a vault in memory with what its PC knows of it.
type machine struct {
	t     testing.TB
	fsys  *durabletest.FS
	pin   escrow.Pin
	paper age.Identity
	next  *int // the next seed's number, one for all machines
}

// newMachine makes a vault with two holders and some accepted seeds.
func newMachine(t testing.TB, seeds int) *machine {
	t.Helper()
	m := &machine{t: t, fsys: durabletest.New(), next: new(int)}
	paper, secret, err := escrow.PaperHolder("paper", false)
	must(t, err)
	m.paper, err = key.ParseIdentity(secret)
	must(t, err)
	spare, _, err := escrow.PaperHolder("spare", false)
	must(t, err)
	m.pin, err = escrow.Create(m.fsys, escrow.CreateOptions{Holders: []escrow.NewHolder{paper, spare}, Now: testTime})
	must(t, err)
	if seeds > 0 {
		m.add(seeds)
		m.seal()
	}
	return m
}

// twin is another machine of the same vault, with its own folder.
func (m *machine) twin() *machine {
	w := *m
	w.fsys = m.fsys.Clone()
	return &w
}

func (m *machine) vault() *escrow.Vault {
	m.t.Helper()
	v, err := escrow.Open(m.fsys, &m.pin)
	must(m.t, err)
	return v
}

// add deposits new seeds.
func (m *machine) add(n int) {
	m.t.Helper()
	for range n {
		*m.next++
		s, err := escrow.NewSeed(fmt.Sprintf("otpauth://totp/Site%d:me?secret=JBSWY3DPEHPK3PXP", *m.next), escrow.Details{Added: testTime})
		must(m.t, err)
		_, err = m.vault().Deposit(s)
		must(m.t, err)
	}
}

// seal accepts everything that lies there.
func (m *machine) seal() {
	m.t.Helper()
	o, err := m.vault().Unlock(m.paper)
	must(m.t, err)
	entries, _, err := o.Seeds(context.Background())
	must(m.t, err)
	for _, e := range entries {
		if e.Status == escrow.NotAccepted {
			must(m.t, o.Accept(e.Receipts...))
		}
	}
	_, err = o.Seal(testTime)
	must(m.t, err)
}

// seeds counts what the paper key opens.
func (m *machine) seeds() int {
	m.t.Helper()
	o, err := m.vault().Unlock(m.paper)
	must(m.t, err)
	entries, _, err := o.Seeds(context.Background())
	must(m.t, err)
	return len(entries)
}

func (m *machine) options() Options { return Options{Pin: &m.pin} }

// sync syncs and wants no error and a state.
func (m *machine) sync(there escrow.FS, o Options, want State) Result {
	m.t.Helper()
	o.Pin = &m.pin
	r, err := Sync(context.Background(), m.fsys, there, o)
	must(m.t, err)
	if r.State != want {
		m.t.Errorf("the copy is %s (%v), want %s: %+v", r.State, r.Err, want, r)
	}
	return r
}

// find returns the first path of a vault that holds a text, in byte order.
func find(t testing.TB, f *durabletest.FS, part string) string {
	t.Helper()
	best := ""
	for name := range f.Files() {
		if strings.Contains(name, part) && (best == "" || name < best) {
			best = name
		}
	}
	if best == "" {
		t.Fatalf("no %s", part)
	}
	return best
}

// plant puts a file in place of whatever lies there, as anybody may.
func plant(t testing.TB, f *durabletest.FS, name, data string) {
	t.Helper()
	must(t, durable.MkdirAll(f, path.Dir(name)))
	must(t, durable.Write(f, name, []byte(data)))
}
