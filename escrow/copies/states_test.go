package copies

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"syscall"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
)

// missing is a place that is not there.
type missing struct{ escrow.FS }

func (missing) ReadDir(name string) ([]fs.DirEntry, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// remove deletes files, as a person does or an older state that comes back.
func remove(t *testing.T, f *durabletest.FS, part string) (removed []string) {
	t.Helper()
	for name := range f.Files() {
		if strings.Contains(name, part) {
			must(t, f.Remove(name))
			removed = append(removed, name)
		}
	}
	if len(removed) == 0 {
		t.Fatalf("no %s", part)
	}
	return removed
}

// TestStates brings a copy into each state and holds what Look and Sync say of it
// against it, and the two against each other. Look writes nothing.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		want   State
		change func(t *testing.T, m *machine, stick *durabletest.FS, o *Options) escrow.FS
		after  State // what the next sync says
	}{
		{Equal, func(_ *testing.T, _ *machine, stick *durabletest.FS, _ *Options) escrow.FS { return stick }, Equal},
		{Unreachable, func(_ *testing.T, _ *machine, stick *durabletest.FS, _ *Options) escrow.FS { return missing{stick} }, Equal},
		{New, func(_ *testing.T, _ *machine, _ *durabletest.FS, o *Options) escrow.FS {
			o.Seen = Seen{}
			return durabletest.New()
		}, Equal},
		{Emptied, func(_ *testing.T, _ *machine, _ *durabletest.FS, _ *Options) escrow.FS { return durabletest.New() }, Emptied},
		{Older, func(_ *testing.T, _ *machine, _ *durabletest.FS, o *Options) escrow.FS {
			o.Refill = true
			return durabletest.New()
		}, Equal},
		{Foreign, func(t *testing.T, _ *machine, _ *durabletest.FS, _ *Options) escrow.FS { return newMachine(t, 1).fsys }, Foreign},
		{Behind, func(_ *testing.T, m *machine, stick *durabletest.FS, _ *Options) escrow.FS {
			m.add(1)
			return stick
		}, Equal},
		{Ahead, func(_ *testing.T, m *machine, stick *durabletest.FS, _ *Options) escrow.FS {
			other := m.twin()
			other.fsys = stick
			other.add(1)
			m.add(1)
			return stick
		}, Equal},
		{LostFiles, func(t *testing.T, _ *machine, stick *durabletest.FS, _ *Options) escrow.FS {
			remove(t, stick, "/seeds/")
			return stick
		}, Equal},
		{Older, func(t *testing.T, _ *machine, stick *durabletest.FS, _ *Options) escrow.FS {
			remove(t, stick, "/seals/0002-")
			return stick
		}, Equal},
		{Healed, func(t *testing.T, _ *machine, stick *durabletest.FS, _ *Options) escrow.FS {
			plant(t, stick, find(t, stick, "/slot-"), "")
			return stick
		}, Equal},
		{Damaged, func(t *testing.T, m *machine, stick *durabletest.FS, _ *Options) escrow.FS {
			name := find(t, stick, "/seeds/")
			plant(t, stick, name, "")
			plant(t, m.fsys, name, "half")
			return stick
		}, Damaged},
	} {
		m, stick := newMachine(t, 2), durabletest.New()
		o := Options{Pin: &m.pin, Seen: m.sync(stick, Options{}, New).Seen}
		there := c.change(t, m, stick, &o)
		before := m.fsys.Files()
		look, err := Look(context.Background(), m.fsys, there, o)
		must(t, err)
		if look.State != c.want {
			t.Errorf("Look says %s, want %s", look.State, c.want)
		}
		thorough := o
		thorough.Thorough = true
		if look, err := Look(context.Background(), m.fsys, there, thorough); err != nil || look.State != c.want {
			t.Errorf("a thorough Look says %s, %v, want %s", look.State, err, c.want)
		}
		if !maps.Equal(before, m.fsys.Files()) {
			t.Errorf("%s: Look wrote to the vault", c.want)
		}
		r := m.sync(there, o, c.want)
		if look.Given != r.Given || look.Taken != r.Taken || look.Lost != r.Lost {
			t.Errorf("%s: Look says %+v, Sync %+v", c.want, look, r)
		}
		if r.State == Unreachable {
			there = stick
		}
		m.sync(there, Options{Seen: r.Seen}, c.after)
	}
}

