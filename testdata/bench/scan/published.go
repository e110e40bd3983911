package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// published returns the pictures of ZXing's tests (core/src/test/resources/blackbox) that gozxing's
// module carries, with the texts that its tests expect.
func published() (list []picture, err error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/makiuchi-d/gozxing").Output()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "qrcode", "testdata")
	const (
		wiki   = `MEBKM:URL:http\://en.wikipedia.org/wiki/Main_Page;;`
		google = "http://google.com/gwt/n?u=bluenile.com"
		owen   = "Sean Owen\r\nsrowen@google.com\r\n917-364-2918\r\nhttp://awesome-thoughts.com"
	)
	add := func(file, text string) {
		list = append(list, picture{"public", filepath.Join(dir, file), []string{text}})
	}
	for i := 1; i <= 20; i++ {
		text := wiki
		switch {
		case i > 15:
			text = owen
		case i > 12:
			text = google
		}
		add(fmt.Sprintf("qrcode-1/%d.png", i), text)
	}
	for i := range 14 {
		add(fmt.Sprintf("qrcode-6/%d.png", i+1), "1234567890")
	}
	add("qrcode-6/15.png", "TEST")
	return list, nil
}
