package local

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"seedvault/escrow"
	"seedvault/escrow/roster"
)

func testPlaces(t *testing.T) Folders {
	t.Helper()
	dir := t.TempDir()
	return Folders{Config: filepath.Join(dir, "config"), State: filepath.Join(dir, "state"), Data: filepath.Join(dir, "data")}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		system string
		env    map[string]string
		want   Folders // zero: none
	}{
		{"linux", map[string]string{"HOME": "/home/x", "XDG_STATE_HOME": "/var/x", "XDG_DATA_HOME": "relative"},
			Folders{"/home/x/.config/seedvault", "/var/x/seedvault", "/home/x/.local/share/seedvault"}},
		{"linux", map[string]string{"XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_DATA_HOME": "/d"},
			Folders{"/c/seedvault", "/s/seedvault", "/d/seedvault"}},
		{"linux", map[string]string{}, Folders{}},
		{"linux", map[string]string{"HOME": "relative"}, Folders{}},
		{"darwin", map[string]string{"HOME": "/Users/x"}, Folders{
			"/Users/x/Library/Application Support/seedvault",
			"/Users/x/Library/Application Support/seedvault/state",
			"/Users/x/Library/Application Support/seedvault/vault"}},
		{"darwin", map[string]string{}, Folders{}},
		{"windows", map[string]string{"AppData": "/r", "LocalAppData": "/l"},
			Folders{"/r/seedvault", "/l/seedvault/state", "/l/seedvault/vault"}},
		{"windows", map[string]string{"AppData": "/r"}, Folders{}},
	} {
		if runtime.GOOS == "windows" && c.system != "windows" {
			continue // a path there is absolute by its drive
		}
		got, err := find(c.system, func(k string) string { return c.env[k] })
		want := Folders{filepath.FromSlash(c.want.Config), filepath.FromSlash(c.want.State), filepath.FromSlash(c.want.Data)}
		if c.want == (Folders{}) {
			if !errors.Is(err, ErrNoHome) {
				t.Errorf("%s %v: %+v, %v", c.system, c.env, got, err)
			}
		} else if err != nil || got != want {
			t.Errorf("%s %v: %+v, %v; want %+v", c.system, c.env, got, err, want)
		}
	}
}

