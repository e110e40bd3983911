package google_test

import (
	"fmt"
	"testing"

	"seedvault/escrow/exchange/google"
)

// part is a code with one account, whose name is what tells it from others.
func part(t *testing.T, name string, number, of, batch int) google.Part {
	t.Helper()
	fields := secret + fmt.Sprintf("12 %02x %x ", len(name), name)
	rest := fmt.Sprintf("10 02 18 %02x 20 %02x", of, number-1)
	if batch != 0 {
		rest += fmt.Sprintf("28 %02x", batch)
	}
	p := parse(t, linkOf(message(t, account(fields, rest))))
	if p.Number != number || p.Of != of {
		t.Fatalf("part %d of %d, want %d of %d", p.Number, p.Of, number, of)
	}
	return p
}

func TestExports(t *testing.T) {
	t.Parallel()
	type code struct {
		name              string
		number, of, batch int
	}
	for name, c := range map[string]struct {
		codes []code
		want  string
	}{
		"nothing":              {nil, "[]"},
		"one code":             {[]code{{"a", 1, 1, 7}}, "[]"},
		"all, backwards":       {[]code{{"c", 3, 3, 7}, {"b", 2, 3, 7}, {"a", 1, 3, 7}}, "[]"},
		"one is missing":       {[]code{{"c", 3, 3, 7}, {"a", 1, 3, 7}}, "[{3 [2] []}]"},
		"two are missing":      {[]code{{"b", 2, 3, 7}}, "[{3 [1 3] []}]"},
		"two exports":          {[]code{{"a", 1, 2, 7}, {"x", 2, 2, 8}, {"b", 2, 2, 7}}, "[{2 [1] []}]"},
		"both are short":       {[]code{{"x", 2, 2, 8}, {"a", 1, 3, 7}}, "[{2 [1] []} {3 [2 3] []}]"},
		"two sizes":            {[]code{{"a", 1, 2, 7}, {"b", 2, 3, 7}}, "[{2 [2] []} {3 [1 3] []}]"},
		"a clash":              {[]code{{"a", 1, 2, 7}, {"b", 2, 2, 7}, {"B", 2, 2, 7}}, "[{2 [] [2]}]"},
		"a clash, one missing": {[]code{{"a", 1, 3, 7}, {"b", 2, 3, 7}, {"B", 2, 3, 7}}, "[{3 [3] [2]}]"},

		"no number, all":                 {[]code{{"a", 1, 2, 0}, {"b", 2, 2, 0}}, "[]"},
		"no number, one missing":         {[]code{{"b", 2, 2, 0}}, "[{2 [1] []}]"},
		"no number, two exports":         {[]code{{"a", 1, 2, 0}, {"x", 1, 2, 0}, {"b", 2, 2, 0}, {"y", 2, 2, 0}}, "[]"},
		"no number, of two one is short": {[]code{{"a", 1, 2, 0}, {"x", 1, 2, 0}, {"b", 2, 2, 0}}, "[{2 [2] []}]"},
		"no number, single codes":        {[]code{{"a", 1, 1, 0}, {"x", 1, 1, 0}}, "[]"},
	} {
		var g google.Exports
		for _, c := range c.codes {
			if !g.Add(part(t, c.name, c.number, c.of, c.batch)) {
				t.Errorf("%s: %s is not new", name, c.name)
			}
		}
		for _, c := range c.codes {
			if g.Add(part(t, c.name, c.number, c.of, c.batch)) {
				t.Errorf("%s: %s is new a second time", name, c.name)
			}
		}
		if got := fmt.Sprint(g.Incomplete()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	var g google.Exports
	if g.Add(google.Part{}) || len(g.Incomplete()) != 0 {
		t.Error("a part that was not read is counted")
	}
}
