package disk

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"seedvault/escrow/internal/durable"
)

// BenchmarkReadFile times the reading of one small file two folders down.
func BenchmarkReadFile(b *testing.B) {
	folder := b.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "1-0", "seeds"), 0o700); err != nil {
		b.Fatal(err)
	}
	for i := range 100 {
		if err := os.WriteFile(filepath.Join(folder, "1-0", "seeds", fmt.Sprint(i)), make([]byte, 1300), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	d, err := Open(folder)
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	i := 0
	for b.Loop() {
		if _, err := durable.ReadFile(d, fmt.Sprintf("1-0/seeds/%d", i%100), 64<<10); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
