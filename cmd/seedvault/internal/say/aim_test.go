package say

import (
	"bytes"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// TestAimed: a command that a message tells to type is about the vault that was meant.
func TestAimed(t *testing.T) {
	for _, c := range []struct{ vault, text, want string }{
		{"", "see seedvault list", "see seedvault list"},
		{"work", "see seedvault list", "see seedvault list --vault work"},
		{"work", "%d: seedvault copy sync %s; or seedvault check", "%d: seedvault copy sync --vault work %s; or seedvault check --vault work"},
		{"work", "type seedvault holder add NAME", "type seedvault holder add --vault work NAME"},
		{"work", "seedvault guide, seedvault init, seedvault tour", "seedvault guide, seedvault init, seedvault tour"},
		{"work", "seedvault init --vault DIR", "seedvault init --vault DIR"},
		{"my vault's", "seedvault check", "seedvault check --vault " + console.ShellWord("my vault's")},
		{"100%", "seedvault check", "seedvault check --vault '100%%'"},
	} {
		if got := (Voice{Vault: c.vault}).aimed(c.text); got != c.want {
			t.Errorf("%q for %q: %q, want %q", c.text, c.vault, got, c.want)
		}
	}
	told := (Voice{Vault: "100%"}).Text(words.HintList)
	if want := "see seedvault list --vault '100%'"; told != want {
		t.Errorf("%q, want %q", told, want)
	}
}

// TestLinesFitTheScreen: a remark, an error and a hint are broken between words on a
// screen, in both languages, and whole in a pipe.
func TestLinesFitTheScreen(t *testing.T) {
	for _, language := range []words.Language{words.English, words.Japanese} {
		for _, columns := range []int{80, 60, 40, 0} {
			var b bytes.Buffer
			v := Voice{Err: &b, Lang: language, Columns: columns}
			v.Tell(Fail(words.NoSuchWaiting, "nobody").WithHint(words.HintNoVaultToAdd))
			v.Remark(words.ThreeWrongAtAdd)
			lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
			if columns == 0 {
				if len(lines) != 3 {
					t.Errorf("%q: %d lines in a pipe, want 3", language, len(lines))
				}
				continue
			}
			for _, line := range lines {
				if console.Width(line) > columns {
					t.Errorf("%q, %d columns: %q", language, columns, line)
				}
			}
			joined := strings.Join(strings.Fields(b.String()), "")
			whole := "seedvault: " + v.Text(words.ThreeWrongAtAdd)
			if !strings.HasSuffix(joined, strings.Join(strings.Fields(whole), "")) {
				t.Errorf("%q, %d columns: text is lost: %s", language, columns, b.String())
			}
			if language == words.English {
				for _, word := range strings.Fields(whole) {
					if !strings.Contains(b.String(), word) {
						t.Errorf("%d columns: %q is broken", columns, word)
					}
				}
			}
		}
	}
}
