package scan_test

import (
	"bytes"
	"context"
	"flag"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"seedvault/qr/scan"
	"seedvault/testdata/bench/scan/pictures"
)

// go test ./qr/scan -run TestDamagedPictures -damaged 5000 -timeout 30m reads so many; the usual number
// takes seconds.
var damaged = flag.Int("damaged", 12, "read so many damaged pictures")

// TestPhotographs reads some of each class, easier than the scoring command's, and no text that is
// not there.
func TestPhotographs(t *testing.T) {
	t.Parallel()
	read, all := 0, 0
	for p := range pictures.Photos(2026, 1, 0.8) {
		found, err := scan.Read(context.Background(), bytes.NewReader(p.Data))
		for _, text := range texts(found) {
			if !slices.Contains(p.Want, text) {
				t.Errorf("%s: read what is not there", p.Name)
			}
		}
		all += len(p.Want)
		read += len(found)
		if len(found) < len(p.Want) {
			t.Logf("%s: %d of %d, %v", p.Name, len(found), len(p.Want), err)
		}
	}
	t.Logf("read %d of %d", read, all)
	if read*100 < all*90 {
		t.Errorf("read %d of %d", read, all)
	}
}

// Whatever happens to a file on its way, a text is right or is not given.
func TestDamagedPictures(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	var sources []pictures.Picture
	for p := range pictures.Photos(5, 1, 0.6) {
		sources = append(sources, p)
	}
	sources = append(sources, pictures.Screenshot("two-polarities", 5))
	read := 0
	for n := range *damaged {
		p := sources[n%len(sources)]
		data := slices.Clone(p.Data)
		for range 1 + r.IntN(6) {
			data[r.IntN(len(data))] ^= 1 << r.IntN(8)
		}
		if r.IntN(3) == 0 {
			data = data[:r.IntN(len(data))]
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		found, err := scan.Read(ctx, bytes.NewReader(data))
		cancel()
		if len(found) == 0 && err == nil {
			t.Fatalf("%s: neither a code nor an error", p.Name)
		}
		for _, text := range texts(found) {
			if read++; !slices.Contains(p.Want, text) {
				t.Errorf("%s: read what is not there", p.Name)
			}
		}
	}
	t.Logf("read %d codes", read)
	if read < *damaged/10 {
		t.Errorf("read %d codes: the damage is no test", read)
	}
}
