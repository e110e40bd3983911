//go:build unix

package escrow

import (
	"syscall"
	"testing"
	"time"
)

// TestPipesAreNotOpened is the part of F6 that needs a real pipe: opening one
// would wait for its other end, forever.
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
		case <-time.After(30 * time.Second):
			t.Fatal("opening a pipe waits for its other end")
		}
		if e := f.entries(); len(e) != 1 {
			t.Errorf("%d entries beside a pipe", len(e))
		}
	})
}
