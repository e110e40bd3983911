package speech

import (
	"runtime"
	"testing"
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
		{Voice{Coloured: true, Lang: Japanese}, true, "\x1b[32m壊れたもの、足りないものはありません\x1b[0m"},
	} {
		if got := c.voice.Verdict(c.good, CheckGood); got != c.want {
			t.Errorf("%+v, good %t: %q, want %q", c.voice, c.good, got, c.want)
		}
	}
}

func TestColours(t *testing.T) {
	for _, c := range []struct {
		env           map[string]string
		dumb, colours bool
	}{
		{map[string]string{"TERM": "xterm-256color"}, false, true},
		{map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false, false},
		{map[string]string{"TERM": "xterm", "NO_COLOR": ""}, false, true},
		{map[string]string{"TERM": "dumb"}, true, false},
		{nil, runtime.GOOS != "windows", false},
	} {
		env := environment(c.env)
		if dumb, colours := Dumb(env), Colours(env); dumb != c.dumb || colours != c.colours {
			t.Errorf("%v: dumb %t, colours %t", c.env, dumb, colours)
		}
	}
}
