package guide

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFind(t *testing.T) {
	g := example(t)
	for _, c := range []struct{ typed, page, service string }{
		{"example", "example", ""},
		{"EXAMPLE", "example", ""},
		{" Example ", "example", ""},
		{"Ｅｘａｍｐｌｅ", "example", ""},
		{"例", "example", ""},
		{"example.com", "example", ""},
		{"login.eu.example.com", "example", ""},
		{"login.example.com:443", "example", ""},
		{"https://login.example.com/signin?next=%2F#top", "example", ""},
		{"example.com.", "example", ""},
		{"Example Web Services", "example", ""},
		{"example-web-services", "example", ""},
		{"体験談", "told", ""},
		{"zonda", Generic, "zondaglobal.com"},
		{"zondaglobal", Generic, "zondaglobal.com"},
		{"app.zoom.us", Generic, "zoom.us"},
		{"Госуслуги (Gosuslugi)", Generic, "gosuslugi.ru"},
		{"1password.eu", Generic, "1password.com"},
		{"15 five", Generic, "15five.com"},
		{"com", "", ""},
		{"example.net", "", ""},
		{"", "", ""},
		{"!?", "", ""},
		{"https://%zz", "", ""},
	} {
		f := g.Find(c.typed)
		page, service := "", ""
		if f.Page != nil {
			page = f.Page.ID
		}
		if f.Service != nil {
			service = f.Service.Domain
		}
		if page != c.page || service != c.service || f.Guess {
			t.Errorf("%q: page %q, service %q, guess %v; want %q, %q", c.typed, page, service, f.Guess, c.page, c.service)
		}
	}
}

// TestFindMisspelt: a page alone near is taken and marked; a service is suggested
// and never taken; short names are suggested.
func TestFindMisspelt(t *testing.T) {
	g := example(t)
	for _, typed := range []string{"exmaple", "exampel", "exxample", "exaple", "exámple", "examplewebservcies"} {
		if f := g.Find(typed); f.Page == nil || f.Page.ID != "example" || !f.Guess {
			t.Errorf("%q: %+v", typed, f)
		}
	}
	for typed, want := range map[string]string{"zondda": "zondaglobal.com", "tlod": "told", "15fiv": "15five.com"} {
		f := g.Find(typed)
		if f.Page != nil || !slices.ContainsFunc(f.Near, func(n Name) bool { return n.ID == want }) || len(f.Near) > maxNear {
			t.Errorf("%q: %+v, want %s suggested", typed, f, want)
		}
	}
	if f := g.Find("qqqqqqqqqqqqqqqqqqqq"); f.Page != nil || len(f.Near) > 0 {
		t.Errorf("nothing is near: %+v", f)
	}
}

// TestSeveralOfOneName: services that share a name are all named.
func TestSeveralOfOneName(t *testing.T) {
	fsys := folder(t)
	fsys["services.tsv"].Data = []byte("h\nSame\tone.example\t\t\t\nSame\ttwo.example\t\t\t\n")
	g, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if f := g.Find("same"); f.Page != nil || len(f.Near) != 2 {
		t.Errorf("%+v", f)
	}
	if f, prep := g.ForSeed("Same", ""); f.Page.ID != Generic || f.Service != nil || len(prep) != 1 {
		t.Errorf("an issuer that several services share: %+v", f)
	}
}

// TestEveryNameLeadsHome holds every name of every page and service against Find.
func TestEveryNameLeadsHome(t *testing.T) {
	g := open(t)
	for _, p := range g.Pages {
		for _, name := range append([]string{p.ID, p.Name.En, p.Name.Ja}, p.Match...) {
			if f := g.Find(name); f.Page != p || f.Guess || f.Service != nil {
				t.Errorf("%q of %s leads to %+v", name, p.ID, f)
			}
			if strings.Contains(name, ".") && !strings.Contains(name, " ") {
				if f := g.Find("https://login." + name + "/x"); f.Page != p {
					t.Errorf("an address under %q of %s leads to %+v", name, p.ID, f)
				}
			}
		}
	}
	for i := range g.Services {
		s := &g.Services[i]
		for _, domain := range append([]string{s.Domain}, s.Others...) {
			f := g.Find(domain)
			if f.Page == nil || f.Page.ID == Generic && f.Service == nil {
				t.Errorf("%s leads to %+v", domain, f)
			}
		}
	}
}

// TestNamesAreUnique: no two pages answer to one name.
func TestNamesAreUnique(t *testing.T) {
	taken := map[string]string{}
	for _, p := range open(t).Pages {
		for _, name := range append([]string{p.ID, p.Name.En, p.Name.Ja}, p.Match...) {
			key := fold(name)
			if strings.Contains(name, ".") {
				key = name // example.co.jp and example.com fold to different keys anyway
			}
			if other := taken[key]; key == "" || other != "" && other != p.ID {
				t.Errorf("%q of %s: empty, or the name of %s too", name, p.ID, other)
			}
			taken[key] = p.ID
		}
	}
}

