package guide

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSearch(t *testing.T) {
	g := example(t)
	for _, c := range []struct{ typed, page, path, step string }{
		{"more options", "example", "codes", "C1"},
		{"ＭＯＲＥ　options", "example", "codes", "C1"},
		{"画面を読み込み直します", "example", "codes", "C1"},
		{"~/Downloads", "example", "codes", "C2"},
		{"復旧コードがある", "example", "codes", ""},
		{"example.com", "example", "", ""},
		{"form", "example", "support", "U1"},
		{"mailbox form", "example", "mail", ""},
		{"体験談", "told", "", ""},
		{"call", "told", "story", "S1"},
	} {
		hits := g.Search(c.typed)
		if len(hits) == 0 {
			t.Errorf("%q: nothing", c.typed)
			continue
		}
		page, path, step := hits[0].Page.ID, "", ""
		if hits[0].Path != nil {
			path = hits[0].Path.ID
		}
		if hits[0].Step != nil {
			step = hits[0].Step.ID
		}
		if page != c.page || path != c.path || step != c.step {
			t.Errorf("%q: %s %s %s (%s), want %s %s %s", c.typed, page, path, step, hits[0].Text.En, c.page, c.path, c.step)
		}
	}
}

func TestSearchServices(t *testing.T) {
	g := example(t)
	hits := g.Search("zoom")
	if len(hits) == 0 || hits[0].Service == nil || hits[0].Service.Domain != "zoom.us" {
		t.Errorf("%+v", hits)
	}
	if hits := g.Search("git"); len(hits) < 2 {
		t.Errorf("parts of names: %+v", hits)
	}
}

// TestWithoutPage: a service that a page covers is not counted with those that have none.
// The README files say that these are more than 1,200.
func TestWithoutPage(t *testing.T) {
	g := open(t)
	covered := 0
	for i := range g.Services {
		if found := g.Find("https://" + g.Services[i].Domain); found.Page != nil && found.Service == nil {
			covered++
		}
	}
	if n := g.WithoutPage(); covered == 0 || n != len(g.Services)-covered || n <= 1200 {
		t.Errorf("%d of %d services have no page, and %d have one", n, len(g.Services), covered)
	}
}

// TestSearchNames: what people call a service finds it, whole or in part, and a page
// that is called so comes before those that speak of it.
func TestSearchNames(t *testing.T) {
	g := open(t)
	for typed, want := range map[string]string{
		"楽天": "rakuten.co.jp", "メルカリ": "jp.mercari.com", "ドコモ": "id.smt.docomo.ne.jp", "マイナポータル": "myna.go.jp",
		"みずほ": "mizuhobank.co.jp", "グーグル": "google-account", "ライン": "line", "ギットハブ": "github", "aws": "aws",
	} {
		hits := g.Search(typed)
		got := ""
		switch {
		case len(hits) > 0 && hits[0].Page != nil:
			got = hits[0].Page.ID
		case len(hits) > 0:
			got = hits[0].Service.Domain
		}
		if got != want {
			t.Errorf("%s leads to %q, want %s", typed, got, want)
		}
	}
	if hits := g.Search("銀行"); len(hits) < 5 {
		t.Errorf("a part of many names: %d hits", len(hits))
	}
}

// TestSearchSentences: a sentence that stands nowhere names the page it is about.
func TestSearchSentences(t *testing.T) {
	g := open(t)
	for typed, want := range map[string]string{"AWSのルートに入れない": "aws-root", "my phone broke, I have AWS root": "aws-root", "機種変更したらGitHubに入れない": "github"} {
		if hits := g.Search(typed); len(hits) != 1 || hits[0].Page == nil || hits[0].Page.ID != want {
			t.Errorf("%q: %+v", typed, hits)
		}
	}
	if hits := g.Search("Steamの認証コードがわからない"); len(hits) != 1 || hits[0].Service == nil || hits[0].Service.Domain != "steampowered.com" {
		t.Errorf("%+v", hits)
	}
}

func TestSearchNothing(t *testing.T) {
	g := example(t)
	for _, typed := range []string{"", "  ", "qqqqqqqq", "mailbox qqqqqqqq", "!?"} {
		if hits := g.Search(typed); len(hits) > 0 {
			t.Errorf("%q: %+v", typed, hits)
		}
	}
}

// TestSearchIsShort: a word that stands everywhere names a few places of each page,
// and the page that is called so first.
func TestSearchIsShort(t *testing.T) {
	g := open(t)
	for _, p := range g.Pages {
		hits := g.Search(p.Name.En)
		named := false
		count := map[string]int{}
		for i, h := range hits {
			if h.Page == nil {
				continue
			}
			count[h.Page.ID]++
			named = named || h.Page == p && i < 10
		}
		if !named || count[p.ID] > hitsPerPage {
			t.Errorf("%q: its page is not among the first, or too often", p.Name.En)
		}
		if !strings.EqualFold(p.Name.En, p.ID) && len(g.Search(p.ID)) == 0 {
			t.Errorf("%s is not found by its id", p.ID)
		}
	}
}

func TestHits(t *testing.T) {
	g := example(t)
	hits := append(g.Search("more options"), g.Search("zondaglobal")...)
	text := View{}.Hits(hits)
	for _, want := range []string{"example: Example\n", "  - A1: Choose \"More options\".\n", "Zonda (zondaglobal.com)\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	got, err := json.Marshal(hits[0])
	const want = `{"page":"example","path":"codes","step":"C1","text":{"en":"Choose \"More options\".","ja":"「More options」を選びます。"}}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}
