package copies

import (
	"context"
	"errors"
	"maps"
	"syscall"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/durable/durabletest"
)

// place makes a file system with files of the given names and contents.
func place(t *testing.T, files map[string]string) *durabletest.FS {
	t.Helper()
	f := durabletest.New()
	for name, data := range files {
		if err := durable.MkdirAll(f, dirOf(name)); err != nil {
			t.Fatal(err)
		}
		if err := durable.Write(f, name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func dirOf(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			return name[:i]
		}
	}
	return "."
}

var _ escrow.FS = (*durabletest.FS)(nil)

func TestBring(t *testing.T) {
	from := place(t, map[string]string{"a/b/c": "1", "a/d": "2", "same": "3", "differs": "4", ".git/config": "x", "a/.tmp-x": "half"})
	if err := from.Plant("a/link", 1<<27); err != nil {
		t.Fatal(err)
	}
	to := place(t, map[string]string{"same": "3", "differs": "other", "own": "5"})
	r, err := Bring(context.Background(), to, from)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"a/b/c": "1", "a/d": "2", "same": "3", "differs": "other", "own": "5"}
	if !maps.Equal(to.Files(), want) {
		t.Errorf("there is now %v", to.Files())
	}
	if r.Copied != 2 || len(r.Differs) != 1 || len(r.Skipped) != 1 {
		t.Errorf("result %+v", r)
	}
}

// TestEveryWriteFails fails each operation at the receiving end once. Nothing is
// torn, and the next call completes the copy.
func TestEveryWriteFails(t *testing.T) {
	files := map[string]string{"a/b/c": "one", "a/d": "two", "e": "three"}
	for n := 1; ; n++ {
		from, to := place(t, files), durabletest.New()
		fired := false
		to.Fail = func(i int, _ durabletest.Op) error {
			if i == n {
				fired = true
				return syscall.ENOSPC
			}
			return nil
		}
		_, err := Bring(context.Background(), to, from)
		to.Fail = nil
		if !fired {
			break
		}
		if err != nil && !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("operation %d: %v", n, err)
		}
		for name, data := range to.Files() {
			if files[name] != data {
				t.Errorf("operation %d: %s is torn or stray", n, name)
			}
		}
		if _, err := Bring(context.Background(), to, from); err != nil || !maps.Equal(to.Files(), files) {
			t.Errorf("operation %d: the second call leaves %v, %v", n, to.Files(), err)
		}
	}
}

func TestBringEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Bring(ctx, durabletest.New(), place(t, map[string]string{"a": "1"})); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
}
