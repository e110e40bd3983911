package picture

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/qr"
	"seedvault/qr/scan"
)

const line = "otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP"

// drawn returns a picture of a text's code.
func drawn(t *testing.T, text string) []byte {
	t.Helper()
	code, err := qr.New(text)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := code.WritePNG(&b, 4); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// beside puts pictures side by side.
func beside(t *testing.T, pictures ...[]byte) []byte {
	t.Helper()
	sheet, x := image.NewGray(image.Rect(0, 0, 1200, 400)), 20
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	for _, p := range pictures {
		m, err := png.Decode(bytes.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		draw.Draw(sheet, m.Bounds().Add(image.Pt(x, 20)), m, image.Point{}, draw.Src)
		x += m.Bounds().Dx() + 40
	}
	var b bytes.Buffer
	if err := png.Encode(&b, sheet); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCodes: every code of a picture is returned, and of what is no picture, or shows
// none, it is said which.
func TestCodes(t *testing.T) {
	blank := beside(t)
	for _, c := range []struct {
		about   string
		picture []byte
		want    []string
		err     error
	}{
		{"one code", drawn(t, line), []string{line}, nil},
		{"two codes", beside(t, drawn(t, line), drawn(t, "second")), []string{line, "second"}, nil},
		{"no code", blank, nil, scan.ErrNoCode},
		{"no picture", []byte("no picture"), nil, scan.ErrFormat},
	} {
		var said bytes.Buffer
		w := &world.World{Voice: say.Voice{Out: &said, Err: &said}}
		texts, err := How{}.Codes(context.Background(), w, bytes.NewReader(c.picture))
		slices.Sort(texts)
		if !slices.Equal(texts, c.want) || !errors.Is(err, c.err) {
			t.Errorf("%s: %d texts, %v", c.about, len(texts), err)
		}
		if bytes.Contains(said.Bytes(), []byte("JBSWY3DPEHPK3PXP")) {
			t.Errorf("%s: what is said holds the secret", c.about)
		}
	}
}

// TestPatience: a picture that takes too long is given up, and the person is told so.
func TestPatience(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	_, err := How{}.Codes(ctx, &world.World{Voice: say.Voice{Err: new(bytes.Buffer)}}, bytes.NewReader(drawn(t, line)))
	var said *say.Error
	if !errors.As(err, &said) || said.Message != words.ImageTooSlow {
		t.Errorf("%v", err)
	}
}

// TestExplain: the drawing of what was seen is a new file of the person's alone, and never
// takes another's place.
func TestExplain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "seen.png")
	var said bytes.Buffer
	w := &world.World{Voice: say.Voice{Err: &said}}
	how := How{Explain: path}
	if texts, err := how.Codes(context.Background(), w, bytes.NewReader(drawn(t, line))); err != nil || len(texts) != 1 {
		t.Fatalf("%d texts, %v", len(texts), err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(first)); err != nil {
		t.Errorf("the drawing: %v", err)
	}
	if !bytes.Contains(said.Bytes(), []byte(path)) {
		t.Errorf("where it lies is not said: %s", said.Bytes())
	}
	said.Reset()
	if texts, err := how.Codes(context.Background(), w, bytes.NewReader(drawn(t, line))); err != nil || len(texts) != 1 {
		t.Errorf("over another file: %d texts, %v", len(texts), err)
	}
	if !bytes.Contains(said.Bytes(), []byte(say.Voice{}.Text(words.FileExists, path))) {
		t.Errorf("that there is a file already is not said: %s", said.Bytes())
	}
	if again, err := os.ReadFile(path); errors.Is(err, fs.ErrNotExist) || !bytes.Equal(again, first) {
		t.Error("the file that was there has changed")
	}
}
