package escrow

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"

	"filippo.io/age"
)

// benchVault makes a vault of n accepted seeds.
func benchVault(b *testing.B, n int) *fixture {
	b.Helper()
	f := &fixture{dir: b.TempDir()}
	d, err := OpenDir(f.dir)
	must(b, err)
	b.Cleanup(func() { d.Close() })
	f.fsys = d
	paper, secret, err := PaperHolder("paper", false)
	must(b, err)
	f.paper, err = key.ParseIdentity(secret)
	must(b, err)
	f.pin, err = Create(d, CreateOptions{Holders: []NewHolder{paper}, Now: testTime})
	must(b, err)
	v, err := Open(d, &f.pin)
	must(b, err)
	var rs []Receipt
	for i := range n {
		s, err := NewSeed(fmt.Sprintf("otpauth://totp/Site%05d:me?secret=JBSWY3DPEHPK3PXP&issuer=Site%05d", i, i), Details{})
		must(b, err)
		file := func() ([]byte, error) { return s.plaintext() }
		to, _, _ := key.ParseNativeRecipient(f.pin.Recipient)
		plain, _ := file()
		data, err := key.Encrypt(to, plain)
		must(b, err)
		r, err := writeUnsynced(d, v.view.Pinned().Folder+"/seeds", data)
		must(b, err)
		rs = append(rs, r)
	}
	o, err := v.Unlock(f.paper)
	must(b, err)
	o.changes.pending.accept = append(o.changes.pending.accept, rs...)
	_, err = o.Seal(testTime)
	must(b, err)
	return f
}

// writeUnsynced fills a benchmark's vault without waiting for the disk.
func writeUnsynced(fsys FS, dir string, file []byte) (Receipt, error) {
	sum := format.Sum(file)
	r := Receipt{Path: dir + "/" + format.Hash(sum) + ".age", Sum: sum}
	w, err := fsys.Create(r.Path)
	if err != nil {
		return r, err
	}
	if _, err := w.Write(file); err != nil {
		return r, err
	}
	return r, w.Close()
}

// BenchmarkRead opens a vault and reads all its seeds, beside the same number
// of X25519 operations on the same cores: the least that reading could cost.
func BenchmarkRead(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		f := benchVault(b, n)
		b.Run(fmt.Sprintf("seeds=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v, err := Open(f.fsys, &f.pin)
				must(b, err)
				o, err := v.Unlock(f.paper)
				must(b, err)
				entries, _, err := o.Seeds(context.Background())
				must(b, err)
				if len(entries) != n {
					b.Fatalf("%d of %d seeds", len(entries), n)
				}
			}
		})
		b.Run(fmt.Sprintf("x25519=%d", n), func(b *testing.B) {
			key, _ := ecdh.X25519().GenerateKey(rand.Reader)
			peer, _ := ecdh.X25519().GenerateKey(rand.Reader)
			for b.Loop() {
				var wg sync.WaitGroup
				cores := runtime.GOMAXPROCS(0)
				for c := range cores {
					wg.Go(func() {
						for i := c; i < n; i += cores {
							key.ECDH(peer.PublicKey())
						}
					})
				}
				wg.Wait()
			}
		})
	}
}

// BenchmarkDeposit adds one seed, durably, to vaults of growing size.
func BenchmarkDeposit(b *testing.B) {
	for _, n := range []int{1, 1000, 10000} {
		f := benchVault(b, n)
		s, err := NewSeed(exampleURI, Details{})
		must(b, err)
		b.Run(fmt.Sprintf("seeds=%d", n), func(b *testing.B) {
			for b.Loop() {
				v, err := Open(f.fsys, &f.pin)
				must(b, err)
				_, err = v.Deposit(s)
				must(b, err)
			}
		})
	}
}

// BenchmarkDepositAndSeal is a deposit on a machine with a key at hand.
func BenchmarkDepositAndSeal(b *testing.B) {
	for _, n := range []int{1, 1000, 10000} {
		f := benchVault(b, n)
		s, err := NewSeed(exampleURI, Details{})
		must(b, err)
		b.Run(fmt.Sprintf("seeds=%d", n), func(b *testing.B) {
			for b.Loop() {
				v, err := Open(f.fsys, &f.pin)
				must(b, err)
				r, err := v.Deposit(s)
				must(b, err)
				o, err := v.Unlock(f.paper)
				must(b, err)
				must(b, o.Accept(r))
				_, err = o.Seal(testTime)
				must(b, err)
			}
		})
	}
}

// BenchmarkCheck verifies a vault without a key.
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		f := benchVault(b, n)
		b.Run(fmt.Sprintf("seeds=%d", n), func(b *testing.B) {
			for b.Loop() {
				v, err := Open(f.fsys, &f.pin)
				must(b, err)
				if r := v.Check(CheckOptions{Now: testTime}); r.Accepted != n {
					b.Fatalf("%+v", r)
				}
			}
		})
	}
}

// BenchmarkDepositAll deposits many seeds at once, beside one after the other, and
// beside age's library encrypting the same with two workers into one file that is
// synced once: the least that it could cost.
func BenchmarkDepositAll(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		seeds := several(b, n)
		b.Run(fmt.Sprintf("all=%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				f := benchVault(b, 0)
				b.StartTimer()
				v, err := Open(f.fsys, &f.pin)
				must(b, err)
				_, err = v.DepositAll(seeds, nil)
				must(b, err)
			}
		})
		b.Run(fmt.Sprintf("each=%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				f := benchVault(b, 0)
				b.StartTimer()
				v, err := Open(f.fsys, &f.pin)
				must(b, err)
				for _, s := range seeds {
					_, err = v.Deposit(s)
					must(b, err)
				}
			}
		})
		b.Run(fmt.Sprintf("age=%d", n), func(b *testing.B) {
			for b.Loop() {
				must(b, ageAlone(b, seeds))
			}
		})
	}
}

// ageAlone encrypts each seed's plaintext with age's library, two at a time, and
// writes all of it to one file with one sync.
func ageAlone(b *testing.B, seeds []Seed) error {
	id, err := age.GenerateX25519Identity()
	must(b, err)
	files := make([]bytes.Buffer, len(seeds))
	var wg sync.WaitGroup
	for c := range 2 {
		wg.Go(func() {
			for i := c; i < len(seeds); i += 2 {
				plain, _ := seeds[i].plaintext()
				w, err := age.Encrypt(&files[i], id.Recipient())
				if err != nil {
					panic(err)
				}
				w.Write(plain)
				w.Close()
			}
		})
	}
	wg.Wait()
	f, err := os.Create(filepath.Join(b.TempDir(), "all"))
	must(b, err)
	defer f.Close()
	for i := range files {
		if _, err := files[i].WriteTo(f); err != nil {
			return err
		}
	}
	return f.Sync()
}
