package qr_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/qr"
	"seedvault/qr/scan"
)

// batch is how many pictures one zbarimg process is given.
const batch = 50

// zbarimg returns what an independent reader finds in PNG pictures, one text for each, in order.
func zbarimg(t *testing.T, pictures [][]byte) []string {
	t.Helper()
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("needs zbarimg")
	}
	folder := t.TempDir()
	var read []string
	for some := range slices.Chunk(pictures, batch) {
		args := []string{"--quiet", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable"}
		for i, picture := range some {
			name := filepath.Join(folder, fmt.Sprintf("%03d.png", i))
			if err := os.WriteFile(name, picture, 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
		}
		out, err := exec.Command("zbarimg", args...).Output()
		if err != nil {
			t.Fatalf("zbarimg: %v", err)
		}
		lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		if len(lines) != len(some) {
			t.Fatalf("zbarimg read %d of %d pictures", len(lines), len(some))
		}
		read = append(read, lines...)
	}
	return read
}

// mustReadBack says which of the texts zbarimg did not find in their pictures.
func mustReadBack(t *testing.T, pictures [][]byte, texts []string) {
	t.Helper()
	for i, got := range zbarimg(t, pictures) {
		if got != texts[i] {
			t.Errorf("picture %d of %d: read another text than the %d bytes drawn", i, len(texts), len(texts[i]))
		}
	}
}

func letters(random *rand.Rand, alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[random.IntN(len(alphabet))]
	}
	return string(b)
}

const (
	base32    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
	names     = "abcdefghij XYZ&+%/:日本Züé.-_0123456789"
)

// many is how many codes of each kind are drawn and read: .ci/slow has thousands.
var many = flag.Int("codes", 30, "draw so many codes of each kind and read them back")

// randomURIs returns made-up otpauth URIs: most as services make them, every tenth longer, up to
// the limit, and in all of them what labels and parameters may hold.
func randomURIs(n int) []string {
	random := rand.New(rand.NewPCG(6238, 4648))
	runes := []rune(names)
	name := func() string {
		b := make([]rune, 1+random.IntN(20))
		for i := range b {
			b[i] = runes[random.IntN(len(runes))]
		}
		return url.PathEscape(string(b))
	}
	uris := make([]string, n)
	for i := range uris {
		issuer := name()
		uri := fmt.Sprintf("otpauth://totp/%s:%s@example.com?secret=%s&issuer=%s",
			issuer, name(), letters(random, base32, 16+random.IntN(49)), issuer)
		if random.IntN(3) == 0 {
			uri += fmt.Sprintf("&algorithm=SHA%d&digits=%d&period=%d", 1<<random.IntN(9), 6+random.IntN(3), 15+random.IntN(60))
		}
		if i%10 == 0 {
			const more = "&note="
			length := len(uri) + len(more) + random.IntN(qr.MaxLen-len(uri)-len(more)+1)
			if i == 0 {
				length = qr.MaxLen
			}
			uri += more + letters(random, printable, length-len(uri)-len(more))
		}
		uris[i] = uri
	}
	return uris
}

func pngOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// photographed returns what a screen shows after the code was written to it.
func photographed(t *testing.T, code *qr.Code, form qr.Form, of theme) []byte {
	t.Helper()
	var drawing strings.Builder
	if err := code.WriteText(&drawing, form); err != nil {
		t.Fatal(err)
	}
	return pngOf(t, photograph(t, play(t, drawing.String(), of), of))
}

func TestPNGsReadBack(t *testing.T) {
	t.Parallel()
	uris := randomURIs(*many)
	pictures := make([][]byte, len(uris))
	for i, uri := range uris {
		var drawing bytes.Buffer
		if err := mustNew(t, uri).WritePNG(&drawing, qr.MinPixels); err != nil {
			t.Fatal(err)
		}
		pictures[i] = drawing.Bytes()
		results, err := scan.Read(context.Background(), &drawing)
		if err != nil || len(results) != 1 || results[0].Text() != uri {
			t.Errorf("scan, picture %d, %d bytes: %d results, error %v", i, len(uri), len(results), err)
		}
	}
	mustReadBack(t, pictures, uris)
}

// Half the screens are dark and half are light, and the reader knows of neither.
func TestTerminalsReadBack(t *testing.T) {
	t.Parallel()
	uris := randomURIs(*many)
	pictures := make([][]byte, len(uris))
	for i, uri := range uris {
		of := []theme{darkTheme, lightTheme}[i%2]
		pictures[i] = photographed(t, mustNew(t, uri), qr.HalfBlocks, of)
	}
	mustReadBack(t, pictures, uris)
}

func TestOtherFormsReadBack(t *testing.T) {
	t.Parallel()
	var pictures [][]byte
	var uris []string
	for _, uri := range randomURIs(20) {
		code := mustNew(t, uri)
		pictures = append(pictures,
			photographed(t, code, qr.Blocks, darkTheme),
			photographed(t, code, qr.Blocks, lightTheme),
			photographed(t, code, qr.Ink, lightTheme),
			photographed(t, code, qr.Chalk, darkTheme))
		uris = append(uris, uri, uri, uri, uri)
	}
	mustReadBack(t, pictures, uris)
}

// Where Ink is shown on the wrong theme, zbarimg must fail: else the test above shows nothing.
func TestReaderIsParticularAboutTheTheme(t *testing.T) {
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("needs zbarimg")
	}
	name := filepath.Join(t.TempDir(), "ink.png")
	if err := os.WriteFile(name, photographed(t, mustNew(t, uri), qr.Ink, darkTheme), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("zbarimg", "--quiet", "--nodbus", "--raw", name).Output(); err == nil {
		t.Errorf("zbarimg read %d bytes from light on dark", len(out))
	}
}

// ImageMagick draws the SVG, by its own renderer or by the one it finds, and zbarimg reads it.
func TestSVGReadsBack(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("convert"); err != nil {
		t.Skip("needs convert")
	}
	uris := randomURIs(6)
	var pictures [][]byte
	for _, uri := range uris {
		code := mustNew(t, uri)
		var drawing bytes.Buffer
		if err := code.WriteSVG(&drawing); err != nil {
			t.Fatal(err)
		}
		const fourPixelsAUnit = "384" // dots an inch, 96 of which are one
		command := exec.Command("convert", "-density", fourPixelsAUnit, "svg:-", "png:-")
		command.Stdin = &drawing
		picture, err := command.Output()
		if err != nil {
			t.Fatalf("convert: %v", err)
		}
		config, err := png.DecodeConfig(bytes.NewReader(picture))
		if err != nil {
			t.Fatal(err)
		}
		if side, _ := code.TextSize(qr.HalfBlocks); config.Width < side*3/2 || config.Width != config.Height {
			t.Fatalf("convert drew %d x %d pixels for %d modules", config.Width, config.Height, side)
		}
		pictures = append(pictures, picture)
	}
	mustReadBack(t, pictures, uris)
}
