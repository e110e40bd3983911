//go:build unix

package local

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"seedvault/escrow"
)

// TestPipesInTheirPlace puts a pipe in the place of every file that the program keeps
// for itself: an error, at once.
func TestPipesInTheirPlace(t *testing.T) {
	dir := t.TempDir()
	folders := Folders{Config: filepath.Join(dir, "config"), State: filepath.Join(dir, "state")}
	memory := folders.Memory("/vault")
	for _, path := range []string{
		folders.ConfigFile(), folders.ConfigFile() + ".lock",
		filepath.Join(memory.dir, "journal"), filepath.Join(memory.dir, "seen.json"),
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan error, 1)
	go func() {
		_, err := folders.Load()
		if !errors.Is(err, errNotRegular) {
			done <- errors.New("the configuration: a pipe is no error")
			return
		}
		memory.Recall()
		if err := memory.Deposited(time.Unix(0, 0), escrow.Receipt{}); !errors.Is(err, errNotRegular) {
			done <- errors.New("the journal: a pipe is no error")
			return
		}
		done <- nil
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("something waits for a pipe's other end")
	}
}