// TestForeignIsNotTouched holds every byte of both against what was there.
func TestForeignIsNotTouched(t *testing.T) {
	m, other := newMachine(t, 1), newMachine(t, 1)
	mine, theirs := m.fsys.Files(), other.fsys.Files()
	m.sync(other.fsys, Options{Thorough: true, Refill: true}, Foreign)
	if !maps.Equal(mine, m.fsys.Files()) || !maps.Equal(theirs, other.fsys.Files()) {
		t.Error("another's vault was touched")
	}
}

// TestLost counts what went, and finds it once.
func TestLost(t *testing.T) {
	m, stick := newMachine(t, 3), durabletest.New()
	r := m.sync(stick, Options{}, New)
	remove(t, stick, "/seeds/")
	remove(t, stick, "/holders/spare/")
	m.add(1)
	r = m.sync(stick, Options{Seen: r.Seen}, LostFiles)
	if r.Lost != (Count{Files: 4, Seeds: 3, Holders: 1}) || r.Given.Seeds != 4 {
		t.Errorf("%+v", r)
	}
	m.sync(stick, Options{Seen: r.Seen}, Equal)
}

// TestReadOnlyCopy: what is lost there stays remembered until it could be given.
func TestReadOnlyCopy(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	seen := m.sync(stick, Options{}, New).Seen
	remove(t, stick, "/seeds/")
	stick.Fail = func(_ int, op durabletest.Op) error {
		if op.Name == "create" || op.Name == "mkdir" {
			return syscall.EROFS
		}
		return nil
	}
	r := m.sync(stick, Options{Seen: seen}, ReadOnly)
	if r.Lost.Files != 1 || r.Left != 1 || r.Seen.Files() != seen.Files() {
		t.Errorf("%+v", r)
	}
}

func TestSeen(t *testing.T) {
	m, stick := newMachine(t, 2), durabletest.New()
	seen := m.sync(stick, Options{}, New).Seen
	text, err := json.Marshal(seen)
	must(t, err)
	var back Seen
	must(t, json.Unmarshal(text, &back))
	if !maps.Equal(back.marks, seen.marks) || seen.Files() != len(stick.Files()) || len(text) > 6*seen.Files()+2 {
		t.Errorf("%s: %d files of %d", text, back.Files(), seen.Files())
	}
	for _, bad := range []string{`"!"`, `"AAA"`, `7`, `null`, `{"marks": 1}`} {
		s := seen
		if err := json.Unmarshal([]byte(bad), &s); err != nil || s.Files() != 0 {
			t.Errorf("%s: %v, %d", bad, err, s.Files())
		}
	}
}

func TestResultAsJSON(t *testing.T) {
	text, err := json.Marshal(Result{State: Failed, Err: syscall.EIO, Healed: []string{"a"}})
	must(t, err)
	for _, want := range []string{`"state":"failed"`, `"error":"` + syscall.EIO.Error(), `"healed":["a"]`, `"given":{"files":0`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s has no %s", text, want)
		}
	}
}

// TestWatch counts up to the end, one call at a time.
func TestWatch(t *testing.T) {
	m := newMachine(t, 5)
	var dones []int
	last := 0
	m.sync(durabletest.New(), Options{Watch: func(done, total int) { dones, last = append(dones, done), total }}, New)
	if len(dones) != len(m.fsys.Files()) || last != len(dones) || !slices.IsSorted(dones) || dones[len(dones)-1] != last {
		t.Errorf("%v of %d", dones, last)
	}
}
