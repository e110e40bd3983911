package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	_ "embed"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"seedvault/qr/scan"
)

// answer is what a reader made of one picture.
type answer struct {
	Texts []string      `json:"texts"`
	CPU   time.Duration `json:"cpu"`  // of the process, user and system
	Wall  time.Duration `json:"wall"` // by the clock
}

// reader is one of those that are compared.
type reader struct {
	name string
	read func(ctx context.Context, path string) (answer, error)
}

// readOne is the process that is timed for the readers in Go: it prints its texts as JSON.
func readOne(what string) {
	kind, path, _ := strings.Cut(what, ":")
	read := ours
	if kind == "gozxing" {
		read = plain
	}
	if err := json.NewEncoder(os.Stdout).Encode(read(path)); err != nil {
		log.Fatal(err)
	}
}

func ours(path string) (texts []string) {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	results, _ := scan.Read(ctx, f)
	for _, r := range results {
		texts = append(texts, r.Text())
	}
	return texts
}

// plain is gozxing's reader for several codes as it stands.
func plain(path string) (texts []string) {
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		return nil
	}
	tryHarder := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	results, _ := qrcode.NewQRCodeMultiReader().DecodeMultiple(bitmap, tryHarder)
	for _, r := range results {
		texts = append(texts, r.GetText())
	}
	return texts
}

// inProcess runs this program again for one picture.
func inProcess(kind string) func(context.Context, string) (answer, error) {
	return func(ctx context.Context, path string) (answer, error) {
		self, err := os.Executable()
		if err != nil {
			return answer{}, err
		}
		out, a, err := timed(exec.CommandContext(ctx, self, "-read", kind+":"+path))
		if err == nil {
			err = json.Unmarshal(out, &a.Texts)
		}
		return a, err
	}
}

// zbar runs zbarimg, which ends with 4 where it finds nothing.
func zbar(ctx context.Context, path string) (answer, error) {
	out, a, err := timed(exec.CommandContext(ctx, "zbarimg", "--nodbus", "--quiet", "--xml", "-Sdisable", "-Sqrcode.enable", path))
	if len(out) == 0 {
		if _, ok := err.(*exec.ExitError); ok {
			return a, nil
		}
		return a, err
	}
	var page struct {
		Symbols []string `xml:"source>index>symbol>data"`
	}
	if xml.Unmarshal(out, &page) == nil {
		a.Texts = page.Symbols
	}
	return a, nil
}

func timed(cmd *exec.Cmd) (out []byte, a answer, err error) {
	start := time.Now()
	out, err = cmd.Output()
	a.Wall = time.Since(start)
	if cmd.ProcessState != nil {
		a.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	return out, a, err
}

//go:embed zxing.mjs
var zxingScript []byte

// zxingVersion is the build of zxing-cpp that is compared with.
const zxingVersion = "zxing-wasm@3.1.4"

// zxing has zxing-cpp read all pictures, in one process.
func zxing(ctx context.Context, dir string, list []picture) (map[string]answer, error) {
	install := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", dir, zxingVersion)
	if out, err := install.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm install: %w: %s", err, out)
	}
	script := filepath.Join(dir, "zxing.mjs")
	if err := os.WriteFile(script, zxingScript, 0o644); err != nil {
		return nil, err
	}
	var files []string
	for _, p := range list {
		path, err := filepath.Abs(p.File)
		if err != nil {
			return nil, err
		}
		files = append(files, path)
	}
	cmd := exec.CommandContext(ctx, "node", script)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	cmd.Stdin = strings.NewReader(strings.Join(files, "\n"))
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("node: %w", err)
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil {
		return nil, err
	}
	byFile := map[string]answer{}
	for i, p := range list {
		byFile[p.File] = answers[i]
	}
	return byFile, nil
}

// sameText compares as a person would: readers differ in how they end lines and begin texts.
func sameText(a, b string) bool { return strings.TrimRight(a, "\r\n") == strings.TrimRight(b, "\r\n") }

func holds(texts []string, text string) bool {
	return slices.ContainsFunc(texts, func(t string) bool { return sameText(t, text) })
}
