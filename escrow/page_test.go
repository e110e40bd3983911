package escrow

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

var testPage = Page{"open-1.html", []byte("<!doctype html>\n<title>A page of the tests</title>\n")}

// withPage is a fixture in which the page is sealed from the start.
func withPage(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	f.fsys = openDir(t, f.dir)
	paper, secret, err := PaperHolder("paper", false)
	must(t, err)
	f.paper, err = key.ParseIdentity(secret)
	must(t, err)
	words, err := PassphraseHolder("words", passphrase, false)
	must(t, err)
	f.pin, err = Create(f.fsys, CreateOptions{Holders: []NewHolder{paper, words}, Now: testTime, Page: &testPage})
	must(t, err)
	return f
}

// findings are the codes that a check has for one path, red ones in capitals.
func (f *fixture) findings(path string, pages map[string][32]byte) (found []string) {
	f.t.Helper()
	for _, x := range f.vault().Check(CheckOptions{Now: testTime, Pages: pages}).Findings {
		if x.Path == path {
			found = append(found, string(x.Code)+map[bool]string{true: "!"}[x.Red])
		}
	}
	return found
}

var released = map[string][32]byte{testPage.Name: format.Sum(testPage.Text)}

// TestPageIsSealed has a page written and sealed with a new vault, and a check hold
// what lies there against the seal and against what was released.
func TestPageIsSealed(t *testing.T) {
	f := withPage(t)
	if !f.unlock().HasPage(testPage) || f.unlock().HasPage(Page{testPage.Name, []byte("another")}) || f.unlock().HasPage(Page{"open-2.html", testPage.Text}) {
		t.Error("the page is not the one that is listed")
	}
	lies := func(text []byte) func() { return func() { must(t, os.WriteFile(f.path("open-1.html"), text, 0o600)) } }
	for _, c := range []struct {
		what     string
		change   func()
		path     string
		sealed   []string // by the seals alone
		released []string // and by what was released
	}{
		{"the page itself", func() {}, "open-1.html", nil, nil},
		{"other line ends", lies(bytes.ReplaceAll(testPage.Text, []byte("\n"), []byte("\r\n"))), "open-1.html", []string{"swapped-page!"}, []string{"swapped-page!"}},
		{"another page", lies([]byte("<script>tell()</script>")), "open-1.html", []string{"swapped-page!"}, []string{"swapped-page!"}},
		{"nothing in it", lies(nil), "open-1.html", []string{"no-content!"}, []string{"no-content!"}},
		{"a link", func() {
			must(t, os.Remove(f.path("open-1.html")))
			must(t, os.Symlink(f.path("README.txt"), f.path("open-1.html")))
		}, "open-1.html", []string{"swapped-page!"}, []string{"swapped-page!"}},
		{"none", func() { must(t, os.Remove(f.path("open-1.html"))) }, "open-1.html", []string{"missing!"}, []string{"missing!"}},
		{"one more", func() { must(t, os.WriteFile(f.path("open-2.html"), []byte("<script>"), 0o600)) }, "open-2.html", []string{"unknown-file"}, []string{"swapped-page!"}},
		{"a person's own page", func() { must(t, os.WriteFile(f.path("sheet.html"), []byte("<p>"), 0o600)) }, "sheet.html", []string{"unknown-file"}, []string{"unknown-file"}},
	} {
		c.change()
		for _, x := range []struct {
			pages map[string][32]byte
			want  []string
		}{{nil, c.sealed}, {released, c.released}} {
			if got := f.findings(c.path, x.pages); !slices.Equal(got, x.want) {
				t.Errorf("%s: %v, want %v", c.what, got, x.want)
			}
		}
	}
}

// TestForeignPageIsSealed: a page that a holder has sealed, and that was never released,
// is a swapped one.
func TestForeignPageIsSealed(t *testing.T) {
	f := withPage(t)
	if got := f.findings("open-1.html", map[string][32]byte{"open-1.html": {1}}); !slices.Equal(got, []string{"swapped-page!"}) {
		t.Errorf("%v", got)
	}
	if got := f.findings("open-1.html", map[string][32]byte{"open-7.html": {1}}); got != nil {
		t.Errorf("a newer program's page: %v", got)
	}
}

// TestPageComesLater puts a page into a vault that has none, and into one in which
// something else has its name.
func TestPageComesLater(t *testing.T) {
	f := newFixture(t)
	if f.unlock().HasPage(testPage) {
		t.Fatal("a vault that was made without a page has one")
	}
	must(t, os.WriteFile(f.path("open-1.html"), []byte("a person's own"), 0o600))
	o := f.unlock()
	if err := o.PutPage(testPage); !errors.Is(err, ErrPageTaken) {
		t.Errorf("%v", err)
	}
	if text := f.text("open-1.html"); text != "a person's own" {
		t.Errorf("P2: %q", text)
	}
	must(t, os.Remove(f.path("open-1.html")))
	if err := o.PutPage(Page{"README-2.txt", nil}); err == nil {
		t.Error("a page of another name is written")
	}
	must(t, o.PutPage(testPage))
	f.seal(o)
	if got := f.findings("open-1.html", released); !f.unlock().HasPage(testPage) || got != nil {
		t.Errorf("%v", got)
	}
	must(t, os.WriteFile(f.path("open-1.html"), []byte("<script>"), 0o600)) // damage, by now
	o = f.unlock()
	must(t, o.PutPage(testPage))
	if got := f.findings("open-1.html", released); got != nil {
		t.Errorf("%v", got)
	}
	if info, err := o.Seal(testTime); info != nil || err != nil {
		t.Errorf("healing seals nothing: %v, %v", info, err)
	}
}

// TestPageStays carries a page over a rotation, and puts one in with a rotation.
func TestPageStays(t *testing.T) {
	f := withPage(t)
	f.pin = f.rotate(RotateOptions{}).Pin
	if got := f.findings("open-1.html", released); !f.unlock().HasPage(testPage) || got != nil {
		t.Errorf("the page was lost in a rotation: %v", got)
	}
	g := newFixture(t)
	g.pin = g.rotate(RotateOptions{Page: &testPage}).Pin
	if got := g.findings("open-1.html", released); !g.unlock().HasPage(testPage) || got != nil {
		t.Errorf("a rotation has brought no page: %v", got)
	}
	h := newFixture(t)
	must(t, os.WriteFile(h.path("open-1.html"), []byte("a person's own"), 0o600))
	h.pin = h.rotate(RotateOptions{Page: &testPage}).Pin
	if h.unlock().HasPage(testPage) || h.text("open-1.html") != "a person's own" {
		t.Error("P2: a rotation has replaced a file, or listed it")
	}
}
