package escrow

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/index"
)

// opens counts the files that are opened in a folder.
type opens struct {
	*disk.Dir
	n *atomic.Int64
}

func (o opens) Open(name string) (fs.File, error) {
	o.n.Add(1)
	return o.Dir.Open(name)
}

// aged makes every file of the vault an hour old, as it is when one comes back to it.
func (f *fixture) aged() {
	f.t.Helper()
	then := time.Now().Add(-time.Hour)
	must(f.t, fs.WalkDir(os.DirFS(f.dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chtimes(f.path(p), then, then)
		}
		return err
	}))
}

// listed lists the seeds with an index, and returns the one that is to be kept.
func (f *fixture) listed(kept []byte) (items []Item, findings []Finding, fresh []byte) {
	f.t.Helper()
	o := f.unlock()
	o.UseIndex(kept, time.Now())
	items, findings, err := o.Items(context.Background())
	must(f.t, err)
	return items, findings, o.Index()
}

// indexedFixture is a vault with two seeds that are accepted, one that was removed, one of
// a tag and a name, and one that waits and has the secret of another.
func indexedFixture(t *testing.T) (*fixture, []Item) {
	t.Helper()
	f := newFixture(t)
	f.sealed(3)
	named, err := NewSeed(exampleURI2, Details{Name: "work", Tags: []string{"a", "b"}, Notes: []string{"a note"}, Recovery: []string{"recover-me"}, By: "pc", Added: testTime})
	must(t, err)
	r := f.deposit(named)
	o := f.unlock()
	must(t, o.Accept(r))
	f.seal(o)
	o = f.unlock()
	entries, _ := seedsOf(t, o)
	must(t, o.Retire(entries[2]))
	f.seal(o)
	again, err := NewSeed(exampleURI2, Details{Added: testTime})
	must(t, err)
	f.deposit(again)
	f.aged()
	entries, findings := seedsOf(t, f.unlock())
	if len(entries) != 4 || len(findings) > 0 {
		t.Fatalf("%d seeds, %v", len(entries), findings)
	}
	return f, itemsOf(entries)
}

// TestIndexChangesNothing: lists are the same without an index, with one, and with one that
// was cut off or flipped at any byte, or is another vault's, epoch's or version's.
func TestIndexChangesNothing(t *testing.T) {
	f, want := indexedFixture(t)
	same := func(what string, file []byte, replaced bool) {
		t.Helper()
		items, findings, fresh := f.listed(file)
		if !reflect.DeepEqual(items, want) || len(findings) > 0 {
			t.Fatalf("%s: %v\n%v\nand not\n%v", what, findings, items, want)
		}
		if (fresh != nil) != replaced {
			t.Errorf("%s: replaced: %t", what, fresh != nil)
		}
	}
	_, _, file := f.listed(nil)
	same("none", nil, true)
	same("whole", file, false)
	key := f.indexKey(f.pin.Fingerprint)
	for i := 0; i < len(file); i += 83 {
		flipped := bytes.Clone(file)
		flipped[i] ^= 1
		same("flipped", flipped, true)
		same("cut off", file[:i], true)
	}
	same("longer", append(bytes.Clone(file), 0), true)
	same("later", append([]byte("seedvault index 2\n"), file[len("seedvault index 1\n"):]...), true)
	other, _ := indexedFixture(t)
	_, _, foreign := other.listed(nil)
	same("another vault's", foreign, true)

	plain, err := key.Open(file)
	must(t, err)
	for what, text := range map[string][]byte{"another layout": append([]byte{plain[0] + 1}, plain[1:]...), "no plaintext": nil, "cut within": plain[:len(plain)/8]} {
		sealed, err := key.Seal(text)
		must(t, err)
		same(what, sealed, true)
	}
	sealed, err := f.indexKey(Fingerprint{1}).Seal(plain)
	must(t, err)
	same("another epoch's", sealed, true)
}

// indexKey is the key of the vault's indexes, for an epoch.
func (f *fixture) indexKey(fp Fingerprint) *index.Key {
	f.t.Helper()
	key, err := index.NewKey(f.unlock().reader.pinnedKey().Secret(), fp.Hex())
	must(f.t, err)
	return key
}

// TestIndexHoldsNoSecret: not even opened does it hold a secret, a note or a recovery code.
func TestIndexHoldsNoSecret(t *testing.T) {
	f, _ := indexedFixture(t)
	_, _, file := f.listed(nil)
	plain, err := f.indexKey(f.pin.Fingerprint).Open(file)
	must(t, err)
	if !bytes.Contains(plain, []byte("Example")) || !bytes.Contains(plain, []byte("work")) {
		t.Error("it does not hold what seeds are called")
	}
	for _, secret := range []string{"JBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQ", "12345678901234567890", "Hello!", "a note", "recover-me", "AGE-SECRET-KEY"} {
		if bytes.Contains(plain, []byte(secret)) || bytes.Contains(file, []byte(secret)) {
			t.Errorf("%q is in it", secret)
		}
	}
	if bytes.Contains(file, []byte("Example")) {
		t.Error("it is not encrypted")
	}
}

