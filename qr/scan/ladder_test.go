package scan

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

func picture(t *testing.T, name string) image.Image {
	t.Helper()
	f, err := os.Open(filepath.Join("../../testdata/images", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// climbed reads a picture and returns the last rung that it took, "" for none.
func climbed(t *testing.T, img image.Image) (last string, found []Result, err error) {
	t.Helper()
	testOnlyClimbed = func(rung string) { last = rung }
	defer func() { testOnlyClimbed = nil }()
	found, err = ReadImage(context.Background(), img)
	return last, found, err
}

// TestEveryRungCounts: each rung reads a picture that nothing before it does.
func TestEveryRungCounts(t *testing.T) {
	reads := map[string]string{
		"one threshold":          "blurred.png",
		"twice the size":         "more-blurred.png",
		"half the size":          "rows.png",
		"two thirds of the size": "speckled-large.png",
		"less noise":             "thin.png",
		"uneven light":           "speckled.png",
		"colours":                "white-on-nothing.png",
		"parts":                  "small-in-large.png",
	}
	for _, r := range ladder {
		name := reads[r.name]
		if name == "" {
			t.Errorf("%s reads nothing", r.name)
			continue
		}
		if last, found, err := climbed(t, picture(t, name)); last != r.name || len(found) != 1 || err != nil {
			t.Errorf("%s: read %d codes on %q, %v; want %q", name, len(found), last, err, r.name)
		}
	}
}

// TestFirstLook: what is plain to see is read without the ladder.
func TestFirstLook(t *testing.T) {
	for _, name := range []string{"clean.png", "screenshot.png", "two.png", "inverted.png"} {
		if last, found, err := climbed(t, picture(t, name)); last != "" || len(found) == 0 || err != nil {
			t.Errorf("%s: climbed to %q, read %d, %v", name, last, len(found), err)
		}
	}
}

// TestBoundsOnEveryRung: a code lies where it lies, whatever the rung that read it.
func TestBoundsOnEveryRung(t *testing.T) {
	for _, name := range []string{"blurred.png", "more-blurred.png", "rows.png", "speckled-large.png", "thin.png", "white-on-nothing.png"} {
		img := picture(t, name)
		page := image.NewRGBA(image.Rect(0, 0, img.Bounds().Dx()+60, img.Bounds().Dy()+30))
		draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
		if name == "white-on-nothing.png" {
			page = image.NewRGBA(page.Rect)
		}
		draw.Draw(page, page.Rect, img, image.Pt(-60, -30), draw.Over)
		_, found, err := climbed(t, page)
		if len(found) != 1 {
			t.Errorf("%s: %d codes, %v", name, len(found), err)
			continue
		}
		want := img.Bounds().Add(image.Pt(60, 30))
		if b := found[0].Bounds; !b.In(want.Inset(-16)) || b.Dx() < want.Dx()*3/5 || b.Dy() < want.Dy()*3/5 {
			t.Errorf("%s: lies in %v, and should in %v", name, b, want)
		}
	}
}

// ruined covers the middle of a code, so that its finder patterns are all there is.
func ruined(img image.Image) *image.RGBA {
	page := image.NewRGBA(img.Bounds())
	draw.Draw(page, page.Rect, img, img.Bounds().Min, draw.Src)
	middle := page.Rect.Inset(page.Rect.Dx() / 3)
	middle.Max = page.Rect.Max.Sub(image.Pt(page.Rect.Dx()/8, page.Rect.Dy()/8))
	draw.Draw(page, middle, image.White, image.Point{}, draw.Src)
	return page
}

func TestUnread(t *testing.T) {
	spoilt := ruined(picture(t, "clean.png"))
	_, found, err := climbed(t, spoilt)
	var unread *UnreadError
	if len(found) != 0 || !errors.As(err, &unread) {
		t.Fatalf("read %d, %v", len(found), err)
	}
	if unread.Pixels < 4 || unread.Pixels > 6 || !unread.Bounds.Overlaps(spoilt.Rect) {
		t.Errorf("seen %v, %.1f pixels a module; it has 5", unread.Bounds, unread.Pixels)
	}

	// Beside one that is read.
	good := picture(t, "inverted.png")
	page := image.NewRGBA(image.Rect(0, 0, 500, 300))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(page, spoilt.Rect.Add(image.Pt(10, 10)), spoilt, image.Point{}, draw.Src)
	draw.Draw(page, good.Bounds().Add(image.Pt(280, 20)), good, image.Point{}, draw.Src)
	if _, found, err = climbed(t, page); len(found) != 1 || !errors.As(err, &unread) {
		t.Errorf("read %d, %v", len(found), err)
	}

	// A picture without a code shows none.
	if _, found, err = climbed(t, picture(t, "nocode.png")); len(found) != 0 || !errors.Is(err, ErrNoCode) {
		t.Errorf("no code: read %d, %v", len(found), err)
	}
}

// TestStoppedOnTheWay: a context that ends on any rung ends the search there.
func TestStoppedOnTheWay(t *testing.T) {
	img := picture(t, "nocode.png")
	for _, at := range ladder {
		ctx, cancel := context.WithCancel(context.Background())
		var after []string
		testOnlyClimbed = func(rung string) {
			if after = append(after, rung); rung == at.name {
				cancel()
			}
		}
		_, err := ReadImage(ctx, img)
		testOnlyClimbed = nil
		cancel()
		if at.fits != nil && !at.fits(img.Bounds().Dx(), img.Bounds().Dy()) {
			continue
		}
		if !errors.Is(err, context.Canceled) || after[len(after)-1] != at.name {
			t.Errorf("stopped at %s: %v, after %v", at.name, err, after)
		}
	}
}
