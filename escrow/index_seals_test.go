package escrow

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/roster"
)

// indexHistories is how many random histories TestIndexInHistories plays, e.g.
//
//	go test ./escrow -run TestIndexInHistories -index-histories 500
var (
	indexHistories    = flag.Int("index-histories", 8, "random histories of a vault and an index to play")
	firstIndexHistory = flag.Int("first-index-history", 0, "number of the first one")
)

// said is all that a command may say of a vault that it has opened to list it.
type said struct {
	Items    []Item
	Findings []Finding
	Live     []string
	Missing  []SealRef
	GivenUp  []SealRef
	Withheld []SealRef
	Newer    string
	Due      string
	Roster   []roster.Holder
}

// told opens and lists a vault as a command does, with this machine's memory and with an
// index, nil for none, and returns the one that is to be kept.
func (f *fixture) told(fsys FS, memory Memory, kept []byte, written time.Time) (s said, fresh []byte) {
	f.t.Helper()
	v, err := Open(fsys, &f.pin)
	must(f.t, err)
	v.Recall(memory)
	if kept != nil {
		v.LendIndex(func() ([]byte, time.Time) { return kept, written })
	}
	o, err := v.Unlock(f.friend)
	must(f.t, err)
	s.Withheld = v.Withheld()
	if s.Items, s.Findings, err = o.Items(context.Background()); err != nil {
		f.t.Fatal(err)
	}
	slices.SortFunc(s.Findings, func(a, b Finding) int { return strings.Compare(a.Path+string(a.Code), b.Path+string(b.Code)) })
	set := v.view.Seals(v.view.Pinned())
	for _, seal := range set.Live() {
		s.Live = append(s.Live, seal.Name())
	}
	s.Missing, s.GivenUp, s.Due = set.Missing(), set.GivenUp(), set.Due()
	if newer := v.Newer(); newer != nil {
		s.Newer = newer.Path
	}
	s.Roster, _ = o.Roster().Holders()
	return s, o.Index()
}

// opensOf counts the files that are opened in a folder, those of some of its own apart.
type opensOf struct {
	*disk.Dir
	all, seals *atomic.Int64
}

func (o opensOf) Open(name string) (fs.File, error) {
	o.all.Add(1)
	if strings.Contains(name, "/seals/") {
		o.seals.Add(1)
	}
	return o.Dir.Open(name)
}

// TestIndexSumsUpSeals: of seals that an index sums up none is opened, and of one that it
// does not, that one. Without an index all that count are.
func TestIndexSumsUpSeals(t *testing.T) {
	f := newFixture(t)
	var memory Memory
	for n := 0; len(memory.Seals) < 3; n++ {
		if n == 60 {
			t.Fatalf("only %d seals are live", len(memory.Seals))
		}
		f.addedOneByOne(1)
		memory = f.vault().Remember(memory, testTime)
	}
	f.aged()
	var all, seals atomic.Int64
	counted := func(kept []byte) (s said, fresh []byte, opened, sealed int64) {
		all.Store(0)
		seals.Store(0)
		s, fresh = f.told(opensOf{f.fsys, &all, &seals}, memory, kept, time.Now())
		return s, fresh, all.Load(), seals.Load()
	}
	want, kept, _, n := counted([]byte("none"))
	if n != 2*int64(len(memory.Seals)) || kept == nil {
		t.Fatalf("without an index %d files of %d live seals are opened", n, len(memory.Seals))
	}
	got, fresh, opened, n := counted(kept)
	if n != 0 || opened > 12 || fresh != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("with an index %d files are opened, %d of seals; kept anew: %t", opened, n, fresh != nil)
	}
	f.addedOneByOne(1)
	_, fresh, _, n = counted(kept)
	if n == 0 || n >= 2*int64(len(memory.Seals)) || fresh == nil {
		t.Errorf("with one seal more %d files of seals are opened; kept anew: %t", n, fresh != nil)
	}
}

