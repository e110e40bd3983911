package kit

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func opened(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path)
	must(t, err)
	return s
}

// put writes a file as copies do.
func put(t *testing.T, s *Store, name, text string) {
	t.Helper()
	if dir := filepath.Dir(name); dir != "." {
		if err := s.Mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
			t.Fatal(err)
		}
	}
	f, err := s.Create(filepath.Join(filepath.Dir(name), ".tmp-x"))
	must(t, err)
	_, err = f.Write([]byte(text))
	must(t, errors.Join(err, f.Sync(), f.Close()))
	must(t, s.Rename(filepath.Join(filepath.Dir(name), ".tmp-x"), name))
}

func publish(t *testing.T, s *Store) {
	t.Helper()
	must(t, s.Publish(context.Background()))
}

// begun returns a kit that holds a vault.
func begun(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kit.html")
	must(t, Make(path))
	s := opened(t, path)
	paper, _, err := escrow.PaperHolder("paper", false)
	must(t, err)
	_, err = escrow.Create(s, escrow.CreateOptions{Holders: []escrow.NewHolder{paper}, Now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)})
	must(t, err)
	publish(t, s)
	return path
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return text
}

// TestKitHoldsAVault makes a vault in a kit, and finds it whole in the file.
func TestKitHoldsAVault(t *testing.T) {
	path := begun(t)
	s := opened(t, path)
	v, err := escrow.Open(s, nil)
	must(t, err)
	for _, f := range v.Check(escrow.CheckOptions{Pages: page.Sums()}).Findings {
		if f.Path != "" && f.Path != page.Name(page.Current) {
			t.Errorf("%s %s", f.Code, f.Path)
		}
	}
	c, err := page.ReadKit(read(t, path))
	must(t, err)
	if c.Version != page.Current || s.Incomplete() {
		t.Errorf("version %d", c.Version)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" { // where rights are not bits
		t.Error("others may read it")
	}
	if rest, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); rest != nil {
		t.Errorf("left behind: %v", rest)
	}
	if err := fstest.TestFS(asFS{s}, "README.txt"); err != nil {
		t.Error(err)
	}
}

// asFS has a tree walked by somebody who knows what a file system is.
type asFS struct{ *Store }

func (f asFS) Open(name string) (fs.File, error) {
	info, err := f.Lstat(name)
	if err != nil || !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if !info.IsDir() {
		return f.Store.Open(name)
	}
	list, err := f.ReadDir(name)
	return &folder{info: info, rest: list}, err
}

type folder struct {
	info fs.FileInfo
	rest []fs.DirEntry
}

func (d *folder) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *folder) Close() error               { return nil }
func (d *folder) Read([]byte) (int, error)   { return 0, errors.New("a folder") }

func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.rest) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.rest) {
		n = len(d.rest)
	}
	list := d.rest[:n]
	d.rest = d.rest[n:]
	return list, nil
}

// TestAnothersAdditionsStay has two machines write to one kit at once.
func TestAnothersAdditionsStay(t *testing.T) {
	path := begun(t)
	one, two := opened(t, path), opened(t, path)
	put(t, one, "seeds/one.age", "1")
	put(t, two, "seeds/two.age", "2")
	publish(t, one)
	publish(t, two)
	files := opened(t, path).whole()
	if string(files["seeds/one.age"]) != "1" || string(files["seeds/two.age"]) != "2" {
		t.Errorf("%v", slices.Sorted(maps.Keys(files)))
	}
}

