package local

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"
)

func TestSyncedFoldersAreFound(t *testing.T) {
	home := t.TempDir()
	for _, dir := range []string{"Dropbox", "OneDrive - ACME", "Documents", "Library/Mobile Documents/com~apple~CloudDocs"} {
		if err := os.MkdirAll(filepath.Join(home, filepath.FromSlash(dir)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(home, "Nextcloud"), nil, 0o600); err != nil { // a file is no folder
		t.Fatal(err)
	}
	for _, used := range []string{"Dropbox/.dropbox", "OneDrive - ACME/Letters", "Library/Mobile Documents/com~apple~CloudDocs/.DS_Store", "Box/seedvault"} {
		if err := os.MkdirAll(filepath.Join(home, filepath.FromSlash(used)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(home, "pCloudDrive"), 0o700); err != nil { // only a name
		t.Fatal(err)
	}
	got := synced(func(name string) string { return map[string]string{"HOME": home}[name] })
	var want []CopySite
	for _, e := range []CopySite{
		{Name: "Dropbox", Path: "Dropbox"}, {Name: "OneDrive - ACME", Path: "OneDrive - ACME"},
		{Name: "iCloud Drive", Path: "Library/Mobile Documents/com~apple~CloudDocs"},
	} {
		e.Path = filepath.Join(home, filepath.FromSlash(e.Path))
		want = append(want, e)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if got := synced(func(string) string { return "" }); got != nil {
		t.Errorf("without a home folder: %v", got)
	}
}

func TestMediaAreMounts(t *testing.T) {
	if isMount(t.TempDir()) {
		t.Error("a folder is no mount: a stick that was pulled out leaves one behind")
	}
	if runtime.GOOS == "linux" && !isMount("/proc") {
		t.Error("/proc is a mount")
	}
	if dir := t.TempDir(); !SameDisk(dir, filepath.Join(dir, "not", "yet")) {
		t.Error("a folder and one in it lie on one disk")
	}
	if runtime.GOOS == "linux" && SameDisk(t.TempDir(), "/proc/self") {
		t.Error("/proc is no disk")
	}
}

func TestCopiesAreRemembered(t *testing.T) {
	m := testPlaces(t).Memory("/vault")
	type seen struct{ Files int }
	got := seen{7}
	if m.RecallCopy("stick", &got); got.Files != 7 {
		t.Error("what was never seen is remembered")
	}
	for _, n := range []int{1, 1, 2} {
		if err := m.SawCopy("stick", seen{n}); err != nil {
			t.Fatal(err)
		}
		if m.RecallCopy("stick", &got); got.Files != n {
			t.Errorf("got %d, want %d", got.Files, n)
		}
	}
	for range 2 { // twice is no error
		if err := m.ForgetCopy("stick"); err != nil {
			t.Fatal(err)
		}
	}
	got = seen{9}
	if m.RecallCopy("stick", &got); got.Files != 9 {
		t.Error("what was forgotten is remembered")
	}
}
