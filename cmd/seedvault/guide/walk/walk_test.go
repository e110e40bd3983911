package walk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// playedView is a screen of which every answer is known beforehand.
type playedView struct {
	t             *testing.T
	columns, rows int
	answers       []string
	drawn         [][]string
}

func (v *playedView) Size() (columns, rows int) { return v.columns, v.rows }
func (v *playedView) Draw(lines ...string)      { v.drawn = append(v.drawn, lines) }
func (v *playedView) Close()                    {}

func (v *playedView) Ask(row, _ int, _ string) (string, error) {
	if row > v.rows {
		v.t.Errorf("asks in row %d of %d", row, v.rows)
	}
	if len(v.answers) == 0 {
		return "", console.ErrInterrupted
	}
	answer := v.answers[0]
	v.answers = v.answers[1:]
	return answer, nil
}

// shown returns what the last screen says, in one line.
func (v *playedView) shown() string {
	if len(v.drawn) == 0 {
		return ""
	}
	return strings.Join(v.drawn[len(v.drawn)-1], " ")
}

// played returns a guide in front of a person who gives these answers, an empty one
// being Enter.
func played(t *testing.T, answers ...string) (*Walk, *playedView) {
	t.Helper()
	book := guide.Open()
	v := &playedView{t: t, columns: 80, rows: 24, answers: answers}
	return &Walk{View: v, Book: book, Now: time.Now, Keep: local.Folders{State: t.TempDir()}}, v
}

// trial is a page of three ways.
var trial = &guide.Page{
	ID: "github", Name: guide.Text{En: "Trial", Ja: "試し"}, AsOf: "2026-09",
	Paths: []guide.Path{
		{ID: "code", If: "recovery-code", Title: guide.Text{En: "by code"}, Mark: "O", Failed: guide.Text{En: "each works once"},
			Steps: []guide.Step{{ID: "C1", Do: guide.Text{En: "type it"}}, {ID: "C2", Do: guide.Text{En: "go in"}}}},
		{ID: "key", If: "ssh-key", Title: guide.Text{En: "by key"}, Mark: "S", Steps: []guide.Step{{ID: "K1", Do: guide.Text{En: "sign"}}}},
		{ID: "rest", If: "last", Title: guide.Text{En: "what remains"}, Mark: "own", Steps: []guide.Step{{ID: "L1", Do: guide.Text{En: "unlink"}}}},
	},
}

// TestTriageLeadsToTheFirstThatHolds, else to what was not ruled out, else to what is always
// left; whoever knows nothing is led to what finds it out.
func TestTriageLeadsToTheFirstThatHolds(t *testing.T) {
	for _, c := range []struct {
		answers string // one letter each; . is Enter
		want    string
	}{
		{"y", "code"},
		{"ny", "key"},
		{"nn", "rest"},
		{".y", "key"},
		{"..", "find-out"},
		{"n.", "key"},
		{"?y", "code"},
		{"xy", "code"},
		{"nby", "code"},
	} {
		g, v := played(t, strings.Split(strings.ReplaceAll(c.answers, ".", " "), "")...)
		for i, a := range v.answers {
			v.answers[i] = strings.TrimSpace(a)
		}
		path, err := g.choosePath(trial)
		if err != nil || path == nil || path.ID != c.want || len(v.answers) > 0 {
			t.Errorf("%q leads to %v, %v; %q left", c.answers, path, err, v.answers)
		}
	}
	g, _ := played(t, "q")
	if _, err := g.choosePath(trial); err != ErrLeft {
		t.Errorf("leaving: %v", err)
	}
}

