package copies

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"seedvault/escrow"
)

func TestOverlapOf(t *testing.T) {
	dir := t.TempDir()
	in := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	for _, p := range []string{in("vault", "1-abc"), in("stick", "deep")} {
		must(t, os.MkdirAll(p, 0o700))
	}
	must(t, os.Symlink(in("vault"), in("link")))
	must(t, os.Symlink(in("stick"), in("vault", "way-out")))
	must(t, os.Symlink(in("nowhere"), in("broken")))
	t.Chdir(dir)
	for _, c := range []struct {
		a, b string
		want Overlap
	}{
		{in("vault"), in("stick"), Apart},
		{in("vault"), in("vault-2"), Apart},
		{in("vault"), in("vault"), Same},
		{in("vault"), "vault/", Same},
		{in("vault"), in("stick", "..", "vault"), Same},
		{in("vault"), in("link"), Same},
		{in("link"), in("vault"), Same},
		{in("vault", "copy"), in("vault"), Inside},
		{in("link", "copy", "deep"), in("vault"), Inside},
		{in("vault", "1-abc"), in("link"), Inside},
		{in("vault"), dir, Inside},
		{dir, in("vault"), Around},
		{in("vault"), in("link", "1-abc", "new"), Around},
		{in("vault", "way-out"), in("vault"), Apart},
		{in("vault", "way-out", "new"), in("stick"), Inside},
		{in("new"), in("new"), Same},
		{in("new", "x"), in("new"), Inside},
		{in("new"), in("link", "..", "new"), Same},
		{in("new"), in("newer"), Apart},
		{"/", in("vault"), Around},
	} {
		got, err := OverlapOf(c.a, c.b)
		if err != nil || got != c.want {
			t.Errorf("%s and %s: %v, %v, want %v", c.a, c.b, got, err, c.want)
		}
	}
	if _, err := OverlapOf(in("broken"), in("vault")); err == nil {
		t.Error("a link that leads nowhere has a place")
	}
}

func TestDial(t *testing.T) {
	dir := t.TempDir()
	d, err := Dial(context.Background(), dir)
	must(t, err)
	must(t, d.Close())
	if _, err := Dial(context.Background(), filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if _, err := Dial(context.Background(), file); err == nil {
		t.Error("a file is a copy")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	if d, err := Dial(ctx, dir); err == nil {
		d.Close() // the folder was faster, which is as well
	} else if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("no answer in time: %v", err)
	}
}

// TestOnDisk syncs folders as they are, with what the system itself says of them.
func TestOnDisk(t *testing.T) {
	m := newMachine(t, 2)
	home, there := t.TempDir(), t.TempDir()
	h, err := Dial(context.Background(), home)
	must(t, err)
	defer h.Close()
	c, err := Dial(context.Background(), there)
	must(t, err)
	defer c.Close()
	_, err = Bring(context.Background(), h, m.fsys, Options{Pin: &m.pin})
	must(t, err)
	r, err := Sync(context.Background(), h, c, m.options())
	must(t, err)
	if r.State != New || r.Given.Seeds != 2 {
		t.Errorf("%+v", r)
	}
	for name, data := range m.fsys.Files() {
		got, err := os.ReadFile(filepath.Join(there, filepath.FromSlash(name)))
		if err != nil || string(got) != data {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, os.Chmod(filepath.Join(there, find(t, m.fsys, "/seeds/")), 0o400))
	if r, err = Sync(context.Background(), h, c, Options{Pin: &m.pin, Seen: r.Seen, Thorough: true}); err != nil || r.State != Equal {
		t.Errorf("%v, %+v", err, r)
	}
}

// TestSharedFiles: a folder of hard links is the vault itself under other names, and no
// copy of it. What else lies there is brought all the same.
func TestSharedFiles(t *testing.T) {
	m := newMachine(t, 1)
	home, there := t.TempDir(), t.TempDir()
	h, err := escrow.OpenDir(home)
	must(t, err)
	defer h.Close()
	_, err = Bring(context.Background(), h, m.fsys, Options{Pin: &m.pin})
	must(t, err)
	slot := find(t, m.fsys, "/slot-")
	for name := range m.fsys.Files() {
		must(t, os.MkdirAll(filepath.Join(there, filepath.Dir(name)), 0o700))
		if name == slot {
			must(t, os.Link(filepath.Join(home, name), filepath.Join(there, name)))
		}
	}
	stick, err := escrow.OpenDir(there)
	must(t, err)
	defer stick.Close()
	r, err := Sync(context.Background(), h, stick, m.options())
	if err != nil || r.State != Shared || len(r.Shared) != 1 || r.Shared[0] != slot || r.Given.Files > 0 {
		t.Errorf("%v, %+v", err, r)
	}

	had := m.fsys.Files()
	m.add(1)
	for name, data := range m.fsys.Files() {
		if _, has := had[name]; !has {
			must(t, os.WriteFile(filepath.Join(there, name), []byte(data), 0o600))
		}
	}
	brought, err := Bring(context.Background(), h, stick, m.options())
	if err != nil || brought.Copied != 1 || len(brought.Skipped) > 0 {
		t.Errorf("brought: %v, %+v", err, brought)
	}
}
