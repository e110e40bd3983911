package scan_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"slices"
	"strings"
	"testing"

	"seedvault/qr/scan"
)

// halves returns the two codes of split.png, each in a picture of its own.
func halves(t *testing.T) (left, right image.Image) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(readFile(t, "split.png")))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	part := func(r image.Rectangle) image.Image {
		page := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
		draw.Draw(page, page.Rect, img, r.Min, draw.Src)
		return page
	}
	return part(image.Rect(0, 0, b.Dx()/2, b.Dy())), part(image.Rect(b.Dx()/2, 0, b.Dx(), b.Dy()))
}

// A text that is split over codes is joined, in one picture and over several, and while a part is
// missing it is named and nothing is given out.
func TestTextsInParts(t *testing.T) {
	left, right := halves(t)
	var first, second *scan.PartsError
	found, err := scan.ReadImage(context.Background(), left)
	if !errors.As(err, &first) || !errors.Is(err, scan.ErrPart) || len(found) > 0 {
		t.Fatalf("left: %d codes, %v", len(found), err)
	}
	if _, err = scan.ReadImage(context.Background(), right); !errors.As(err, &second) {
		t.Fatalf("right: %v", err)
	}
	if first.Of != 2 || !slices.Equal(first.Here, []int{1}) || !slices.Equal(first.Missing, []int{2}) ||
		!slices.Equal(second.Here, []int{2}) || !slices.Equal(second.Missing, []int{1}) {
		t.Errorf("left is part %v without %v of %d, right %v without %v", first.Here, first.Missing, first.Of, second.Here, second.Missing)
	}
	for name, list := range map[string][]*scan.PartsError{"in order": {first, second}, "backwards": {second, first}, "twice": {first, second, first}} {
		whole, missing := scan.JoinParts(list...)
		if !slices.Equal(texts(whole), []string{acme}) || len(missing) > 0 {
			t.Errorf("%s: %d texts, %d missing", name, len(whole), len(missing))
		}
	}
	whole, missing := scan.JoinParts(first, first)
	if len(whole) > 0 || len(missing) != 1 || !slices.Equal(missing[0].Missing, []int{2}) {
		t.Errorf("one half twice: %d texts, %d missing", len(whole), len(missing))
	}
	// What is missing is said beside what was read.
	page := blank(600, 300)
	place(page, left, 10, 10)
	place(page, drawn(t, example, 4), 300, 20)
	found, err = scan.ReadImage(context.Background(), page)
	if !slices.Equal(texts(found), []string{example}) || !errors.Is(err, scan.ErrPart) {
		t.Errorf("beside another: %d codes, %v", len(found), err)
	}
}

func TestPartsErrorNeverPrintsItsText(t *testing.T) {
	left, _ := halves(t)
	_, err := scan.ReadImage(context.Background(), left)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		printed := strings.ToLower(fmt.Sprintf(verb, err))
		for _, secret := range []string{"otpauth", "jbsw", fmt.Sprintf("%x", "otpauth")} {
			if strings.Contains(printed, secret) {
				t.Errorf("%s prints %.80q", verb, printed)
			}
		}
	}
}
