package say

import (
	"testing"

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
		{"my vault's", "seedvault check", `seedvault check --vault 'my vault'\''s'`},
		{"100%", "seedvault check", "seedvault check --vault '100%%'"},
	} {
		if got := (Voice{Vault: c.vault}).aimed(c.text); got != c.want {
			t.Errorf("%q for %q: %q, want %q", c.text, c.vault, got, c.want)
		}
	}
	told := (Voice{Vault: "100%"}).Text(words.HintDeclined)
	if want := "see seedvault list --vault '100%', and type the command again when you are sure"; told != want {
		t.Errorf("%q, want %q", told, want)
	}
}