// TestIndexInHistories: whatever becomes of a vault's files, with an index that was kept
// at some time before all is said that is said without one.
func TestIndexInHistories(t *testing.T) {
	for n := range *indexHistories {
		t.Run(fmt.Sprint(*firstIndexHistory+n), func(t *testing.T) {
			t.Parallel()
			h := &indexHistory{fixture: newFixture(t), rand: rand.New(rand.NewPCG(uint64(*firstIndexHistory+n), 18)), now: time.Now().Add(-1000 * time.Hour)}
			h.sealed(3)
			for range 14 {
				what := h.step()
				h.dated()
				h.compare(what)
			}
		})
	}
}

// indexHistory is a vault to which much is done, with the indexes that were kept of it.
type indexHistory struct {
	*fixture
	rand   *rand.Rand
	now    time.Time // of the file system and of what is kept
	memory Memory
	kept   []byte
	at     time.Time
	older  []string // folders with former states of the vault
	added  int
	done   []string
}

// step does one thing and says what.
func (h *indexHistory) step() string {
	steps := []struct {
		name string
		do   func()
	}{
		{"add", func() { h.add(); h.accept() }}, {"add", func() { h.add(); h.accept() }}, {"deposit", h.add}, {"remove", h.retire},
		{"remove a seal", func() { h.changeOne("seals", os.Remove) }}, {"flip", func() { h.changeOne("", flipFile) }}, {"flip a seal", func() { h.changeOne("seals", flipFile) }},
		{"empty", func() { h.changeOne("", func(name string) error { return os.Truncate(name, 0) }) }}, {"remove a file", func() { h.changeOne("seeds", os.Remove) }},
		{"keep a state", h.keepState}, {"roll back", h.rollBack}, {"join a state", h.joinState}, {"a false includes line", h.lie}, {"a seal of a later version", h.later},
		{"plant a seal", h.plant}, {"put back", h.putBack}, {"remember", func() { h.memory = h.recalled(h.memory).Remember(h.memory, testTime) }}, {"forget", func() { h.memory = Memory{} }},
	}
	s := steps[h.rand.IntN(len(steps))]
	s.do()
	h.done = append(h.done, s.name)
	return s.name
}

func (h *indexHistory) add() {
	h.added++
	h.deposit(h.seed(100 + h.added))
}

// accept accepts all that waits, if it may.
func (h *indexHistory) accept() {
	h.sealing(func(o *Opened, e Entry) error { return o.Accept(e.Receipts...) }, NotAccepted, 10)
}

// retire removes one seed.
func (h *indexHistory) retire() {
	h.sealing(func(o *Opened, e Entry) error { return o.Retire(e) }, Accepted, 1)
}

// sealing does something with some of the seeds, and seals it. A vault of a later version
// is not written to.
func (h *indexHistory) sealing(do func(*Opened, Entry) error, status Status, most int) {
	v := h.recalled(h.memory)
	o, err := v.Unlock(h.friend)
	must(h.t, err)
	entries, _, err := o.Seeds(context.Background())
	must(h.t, err)
	for _, e := range entries {
		if e.Status == status && most > 0 && do(o, e) == nil {
			most--
		}
	}
	o.Seal(testTime)
}

// changeOne does something to one of the files in a folder of the epoch, or in any.
func (h *indexHistory) changeOne(folder string, do func(name string) error) {
	var names []string
	must(h.t, filepath.WalkDir(h.path(h.folder()), func(p string, d fs.DirEntry, err error) error {
		slots := strings.Contains(p, "holders") || strings.HasSuffix(p, "vault.txt")
		if err == nil && !d.IsDir() && !slots && (folder == "" || strings.Contains(p, "/"+folder+"/")) {
			names = append(names, p)
		}
		return err
	}))
	if len(names) > 0 {
		must(h.t, do(names[h.rand.IntN(len(names))]))
	}
}

