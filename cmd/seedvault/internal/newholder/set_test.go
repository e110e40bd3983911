package newholder

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/roster"
)

// recipient returns a made-up one.
func recipient(t *testing.T) string {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id.Recipient().String()
}

func newSet() *Set {
	return &Set{world: &world.World{Voice: say.Voice{Out: new(bytes.Buffer), Err: new(bytes.Buffer)}}}
}

// TestAddRecipients: a recipient has the name that stands before it, else the number of its
// place, and one that is none is refused.
func TestAddRecipients(t *testing.T) {
	set := newSet()
	if err := set.AddRecipients([]string{"anna=" + recipient(t), recipient(t), "bob=" + recipient(t)}); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, h := range set.Roster() {
		names = append(names, h.Name)
		if h.Kind != roster.KindKey || !strings.HasPrefix(h.Recipient, "age1") {
			t.Errorf("%+v", h)
		}
	}
	if !slices.Equal(names, []string{"anna", "key2", "bob"}) {
		t.Errorf("%q", names)
	}
	if err := newSet().AddRecipients([]string{"anna=age1nothing"}); err == nil {
		t.Error("a recipient that is none is taken")
	}
}

// TestTwice: two of one name are found before anything is shown, with those that are yet to
// be made.
func TestTwice(t *testing.T) {
	set := newSet()
	if err := set.AddRecipient("anna", recipient(t)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		names []string
		want  bool
	}{{nil, false}, {[]string{"bob"}, false}, {[]string{"anna"}, true}, {[]string{"bob", "bob"}, true}, {[]string{"", ""}, false}} {
		if got := set.Twice(c.names...); got != c.want {
			t.Errorf("%q: %t", c.names, got)
		}
	}
}

// TestAddQuorum: as many shares are for paper as members have no key of their own, and what
// is no quorum is said as how to name one.
func TestAddQuorum(t *testing.T) {
	set := newSet()
	if err := set.AddQuorum("board", "2", []string{"anna=" + recipient(t), "bob=paper", "carol=paper"}, false); err != nil {
		t.Fatal(err)
	}
	h := set.Roster()[0]
	if h.Kind != roster.KindQuorum || h.Threshold != 2 || len(h.Members) != 3 || h.WaysIn() != 2 {
		t.Errorf("%+v", h)
	}
	var paper []string
	for _, s := range set.shares {
		paper = append(paper, s.member)
	}
	if !slices.Equal(paper, []string{"bob", "carol"}) {
		t.Errorf("on paper: %q", paper)
	}
	if text := fmt.Sprintf("%v %+v %#v", set, set, set); strings.Contains(text, set.shares[0].share.Paper()[0]) || !strings.Contains(text, elided) {
		t.Errorf("the set prints %q", text)
	}
	for _, wrong := range [][]string{{"two", "anna=paper"}, {"2", "anna"}} {
		var e *say.Error
		if err := newSet().AddQuorum("board", wrong[0], wrong[1:], false); !errors.As(err, &e) || e.Message != words.QuorumWhat {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// TestIsPage: a sheet whose name ends like a page is printed from a browser.
func TestIsPage(t *testing.T) {
	for name, want := range map[string]bool{"a.html": true, "a.HTM": true, "a.txt": false, "html": false} {
		if IsPage(name) != want {
			t.Errorf("%s is a page: %t", name, !want)
		}
	}
}
