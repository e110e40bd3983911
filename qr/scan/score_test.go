package scan_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"seedvault/qr/scan"
)

// go test ./qr/scan -run TestScore -v -timeout 30m -set FOLDER scores a set of pictures, beside
// zbarimg and gozxing's own reader for several codes. The folder has a manifest2.json or a
// manifest.json: a list of objects with cat, the class; file, a path; and want, the texts.
var set = flag.String("set", "", "score the pictures in this folder")

type scored struct {
	Cat, File string
	Want      []string
}

// reader is one of those that are compared.
type reader struct {
	name string
	read func(t *testing.T, path string) []string
}

func TestScore(t *testing.T) {
	if *set == "" {
		t.Log("no -set: nothing to score")
		return
	}
	pictures := manifest(t, *set)
	readers := []reader{{"seedvault", ours}, {"zbarimg", theirs}, {"gozxing", plain}}
	type tally struct{ read, want, wrong int }
	table := map[string][3]tally{}
	var classes []string
	var times, screens [3][]time.Duration
	for _, p := range pictures {
		if !slices.Contains(classes, p.Cat) {
			classes = append(classes, p.Cat)
		}
		row := table[p.Cat]
		for i, r := range readers {
			start := time.Now()
			got := r.read(t, filepath.Join(*set, p.File))
			took := time.Since(start)
			times[i] = append(times[i], took)
			if isScreen(filepath.Join(*set, p.File)) {
				screens[i] = append(screens[i], took)
			}
			row[i].want += len(p.Want)
			for _, text := range p.Want {
				if slices.Contains(got, text) {
					row[i].read++
				} else if i == 0 {
					t.Logf("not read: %s (%s)", p.File, p.Cat)
				}
			}
			for _, text := range got {
				if !slices.Contains(p.Want, text) {
					row[i].wrong++
				}
			}
		}
		table[p.Cat] = row
	}
	var all [3]tally
	for _, class := range classes {
		line := fmt.Sprintf("%-12s %4d", class, table[class][0].want)
		for i, c := range table[class] {
			line += fmt.Sprintf("  %4d w%d", c.read, c.wrong)
			all[i] = tally{all[i].read + c.read, all[i].want + c.want, all[i].wrong + c.wrong}
		}
		t.Log(line)
	}
	for i, r := range readers {
		slices.Sort(times[i])
		slices.Sort(screens[i])
		t.Logf("%-10s %d of %d, wrong %d; median %v, 95 in 100 under %v; of %d pictures of at least 1280 x 720: median %v",
			r.name, all[i].read, all[i].want, all[i].wrong, times[i][len(times[i])/2], times[i][len(times[i])*95/100],
			len(screens[i]), screens[i][len(screens[i])/2])
	}
	if all[0].wrong > 0 || all[0].read*323 < 270*all[0].want {
		t.Errorf("%d of %d, and %d that are not there", all[0].read, all[0].want, all[0].wrong)
	}
}

func manifest(t *testing.T, folder string) (list []scored) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "manifest2.json"))
	if errors.Is(err, os.ErrNotExist) {
		data, err = os.ReadFile(filepath.Join(folder, "manifest.json"))
	}
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil || len(list) == 0 {
		t.Fatalf("%d pictures: %v", len(list), err)
	}
	return list
}

// isScreen says that a picture is a screenshot by its name and as large as a screen.
func isScreen(path string) bool {
	if !strings.HasPrefix(filepath.Base(path), "ss_") {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(f)
	return err == nil && c.Width >= 1280 && c.Height >= 720
}

func ours(t *testing.T, path string) (got []string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	results, _ := scan.Read(ctx, f)
	for _, r := range results {
		got = append(got, r.Text())
	}
	return got
}

// theirs asks zbarimg, whose texts may have several lines.
func theirs(t *testing.T, path string) []string {
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("needs zbarimg")
	}
	out, _ := exec.Command("zbarimg", "--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path).Output()
	if len(out) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// plain is gozxing's reader as it stands.
func plain(t *testing.T, path string) (got []string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		return nil
	}
	defer func() { recover() }()
	tryHarder := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	results, _ := qrcode.NewQRCodeMultiReader().DecodeMultiple(bitmap, tryHarder)
	for _, r := range results {
		got = append(got, r.GetText())
	}
	return got
}