// TestIndexIsOnlySlow: what an index does not know, or knows of before, is read.
func TestIndexIsOnlySlow(t *testing.T) {
	f, want := indexedFixture(t)
	_, _, kept := f.listed(nil)
	f.deposit(f.seed(77))
	items, _, fresh := f.listed(kept)
	if len(items) != len(want)+1 || fresh == nil {
		t.Fatalf("%d seeds, %d before", len(items), len(want))
	}
	// One that was written to is read again, whatever it was.
	name := want[0].Receipts[0].Path
	data, err := os.ReadFile(f.path(name))
	must(t, err)
	data[len(data)-1] ^= 1
	must(t, os.WriteFile(f.path(name), data, 0o600))
	items, findings, _ := f.listed(kept)
	if len(items) != len(want) || len(findings) == 0 || findings[0].Path != name || findings[0].Code != CodeDamaged {
		t.Errorf("%d seeds, %v", len(items), findings)
	}
	must(t, os.Remove(f.path(name)))
	if items, findings, _ := f.listed(kept); len(items) != len(want) || len(findings) != 1 || findings[0].Code != CodeMissing {
		t.Errorf("%d seeds, %v", len(items), findings)
	}
	// A check, and whoever takes out a seed, reads the file itself.
	f.aged()
	o := f.unlock()
	o.UseIndex(kept, time.Now())
	if _, err := o.Entry(want[0]); err != ErrNotHere {
		t.Errorf("a seed that is not here: %v", err)
	}
}

// TestClockSetBack: where files are newer than the index says that it is, they are read.
func TestClockSetBack(t *testing.T) {
	f, want := indexedFixture(t)
	_, _, kept := f.listed(nil)
	damaged := want[1].Receipts[0].Path
	info, err := os.Stat(f.path(damaged))
	must(t, err)
	data, err := os.ReadFile(f.path(damaged))
	must(t, err)
	data[len(data)-1] ^= 1
	must(t, os.WriteFile(f.path(damaged), data, 0o600))
	must(t, os.Chtimes(f.path(damaged), info.ModTime(), info.ModTime())) // within one step of the clock
	for _, c := range []struct {
		written time.Time
		found   bool
	}{{info.ModTime().Add(-time.Hour), true}, {info.ModTime(), true}, {info.ModTime().Add(time.Second), true}, {time.Time{}, true}, {time.Now(), false}} {
		o := f.unlock()
		o.UseIndex(kept, c.written)
		_, findings, err := o.Items(context.Background())
		must(t, err)
		if len(findings) > 0 != c.found {
			t.Errorf("written %v, changed %v: %v", c.written, info.ModTime(), findings)
		}
	}
}

// TestIndexOpensFew: of a thousand seeds that an index knows none is opened.
func TestIndexOpensFew(t *testing.T) {
	f := newFixture(t)
	var seeds []Seed
	for n := range 1000 {
		seeds = append(seeds, f.seed(n))
	}
	receipts, err := f.vault().DepositAll(seeds, func(int, int) {})
	must(t, err)
	o := f.unlock()
	must(t, o.Accept(receipts...))
	f.seal(o)
	f.aged()
	_, _, kept := f.listed(nil)

	var n atomic.Int64
	v, err := Open(opens{f.fsys, &n}, &f.pin)
	must(t, err)
	o, err = v.Unlock(f.friend)
	must(t, err)
	o.UseIndex(kept, time.Now())
	before := n.Load()
	items, _, err := o.Items(context.Background())
	must(t, err)
	if opened := n.Load() - before; len(items) != 1000 || opened > 0 {
		t.Errorf("%d seeds, %d files opened", len(items), opened)
	}
	if _, err := o.Entry(items[500]); err != nil || n.Load()-before != 1 {
		t.Errorf("a seed: %v, %d files opened", err, n.Load()-before)
	}
	if o.Index() != nil {
		t.Error("what has not changed is written again")
	}
	if !strings.HasPrefix(string(items[0].Label.Type), "totp") {
		t.Errorf("%v", items[0].Label)
	}
}

// TestMayHold: an index knows one enrolment in another spelling, and a secret, again; and
// says of nothing that it is held where it does not know.
func TestMayHold(t *testing.T) {
	f, _ := indexedFixture(t)
	_, _, kept := f.listed(nil)
	odd, err := NewSeedOf("motp://x?secret=0123456789abcdef", Details{})
	must(t, err)
	r := f.deposit(odd)
	o := f.unlock()
	must(t, o.Accept(r))
	f.seal(o)
	for _, given := range [][]byte{nil, kept} {
		o = f.unlock()
		o.UseIndex(given, time.Now())
		if fresh, err := NewSeed("otpauth://totp/New:me?secret=MFRGGZDFMZTWQ2LK", Details{}); err != nil || !o.MayHold(fresh) {
			t.Errorf("before anything is listed: %v", err)
		}
		if _, _, err := o.Items(context.Background()); err != nil {
			t.Fatal(err)
		}
		for line, want := range map[string]bool{
			exampleURI2: true,
			"otpauth://totp/EXAMPLE:Bob?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq&issuer=example&digits=8": true, // another spelling
			"otpauth://totp/Other:me?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ":                            true, // the secret
			"motp://x?secret=0123456789abcdef":                                                           true,
			"motp://x?secret=0123456789abcdee":                                                           false,
			"otpauth://totp/Example:bob?secret=MFRGGZDFMZTWQ2LK":                                         false,
		} {
			s, err := NewSeedOf(line, Details{})
			must(t, err)
			if got := o.MayHold(s); got != want {
				t.Errorf("%s: may be held: %t", line, got)
			}
		}
	}
	if !f.unlock().MayHold(odd) {
		t.Error("without an index it says that something is not held")
	}
}
