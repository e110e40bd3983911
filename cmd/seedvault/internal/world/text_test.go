package world

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestDecoded: a text is what it was meant, whatever Windows saved it as.
func TestDecoded(t *testing.T) {
	for about, c := range map[string]struct{ saved, want string }{
		"plain":                 {"otpauth", "otpauth"},
		"UTF-8 with a mark":     {"\xef\xbb\xbf銀行", "銀行"},
		"UTF-16, little endian": {"\xff\xfeo\x00t\x00", "ot"},
		"UTF-16, big endian":    {"\xfe\xff\x00o\x00t", "ot"},
		"no text at all":        {"\x89PNG", "\x89PNG"},
	} {
		if got := Decoded([]byte(c.saved)); got != c.want {
			t.Errorf("%s: %q, want %q", about, got, c.want)
		}
	}
}

// TestTrimmed: what nobody sees around a line is no part of it.
func TestTrimmed(t *testing.T) {
	for line, want := range map[string]string{" a b\r\n": "a b", "\ufeffa\x00": "a", "\u3000a\u3000": "a", "": ""} {
		if got := Trimmed(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestAnswers: a yes, a no and an all are known in either language and any width; any
// other word is no answer.
func TestAnswers(t *testing.T) {
	for typed, want := range map[string]Answer{"y": Yes, "YES": Yes, "ｙ": Yes, " はい ": Yes, "n": No, "いいえ": No, "a": All, "全部": All} {
		if got, is := AnswerOf(typed); !is || got != want {
			t.Errorf("%q is an answer: %t, %d; want %d", typed, is, got, want)
		}
	}
	for _, typed := range []string{"", "yes please", "ja", "maybe"} {
		if _, is := AnswerOf(typed); is || IsYes(typed) || IsNo(typed) {
			t.Errorf("%q is taken for an answer", typed)
		}
	}
}

// TestLooksLikePath: a word that could be an answer is none.
func TestLooksLikePath(t *testing.T) {
	for typed, want := range map[string]bool{"sheet.html": true, "./x": true, `C:\x`: true, "~": true, "yes": false, "ja": false, ".": false, "": false, "x.": false} {
		if got := LooksLikePath(typed); got != want {
			t.Errorf("%q is meant as a path: %t", typed, got)
		}
	}
}

// TestHomeIsExpanded: ~ is the home folder under the name that the system has for it, and a
// name that only begins so is none.
func TestHomeIsExpanded(t *testing.T) {
	for _, variable := range []string{"HOME", "USERPROFILE"} {
		home := t.TempDir()
		if err := os.WriteFile(filepath.Join(home, "a.png"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		w := &World{Getenv: func(name string) string { return map[string]string{variable: home}[name] }}
		for _, c := range [][2]string{
			{"~", home}, {"~/a.png", home + "/a.png"}, {filepath.FromSlash("~/a.png"), home + filepath.FromSlash("/a.png")}, {"~anna/a.png", "~anna/a.png"},
		} {
			if got := w.PastedPaths(c[0]); !slices.Equal(got, []string{c[1]}) {
				t.Errorf("%s: %q is %q, want %q", variable, c[0], got, c[1])
			}
		}
	}
}
