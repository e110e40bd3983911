package format

import "testing"

// TestReceipts: a file is named by the first 12 characters of its HASH, or more, and by
// nothing shorter.
func TestReceipts(t *testing.T) {
	r := Ref{Path: "1-e503a3b2/seeds/x.age", Sum: Sum([]byte("a file"))}
	if len(r.String()) != 12 || len(r.Hash()) != 32 || r.Hash()[:12] != r.String() {
		t.Errorf("receipt %s of %s", r, r.Hash())
	}
	for word, want := range map[string]bool{
		"": false, r.Hash()[:8]: false, r.Hash()[:11]: false, r.String(): true, r.Hash()[:20]: true, r.Hash(): true,
		r.Hash() + "a": false, r.Hash()[:11] + "1": false,
	} {
		if r.Is(word) != want {
			t.Errorf("%q names it: %t", word, !want)
		}
	}
}
