package guide

import (
	"encoding/xml"
	"errors"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/words"
)

func htmlOf(t *testing.T, v View, p *Page) string {
	t.Helper()
	var b strings.Builder
	if err := v.HTML(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// balanced reads a page with a strict reader: every element is closed in its place.
func balanced(t *testing.T, page string) {
	t.Helper()
	closed := regexp.MustCompile(`<(meta|br|wbr|input)([^>]*)>`).ReplaceAllString(page, "<$1$2/>")
	d := xml.NewDecoder(strings.NewReader(closed))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
	}
}

// fetches is what would run or be fetched when a page is opened.
var fetches = regexp.MustCompile(`(?i)<(script|link|img|iframe|object|form|a)\b|\son[a-z]+=|url\(|@import|javascript:`)

// TestHTML: for every page both languages, every address and command whole, a box
// for each step in each language, and nothing that runs or is fetched.
func TestHTML(t *testing.T) {

	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		page := htmlOf(t, View{}, p)
		balanced(t, page)
		if found := fetches.FindString(page); found != "" {
			t.Errorf("it holds %q", found)
		}
		boxes := 0
		for _, path := range p.Paths {
			boxes += 2 * len(path.Steps)
			for _, s := range path.Steps {
				for _, want := range []string{s.Do.En, s.Do.Ja, s.URL, strings.TrimSuffix(s.Run, "\n")} {
					if !strings.Contains(page, html.EscapeString(want)) {
						t.Errorf("step %s: %q is not there", s.ID, want)
					}
				}
			}
		}
		for _, s := range p.Sources {
			if strings.Count(page, ">"+html.EscapeString(s.URL)+"<") < 2 {
				t.Errorf("source %s is not whole in both languages", s.ID)
			}
		}
		if n := strings.Count(page, box); n < boxes {
			t.Errorf("%d boxes for %d steps", n, boxes)
		}
	})
}

// TestHTMLOfWork: on paper, too, work has nothing to choose from.
func TestHTMLOfWork(t *testing.T) {
	eachPage(t, func(t *testing.T, _ *Guide, p *Page) {
		page := htmlOf(t, View{}, p)
		ways, work := strings.Contains(page, "<h2>"+wordWays.En), strings.Contains(page, "<h2>"+wordWork.En)
		if len(p.Paths) > 0 && (work != p.IsWork() || ways == work) {
			t.Errorf("work %t: headed as work %t, as ways in %t", p.IsWork(), work, ways)
		}
	})
}

func TestHTMLLanguages(t *testing.T) {
	g := example(t)
	p, _ := g.Page("example")
	for l, first := range map[words.Language]string{words.English: "en", words.Japanese: "ja"} {
		page := htmlOf(t, View{Language: l}, p)
		en, ja := strings.Index(page, `<article lang="en">`), strings.Index(page, `<article lang="ja">`)
		if en < 0 || ja < 0 || (en < ja) != (first == "en") || !strings.Contains(page, `<html lang="`+first+`">`) {
			t.Errorf("%s: articles at %d and %d", first, en, ja)
		}
	}
}

func TestHTMLOldAndService(t *testing.T) {
	g := example(t)
	f := g.Find("zondaglobal.com")
	page := htmlOf(t, View{Service: f.Service, Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}, f.Page)
	for _, want := range []string{"<title>Zonda</title>", "MORE THAN A YEAR OLD", "1 年以上前", "what-can-be-done-if-google-authenticator-app-is-lost</span>"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not there", want)
		}
	}
}

// TestHTMLEscapes: nothing from outside becomes markup.
func TestHTMLEscapes(t *testing.T) {
	p := &Page{ID: "x", Name: Text{"<b>&", "<b>&"}, Paths: []Path{{ID: "a", Steps: []Step{{ID: "1", Do: Text{"<i>", "<i>"}, Run: "a <b> && c\n"}}}}}
	page := htmlOf(t, View{Service: &Service{Name: `"><script>`, Domain: "<x>"}}, p)
	for _, bad := range []string{"<b>&", "<i>", "<script>", "<x>"} {
		if strings.Contains(page, bad) {
			t.Errorf("%q stands as it is", bad)
		}
	}
	if !strings.Contains(page, "a &lt;b&gt; &amp;&amp; c</pre>") {
		t.Error("a command is not whole")
	}
}

func TestHTMLWriterFails(t *testing.T) {
	g := example(t)
	p, _ := g.Page("example")
	r, w := io.Pipe()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := (View{}).HTML(w, p); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}