// slip makes one slip of the fingers in a name.
func slip(t *rapid.T, name string) string {
	s := []rune(name)
	i := rapid.IntRange(0, len(s)-1).Draw(t, "where")
	switch rapid.IntRange(0, 3).Draw(t, "slip") {
	case 0:
		return string(s[:i]) + string(s[i+1:])
	case 1:
		return string(s[:i]) + "q" + string(s[i:])
	case 2:
		return string(s[:i]) + "q" + string(s[i+1:])
	}
	if i+1 < len(s) {
		s[i], s[i+1] = s[i+1], s[i]
	}
	return string(s)
}

// TestSlipsLeadBack: one slip in a name of a page leads to it or suggests it.
func TestSlipsLeadBack(t *testing.T) {
	g := open(t)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(g.Pages).Draw(t, "page")
		name := rapid.SampledFrom([]string{p.ID, p.Name.En, p.Name.Ja}).Draw(t, "name")
		typed := slip(t, fold(name))
		f := g.Find(typed)
		near := slices.ContainsFunc(f.Near, func(n Name) bool { return n.ID == p.ID })
		another := f.Page != nil && !f.Guess // the slip makes a name of its own
		if f.Page != p && !near && !another && utf8.RuneCountInString(typed) >= 4 {
			t.Errorf("%q for %q leads to %+v", typed, name, f)
		}
	})
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"cloudfalre", "cloudflare", 1}, {"gihub", "github", 1},
		{"kitten", "sitting", 3}, {"ca", "abc", 3}, {"さくら", "さらく", 1}, {"abcd", "badc", 2},
	} {
		if d, ok := distance(c.a, c.b, 3); d != c.want || !ok {
			t.Errorf("%q %q: %d, want %d", c.a, c.b, d, c.want)
		}
		if _, ok := distance(c.a, c.b, c.want-1); ok {
			t.Errorf("%q %q: within %d", c.a, c.b, c.want-1)
		}
	}
}

func TestForSeed(t *testing.T) {
	g := example(t)
	for _, c := range []struct {
		issuer, account, page, service string
		guess                          bool
	}{
		{"Example", "alice", "example", "", false},
		{"Example Web Services", "root@111122223333", "example", "", false},
		{"Example (work)", "alice", "example", "", true},
		{"Example Enterprise Cloud", "alice", "example", "", true},
		{"", "Example:alice@example.org", "example", "", false},
		{"zoom.us", "alice", Generic, "zoom.us", false},
		{"Exmaple", "alice", Generic, "", false},
		{"", "alice@example.com", Generic, "", false},
		{"", "", Generic, "", false},
		{"--", ":", Generic, "", false},
	} {
		f, prep := g.ForSeed(c.issuer, c.account)
		service := ""
		if f.Service != nil {
			service = f.Service.Domain
		}
		if f.Page.ID != c.page || service != c.service || f.Guess != c.guess || len(prep) != 1 || prep[0].Word != "codes" {
			t.Errorf("%q %q: %+v, %v", c.issuer, c.account, f, prep)
		}
	}
}

// TestForSeedOfBranches: a page that only leads on has what the pages of its service
// have, and a word of the account may choose one of them.
func TestForSeedOfBranches(t *testing.T) {
	fsys := folder(t)
	page := func(id, word string) {
		text := strings.NewReplacer("id: generic", "id: "+id, "Any service", id, "どのサービスでも", id, "word: codes", "word: "+word).Replace(testGeneric)
		fsys["pages/"+id+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	page("cloud-root", "phone")
	page("cloud-iam", "admin")
	hub := strings.NewReplacer("id: hub", "id: cloud", "Which kind", "Cloud", "どの種類", "クラウド", "page: example", "page: cloud-root", "page: generic", "page: cloud-iam").Replace(testHub)
	fsys["pages/cloud.yaml"] = &fstest.MapFile{Data: []byte(hub)}
	g, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for account, want := range map[string]string{
		"alice@111122223333":               "cloud phone admin",
		"william@111122223333":             "cloud phone admin",
		"root-account-device@111122223333": "cloud-root phone",
	} {
		f, prep := g.ForSeed("Cloud", account)
		got := f.Page.ID
		for _, p := range prep {
			got += " " + p.Word
		}
		if got != want || f.Guess != (f.Page.ID != "cloud") {
			t.Errorf("%s: %s (guess %v), want %s", account, got, f.Guess, want)
		}
	}
}
