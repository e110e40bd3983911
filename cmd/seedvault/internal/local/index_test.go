package local

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"seedvault/escrow"
)

func indexesIn(t *testing.T, m Memory) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(m.dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestForgetDeletesIndex: an index is kept for one epoch, for nobody else to read, and goes
// with the rest when a vault is forgotten.
func TestForgetDeletesIndex(t *testing.T) {
	m := Folders{State: t.TempDir()}.Memory("/vault")
	one, two := escrow.Fingerprint{1}, escrow.Fingerprint{2}
	if data, _ := m.Index(one); data != nil {
		t.Error("there is one before it was kept")
	}
	if err := m.KeepIndex(one, []byte("one")); err != nil {
		t.Fatal(err)
	}
	data, at := m.Index(one)
	if string(data) != "one" || at.IsZero() {
		t.Errorf("kept %q at %v", data, at)
	}
	if info, err := os.Stat(m.indexFile(one)); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := m.KeepIndex(two, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if names := indexesIn(t, m); len(names) != 1 {
		t.Errorf("after a rotation: %v", names)
	}
	if err := m.Keep(one, nil); err != nil { // seals of another epoch
		t.Fatal(err)
	}
	if data, _ := m.Index(two); data != nil {
		t.Error("the other epoch's is still there")
	}
	if err := m.KeepIndex(one, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := m.Forget(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(m.dir); !os.IsNotExist(err) {
		t.Error("it outlives that the vault was forgotten")
	}
}

// TestTwoKeepAnIndex: of several commands at once one's index is there, whole.
func TestTwoKeepAnIndex(t *testing.T) {
	m := Folders{State: t.TempDir()}.Memory("/vault")
	pin := escrow.Fingerprint{1}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 20 {
				if err := m.KeepIndex(pin, bytes.Repeat([]byte{byte(i)}, 100_000)); err != nil {
					t.Error(err)
				}
				data, _ := m.Index(pin)
				if len(data) != 100_000 || !bytes.Equal(data, bytes.Repeat(data[:1], 100_000)) {
					t.Errorf("%d bytes of several", len(data))
				}
			}
		})
	}
	wg.Wait()
	if names := indexesIn(t, m); len(names) != 1 {
		t.Errorf("left: %v", names)
	}
}