// TestBackLeadsOut: b goes back from the first question to the page that asked which, from there
// to which service it is, and from a path that was gone on with or stands on one page alone as
// far as there is something before it.
func TestBackLeadsOut(t *testing.T) {
	asks, wrong, first := text(words.GuideAskService), text(words.GuideNoKey, "zz"), "Enter: I do not know"
	for _, c := range []struct {
		about string
		typed []string
		on    string // the page that the walk begins on, "" for the start
		want  []string
		left  error
	}{
		{"the first question", []string{"github", "b", "q"}, "", []string{asks, first, asks}, ErrLeft},
		{"the second", []string{"github", "n", "b", "b", "q"}, "", []string{asks, first, "", first, asks}, ErrLeft},
		{"which of several", []string{"aws", "1", "b", "b", "q"}, "", []string{asks, "AWS", first, "AWS", asks}, ErrLeft},
		{"a page that was named", []string{"", "b", "q"}, "github", []string{"github", first, "github"}, ErrLeft},
		{"no key", []string{"github", "zz", "?", "q"}, "", []string{asks, first, wrong, first}, ErrLeft},
		{"no key where a number is asked for", []string{"aws", "zz", "q"}, "", []string{asks, "AWS", wrong}, ErrLeft},
		{"no key on a page", []string{"zz", "q"}, "github", []string{"github", wrong}, ErrLeft},
	} {
		g, v := played(t, c.typed...)
		err := g.FromTheStart
		if c.on != "" {
			err = func() error { return g.OnPage(Always(g.Book, c.on), nil, nil) }
		}
		if got := err(); got != c.left || len(v.answers) > 0 || len(v.drawn) != len(c.want) {
			t.Errorf("%s: %v, %d screens, %q left", c.about, got, len(v.drawn), v.answers)
			continue
		}
		for i, want := range c.want {
			if shown := strings.Join(v.drawn[i], " "); !strings.Contains(strings.ToLower(shown), strings.ToLower(want)) {
				t.Errorf("%s: screen %d is %q, want %q", c.about, i+1, shown, want)
			}
		}
	}
	// What was left is gone on with, and b at its plan leads to the start.
	g, _ := played(t, "github", "y", "", "q")
	if err := g.FromTheStart(); err != ErrLeft {
		t.Fatal(err)
	}
	again, v := played(t, "zz", "", "b", "b", "q")
	again.Keep = g.Keep
	if err := again.FromTheStart(); err != ErrLeft || !strings.Contains(v.shown(), asks) || !strings.Contains(strings.Join(v.drawn[1], " "), wrong) {
		t.Errorf("%v, %q", err, v.drawn)
	}
}

// text returns a message in English.
func text(m words.Message, args ...any) string { return say.Voice{}.Text(m, args...) }

// TestNotKnowingIsAnAnswer: who knows nothing is led to what finds it out, then
// asked once more; a second time nothing is known, the ways that may hold come.
func TestNotKnowingIsAnAnswer(t *testing.T) {
	find := 6 // steps
	looked := append([]string{"", "", ""}, slices.Repeat([]string{""}, find)...)
	g, v := played(t, append(looked, "f", "", "y", "", "q")...) // at the failed screen Enter, then the first question again: yes
	if err := g.lead(trial); err != ErrLeft {
		t.Fatal(err)
	}
	if text := v.shown(); !strings.Contains(text, "Trial: by code") || g.replies["recovery-code"] != guide.Yes {
		t.Errorf("after finding out: %q, %v", text, g.replies)
	}
	g, v = played(t, append(looked, "f", "", "", "", "", "q")...)
	if err := g.lead(trial); err != ErrLeft || !strings.Contains(v.shown(), "by code") {
		t.Errorf("knowing nothing twice leads to %q, %v", v.shown(), err)
	}
	left, ok := g.Keep.GuideProgress()
	if !ok || left.Path != "code" || !slices.Contains(left.Failed, "find-out") {
		t.Errorf("left %+v", left)
	}
	again, v := played(t, "q")
	left.Path, left.Step = "find-out", "K3"
	if w := again.resumed(trial, left); w == nil || w.at != 2 || v == nil {
		t.Error("what finds out cannot be gone on with")
	}
}

// TestFailedLeadsOn: each path that failed leads to the next one, and after the
// last to what helps with any service.
func TestFailedLeadsOn(t *testing.T) {
	g, v := played(t, "y", "", "", "f", "", "y", "", "f", "", "f")
	if err := g.lead(trial); err != console.ErrInterrupted {
		t.Fatal(err)
	}
	if want := g.Voice.Text(words.GuideNoneLeftHere, "Trial"); !strings.Contains(v.shown(), want) {
		t.Errorf("ends with %q", v.shown())
	}
	v.answers = []string{""}
	if err := g.noneLeft(trial); err != console.ErrInterrupted || g.replies["recovery-code"] != guide.No || g.replies["ssh-key"] != guide.No {
		t.Errorf("goes on with %v, %v", g.replies, err)
	}
	all := ""
	for _, lines := range v.drawn {
		all += strings.Join(lines, " ") + "\n"
	}
	for _, want := range []string{"Trial: by code [ ][ ] Step 1 of 2", "Trial: by code [x][ ] Step 2 of 2", "each works once", "by key", "what remains"} {
		if !strings.Contains(strings.Join(strings.Fields(all), " "), want) {
			t.Errorf("never shows %q", want)
		}
	}
}