func TestConfig(t *testing.T) {
	p := testPlaces(t)
	c, err := p.Load()
	if err != nil {
		t.Fatal(err)
	}
	fp := strings.Repeat("ab", 32)
	v := VaultConfig{Path: "/v", Fingerprint: fp, Recipient: "age1x", Identities: []string{"/k"}}
	save := func(v VaultConfig) {
		t.Helper()
		if err := c.Update(v.Path, func(have *VaultConfig) { *have = v }); err != nil {
			t.Fatal(err)
		}
	}
	save(v)
	// What this version does not know stays.
	data, err := os.ReadFile(p.ConfigFile())
	if err != nil {
		t.Fatal(err)
	}
	data = []byte(strings.Replace(string(data), `"path"`, `"colour": "red", "path"`, 1))
	data = []byte(strings.Replace(string(data), `"vaults"`, `"theme": 1, "vaults"`, 1))
	if err := os.WriteFile(p.ConfigFile(), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err = p.Load(); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := c.Find("/v"); err != nil || !ok || got.Fingerprint != fp || !slices.Equal(got.Identities, v.Identities) {
		t.Errorf("found %+v, %t, %v", got, ok, err)
	}
	if _, ok, _ := c.Find("/other"); ok {
		t.Error("another path is known")
	}
	v.Identities, v.Recipient = nil, "age1y"
	save(v)
	save(VaultConfig{Path: "/w", Fingerprint: fp})
	data, _ = os.ReadFile(p.ConfigFile())
	for _, want := range []string{`"colour": "red"`, `"theme": 1`, `"age1y"`, `"/w"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is lost:\n%s", want, data)
		}
	}
	if strings.Contains(string(data), "identities") {
		t.Error("a removed list is still there")
	}
	private(t, p.ConfigFile())
}

func private(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %v", path, info.Mode())
	}
}

// TestUpdatesAtOnce: no process loses what another has written meanwhile, about
// another vault or the same one.
func TestUpdatesAtOnce(t *testing.T) {
	p := testPlaces(t)
	var all sync.WaitGroup
	const n = 20
	for i := range n {
		c, err := p.Load() // as it was before any of them
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			err1 := c.Update("/"+strconv.Itoa(i), func(v *VaultConfig) { v.Fingerprint = strings.Repeat("ab", 32) })
			err2 := c.Update("/shared", func(v *VaultConfig) { v.Refuse(escrow.Fingerprint{byte(i)}) })
			if err1 != nil || err2 != nil {
				t.Error(err1, err2)
			}
		})
	}
	all.Wait()
	c, err := p.Load()
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, ok, err := c.Find("/" + strconv.Itoa(i)); !ok || err != nil {
			t.Errorf("what was configured for /%d is lost, %v", i, err)
		}
	}
	if v, _, err := c.Find("/shared"); err != nil || len(v.Refused) != n {
		t.Errorf("%d of %d refusals are left, %v", len(v.Refused), n, err)
	}
}

// TestFollow: a new pin ends what was announced, and what was refused of it.
func TestFollow(t *testing.T) {
	a, b := escrow.Fingerprint{1}, escrow.Fingerprint{2}
	v := VaultConfig{Path: "/v", Identities: []string{"/k"}, Next: &AnnouncedPin{Fingerprint: a.Hex()}}
	v.Refuse(a)
	v.Refuse(b)
	v.Refuse(a)
	if len(v.Refused) != 2 {
		t.Errorf("refused %v", v.Refused)
	}
	v.Follow(escrow.Pin{Fingerprint: a, Recipient: "age1x"})
	pin, err := v.Pin()
	if err != nil || pin.Fingerprint != a || pin.Recipient != "age1x" || !slices.Equal(pin.Refused, []escrow.Fingerprint{b}) || v.Next != nil || len(v.Identities) != 1 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestBadConfig(t *testing.T) {
	p := testPlaces(t)
	for _, bad := range []string{"{", "[]", `{"vaults": 1}`, `{"vaults": ["x"]}`} {
		if err := write(p.ConfigFile(), []byte(bad)); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Load(); !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := (VaultConfig{Fingerprint: "xyz"}).Pin(); err == nil {
		t.Error("a pin without a fingerprint")
	}
}

func TestJournal(t *testing.T) {
	p := testPlaces(t)
	m := p.Memory("/v")
	a := escrow.Receipt{Path: "1-ab/seeds/a.age", Sum: [32]byte{1}}
	b := escrow.Receipt{Path: "1-ab/seeds/b.age", Sum: [32]byte{2}}
	for _, r := range []escrow.Receipt{a, b} {
		if err := m.Deposited(time.Unix(0, 0), r); err != nil {
			t.Fatal(err)
		}
	}
	// A power cut in the middle of a line, and a line of a later version.
	f, err := os.OpenFile(filepath.Join(m.dir, "journal"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("refuse 00 x y\ndeposit 0102 short path\ndeposit " + strings.Repeat("03", 32) + " 1-ab/seeds/c.a")
	f.Close()
	if got := m.Recall().Deposits; !slices.Equal(got, []escrow.Receipt{a, b}) {
		t.Errorf("recalled %v", got)
	}
	// The line after it is its own.
	c := escrow.Receipt{Path: "1-ab/seeds/d.age", Sum: [32]byte{4}}
	if err := m.Deposited(time.Unix(0, 0), c); err != nil {
		t.Fatal(err)
	}
	if got := m.Recall().Deposits; !slices.Equal(got, []escrow.Receipt{a, b, c}) {
		t.Errorf("recalled %v after a line cut short", got)
	}
	private(t, filepath.Join(m.dir, "journal"))
	if other := p.Memory("/w").Recall(); len(other.Deposits) != 0 {
		t.Error("two vaults share a journal")
	}
}

func TestSaw(t *testing.T) {
	m, since := testPlaces(t).Memory("/v"), time.Unix(1000, 0).UTC()
	if m.Recall().Missing != nil {
		t.Error("a machine that has seen nothing has a memory")
	}
	holders := []roster.Holder{{ID: "1", Name: "paper", Kind: roster.KindPaper}}
	if err := m.Saw(escrow.Memory{Seals: []string{"a"}}, holders); err != nil {
		t.Fatal(err)
	}
	if err := m.Saw(escrow.Memory{Seals: []string{"b"}, Compared: map[string][]string{"b": {"c"}}, Missing: map[string]time.Time{"d": since}}, nil); err != nil { // without a key holders are not read
		t.Fatal(err)
	}
	got := m.Recall()
	if !got.Missing["d"].Equal(since) || !slices.Equal(got.Compared["b"], []string{"c"}) {
		t.Errorf("recalled %+v", got)
	}
	if !slices.Equal(got.Seals, []string{"b"}) || len(got.Holders) != 1 || got.Holders[0].Name != "paper" {
		t.Errorf("recalled %+v", got)
	}
}

func TestWriteNew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "pc.txt")
	if err := WriteNewWithFolder(path, []byte("x")); err != nil {
		t.Fatal(err)
	}
	private(t, path)
	if err := WriteNewWithFolder(path, []byte("y")); !errors.Is(err, os.ErrExist) {
		t.Errorf("over another: %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "x" {
		t.Error("it was overwritten")
	}
	if err := WriteNew(filepath.Join(t.TempDir(), "none", "x"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("into a missing folder: %v", err)
	}
}

func TestVaultPath(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	real := filepath.Join(dir, "real")
	if err := os.Mkdir(real, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		real + "/":                     real,
		link:                           real,
		filepath.Join(link, "new"):     filepath.Join(real, "new"),
		filepath.Join(link, "a/b/c"):   filepath.Join(real, "a/b/c"),
		filepath.Join(real, "..", "x"): filepath.Join(dir, "x"),
	} {
		if got, err := VaultPath(in); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", in, got, err, want)
		}
	}
}

func TestMakeFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "b", "c")
	made, err := MakeFolder(path)
	if want := []string{filepath.Join(dir, "a"), filepath.Join(dir, "a", "b"), path}; err != nil || !slices.Equal(made, want) {
		t.Fatalf("made %v, %v", made, err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if again, err := MakeFolder(path); err != nil || len(again) != 0 {
		t.Errorf("a second time: %v, %v", again, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a", "kept"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	RemoveFolders(made)
	if _, err := os.Stat(filepath.Join(dir, "a", "b")); !errors.Is(err, os.ErrNotExist) {
		t.Error("an empty folder is left")
	}
	if _, err := os.Stat(filepath.Join(dir, "a", "kept")); err != nil {
		t.Error("a folder in use is gone")
	}
	if made, err := MakeFolder(filepath.Join(dir, "a", "kept", "x")); err == nil || len(made) != 0 {
		t.Errorf("under a file: %v, %v", made, err)
	}
}
