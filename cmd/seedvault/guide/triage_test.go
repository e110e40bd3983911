package guide

import (
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

// TestNotKnowing: on every page, whoever answers all questions with "don't know" is
// first led to what finds out what there is, and nobody else is.
func TestNotKnowing(t *testing.T) {
	eachPage(t, func(t *testing.T, g *Guide, p *Page) {
		all := func(r Reply) Replies {
			replies := Replies{}
			for _, q := range g.Asked(p) {
				replies[q.ID] = r
			}
			return replies
		}
		if len(g.Asked(p)) == 0 {
			return
		}
		for r, first := range map[Reply]bool{Unknown: true, No: false, Yes: false} {
			paths := g.Triage(p, all(r)).Paths
			if got := len(paths) > 0 && paths[0].If == IfUnknown; got != first {
				t.Errorf("%s to all leads to %q", r, ids(paths))
			}
		}
		if path, ok := g.PathOf(p, "find-out"); !ok || path.If != IfUnknown {
			t.Error("what finds out cannot be walked on this page")
		}
	})
}
