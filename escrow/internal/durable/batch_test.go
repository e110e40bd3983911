package durable_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/durable/durabletest"
)

// batched writes files of two folders in one batch, from several goroutines.
func batched(f durable.FS) ([]string, error) {
	b := durable.NewBatch(f)
	errs := make([]error, 6)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = b.Write(fmt.Sprintf("d%d/f%d", i%2, i), fmt.Append(nil, "content ", i)) })
	}
	wg.Wait()
	whole, err := b.Flush()
	return whole, errors.Join(append(errs, err)...)
}

func TestBatch(t *testing.T) {
	f := durabletest.New()
	whole, err := batched(f)
	if err != nil || len(whole) != 6 || !slices.IsSorted(whole) {
		t.Fatalf("%v, %v", whole, err)
	}
	dirs := 0
	for _, op := range f.Ops() {
		if op.Name == "syncdir" && op.Path != "." {
			dirs++
		}
	}
	if dirs != 2 {
		t.Errorf("%d syncs of two folders", dirs)
	}
}

// TestBatchEveryCall fails each call once and looks at what a power cut leaves:
// what a flush has named is there whole, everything else is whole or not there.
// A disk that forgets names must show losses.
func TestBatchEveryCall(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, forgets := range []bool{false, true} {
		lost := 0
		for n, fired := 1, true; fired; n++ {
			f := durabletest.New()
			f.LoseSyncDir = forgets
			fired = false
			f.Fail = func(i int, _ durabletest.Op) error {
				if i == n {
					fired = true
					return syscall.EIO
				}
				return nil
			}
			whole, err := batched(f)
			f.Fail = nil
			if (len(whole) < 6) != (err != nil) {
				t.Errorf("call %d: %d files and %v", n, len(whole), err)
			}
			for range 3 {
				files := f.Crash(r).Files()
				for _, name := range whole {
					if _, there := files[name]; !there {
						lost++
					}
				}
				for name, data := range files {
					if !durabletest.IsTemp(name) && data != "content "+name[len(name)-1:] {
						t.Errorf("call %d: %s holds %q", n, name, data)
					}
				}
			}
		}
		if (lost > 0) != forgets {
			t.Errorf("forgets names %t: %d files were lost", forgets, lost)
		}
	}
}

func TestBatchLyingDisk(t *testing.T) {
	f := durabletest.New()
	f.LoseBytes = true
	if whole, err := batched(f); len(whole) > 0 || !errors.Is(err, durable.ErrReadBack) {
		t.Errorf("a disk that keeps half: %v, %v", whole, err)
	}
}
