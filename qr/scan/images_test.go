package scan_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/qr/scan"
)

const (
	images = "../../testdata/images"

	acme    = "otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
	example = "otpauth://totp/Example:bob@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example&digits=8"
)

const aws = "otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@123456789012?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services&algorithm=SHA256&digits=6&period=30"

// files says what is in each file of testdata/images, in reading order.
var files = map[string]struct {
	texts []string
	err   error
}{
	"clean.png":            {texts: []string{acme}},
	"code.jpg":             {texts: []string{example}},
	"code.gif":             {texts: []string{example}},
	"code.webp":            {texts: []string{example}},
	"code.bmp":             {texts: []string{example}},
	"code.tiff":            {texts: []string{example}},
	"interlaced.png":       {texts: []string{example}},
	"cmyk.jpg":             {texts: []string{example}},
	"progressive.jpg":      {texts: []string{example}},
	"inverted.png":         {texts: []string{example}},
	"transparent.png":      {texts: []string{example}},
	"two.png":              {texts: []string{acme, example}},
	"screenshot.png":       {texts: []string{acme}},
	"url.png":              {texts: []string{"https://example.com/set-up?step=2"}},
	"utf8.png":             {texts: []string{"otpauth://totp/Zürich%20例:jürg@example.ch?secret=JBSWY3DPEHPK3PXP&issuer=Zürich"}},
	"latin1.png":           {texts: []string{"otpauth://totp/Zürich?secret=JBSWY3DPEHPK3PXP"}},
	"blurred.png":          {texts: []string{example}},
	"more-blurred.png":     {texts: []string{example}},
	"rows.png":             {texts: []string{aws}},
	"thin.png":             {texts: []string{example}},
	"speckled.png":         {texts: []string{example}},
	"speckled-large.png":   {texts: []string{example}},
	"white-on-nothing.png": {texts: []string{example}},
	"small-in-large.png":   {texts: []string{"otpauth-migration://offline?data=" + strings.Repeat("A", 700)}},
	"split.png":            {texts: []string{acme}},
	"nocode.png":           {err: scan.ErrNoCode},
	"truncated.png":        {err: scan.ErrDamaged},
	"make.sh":              {err: scan.ErrFormat},
	"README.md":            {err: scan.ErrFormat},
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(images, name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func texts(results []scan.Result) []string {
	var all []string
	for _, r := range results {
		all = append(all, r.Text())
	}
	return all
}

func TestReadPictures(t *testing.T) {
	t.Parallel()
	list, err := os.ReadDir(images)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if _, ok := files[f.Name()]; !ok && filepath.Ext(f.Name()) != ".go" {
			t.Errorf("%s: not in the table of this test", f.Name())
		}
	}
	for name, want := range files {
		t.Run(name, func(t *testing.T) {
			file, err := os.Open(filepath.Join(images, name))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			results, err := scan.Read(context.Background(), file)
			if !errors.Is(err, want.err) {
				t.Errorf("error %v, want %v", err, want.err)
			}
			if got := texts(results); !slices.Equal(got, want.texts) {
				t.Errorf("read %q, want %q", got, want.texts)
			}
		})
	}
}
