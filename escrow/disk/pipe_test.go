//go:build unix

package disk

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestExchangedForAPipe plays a pipe that takes a file's place between the look and
// the opening: nobody waits for its other end.
func TestExchangedForAPipe(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Open(folder)
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
