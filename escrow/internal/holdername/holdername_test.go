package holdername

import (
	"errors"
	"strings"
	"testing"
)

// TestCheck is F4: a name is one and the same folder on every file system.
func TestCheck(t *testing.T) {
	for _, name := range []string{"a", "anna", "0", "board-2", "a-", "com", "com10", "console", "lpta", strings.Repeat("a", 32)} {
		if err := Check(name); err != nil {
			t.Errorf("%q is refused: %v", name, err)
		}
	}
	for _, name := range []string{"", "-a", "Anna", "an na", "a.b", "a/b", "..", "é", "a_b", "a\n", "con", "prn", "aux", "nul", "com1", "lpt0", strings.Repeat("a", 33)} {
		if err := Check(name); !errors.Is(err, Err) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][2]string{{"Office", "office "}, {"ＯＦＦＩＣＥ", "office"}, {"Cafe\u0301", "café"}, {"ｶﾞﾚｰｼﾞ", "ガレージ"}, {"", " \t"}} {
		if Fold(same[0]) != Fold(same[1]) {
			t.Errorf("%q and %q are two names", same[0], same[1])
		}
	}
	for _, two := range [][2]string{{"office", "offices"}, {"of fice", "office"}, {"か", "が"}} {
		if Fold(two[0]) == Fold(two[1]) {
			t.Errorf("%q and %q are one name", two[0], two[1])
		}
	}
}
