package guide

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"seedvault/cmd/seedvault/internal/console"
)

// plainHTTP are the addresses that are not https, as their owners print them.
var plainHTTP = map[string]bool{
	"http://windows.microsoft.com/en-sg/windows-8/delete-security-info":                true,
	"http://qiita.com/sashimizakana/items/a1a965178ea6b1af991a":                        true,
	"http://self.d-struct.org/aws-two-factor-reset/":                                   true,
	"http://mb.softbank.jp/en/customer_support/my_softbank/getting_a_newpassword.html": true,
	// of services.tsv
	"http://www.cc-onlinehelp.com/en/#index/administrati/users/authenticati/authenticati.html": true,
	"http://support.panorama9.com/articles/1859601":                                            true,
	"http://help.improvmx.com/en/articles/4892466":                                             true,
}

// wellFormed says what is wrong with an address.
func wellFormed(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || !strings.Contains(u.Host, "."):
		return fmt.Errorf("%q has no host", address)
	case u.Scheme != "https" && !plainHTTP[address]:
		return fmt.Errorf("%q is not https", address)
	case u.User != nil || strings.ContainsFunc(address, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsSpace(r) }):
		return fmt.Errorf("%q cannot be typed as it stands", address)
	}
	return nil
}

// everyText calls f with every text of a page, the steps' included.
func everyText(p *Page, f func(where string, t Text, m Mark)) {
	f("name", p.Name, "")
	f("summary", p.Summary, "")
	for _, fact := range p.facts() {
		f("fact", fact.Text, fact.Mark)
	}
	for _, s := range p.Sources {
		f("source "+s.ID, s.About, "")
	}
	if p.Ask != nil {
		f("question", p.Ask.Question, "")
		f("why", p.Ask.Why, "")
		for _, a := range p.Ask.Answers {
			f("answer", a.Text, "")
		}
	}
	for _, path := range p.Paths {
		f("title of "+path.ID, path.Title, "")
		f("failed of "+path.ID, path.Failed, "")
		for _, s := range path.Steps {
			f("step "+s.ID, Text{strings.Join([]string{s.Do.En, s.See.En, s.Stuck.En}, " "), s.Do.Ja + s.See.Ja + s.Stuck.Ja}, s.Mark)
		}
	}
}

// eachPage runs a test for each page that is built in.
func eachPage(t *testing.T, f func(t *testing.T, g *Guide, p *Page)) {
	g := open(t)
	for _, p := range g.Pages {
		t.Run(p.ID, func(t *testing.T) { f(t, g, p) })
	}
}

// kana is what Japanese text always has some of; names of services need none.
var kana = regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]`)

func TestPagesAreInBothLanguages(t *testing.T) {
	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		everyText(p, func(where string, text Text, _ Mark) {
			if (text.En == "") != (text.Ja == "") {
				t.Errorf("%s is in one language alone", where)
			}
			if text.En != "" && where != "name" && !kana.MatchString(text.Ja) {
				t.Errorf("%s: the Japanese text has no Japanese: %q", where, text.Ja)
			}
			if kana.MatchString(unlabelled(text.En)) {
				t.Errorf("%s: the English text has Japanese outside of labels: %q", where, text.En)
			}
		})
	})
}

// unlabelled cuts what stands in quotes or brackets: labels of screens and names.
func unlabelled(s string) string {
	return regexp.MustCompile(`"[^"]*"|「[^」]*」|\([^)]*\)`).ReplaceAllString(s, "")
}

// TestReportsSayThatTheyAre: what somebody else reported never reads as a fact.
func TestReportsSayThatTheyAre(t *testing.T) {
	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		everyText(p, func(where string, text Text, m Mark) {
			if m != Reported || p.Kind == Story {
				return
			}
			told := strings.Contains(strings.ToLower(text.En), "report") || strings.Contains(text.En, "not verified")
			toldJa := strings.Contains(text.Ja, "報告") || strings.Contains(text.Ja, "未確認") || strings.Contains(text.Ja, "確認していません")
			if !told || !toldJa {
				t.Errorf("%s is marked S and does not say that it was reported: %q %q", where, text.En, text.Ja)
			}
		})
	})
}

// TestCheckedMonth: what every page says of the newest copies is the month that no
// page is newer than.
func TestCheckedMonth(t *testing.T) {
	month, err := time.Parse("2006-01", Checked)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(wordAsOf.En, month.Format("January 2006")) || !strings.Contains(wordAsOf.Ja, month.Format("2006年1月")) {
		t.Errorf("%q does not name %s", wordAsOf, Checked)
	}
}

func TestNothingUnverified(t *testing.T) {
	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		everyText(p, func(where string, text Text, _ Mark) {
			both := unlabelled(text.En + text.Ja)
			if strings.Contains(both, "[U]") || strings.ContainsAny(both, "—!") || strings.Contains(both, "！") {
				t.Errorf("%s: a mark [U], a dash or an exclamation mark: %q", where, both)
			}
			if console.Safe(both, 0) != both {
				t.Errorf("%s: not fit for a terminal: %q", where, both)
			}
		})
	})
}

