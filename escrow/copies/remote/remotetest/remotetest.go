// Package remotetest is what tests of copies over outside programs share: machines of
// one vault, and a runner whose programs are counted, and stopped on purpose.
package remotetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/key"
)

// Now is when everything happens.
var Now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// Must ends the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Machine is a vault in memory with what its PC knows of it, and of one copy.
type Machine struct {
	T    testing.TB
	FS   *durabletest.FS
	Pin  escrow.Pin
	Seen copies.Seen

	paper age.Identity
	next  *seeds
}

// seeds numbers the seeds of all machines.
type seeds struct {
	mu sync.Mutex
	n  int
}

// New makes a vault with two holders and so many accepted seeds.
func New(t testing.TB, n int) *Machine {
	t.Helper()
	m := &Machine{T: t, FS: durabletest.New(), next: &seeds{}}
	paper, secret, err := escrow.PaperHolder("paper", false)
	Must(t, err)
	m.paper, err = key.ParseIdentity(secret)
	Must(t, err)
	spare, _, err := escrow.PaperHolder("spare", false)
	Must(t, err)
	m.Pin, err = escrow.Create(m.FS, escrow.CreateOptions{Holders: []escrow.NewHolder{paper, spare}, Now: Now})
	Must(t, err)
	if n > 0 {
		m.Add(n)
		m.Seal()
	}
	return m
}

// Twin is another machine of the same vault, which has seen no copy.
func (m *Machine) Twin() *Machine {
	return &Machine{T: m.T, FS: m.FS.Clone(), Pin: m.Pin, paper: m.paper, next: m.next}
}

// Bare is a machine that knows the fingerprint and has nothing.
func (m *Machine) Bare() *Machine {
	w := m.Twin()
	w.FS = durabletest.New()
	return w
}

func (m *Machine) vault() *escrow.Vault {
	m.T.Helper()
	v, err := escrow.Open(m.FS, &m.Pin)
	Must(m.T, err)
	return v
}

// Add deposits new seeds.
func (m *Machine) Add(n int) {
	m.T.Helper()
	for range n {
		m.next.mu.Lock()
		m.next.n++
		number := m.next.n
		m.next.mu.Unlock()
		s, err := escrow.NewSeed(fmt.Sprintf("otpauth://totp/Site%d:me?secret=JBSWY3DPEHPK3PXP", number), escrow.Details{Added: Now})
		Must(m.T, err)
		_, err = m.vault().Deposit(s)
		Must(m.T, err)
	}
}

// AddMany deposits many seeds at once, as an import does.
func (m *Machine) AddMany(n int) {
	m.T.Helper()
	var list []escrow.Seed
	for range n {
		m.next.mu.Lock()
		m.next.n++
		number := m.next.n
		m.next.mu.Unlock()
		s, err := escrow.NewSeed(fmt.Sprintf("otpauth://totp/Site%d:me?secret=JBSWY3DPEHPK3PXP", number), escrow.Details{Added: Now})
		Must(m.T, err)
		list = append(list, s)
	}
	_, err := m.vault().DepositAll(list, nil)
	Must(m.T, err)
}

func (m *Machine) entries() (*escrow.Opened, []escrow.Entry) {
	m.T.Helper()
	o, err := m.vault().Unlock(m.paper)
	Must(m.T, err)
	entries, _, err := o.Seeds(context.Background())
	Must(m.T, err)
	return o, entries
}

// Seal accepts everything that lies there.
func (m *Machine) Seal() {
	m.T.Helper()
	o, entries := m.entries()
	for _, e := range entries {
		if e.Status == escrow.NotAccepted {
			Must(m.T, o.Accept(e.Receipts...))
		}
	}
	_, err := o.Seal(Now)
	Must(m.T, err)
}

// Accepted counts the seeds that are accepted.
func (m *Machine) Accepted() (n int) {
	m.T.Helper()
	_, entries := m.entries()
	for _, e := range entries {
		if e.Status == escrow.Accepted {
			n++
		}
	}
	return n
}

