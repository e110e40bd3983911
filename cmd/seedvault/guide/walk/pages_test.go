package walk

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

var languages = []words.Language{words.English, words.Japanese}

// TestEveryPageIsWalked: every path of every page, in every language and on narrow
// and wide screens, from its plan to its last step, and no line but an address or a
// command is wider than the screen.
func TestEveryPageIsWalked(t *testing.T) {
	book := guide.Open()
	steps := 0
	for _, language := range languages {
		for _, columns := range []int{60, 80, 120} {
			for _, page := range book.Pages {
				for i := range page.Paths {
					steps += walkAlong(t, page, &page.Paths[i], language, columns)
				}
			}
		}
	}
	if steps < 18 {
		t.Errorf("only %d steps", steps)
	}
}

// inMemory keeps where a walk is without a disk, and counts how often.
type inMemory struct {
	last  local.GuideProgress
	times int
}

func (m *inMemory) GuideProgress() (local.GuideProgress, bool) { return m.last, m.last.Page != "" }

func (m *inMemory) KeepGuide(p local.GuideProgress) error {
	m.last, m.times = p, m.times+1
	return nil
}

func (m *inMemory) ForgetGuide() error {
	m.last = local.GuideProgress{}
	return nil
}

func walkAlong(t *testing.T, page *guide.Page, path *guide.Path, language words.Language, columns int) int {
	t.Helper()
	g, v := played(t, slices.Repeat([]string{""}, 500)...)
	kept := &inMemory{}
	g.Voice.Lang, v.columns, g.Keep = language, columns, kept
	where := fmt.Sprintf("%s, %s, %q, %d columns", page.ID, path.ID, language, columns)
	w := &pathWalk{walk: g, page: page, path: path, at: planned}
	if end, err := w.follow(); end != worked || err != nil || len(w.done) != len(path.Steps) {
		t.Errorf("%s: ends with %v, %v after %d steps", where, end, err, len(w.done))
	}
	if last := path.Steps[len(path.Steps)-1].ID; kept.times != len(path.Steps)+2 || kept.last.Page != page.ID || kept.last.Path != path.ID || kept.last.Step != last {
		t.Errorf("%s: kept %d times, and last %+v", where, kept.times, kept.last)
	}
	verbatim := verbatimOf(page)
	for _, lines := range v.drawn {
		for _, line := range lines {
			if console.Width(line) >= columns && !strings.Contains(verbatim, strings.TrimSpace(line)) {
				t.Errorf("%s: %q is too wide", where, line)
			}
		}
	}
	return len(path.Steps)
}

// verbatimOf returns what a page has to be copied whole.
func verbatimOf(page *guide.Page) string {
	text := ""
	for _, path := range page.Paths {
		for _, s := range path.Steps {
			text += s.URL + "\n" + s.Run + "\n" + addresses(s.Do, s.See, s.Stuck)
		}
	}
	return text + addresses(page.Summary)
}

// addresses returns the web addresses within texts, which are not broken either.
func addresses(texts ...guide.Text) string {
	found := ""
	for _, text := range texts {
		found += strings.Join(address.FindAllString(text.En+" "+text.Ja, -1), "\n") + "\n"
	}
	return found
}

var address = regexp.MustCompile(`https?://\S+`)

// TestEveryQuestionLeadsOn: a page that only asks leads to a page for each of its
// answers.
func TestEveryQuestionLeadsOn(t *testing.T) {
	book := guide.Open()
	fork := &guide.Page{ID: "x", Ask: &guide.Ask{Answers: []guide.Answer{{Page: guide.Generic}, {Page: guide.Generic}}}}
	for _, page := range append([]*guide.Page{fork}, book.Pages...) {
		if page.Ask == nil {
			continue
		}
		for i, a := range page.Ask.Answers {
			g, v := played(t, "?", "0", "x", strconv.Itoa(i+1))
			next, err := g.leadOn(page)
			if err != nil || next == nil || next.ID != a.Page || len(v.drawn) != 4 {
				t.Errorf("%s: %d leads to %v, %v", page.ID, i+1, next, err)
			}
		}
	}
}