func TestAddresses(t *testing.T) {
	g := open(t)
	inText := regexp.MustCompile(`https?://[^\s"」、。)）]+`)
	for _, p := range g.Pages {
		var all []string
		for _, s := range p.Sources {
			all = append(all, s.URL)
		}
		for _, path := range p.Paths {
			for _, s := range path.Steps {
				if s.URL != "" {
					all = append(all, s.URL)
				}
			}
		}
		everyText(p, func(_ string, text Text, _ Mark) { all = append(all, inText.FindAllString(text.En+" "+text.Ja, -1)...) })
		for _, address := range all {
			if err := wellFormed(address); err != nil {
				t.Errorf("%s: %v", p.ID, err)
			}
		}
	}
}

// TestEverySourceIsCited: no page lists a source that nothing on it rests on.
func TestEverySourceIsCited(t *testing.T) {
	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		cited := map[string]bool{}
		note := func(ids []string) {
			for _, id := range ids {
				cited[id] = true
			}
		}
		for _, f := range p.facts() {
			note(f.Source)
		}
		for _, path := range p.Paths {
			for _, s := range path.Steps {
				note(s.Source)
			}
			note(path.Source)
		}
		for _, s := range p.Sources {
			if !cited[s.ID] && p.Ask == nil {
				t.Errorf("%s is listed and never cited", s.ID)
			}
		}
	})
}

// TestServices holds the file of services against its form.
func TestServices(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range open(t).Services {
		if seen[s.Domain] {
			t.Errorf("%s stands twice", s.Domain)
		}
		seen[s.Domain] = true
		if host, ok := hostOf(s.Domain); !ok || host != s.Domain {
			t.Errorf("%q is no domain", s.Domain)
		}
		if console.Safe(s.Name, 0) != s.Name {
			t.Errorf("%q is not fit for a terminal", s.Name)
		}
		for _, address := range []string{s.Documentation, s.Recovery} {
			if address == "" {
				continue
			}
			if err := wellFormed(address); err != nil {
				t.Errorf("%s: %v", s.Domain, err)
			}
		}
	}
}

// TestPathsEndSomewhere: every service's page ends where nothing is left to try,
// asks few questions, and names sources.
func TestPathsEndSomewhere(t *testing.T) {
	const most = 7
	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		if n := len(g.Asked(p)); n > most {
			t.Errorf("%d questions", n)
		}
		if p.AsOf[:len("2006-01")] > Checked {
			t.Errorf("newer than what all pages were checked against: %s", p.AsOf)
		}
		if p.Kind != Provider {
			return
		}
		if len(p.Sources) == 0 {
			t.Error("no sources")
		}
		if p.Ask != nil && len(p.Paths) == 0 {
			return
		}
		if len(p.Paths) == 0 || !slices.Contains([]string{IfSupport, IfLast}, p.Paths[len(p.Paths)-1].If) {
			t.Error("does not end in support or what remains")
		}
		if len(p.Prepare) == 0 {
			t.Error("nothing to prepare")
		}
		for _, path := range p.Paths {
			if path.If == "" {
				t.Errorf("path %s has no condition", path.ID)
			}
		}
	})
}

// TestPagesRender: at every width no line is too long but for addresses and
// commands, and each of those stands whole.
func TestPagesRender(t *testing.T) {
	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		for _, l := range languages {
			for _, width := range []int{60, 80, 120} {
				v := View{Language: l, Width: width}
				checkLines(t, p, width, v.Page(p))
				checkLines(t, p, width, v.Tree(g, p))
				checkWhole(t, p, v.Page(p))
			}
		}
	})
}

func checkLines(t *testing.T, p *Page, width int, text string) {
	t.Helper()
	var run strings.Builder
	for _, path := range p.Paths {
		for _, s := range path.Steps {
			run.WriteString(s.Run)
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		verbatim := strings.Contains(line, "http") || strings.Contains(run.String(), strings.TrimSpace(line))
		if console.Width(line) > width && !verbatim {
			t.Errorf("at %d: %q", width, line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("at %d: space at the end of %q", width, line)
		}
	}
}

func checkWhole(t *testing.T, p *Page, text string) {
	t.Helper()
	for _, s := range p.Sources {
		if !strings.Contains(text, s.URL+"\n") {
			t.Errorf("source %s is not whole", s.ID)
		}
	}
	for _, path := range p.Paths {
		for _, s := range path.Steps {
			for line := range strings.Lines(s.URL + "\n" + s.Run) {
				if !strings.Contains(text, strings.TrimSuffix(line, "\n")) {
					t.Errorf("step %s: %q is not whole", s.ID, line)
				}
			}
		}
	}
}
