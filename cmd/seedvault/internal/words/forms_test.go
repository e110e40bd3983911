package words

import "testing"

func TestChooseForms(t *testing.T) {
	for _, c := range []struct {
		text, want string
		args       []any
	}{
		{"brought %d {file|files} to %s", "brought %d file to %s", []any{1, "x"}},
		{"brought %d {file|files} to %s", "brought %d files to %s", []any{0, "x"}},
		{"%s had %d {file|files}; {it is|they are} here", "%s had %d file; it is here", []any{"x", 1}},
		{"%d {seed|seeds} for %d {holder|holders}", "%d seed for %d holders", []any{1, 2}},
		{"100%% of %d {file|files}%", "100%% of %d file%", []any{1}},
		{"%d{, and one more|}", "%d", []any{2}},
		{"no number, {one|many}", "no number, many", []any{"1"}},
		{"%d {", "%d {", []any{1}},
	} {
		if got := chooseForms(c.text, c.args); got != c.want {
			t.Errorf("%q with %v: %q, want %q", c.text, c.args, got, c.want)
		}
	}
}
