package copies

import (
	"context"
	"fmt"
	"os"
	"testing"

	"filippo.io/age"

	"seedvault/escrow"
	"seedvault/escrow/disk"
	"seedvault/escrow/key"
)

// unsynced fills a benchmark's vault without waiting for the disk.
type unsynced struct{ escrow.FS }

func (f unsynced) Create(name string) (escrow.File, error) {
	w, err := f.FS.Create(name)
	return unsyncedFile{w}, err
}
func (unsynced) SyncDir(string) error { return nil }

type unsyncedFile struct{ escrow.File }

func (unsyncedFile) Sync() error { return nil }

// benchVault makes a vault of n accepted seeds in a folder.
func benchVault(b *testing.B, dir string, n int) (*disk.Dir, *escrow.Pin) {
	b.Helper()
	d, err := escrow.OpenDir(dir)
	must(b, err)
	b.Cleanup(func() { d.Close() })
	m := &machine{t: b, next: new(int)}
	paper, secret, err := escrow.PaperHolder("paper", false)
	must(b, err)
	m.paper, err = key.ParseIdentity(secret)
	must(b, err)
	m.pin, err = escrow.Create(unsynced{d}, escrow.CreateOptions{Holders: []escrow.NewHolder{paper}, Now: testTime})
	must(b, err)
	v, err := escrow.Open(unsynced{d}, &m.pin)
	must(b, err)
	var receipts []escrow.Receipt
	for i := range n {
		s, err := escrow.NewSeed(fmt.Sprintf("otpauth://totp/Site%d:me?secret=JBSWY3DPEHPK3PXP", i), escrow.Details{})
		must(b, err)
		r, err := v.Deposit(s)
		must(b, err)
		receipts = append(receipts, r)
	}
	seal(b, v, m.paper, receipts)
	return d, &m.pin
}

func seal(b *testing.B, v *escrow.Vault, id age.Identity, receipts []escrow.Receipt) {
	b.Helper()
	o, err := v.Unlock(id)
	must(b, err)
	must(b, o.Accept(receipts...))
	_, err = o.Seal(testTime)
	must(b, err)
}

// BenchmarkSync syncs with a new folder, with one where nothing has changed, by
// sizes and by contents, and looks at that by names.
func BenchmarkSync(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		home, pin := benchVault(b, b.TempDir(), n)
		there := b.TempDir()
		run := func(b *testing.B, dir string, o Options, want State, call func(context.Context, escrow.FS, escrow.FS, Options) (Result, error)) {
			d, err := escrow.OpenDir(dir)
			must(b, err)
			defer d.Close()
			o.Pin = pin
			if r, err := call(context.Background(), home, d, o); err != nil || r.State != want {
				b.Fatalf("%v, %+v", err, r)
			}
		}
		run(b, there, Options{}, New, Sync)
		b.Run(fmt.Sprintf("first/seeds=%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				dir, err := os.MkdirTemp(there+"/..", "copy")
				must(b, err)
				b.StartTimer()
				run(b, dir, Options{}, New, Sync)
				b.StopTimer()
				must(b, os.RemoveAll(dir))
				b.StartTimer()
			}
		})
		for name, c := range map[string]struct {
			o    Options
			call func(context.Context, escrow.FS, escrow.FS, Options) (Result, error)
		}{"look": {Options{}, Look}, "unchanged": {Options{}, Sync}, "unchanged-thorough": {Options{Thorough: true}, Sync}} {
			b.Run(fmt.Sprintf("%s/seeds=%d", name, n), func(b *testing.B) {
				for b.Loop() {
					run(b, there, c.o, Equal, c.call)
				}
			})
		}
	}
}