// TestRunbookIsWork: a runbook does not fail, does not ask whether somebody is in
// again, and leads to nothing but its end.
func TestRunbookIsWork(t *testing.T) {
	g, v := played(t)
	for _, page := range g.Book.Pages {
		if page.Kind != guide.Runbook {
			continue
		}
		steps := len(page.Paths[0].Steps)
		answers := append([]string{"b", "", "f", "f", ""}, slices.Repeat([]string{""}, steps-1)...)
		g, v = played(t, append(answers, "f", "", "")...)
		v.rows = 200 // a plan is one screen
		if err := g.lead(page); err != nil {
			t.Errorf("%s: %v, with %q", page.ID, err, v.shown())
		}
		if text := v.shown(); !strings.Contains(text, "All of it is done") || len(v.answers) > 0 {
			t.Errorf("%s: ends with %q, and %d answers left", page.ID, text, len(v.answers))
		}
		for _, lines := range v.drawn {
			if text := strings.Join(lines, " "); strings.Contains(text, "   f: ") || strings.Contains(text, "Are you in again") {
				t.Errorf("%s: work is shown as a way in: %q", page.ID, text)
			}
		}
	}
	if len(v.drawn) == 0 {
		t.Error("no runbook")
	}
}

// TestWalkGoesOnWhereItWasLeft: with ticks, and without the ways that failed.
func TestWalkGoesOnWhereItWasLeft(t *testing.T) {
	g, _ := played(t, "y", "", "l", "q")
	if err := g.lead(trial); err != ErrLeft {
		t.Fatal(err)
	}
	left, ok := g.Keep.GuideProgress()
	if !ok || left.Page != "github" || left.Path != "code" || left.Step != "C2" || !slices.Equal(left.Skipped, []string{"C1"}) {
		t.Fatalf("left %+v, %t", left, ok)
	}
	left.Failed = []string{"key"}
	again, v := played(t, "", "f", "")
	if err := again.try(trial, &left); err != console.ErrInterrupted {
		t.Fatal(err)
	}
	if first := strings.Join(v.drawn[0], " "); !strings.Contains(first, "[-][ ] Step 2 of 2") {
		t.Errorf("goes on with %q", first)
	}
	if !strings.Contains(v.shown(), "recovery code") && !strings.Contains(v.shown(), "what remains") {
		t.Errorf("after that: %q", v.shown())
	}
	for _, gone := range []string{"nowhere", ""} {
		left.Path = gone
		if g.resumed(trial, left) != nil {
			t.Errorf("goes on along %q", gone)
		}
	}
}

// TestLaidOut: nothing is wider than the screen but what is copied whole.
func TestLaidOut(t *testing.T) {
	address := "https://example.com/" + strings.Repeat("x", 90)
	text := strings.Repeat("word ", 60) + strings.Repeat("言葉", 60)
	for _, columns := range []int{20, 60, 80, 120} {
		lines := laidOut([]block{para(text), item(text), {text: address, indent: 2, verbatim: true, close: true}}, columns)
		for _, line := range lines {
			if console.Width(line) > columns && strings.TrimSpace(line) != address {
				t.Errorf("%d columns: %q", columns, line)
			}
		}
		if lines[len(lines)-1] != "  "+address {
			t.Errorf("%d columns: the address is not whole", columns)
		}
	}
	if got := laidOut([]block{para("a"), para(""), item("b"), para("c\nd")}, 20); !slices.Equal(got, []string{"a", "  b", "", "c", "d"}) {
		t.Errorf("%q", got)
	}
}

// TestScreenfuls: a text that is longer than the screen is shown in pieces, all of
// it, and any key but Enter ends that.
func TestScreenfuls(t *testing.T) {
	var blocks []block
	for i := range 50 {
		blocks = append(blocks, item(strings.Repeat("x", i)))
	}
	g, v := played(t, "", "", "y")
	v.rows = 20
	answer, err := g.ask("keys", append([]block{para("top")}, blocks...)...)
	if err != nil || answer != "y" || len(v.drawn) != 3 {
		t.Fatalf("%q, %v after %d screens", answer, err, len(v.drawn))
	}
	if last := v.drawn[2]; last[len(last)-1] != "keys" || !strings.Contains(v.shown(), strings.Repeat("x", 49)) {
		t.Errorf("the last screen is %q", v.drawn[2])
	}
	g, v = played(t, "q")
	v.rows = 20
	if answer, err := g.ask("keys", blocks...); answer != "q" || err != nil || len(v.drawn) != 1 {
		t.Errorf("%q, %v after %d screens", answer, err, len(v.drawn))
	}
}

// A screen ends with a paragraph, if that fills half of it.
func TestScreensEndWithParagraphs(t *testing.T) {
	lines := []string{"a", "", "b", "b", "", "c", "c", "c"}
	for _, c := range []struct{ rows, shown int }{{8, 8}, {7, 4}, {6, 4}, {5, 4}, {4, 4}, {3, 3}, {2, 1}, {1, 1}, {0, 1}} {
		shown, rest := screenful(lines, 80, c.rows)
		if len(shown) != c.shown || len(shown)+len(rest) != len(lines) {
			t.Errorf("%d rows: %q, then %q", c.rows, shown, rest)
		}
	}
}