func flipFile(name string) error {
	data, err := os.ReadFile(name)
	if err == nil && len(data) > 0 {
		data[len(data)/2] ^= 1
		err = os.WriteFile(name, data, 0o600)
	}
	return err
}

func (h *indexHistory) keepState() { h.older = append(h.older, h.clone().dir) }

// rollBack puts a former state in the vault's place, as a tool does that keeps the times of
// files, or as one that does not.
func (h *indexHistory) rollBack() {
	if len(h.older) == 0 {
		return
	}
	must(h.t, os.RemoveAll(h.path(h.folder())))
	h.joinState()
}

// joinState adds what lies in a former state and here no more.
func (h *indexHistory) joinState() {
	if len(h.older) == 0 {
		return
	}
	from, times := h.older[h.rand.IntN(len(h.older))], h.rand.IntN(2) == 0
	must(h.t, filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(from, p)
		to := filepath.Join(h.dir, rel)
		if err != nil || d.IsDir() {
			os.MkdirAll(to, 0o700)
			return err
		}
		if _, err := os.Stat(to); err == nil {
			return nil
		}
		data, err := os.ReadFile(p)
		must(h.t, err)
		must(h.t, os.WriteFile(to, data, 0o600))
		if info, err := d.Info(); err == nil && times {
			must(h.t, os.Chtimes(to, info.ModTime(), info.ModTime()))
		}
		return nil
	}))
}

// lie seals that others are included, and says nothing that they say.
func (h *indexHistory) lie() {
	h.bareSeal(500+h.rand.IntN(100), func(s *format.Seal) {
		for _, f := range h.sealFiles() {
			s.Includes[f.Hash] = true
		}
	})
}

func (h *indexHistory) later() {
	h.bareSeal(700+h.rand.IntN(100), func(s *format.Seal) { s.Extra["# later word"] = true })
}

// plant gives the text of one seal the name of another, or its signature.
func (h *indexHistory) plant() {
	files := h.sealFiles()
	if len(files) == 0 {
		return
	}
	a, b := files[h.rand.IntN(len(files))], files[h.rand.IntN(len(files))]
	suffix := []string{"", ".sig"}[h.rand.IntN(2)]
	if data, err := os.ReadFile(h.path(a.Path) + suffix); err == nil {
		must(h.t, os.WriteFile(h.path(b.Path)+suffix, data, 0o600))
	}
}

func (h *indexHistory) putBack() {
	if _, err := h.recalled(h.memory).PutBack(); err != nil {
		h.t.Fatal(err)
	}
}

// dated gives the present time of the history to every file that was just written.
func (h *indexHistory) dated() {
	h.now = h.now.Add(10 * time.Second)
	must(h.t, filepath.WalkDir(h.dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.ModTime().After(time.Now().Add(-time.Hour)) {
			err = os.Chtimes(p, h.now, h.now)
		}
		return err
	}))
}

// compare lists the vault with and without the index, and may keep what it should be now.
func (h *indexHistory) compare(what string) {
	h.t.Helper()
	want, _ := h.told(h.fsys, h.memory, nil, time.Time{})
	kept := h.kept
	if kept == nil {
		kept = []byte{}
	}
	got, fresh := h.told(h.fsys, h.memory, kept, h.at)
	if !reflect.DeepEqual(got, want) {
		h.t.Fatalf("after %q: with an index\n%+v\nand without\n%+v", h.done, got, want)
	}
	without := h.memory
	without.Compared = nil
	options := CheckOptions{Memory: h.memory, Now: testTime}
	checked := h.recalled(h.memory).Check(options)
	options.Memory = without
	if all := h.recalled(without).Check(options); !reflect.DeepEqual(checked, all) {
		h.t.Fatalf("after %q: a check of what was compared before says\n%+v\nand one that parses all\n%+v", h.done, checked, all)
	}
	if fresh != nil && h.rand.IntN(3) > 0 {
		h.kept, h.at = fresh, h.now.Add(5*time.Second)
	}
}
