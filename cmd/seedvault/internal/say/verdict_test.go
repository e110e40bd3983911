package say

import (
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		voice Voice
		good  bool
		want  string
	}{
		{Voice{}, true, "nothing is damaged or missing"},
		{Voice{}, false, "nothing is damaged or missing"},
		{Voice{Coloured: true}, true, "\x1b[32mnothing is damaged or missing\x1b[0m"},
		{Voice{Coloured: true}, false, "\x1b[1;31mnothing is damaged or missing\x1b[0m"},
		{Voice{Coloured: true, Lang: words.Japanese}, true, "\x1b[32m壊れたもの、足りないものはありません\x1b[0m"},
	} {
		if got := c.voice.Verdict(c.good, words.CheckGood); got != c.want {
			t.Errorf("%+v, good %t: %q, want %q", c.voice, c.good, got, c.want)
		}
	}
}
