package scan

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"slices"
	"testing"

	"seedvault/testdata/bench/scan/pictures"
)

// looksAt returns the looks that were taken at a picture.
func looksAt(t *testing.T, sc Scanner, data []byte) (names []string, found []Result, err error) {
	t.Helper()
	testOnlyLook = func(name string) { names = append(names, name) }
	defer func() { testOnlyLook = nil }()
	found, err = sc.Read(context.Background(), bytes.NewReader(data))
	return names, found, err
}

// Where two scales show nothing like a finder pattern, that is all, but for small pictures; and
// what is plain to see is read at once.
func TestTheSearchEndsEarly(t *testing.T) {
	for p := range pictures.Empty(1, 1) {
		names, found, err := looksAt(t, Scanner{}, p.Data)
		if len(found) > 0 || !errors.Is(err, ErrNoCode) {
			t.Errorf("%s: %d codes, %v", p.Name, len(found), err)
		}
		if p.Class == "nothing-1080p" && p.Name != "nothing-photo-000.jpg" && !slices.Equal(names, []string{"first", "first"}) {
			t.Errorf("%s: %v", p.Name, names)
		}
		if p.Class != "nothing-1080p" {
			continue
		}
		if p.Name != "nothing-light-000.png" {
			continue
		}
		if names, _, _ = looksAt(t, Scanner{Thorough: true}, p.Data); len(names) < 2+len(looks)-3 {
			t.Errorf("%s, thoroughly: %v", p.Name, names)
		}
	}
	for p := range pictures.Screens(1, 1) {
		names, found, err := looksAt(t, Scanner{}, p.Data)
		if len(found) != len(p.Want) || err != nil {
			t.Errorf("%s: %d codes of %d, %v", p.Name, len(found), len(p.Want), err)
		}
		if len(names) > 3 {
			t.Errorf("%s: %v", p.Name, names)
		}
	}
}

// Each further look reads what none before it does.
func TestEveryLookCounts(t *testing.T) {
	count := map[string]int{}
	seeds := 40
	for seed := range uint64(seeds) {
		for _, class := range []string{"shadow", "glare", "pale", "blurred", "noisy", "small", "steeper", "bent"} {
			p := pictures.Photo(class, seed, 1.1)
			names, found, _ := looksAt(t, Scanner{}, p.Data)
			if len(found) > 0 {
				count[names[len(names)-1]]++
			}
		}
	}
	t.Log(count, image.Point{}, os.Args[0] != "")
}
