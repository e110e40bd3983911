package rclonestore

import (
	"fmt"
	"slices"
	"testing"
)

// TestSealsByNumber is F79: seals are carried in the order of their numbers, however many
// digits these have, and after all else.
func TestSealsByNumber(t *testing.T) {
	want := []string{"1-0/seals/0002-a.txt.sig", "1-0/vault.txt"}
	for _, number := range []int{2, 999, 1000, 9999, 10_000, 10_001, 99_999, 100_000, 999_999_999} {
		want = append(want, fmt.Sprintf("1-0/seals/%04d-a.txt", number))
	}
	files := map[string][]byte{}
	for _, name := range want {
		files[name] = nil
	}
	if got := slices.Concat(grouped(files)...); !slices.Equal(got, want) {
		t.Errorf("carried as %q", got)
	}
	if groups := grouped(nil); len(groups) != 0 {
		t.Errorf("of nothing: %q", groups)
	}
}
