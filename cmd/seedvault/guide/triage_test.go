package guide

import (
	"encoding/json"
	"strings"
	"testing"
)

func ids(list []*Path) string {
	var s []string
	for _, p := range list {
		s = append(s, p.ID)
	}
	return strings.Join(s, " ")
}

func TestTriage(t *testing.T) {
	g := example(t)
	p, _ := g.Page("example")
	for _, c := range []struct {
		name    string
		replies Replies
		next    string
		paths   string
	}{
		{"nothing asked", nil, "recovery-code", "codes mail support nothing"},
		{"the first holds", Replies{"recovery-code": Yes}, "", "codes mail support nothing"},
		{"the second holds", Replies{"recovery-code": No, "mailbox": Yes}, "", "mail support nothing"},
		{"a maybe comes behind", Replies{"recovery-code": Unknown, "mailbox": Yes}, "", "mail codes support nothing"},
		{"a maybe is asked on", Replies{"recovery-code": Unknown}, "mailbox", "codes mail support nothing"},
		{"a maybe before support", Replies{"recovery-code": No, "mailbox": Unknown}, "", "mail support nothing"},
		{"nothing holds", Replies{"recovery-code": No, "mailbox": No}, "", "support nothing"},
	} {
		got := g.Triage(p, c.replies)
		next := ""
		if got.Next != nil {
			next = got.Next.ID
		}
		if next != c.next || ids(got.Paths) != c.paths {
			t.Errorf("%s: next %q, paths %q; want %q, %q", c.name, next, ids(got.Paths), c.next, c.paths)
		}
	}
}

// TestWalk goes through a page from its first step to its last path, keeping the
// walk as JSON in between.
func TestWalk(t *testing.T) {
	g := example(t)
	w := g.StartWalk(g.Find("example"), Replies{"mailbox": No})
	at := func(path, step string) {
		t.Helper()
		text, err := json.Marshal(w)
		if err != nil {
			t.Fatal(err)
		}
		var again Walk
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatalf("%s is not read back: %v", text, err)
		}
		if kept, _ := json.Marshal(again); string(kept) != string(text) {
			t.Fatalf("%s is read back as %s", text, kept)
		}
		place, ok := g.Place(again)
		gotPath, gotStep := "", ""
		if place.Path != nil {
			gotPath = place.Path.ID
		}
		if place.Step != nil {
			gotStep = place.Step.ID
		}
		if !ok || gotPath != path || gotStep != step {
			t.Fatalf("at %q %q, want %q %q", gotPath, gotStep, path, step)
		}
	}
	at("codes", "C1")
	before := w
	w = w.Tick("C1").Tick("C1")
	at("codes", "C2")
	if len(before.Done) != 0 || len(w.Done) != 1 {
		t.Errorf("done: %v before, %v after", before.Done, w.Done)
	}
	w = w.Untick("C1")
	at("codes", "C1")
	w = w.Tick("C1").Tick("C2")
	at("codes", "")
	w = g.Fail(w)
	at("support", "U1")
	w = w.On("mail")
	at("mail", "M1")
	w = g.Fail(w)
	at("support", "U1")
	w = g.Fail(w)
	at("nothing", "L1")
	w = g.Fail(w)
	at("", "")
	w = w.On("codes")
	at("codes", "")
}

func TestWalkOfService(t *testing.T) {
	g := example(t)
	w := g.StartWalk(g.Find("zoom.us"), nil)
	if place, ok := g.Place(w); !ok || place.Page.ID != Generic || place.Service == nil || place.Service.Name != "Zoom" || place.Number != 1 {
		t.Errorf("%+v", place)
	}
}

// TestWalkThatNoLongerFits: what a newer program cut otherwise is said, not guessed.
func TestWalkThatNoLongerFits(t *testing.T) {
	g := example(t)
	for _, w := range []Walk{{}, {Page: "gone"}, {Page: "example", Path: "gone"}} {
		if place, ok := g.Place(w); ok {
			t.Errorf("%+v is at %+v", w, place)
		}
	}
	if left := g.Left(Walk{Page: "gone"}); left != nil {
		t.Errorf("paths of no page: %v", left)
	}
}
