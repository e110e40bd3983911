package words

import "testing"

func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestLanguageOf(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want Language
	}{
		{nil, English},
		{map[string]string{"LANG": "ja_JP.UTF-8"}, Japanese},
		{map[string]string{"LANG": "ja"}, Japanese},
		{map[string]string{"LANG": "ja_JP@cjknarrow"}, Japanese},
		{map[string]string{"LANG": "jam_JM.UTF-8"}, English},
		{map[string]string{"LANG": "de_DE.UTF-8"}, English},
		{map[string]string{"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, English},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, Japanese},
		{map[string]string{"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, English},
		{map[string]string{"LANG": "ja_JP.UTF-8", "LC_CTYPE": "en_GB.UTF-8"}, Japanese},
	} {
		if got := LanguageOf(environment(c.env)); got != c.want {
			t.Errorf("%v: %q, want %q", c.env, got, c.want)
		}
	}
}

func TestCharset(t *testing.T) {
	for _, c := range []struct {
		env         map[string]string
		utf8, shows bool // shows Japanese
	}{
		{nil, false, true},
		{map[string]string{"LANG": "ja_JP.UTF-8"}, true, true},
		{map[string]string{"LANG": "ja_JP.utf8@cjknarrow"}, true, true},
		{map[string]string{"LANG": "ja_JP"}, false, true},
		{map[string]string{"LANG": "ja_JP.eucJP"}, false, false},
		{map[string]string{"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, false, false},
		{map[string]string{"LANG": "ja_JP.UTF-8", "LC_CTYPE": "POSIX"}, false, false},
		{map[string]string{"LC_ALL": "C.UTF-8"}, true, true},
		{map[string]string{"LANG": "utf-8"}, false, true},
	} {
		env := environment(c.env)
		if got := UTF8(env); got != c.utf8 {
			t.Errorf("%v: UTF-8 is %t", c.env, got)
		}
		if got := Japanese.Shows(env); got != c.shows {
			t.Errorf("%v: shows Japanese is %t", c.env, got)
		}
		if !English.Shows(env) {
			t.Errorf("%v: does not show English", c.env)
		}
	}
}

func TestParseLanguage(t *testing.T) {
	for typed, want := range map[string]Language{"en": English, "ja": Japanese} {
		if got, ok := ParseLanguage(typed); !ok || got != want {
			t.Errorf("%s: %q, %t", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "de", "JA", "ja_JP.UTF-8"} {
		if _, ok := ParseLanguage(typed); ok {
			t.Errorf("%q is a language", typed)
		}
	}
}
