package copies

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/durable/durabletest"
)

// fat is a file system as on a stick: it finds names in any case, keeps them as
// they were first written, or shows them all in capitals, and makes no links.
type fat struct {
	*durabletest.FS
	capitals bool
}

// real is the name under which something lies that was asked for.
func (f fat) real(name string) string {
	at := "."
	for _, part := range strings.Split(path.Clean(name), "/") {
		entries, _ := f.FS.ReadDir(at)
		i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return strings.EqualFold(e.Name(), part) })
		if i >= 0 {
			part = entries[i].Name()
		}
		at = path.Join(at, part)
	}
	return at
}

func (f fat) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.FS.ReadDir(f.real(name))
	for i, e := range entries {
		if f.capitals {
			entries[i] = renamed{e, strings.ToUpper(e.Name())}
		}
	}
	return entries, err
}
func (f fat) Lstat(name string) (fs.FileInfo, error)  { return f.FS.Lstat(f.real(name)) }
func (f fat) Open(name string) (fs.File, error)       { return f.FS.Open(f.real(name)) }
func (f fat) Create(name string) (escrow.File, error) { return f.FS.Create(f.real(name)) }
func (f fat) Mkdir(name string) error                 { return f.FS.Mkdir(f.real(name)) }
func (f fat) Rename(oldname, newname string) error {
	return f.FS.Rename(f.real(oldname), f.real(newname))
}
func (f fat) Remove(name string) error  { return f.FS.Remove(f.real(name)) }
func (f fat) SyncDir(name string) error { return f.FS.SyncDir(f.real(name)) }

// TestCaseIsFolded: a stick that shows capitals is the same copy, gives what it
// has, takes what it lacks, and nothing is doubled.
func TestCaseIsFolded(t *testing.T) {
	for _, capitals := range []bool{false, true} {
		m, stick := newMachine(t, 2), fat{durabletest.New(), capitals}
		seen := m.sync(stick, Options{}, New).Seen
		m.sync(stick, Options{Seen: seen, Thorough: true}, Equal)
		if !maps.Equal(m.fsys.Files(), stick.FS.Files()) {
			t.Fatalf("capitals %t: the copy differs", capitals)
		}
		seed, slot := find(t, m.fsys, "/seeds/"), find(t, m.fsys, "/slot-")
		data := m.fsys.Files()[seed]
		must(t, m.fsys.Remove(seed))
		plant(t, stick.FS, slot, "")
		m.add(1)
		r := m.sync(stick, Options{Seen: seen}, Healed)
		if m.fsys.Files()[seed] != data || r.Taken.Seeds != 1 || r.Given.Seeds != 1 || !slices.Equal(r.Healed, []string{slot}) {
			t.Errorf("capitals %t: %+v", capitals, r)
		}
		if !maps.Equal(m.fsys.Files(), stick.FS.Files()) {
			t.Errorf("capitals %t: the copy differs", capitals)
		}
	}
}

// TestCaseOfOthers renames what lies on the stick as another system does.
func TestCaseOfOthers(t *testing.T) {
	m, stick := newMachine(t, 2), fat{durabletest.New(), false}
	seen := m.sync(stick, Options{}, New).Seen
	folder := path.Dir(find(t, m.fsys, "/vault.txt"))
	must(t, stick.FS.Rename(folder+"/holders", folder+"/HOLDERS"))
	must(t, stick.FS.Rename(folder+"/seeds", folder+"/Seeds"))
	must(t, stick.FS.Rename("README.txt", "readme.TXT"))
	must(t, stick.FS.Rename(folder, strings.ToUpper(folder)))
	files := len(stick.FS.Files())
	m.add(1)
	r := m.sync(stick, Options{Seen: seen, Thorough: true}, Behind)
	if len(stick.FS.Files()) != files+1 || r.Taken.Files != 0 {
		t.Errorf("%d files of %d: %+v", len(stick.FS.Files()), files+1, r)
	}
	m.sync(stick, Options{Seen: r.Seen}, Equal)
}

// TestDebrisStays plants what systems, tools and people leave, on both sides. None
// of it travels and none of it goes.
func TestDebrisStays(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	r := m.sync(stick, Options{}, New)
	folder := path.Dir(find(t, m.fsys, "/vault.txt"))
	names := []string{
		".DS_Store", "._README.txt", "Thumbs.db", "desktop.ini", "autorun.inf", ".stfolder/x", ".stignore", ".sync/ID", ".dropbox", ".git/config",
		".Trash-1000/info/x", "System Volume Information/x", "$RECYCLE.BIN/x", "lost+found/x", "FOUND.000/FILE0000.CHK", "photo.jpg", "Letters/a.txt", "notes.txt",
		"README (1).txt", "README-PC.txt", "open-x.html", "2-xyz/vault.txt", "1-ABCDEFGH/x",
	}
	for _, dir := range []string{"", "/seeds", "/holders", "/holders/paper", "/seals", "/newer"} {
		for _, base := range []string{
			".DS_Store", "._x.age", "thumbs.db", "Thumbs.db", "desktop.ini", ".tmp-abcdef", ".syncthing.x.age.tmp", "~syncthing~x.tmp", ".x.age.AbCdEf", "x.age.part", "x.tmp", "x~", "~$x",
			"x (alice's conflicted copy 2026-11-22).age", "x.sync-conflict-20261122-101112-ABCDEFG.age", "x - Copy.age", "x (1).age", "conflict.age", "My File.txt", "Ünïcode.age", "con", "aux.txt", "x.",
			".stversions/x.age", "lost+found/x", "found.000/x", "Folder/x",
		} {
			names = append(names, folder+dir+"/"+base)
		}
	}
	for i, name := range names {
		f := stick
		if i%2 == 0 {
			f = m.fsys
		}
		plant(t, f, name, "debris")
	}
	here, there := m.fsys.Files(), stick.Files()
	for _, thorough := range []bool{false, true} {
		r = m.sync(stick, Options{Seen: r.Seen, Thorough: thorough}, Equal)
	}
	if !maps.Equal(here, m.fsys.Files()) || !maps.Equal(there, stick.Files()) {
		t.Error("debris travelled or went")
	}
}

// TestFilesOfOnesOwn: a README.txt that was there before the copy is a person's,
// and so is whatever stands where a file should be.
func TestFilesOfOnesOwn(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	slot := find(t, m.fsys, "/slot-")
	plant(t, stick, "README.txt", "How to use this stick")
	plant(t, stick, "open-1.html", "<script>")
	must(t, durable.MkdirAll(stick, path.Dir(slot)))
	must(t, stick.Plant(slot, fs.ModeSymlink))
	must(t, stick.Plant("open-2.html", fs.ModeDir))
	r := m.sync(stick, Options{Thorough: true}, Damaged)
	if !slices.Equal(r.Differs, []string{"README.txt"}) || stick.Files()["README.txt"] != "How to use this stick" {
		t.Errorf("%v, %q", r.Differs, stick.Files()["README.txt"])
	}
	if !slices.Equal(r.Skipped, []string{slot, "open-2.html"}) || len(r.Damaged) > 0 || r.Left != 1 {
		t.Errorf("%+v", r)
	}
	if m.fsys.Files()["open-1.html"] != "" {
		t.Error("a page that nothing vouches for travels")
	}
	if !slices.Equal(r.Others, []string{"open-1.html"}) {
		t.Errorf("others: %v", r.Others)
	}
	m.sync(stick, Options{Seen: r.Seen, Thorough: true}, Damaged)
	if stick.Files()["README.txt"] != "How to use this stick" {
		t.Error("a person's file was replaced")
	}
}
