package console

import (
	"runtime"
	"testing"
)

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
		env := func(name string) string { return c.env[name] }
		if dumb, colours := Dumb(env), Colours(env); dumb != c.dumb || colours != c.colours {
			t.Errorf("%v: dumb %t, colours %t", c.env, dumb, colours)
		}
	}
}
