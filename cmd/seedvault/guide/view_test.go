package guide

import (
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/words"
)

var languages = []words.Language{words.English, words.Japanese}

func TestViewPage(t *testing.T) {
	g := example(t)
	p, _ := g.Page("example")
	got := View{Width: 60}.Page(p)
	const want = `Example
=======
As of 2026-08. Checked against official pages saved until
September 2026; sites change. If a label differs, look for
the same meaning.

Use a recovery code.

How long it takes: Three days. [E1]
What it costs: People reported a fee. [reported: E2]

Have ready
----------
- The registered mailbox. [E1]

What is not possible
--------------------
- Support does not restore. [E1]

Take care
---------
- Do not sign out. [our advice]

Ways in, the best first
-----------------------

A. You have a recovery code
   (official: E1)
  1. Choose "More options".
     https://example.com/login
     You should see: A field for the code.
     If not: Reload the page.
  2. Look for the file. [our advice]
       ls ~/Downloads
       ls ~/Documents
   If this way fails: Used codes are refused.
   Read beside: seedvault guide told

B. You read the mailbox
   (official: E1)
  1. Ask for a mail.

C. Ask support
   Done by the service's support.
   (reported: E2)
  1. People reported that a form helped.

D. What remains
   (our advice)
  1. Make a new account.

Good to know
------------
- The form is English. [official, older copy: E1]

Before it happens
-----------------
[ ] codes: Save the codes. [E1]

Sources
-------
[E1] official; undated copy
     https://example.com/help/lost
[E2] reported; 2024 post
     https://example.net/blog
`
	if got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestViewOld(t *testing.T) {
	g := example(t)
	p, _ := g.Page("example")
	for _, c := range []struct {
		now time.Time
		old bool
	}{
		{time.Time{}, false},
		{time.Date(2027, 8, 1, 0, 0, 0, 0, time.UTC), false},
		{time.Date(2027, 8, 2, 0, 0, 0, 0, time.UTC), true},
	} {
		for _, l := range languages {
			text := View{Language: l, Now: c.now}.Page(p)
			lines := strings.Split(text, "\n")
			word, _, _ := strings.Cut(wordOld.In(l), "%s")
			word = string([]rune(word)[:12])
			if at := strings.Contains(lines[2], word); at != c.old || strings.Contains(text, word) != c.old {
				t.Errorf("%v in %q: old %v:\n%s", c.now, l, at, text)
			}
		}
	}
}

// TestViewService: the generic page shows a service's own addresses whole, before
// the steps.
func TestViewService(t *testing.T) {
	g := example(t)
	for domain, want := range map[string]string{
		"zondaglobal.com": "https://zondaglobal.com/en/helpdesk/zonda-exchange/my-account/what-can-be-done-if-google-authenticator-app-is-lost\n",
		"aeza.net":        "aeza.net",
	} {
		f := g.Find(domain)
		for _, l := range languages {
			text := View{Language: l, Width: 60, Service: f.Service}.Page(f.Page)
			at, steps := strings.Index(text, want), strings.Index(text, "A. ")
			if at < 0 || at > steps || !strings.HasPrefix(text, f.Service.Name+"\n") {
				t.Errorf("%s:\n%s", domain, text)
			}
		}
	}
}

func TestViewStep(t *testing.T) {
	g := example(t)
	p, _ := g.Page("example")
	path, _ := p.Path("codes")
	step, _ := path.Step("C1")
	want := `手順 1 / 2 (公式: E1)
「More options」を選びます。
https://example.com/login
表示されるもの: コードの入力欄。
うまくいかないとき: 画面を読み込み直します。
`
	if got := (View{Language: words.Japanese}).Step(p, path, step); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestViewTree(t *testing.T) {
	g := example(t)
	p, _ := g.Page("example")
	text := View{}.Tree(g, p)
	places := []string{"  1. Do you have a recovery code", "yes: A. You have a recovery code", "  2. Can you read the mail", "yes: B. You read the mailbox", "- C. Ask support", "- D. What remains"}
	last := -1
	for _, want := range places {
		at := strings.Index(text, want)
		if at <= last {
			t.Fatalf("%q is not there, or too early:\n%s", want, text)
		}
		last = at
	}
	hub, _ := g.Page("hub")
	if text := (View{}).Tree(g, hub); !strings.Contains(text, "- By mail\n  seedvault guide example\n") {
		t.Errorf("a page that leads on:\n%s", text)
	}
}

func TestViewList(t *testing.T) {
	g := example(t)
	text := View{}.List(g.List())
	for _, want := range []string{"Services\n", "example  Example\n", "told     A story\n", "2factorauth and Contributors"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