// Edit writes one of the accepted seeds anew with another note, and seals.
func (m *Machine) Edit(i int) {
	m.T.Helper()
	o, entries := m.entries()
	if len(entries) == 0 {
		return
	}
	e := entries[i%len(entries)]
	_, err := o.Edit(e, e.Seed.With("note", fmt.Sprintf("note %d", i)))
	Must(m.T, err)
	_, err = o.Seal(Now)
	Must(m.T, err)
}

// Sync syncs with a store and remembers what was seen.
func (m *Machine) Sync(ctx context.Context, there copies.Store, thorough bool) (copies.Result, error) {
	r, err := copies.Sync(ctx, m.FS, there, copies.Options{Pin: &m.Pin, Seen: m.Seen, Thorough: thorough})
	if err == nil && r.Seen.Files() > 0 {
		m.Seen = r.Seen
	}
	return r, err
}

// Find returns the first path of a vault that holds a text, in byte order.
func (m *Machine) Find(part string) string {
	m.T.Helper()
	best := ""
	for name := range m.FS.Files() {
		if strings.Contains(name, part) && (best == "" || name < best) {
			best = name
		}
	}
	if best == "" {
		m.T.Fatalf("no %s", part)
	}
	return best
}

// ErrKilled is what a runner returns for a program that did not get to its end.
var ErrKilled = errors.New("killed")

// Runner runs programs, counts them, and stops one.
type Runner struct {
	remote.Exec
	// Before is asked before a program runs, the first being number 1, and After when
	// it is done: an error is what the call returns.
	Before, After func(n int, c remote.Call) error

	mu    sync.Mutex
	calls []remote.Call
}

// NewRunner returns one with an environment that has a home of its own.
func NewRunner(t testing.TB, env ...string) *Runner {
	home := t.TempDir()
	base := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_CONFIG_HOME=" + home, "GIT_CONFIG_NOSYSTEM=1", "RCLONE_CONFIG=" + home + "/rclone.conf",
		"GOGC=400", "TCELL_MINIMIZE=1"} // a sixth of each start of rclone is collecting what it has just made
	return &Runner{Exec: remote.Exec{Env: append(base, env...)}}
}

// Run runs one program.
func (r *Runner) Run(ctx context.Context, c remote.Call) (string, error) {
	r.mu.Lock()
	r.calls = append(r.calls, c)
	n := len(r.calls)
	r.mu.Unlock()
	if r.Before != nil {
		if err := r.Before(n, c); err != nil {
			return "", err
		}
	}
	said, err := r.Exec.Run(ctx, c)
	if r.After != nil && err == nil {
		err = r.After(n, c)
	}
	return said, err
}

// Calls returns what was run since the last call of it.
func (r *Runner) Calls() []remote.Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	calls := r.calls
	r.calls = nil
	return calls
}

// Verbs are the first arguments of calls that are no settings: git's commands, or
// rclone's.
func Verbs(calls []remote.Call) (verbs []string) {
	for _, c := range calls {
		args := c.Args
		for len(args) > 1 && args[0] == "-c" {
			args = args[2:]
		}
		verbs = append(verbs, args[0])
	}
	return verbs
}

// Configure adds to the configuration of the runner's rclone.
func Configure(t testing.TB, r *Runner, section string) {
	t.Helper()
	for _, v := range r.Env {
		if file, is := strings.CutPrefix(v, "RCLONE_CONFIG="); is {
			f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
			Must(t, err)
			_, err = f.WriteString(section + "\n")
			Must(t, err)
			Must(t, f.Close())
		}
	}
}

// WantWhole wants every seal in a place to have its signature there, and all that it
// lists.
func WantWhole(t testing.TB, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if !strings.Contains(name, "/seals/") || !strings.HasSuffix(name, ".txt") {
			continue
		}
		if _, signed := files[name+".sig"]; !signed {
			t.Errorf("%s lies there without its signature", name)
		}
		for line := range strings.Lines(text) {
			if _, path, is := strings.Cut(strings.TrimSpace(line), "  "); is && !strings.HasPrefix(line, "#") {
				if _, there := files[path]; !there {
					t.Errorf("%s lies there before %s", name, path)
				}
			}
		}
	}
}
