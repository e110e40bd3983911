package staging

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/vaultkey"
)

const folder = "1-9f86d081884c7d65"

var key = func() *vaultkey.Key {
	k, err := vaultkey.Generate(false)
	if err != nil {
		panic(err)
	}
	return k
}()

// staged is an epoch of some files, all of it written, in a file system in memory; beside it
// lies a person's own README.txt.
func staged(fsys *durabletest.FS, files, limit int) (*Epoch, error) {
	b := &Epoch{FS: fsys, Folder: folder, Temp: ".tmp-x", Key: key, Seal: format.NewSeal(), Limit: limit}
	b.Seal.Epoch, b.Seal.Time, b.Seal.By = 1, "2026-11-22T10:00:00Z", "paper"
	if err := b.LeaveBeside("left", []byte("left")); err != nil {
		return b, err
	}
	for name, text := range map[string]string{"README.txt": "ours", "open-1.html": strings.Repeat("p", 100_000)} {
		if err := b.PutBeside(name, []byte(text)); err != nil {
			return b, err
		}
	}
	for i := range files {
		if err := b.Put(fmt.Sprintf("seeds/%02d", i), []byte{byte(i)}); err != nil {
			return b, err
		}
	}
	if err := b.Write("unlisted", nil); err != nil {
		return b, err
	}
	if err := b.MakeFolder("roster"); err != nil {
		return b, err
	}
	return b, b.PutSeals()
}

// withReadme is a folder with a person's own README.txt in it.
func withReadme(t *testing.T) *durabletest.FS {
	t.Helper()
	fsys := durabletest.New()
	b := &Epoch{FS: fsys, Seal: format.NewSeal(), Temp: ".tmp-x"}
	if err := b.LeaveBeside("README.txt", []byte("mine")); err != nil {
		t.Fatal(err)
	}
	if err := b.LeaveBeside("README.txt", []byte("another")); err != nil {
		t.Fatal(err)
	}
	return fsys
}

// TestPublish: until it is published nothing lies under the epoch's name; then all does, and
// the seals list what was put, twice.
func TestPublish(t *testing.T) {
	fsys := withReadme(t)
	b, err := staged(fsys, 3, 16<<20)
	if err != nil {
		t.Fatal(err)
	}
	for p := range fsys.Files() {
		if strings.HasPrefix(p, folder) {
			t.Errorf("%s is here before it is published", p)
		}
	}
	if err := b.Publish(); err != nil || !b.Published {
		t.Fatal(err)
	}
	b.Abandon()
	files := fsys.Files()
	if files["README.txt"] != "mine" || files["left"] != "left" || len(files["open-1.html"]) != 100_000 {
		t.Error("what lies beside the epoch is not what should")
	}
	seals := sealsIn(t, files)
	if len(seals) != 2 || seals[0].Number != 1 || !seals[1].Includes[seals[0].Hash()] {
		t.Fatalf("%d seals", len(seals))
	}
	want := []string{folder + "/seeds/00", folder + "/seeds/01", folder + "/seeds/02", "open-1.html"}
	for _, s := range seals {
		if got := slices.Sorted(maps.Keys(s.Files)); !slices.Equal(got, want) {
			t.Errorf("seal %d lists %q", s.Number, got)
		}
	}
}

// sealsIn are the seals of the epoch by number, each of which must be signed.
func sealsIn(t *testing.T, files map[string]string) (seals []*format.Seal) {
	t.Helper()
	var known sealcache.Cache
	for _, p := range slices.Sorted(maps.Keys(files)) {
		name, is := strings.CutPrefix(p, folder+"/seals/")
		if !is || strings.HasSuffix(name, ".sig") {
			continue
		}
		number, hash, _ := format.ParseSealName(name)
		s, err := known.Verify(sealcache.File{Folder: folder, Signer: key.Signer, Number: number, Hash: hash}, []byte(files[p]), []byte(files[p+".sig"]))
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		seals = append(seals, s)
	}
	return seals
}

// TestAtOnce: files of the epoch and beside it may be put at once, and the seal lists all.
func TestAtOnce(t *testing.T) {
	b := &Epoch{FS: durabletest.New(), Folder: folder, Temp: ".tmp-x", Key: key, Seal: format.NewSeal()}
	const n = 200
	var wg sync.WaitGroup
	for i := range n {
		for _, put := range []func(string, []byte) error{b.Put, b.PutBeside} {
			wg.Go(func() {
				if err := put(fmt.Sprint(i), nil); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	if len(b.Seal.Files) != 2*n {
		t.Errorf("%d files are listed", len(b.Seal.Files))
	}
}

// TestSeveralSeals: what is too long for one seal is said by several, each twice, and each
// names the one before; what is too long for any is ErrFull.
func TestSeveralSeals(t *testing.T) {
	fsys := durabletest.New()
	b, err := staged(fsys, 12, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Publish(); err != nil {
		t.Fatal(err)
	}
	seals := sealsIn(t, fsys.Files())
	listed := map[string]bool{}
	for i, s := range seals {
		for p := range s.Files {
			listed[p] = true
		}
		if i%2 == 1 && !s.Includes[seals[i-1].Hash()] || i > 0 && !s.Names(seals[i-1].Hash()) {
			t.Errorf("seal %d does not name the one before", s.Number)
		}
	}
	if len(seals) < 4 || len(seals)%2 != 0 || len(listed) != 14 {
		t.Errorf("%d seals list %d files", len(seals), len(listed))
	}
	if _, err := staged(durabletest.New(), 1, 100); !errors.Is(err, ErrFull) {
		t.Errorf("too long for any seal: %v", err)
	}
}

// TestFails: whatever fails, nothing is left of the epoch unless it has its name.
func TestFails(t *testing.T) {
	for n, fired := 1, true; fired; n++ {
		fsys := withReadme(t)
		fired = false
		begun := 0
		fsys.Fail = func(int, durabletest.Op) error {
			if begun++; begun == n {
				fired = true
				return syscall.EIO
			}
			return nil
		}
		b, err := staged(fsys, 2, 16<<20)
		if err == nil {
			err = b.Publish()
		}
		fsys.Fail = nil
		b.Abandon()
		var e *Error
		if err != nil && (!errors.As(err, &e) || !errors.Is(err, syscall.EIO) || e.Path == "" || e.Saved && !b.Published && strings.Contains(e.Path, "/")) {
			t.Errorf("call %d: %v", n, err)
		}
		here := slices.ContainsFunc(slices.Collect(maps.Keys(fsys.Files())), func(p string) bool { return strings.HasPrefix(p, folder+"/") })
		left := slices.ContainsFunc(slices.Collect(maps.Keys(fsys.Files())), durabletest.IsTemp)
		if here != b.Published || err == nil && !here || left {
			t.Errorf("call %d: here %t, published %t, something is left %t", n, here, b.Published, left)
		}
	}
}
