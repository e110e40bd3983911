package copies

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"slices"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/key"
)

var (
	testPage = escrow.Page{Name: "open-1.html", Text: []byte("<!doctype html><title>A page of the tests</title>")}
	released = map[string][32]byte{testPage.Name: sha256.Sum256(testPage.Text)}
	carrying = Options{Page: &testPage, Pages: released}
)

const swappedPage = "<!doctype html><script>tell()</script>"

// pageMachine has a vault in which the page is sealed.
func pageMachine(t *testing.T) *machine {
	t.Helper()
	m := &machine{t: t, fsys: durabletest.New(), next: new(int)}
	paper, secret, err := escrow.PaperHolder("paper", false)
	must(t, err)
	m.paper, err = key.ParseIdentity(secret)
	must(t, err)
	m.pin, err = escrow.Create(m.fsys, escrow.CreateOptions{Holders: []escrow.NewHolder{paper}, Now: testTime, Page: &testPage})
	must(t, err)
	return m
}

// TestSwappedPage heals a page that was swapped, in the copy or in the vault, from the
// other or from the one that the program carries, and names it.
func TestSwappedPage(t *testing.T) {
	for what, c := range map[string]struct {
		here, there string // what lies there instead
		o           Options
		state       State
		left        string // what lies in the copy in the end
	}{
		"in the copy":                    {"", swappedPage, Options{}, Healed, string(testPage.Text)},
		"in the vault":                   {swappedPage, "", Options{}, Healed, string(testPage.Text)},
		"in both, and carried":           {swappedPage, swappedPage, carrying, Healed, string(testPage.Text)},
		"in both, and carried by nobody": {swappedPage, swappedPage, Options{}, Damaged, swappedPage},
	} {
		m, stick := pageMachine(t), durabletest.New()
		m.sync(stick, Options{}, New)
		for _, side := range []struct {
			fsys *durabletest.FS
			text string
		}{{m.fsys, c.here}, {stick, c.there}} {
			if side.text != "" {
				plant(t, side.fsys, testPage.Name, side.text)
			}
		}
		look, err := Look(context.Background(), m.fsys, stick, Options{Pin: &m.pin, Page: c.o.Page, Pages: c.o.Pages})
		must(t, err)
		if look.State != c.state || (len(look.Swapped) == 1) != (c.there != "") || (len(look.SwappedHere) == 1) != (c.here != "") {
			t.Errorf("%s: a look finds %s, %v, %v", what, look.State, look.Swapped, look.SwappedHere)
		}
		m.sync(stick, c.o, c.state) // what was remembered of the copy is gone, too
		if got := stick.Files()[testPage.Name]; got != c.left {
			t.Errorf("%s: in the copy lies %q", what, got)
		}
		if c.state == Healed {
			if r := m.sync(stick, carrying, Equal); r.Swapped != nil || m.fsys.Files()[testPage.Name] != string(testPage.Text) {
				t.Errorf("%s: %v", what, r.Swapped)
			}
		}
	}
}

// TestPageOfNoSeal: where no seal lists a page, a swapped one is replaced, and the
// page goes nowhere that it was not.
func TestPageOfNoSeal(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	m.sync(stick, carrying, New)
	if stick.Files()[testPage.Name] != "" || m.fsys.Files()[testPage.Name] != "" {
		t.Fatal("the page has come unasked")
	}
	plant(t, stick, testPage.Name, swappedPage)
	if r := m.sync(stick, carrying, Healed); !slices.Equal(r.Swapped, []string{testPage.Name}) || stick.Files()[testPage.Name] != string(testPage.Text) {
		t.Errorf("%v, %q", r.Swapped, stick.Files()[testPage.Name])
	}
	if r := m.sync(stick, carrying, Equal); r.Others != nil || m.fsys.Files()[testPage.Name] != "" {
		t.Errorf("a released page is no stranger, and stays where it is: %v", r.Others)
	}
	plant(t, stick, "open-7.html", swappedPage)
	if r := m.sync(stick, carrying, Equal); !slices.Equal(r.Swapped, []string{"open-7.html"}) || !slices.Equal(r.Others, []string{"open-7.html"}) {
		t.Errorf("a page of an unknown number: %v, %v", r.Swapped, r.Others)
	}
}

// TestLostPage puts a page that is sealed and lies nowhere any more from the one that
// the program carries, and names a link under its name.
func TestLostPage(t *testing.T) {
	m, stick := pageMachine(t), durabletest.New()
	m.sync(stick, Options{}, New)
	must(t, m.fsys.Remove(testPage.Name))
	must(t, stick.Remove(testPage.Name))
	m.sync(stick, carrying, Ahead)
	for _, side := range []*durabletest.FS{m.fsys, stick} {
		if side.Files()[testPage.Name] != string(testPage.Text) {
			t.Error("the page is not back")
		}
	}
	must(t, stick.Remove(testPage.Name))
	must(t, stick.Plant(testPage.Name, fs.ModeSymlink))
	if r := m.sync(stick, carrying, Damaged); !slices.Equal(r.Swapped, []string{testPage.Name}) {
		t.Errorf("a link: %v", r.Swapped)
	}
}

// TestBringsNoSwappedPage brings a copy home: with the page that is sealed, not with
// the one that lies there.
func TestBringsNoSwappedPage(t *testing.T) {
	m, stick, home := pageMachine(t), durabletest.New(), durabletest.New()
	m.sync(stick, Options{}, New)
	plant(t, stick, testPage.Name, swappedPage)
	b, err := Bring(context.Background(), home, stick, Options{Pin: &m.pin, Page: &testPage, Pages: released})
	if err != nil || !slices.Equal(b.Swapped, []string{testPage.Name}) || home.Files()[testPage.Name] != string(testPage.Text) {
		t.Errorf("%v: %v, %q", err, b.Swapped, home.Files()[testPage.Name])
	}
}
