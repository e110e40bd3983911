package wordlist

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestList(t *testing.T) {
	if len(all.Get()) != 2048 || !slices.IsSorted(all.Get()) {
		t.Fatalf("%d words, sorted %t; want 2,048 in order", len(all.Get()), slices.IsSorted(all.Get()))
	}
	seen := map[string]bool{}
	for _, w := range all.Get() {
		start := w[:min(len(w), 4)]
		if seen[start] || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q repeats another word's first four letters or is not of a-z", w)
		}
		seen[start] = true
	}
}

// TestListIsTheOriginal holds the list against the SHA-256 of BIP-39's own file.
func TestListIsTheOriginal(t *testing.T) {
	const want = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(list))); got != want {
		t.Errorf("SHA-256 of words.txt is %s", got)
	}
}

func TestGenerateRefusesNoWords(t *testing.T) {
	for _, n := range []int{0, -1} {
		if p, err := Generate(n); err == nil || p != "" {
			t.Errorf("%d words: %q, %v", n, p, err)
		}
	}
}

func TestGenerate(t *testing.T) {
	used := map[string]bool{}
	for range 2000 {
		p, err := Generate(6)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Split(p, " ")
		if len(words) != 6 {
			t.Fatalf("%d words, want 6", len(words))
		}
		for _, w := range words {
			if _, ok := slices.BinarySearch(all.Get(), w); !ok {
				t.Fatal("a word that is not in the list")
			}
			used[w] = true
		}
	}
	// 12,000 draws miss a given word with a chance of e^-5.86; 1,900 of 2,048
	// fails by chance less than once in 10^30 runs.
	if len(used) < 1900 {
		t.Errorf("only %d words are ever drawn", len(used))
	}
}

func TestSpellings(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"abandon ability able", []string{"abandon ability able"}},
		{"", []string{""}},
		{" a  b ", []string{" a  b ", "a b"}},
		{"a\u3000b", []string{"a\u3000b", "a b"}},
		{"a b\r\n", []string{"a b\r\n", "a b"}},
		{" \t", []string{" \t", ""}},
		{"caf\u00e9", []string{"caf\u00e9", "cafe\u0301"}},
		{"cafe\u0301", []string{"cafe\u0301", "caf\u00e9"}},
		{"caf\u00e9  x", []string{"caf\u00e9  x", "cafe\u0301  x", "caf\u00e9 x", "cafe\u0301 x"}},
		{"が", []string{"が", "か\u3099"}},
		{"Abandon ABILITY able", []string{"Abandon ABILITY able", "abandon ability able"}},
		{"abandon\u3000\uff41ble", []string{"abandon\u3000\uff41ble", "abandon \uff41ble", "abandon able"}},
		{"Abandon ABILITY abel", []string{"Abandon ABILITY abel"}},
	} {
		if got := Spellings(c.typed); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestStrong(t *testing.T) {
	for typed, want := range map[string]error{
		"":                  ErrShort,
		"fifteen letters":   ErrShort,
		"a               b": ErrShort,
		"sixteen letters!":  nil,
		"合言葉は十六文字以上でなければならないのです": nil,
	} {
		if err := Strong(typed); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", typed, err, want)
		}
	}
}

func FuzzSpellings(f *testing.F) {
	f.Add("caf\u00e9  x")
	f.Add("\xff\u3000")
	f.Fuzz(func(t *testing.T, typed string) {
		got := Spellings(typed)
		if len(got) == 0 || got[0] != typed || len(got) > 7 {
			t.Fatalf("%d spellings, the first must be what was typed", len(got))
		}
		slices.Sort(got)
		if len(slices.Compact(got)) != len(Spellings(typed)) {
			t.Fatal("a spelling stands twice")
		}
	})
}