// TestTornKit cuts a kit at every line and in the middle of some, and flips a byte: what
// can be read is there and nothing else, and written anew it is whole.
func TestTornKit(t *testing.T) {
	path := begun(t)
	text := read(t, path)
	want := opened(t, path).whole()
	at := bytes.LastIndex(text, []byte(`id="vault">`))
	last := bytes.LastIndex(text, []byte("</script>"))
	torn := 0
	for cut := at + len(`id="vault">`); cut < last; cut += 41 {
		must(t, os.WriteFile(path, text[:cut], 0o600))
		s, err := Open(context.Background(), path)
		if errors.Is(err, page.ErrCut) {
			continue // nothing whole is before it
		}
		must(t, err)
		if torn++; !s.Incomplete() {
			t.Fatalf("a kit cut at %d is whole", cut)
		}
		for name, data := range s.whole() {
			if !bytes.Equal(data, want[name]) {
				t.Fatalf("cut at %d there is another %s", cut, name)
			}
		}
		for name, data := range want {
			if _, is := s.files[name]; !is {
				s.files[name] = data
			}
		}
		publish(t, s)
		if !bytes.Equal(read(t, path), text) || s.Incomplete() {
			t.Fatalf("cut at %d it is not whole again", cut)
		}
	}
	if torn < 20 {
		t.Errorf("only %d kits were cut", torn)
	}
	flipped := bytes.Clone(text)
	flipped[at+200] = '!'
	must(t, os.WriteFile(path, flipped, 0o600))
	if s := opened(t, path); !s.Incomplete() || len(want)-len(s.whole()) > 2 { // a file, and its page, which is not asked for
		t.Errorf("one byte costs %d files", len(want)-len(s.whole()))
	}
}

// TestForeignPageOfAKit: a page that was never released is shown as the page, whatever
// lies among the files, and gives way to the present one.
func TestForeignPageOfAKit(t *testing.T) {
	path := begun(t)
	s := opened(t, path)
	files := s.whole()
	if !bytes.Equal(files["open-1.html"], page.Page()) {
		t.Fatal("the page is not among the files")
	}
	text := read(t, path)
	for what, changed := range map[string][]byte{
		"changed":            bytes.Replace(text, []byte("<title>"), []byte("<title>x"), 1),
		"with a right page":  bytes.Replace(bytes.Replace(text, []byte("<title>"), []byte("<title>x"), 1), []byte("id=\"vault\">{\n"), []byte("id=\"vault\">{\n\"open-1.html\":\""+"eA=="+"\",\n"), 1),
		"something after it": append(bytes.Clone(text), "<script>tell()</script>"...),
	} {
		must(t, os.WriteFile(path, changed, 0o600))
		s := opened(t, path)
		if got := s.whole()["open-1.html"]; bytes.Equal(got, page.Page()) || len(got) < 1000 {
			t.Errorf("%s: the page is shown as the right one", what)
		}
		put(t, s, "open-1.html", string(page.Page()))
		publish(t, s)
		if !bytes.Equal(read(t, path), text) {
			t.Errorf("%s: the kit is not as it was", what)
		}
	}
}

// TestNoKits are named for what they are, and stay.
func TestNoKits(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, os.WriteFile(at("foreign.html"), []byte("<!doctype html><p>hello"), 0o600))
	must(t, os.Mkdir(at("folder.html"), 0o700))
	must(t, os.Symlink(begun(t), at("link.html")))
	must(t, os.WriteFile(at("cut.html"), read(t, begun(t))[:len(page.Page())-20], 0o600))
	for name, want := range map[string]error{
		"foreign.html": page.ErrNoKit, "folder.html": page.ErrNoKit, "link.html": ErrLink, "none.html": fs.ErrNotExist, "cut.html": page.ErrCut,
	} {
		if _, err := Open(context.Background(), at(name)); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	if err := Make(at("foreign.html")); !errors.Is(err, fs.ErrExist) || !strings.HasSuffix(string(read(t, at("foreign.html"))), "hello") {
		t.Errorf("a file is overwritten: %v", err)
	}
	must(t, Make(at("empty.html")))
	if s := opened(t, at("empty.html")); len(s.whole()) != 1 {
		t.Errorf("an empty kit holds %v", s.whole())
	}
}

// TestKitThatCannotBeWritten stays as it was.
func TestKitThatCannotBeWritten(t *testing.T) {
	path := begun(t)
	before := read(t, path)
	s := opened(t, path)
	put(t, s, "x", "1")
	must(t, os.Chmod(path, 0o400))
	if err := s.Publish(context.Background()); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("read-only: %v", err)
	}
	must(t, os.Chmod(path, 0o640))
	ended, end := context.WithCancel(context.Background())
	end()
	if err := s.Publish(ended); !errors.Is(err, context.Canceled) || !bytes.Equal(read(t, path), before) {
		t.Errorf("ended: %v", err)
	}
	publish(t, s)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 && runtime.GOOS != "windows" {
		t.Error("the mode of the file is another")
	}
	must(t, os.Remove(path))
	if err := s.Publish(context.Background()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("moved away: %v", err)
	}
}
