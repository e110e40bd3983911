package zipfile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/zipfile"
)

// zipOf makes a zip of files, given by name and content.
func zipOf(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFind finds files by how their names end, in whatever case and with either slash.
func TestFind(t *testing.T) {
	t.Parallel()
	a, err := zipfile.Open(zipOf(t, `Export\Data.JSON`, "1", "notdata.json", "2", "list.TXT", "3"))
	if err != nil {
		t.Fatal(err)
	}
	for end, want := range map[string]string{"data.json": "1", "export/data.json": "1", ".txt": "3", "notdata.json": "2"} {
		f := a.Find(end)
		if f == nil {
			t.Errorf("no %s", end)
			continue
		}
		if have, err := a.Read(f); err != nil || have != want {
			t.Errorf("%s: %q, %v", end, have, err)
		}
	}
	if f := a.Find("ata.json"); f != nil {
		t.Errorf("found %s", f.Name)
	}
	if f := (*zipfile.Archive)(nil).Find("data.json"); f != nil {
		t.Error("found a file in no zip")
	}
}

// TestBudget unpacks so much of one zip and no more, whichever of its files it is in.
func TestBudget(t *testing.T) {
	t.Parallel()
	half := strings.Repeat(" ", exchange.MaxUnpacked/2)
	a, err := zipfile.Open(zipOf(t, "a", half, "b", half, "c", "1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b"} {
		if have, err := a.Read(a.Find(name)); err != nil || have != half {
			t.Errorf("%s: %d bytes, %v", name, len(have), err)
		}
	}
	if _, err := a.Read(a.Find("c")); !errors.Is(err, exchange.Refuse(exchange.UnpacksTooMuch)) {
		t.Errorf("one byte more: %v", err)
	}
	if _, err := zipfile.Open([]byte("PK\x03\x04 and no list")); !errors.Is(err, exchange.Refuse(exchange.Damaged)) {
		t.Errorf("no zip: %v", err)
	}
}
