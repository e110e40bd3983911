//go:build unix

package escrow

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestPipesAreNotOpened is the part of F6 that needs a real pipe: opening one
// would wait for its other end, for ever.
func TestPipesAreNotOpened(t *testing.T) {
	t.Run("F6", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		pipe := f.folder() + "/vault.txt.sig"
		must(t, syscall.Mkfifo(f.path(pipe), 0o600))
		done := make(chan error)
		go func() {
			_, err := f.fsys.Open(pipe)
			done <- err
		}()
		select {
		case err := <-done:
			if err == nil {
				t.Error("a pipe is opened")
			}
		case <-time.After(5 * time.Second):
			t.Fatal("opening a pipe waits for its other end")
		}
		if e := f.entries(); len(e) != 1 {
			t.Errorf("%d entries beside a pipe", len(e))
		}
	})
}

// TestExchangedForAPipe plays a pipe that takes a file's place between the look and
// the opening: nobody waits for its other end.
func TestExchangedForAPipe(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := OpenDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for name, open := range map[string]func(string) (*os.File, error){"open": d.open, "openThrough": d.openThrough} {
		done := make(chan error, 1)
		go func() {
			f, err := open("pipe")
			if err == nil {
				err = f.Close()
			}
			done <- err
		}()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("%s waits for the pipe's other end", name)
		}
	}
}
