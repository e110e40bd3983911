package vaultfs

import (
	"os"
	"path/filepath"
	"testing"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/format"
)

// vault is a folder with these files in it, by path.
func vault(t *testing.T, files map[string]string) Folder {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := disk.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return Folder{d}
}

func hash(text string) string { return format.Hash(format.Sum([]byte(text))) }

// What lies under the name of its content is right, a conflict copy claims nothing and
// counts once, and another content under a name that claims one is damaged.
func TestFilesAndTheirNames(t *testing.T) {
	right := "1-ab/seeds/" + hash("a") + ".age"
	d := vault(t, map[string]string{
		right: "a",
		"1-ab/seeds/" + hash("a") + " (conflict).age":        "a",
		"1-ab/seeds/" + hash("b") + ".age":                   "not b",
		"1-ab/seeds/.tmp-abc":                                "unfinished",
		"1-ab/seeds/." + hash("c") + ".age.icloud":           "a placeholder",
		"1-ab/older/" + hash("one\ntwo\n") + ".txt":          "one\r\ntwo\r\n",
		"1-ab/holders/anna/slot-" + hash("slot") + ".age":    "slot",
		"1-ab/holders/Not A Name/slot-" + hash("s") + ".age": "s",
	})
	files := d.ReadFiles("1-ab/seeds", true)
	if len(files) != 3 {
		t.Fatalf("read %d files", len(files))
	}
	for _, f := range files {
		claimsOther := f.Path == "1-ab/seeds/"+hash("b")+".age"
		if f.IsDamaged() != claimsOther || f.Misnamed() == (f.Path == right) {
			t.Errorf("%s: damaged %t, misnamed %t", f.Path, f.IsDamaged(), f.Misnamed())
		}
	}
	once := Distinct(files)
	if len(once) != 2 {
		t.Errorf("%d contents", len(once))
	}
	for _, f := range once {
		if string(f.Data) == "a" && f.Path != right {
			t.Errorf("%s is taken for its content", f.Path)
		}
	}
	if older := d.ReadFiles("1-ab/older", false); len(older) != 1 || !older[0].CRLF || older[0].IsDamaged() || older[0].Data != nil {
		t.Errorf("a text with other line ends: %+v", older)
	}
	if names := d.Holders("1-ab"); len(names) != 1 || names[0] != "anna" {
		t.Errorf("holders %q", names)
	}
}

func TestStamps(t *testing.T) {
	name := "1-ab/seeds/" + hash("a") + ".age"
	d := vault(t, map[string]string{name: "a"})
	stamps, regular := d.Stamps([]File{{Path: name}, {Path: "1-ab/seeds/none.age"}})
	if !regular[0] || regular[1] || stamps[0].Size != 1 || stamps[0].Changed == 0 {
		t.Errorf("stamps %+v, regular %v", stamps, regular)
	}
	plain, _ := Folder{onlyFS(d)}.Stamps([]File{{Path: name}})
	if plain[0].Size != stamps[0].Size || plain[0].Changed == 0 {
		t.Errorf("a file system without a quick way: %+v", plain)
	}
}

// onlyFS hides what a folder on disk does faster.
type onlyFS struct{ FS }

func TestReadFileHasALimit(t *testing.T) {
	d := vault(t, map[string]string{"a": "four"})
	for _, fsys := range []FS{d.FS, onlyFS(d)} {
		if data, err := ReadFile(fsys, "a", 4); err != nil || string(data) != "four" {
			t.Errorf("%q, %v", data, err)
		}
		if _, err := ReadFile(fsys, "a", 3); err == nil {
			t.Error("more than the limit is read")
		}
		if !Exists(fsys, "a") || Exists(fsys, "b") {
			t.Error("what is there is not told")
		}
	}
	if d.IsSpecial("a") || d.IsSpecial("b") || !d.IsSpecial(".") {
		t.Error("what is no file is not told")
	}
}
