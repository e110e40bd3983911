package console

import "testing"

// TestPage: a page of help on a narrow screen, with its paragraphs and its columns.
func TestPage(t *testing.T) {
	if got, want := Page("One paragraph of\nto\nlines", 12), "One\nparagraph of\nto lines"; got != want {
		t.Errorf("a line of two letters: %q, want %q", got, want)
	}
	const page = "usage: x [flags] VERB\n\nOne paragraph that was\nbroken by hand.\n\nset up  tour  the whole\n              story\n        init  begin\n\n  --flag  what it\n          does\n\n一二三\n四五六七八九十一二三四五"
	for width, want := range map[int]string{
		0:   page,
		100: page,
		24:  page,
		22:  "usage: x [flags] VERB\n\nOne paragraph that was\nbroken by hand.\n\nset up  tour\n    the whole story\n        init\n    begin\n\n  --flag\n    what it does\n\n一二三四五六七八九十一\n二三四五",
	} {
		if got := Page(page, width); got != want {
			t.Errorf("in %d columns:\n%s\nwant:\n%s", width, got, want)
		}
	}
}
