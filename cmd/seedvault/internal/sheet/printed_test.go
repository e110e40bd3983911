package sheet

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/key"
	"seedvault/qr/scan"
	"seedvault/testdata/chromium"
)

// browser is the Chromium of all tests here, one at a time: most of what a print costs is
// its start.
var browser struct {
	sync.Mutex
	*chromium.Browser
}

func TestMain(m *testing.M) {
	code := m.Run()
	if browser.Browser != nil {
		browser.Stop()
	}
	os.Exit(code)
}

// seen opens a page in Chromium, in a window that shows a sheet of paper, and returns what
// look makes of it.
func seen(t *testing.T, html string, look func(*chromium.Browser) ([]byte, error)) []byte {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("needs chromium")
	}
	page := filepath.Join(t.TempDir(), "sheet.html")
	if err := os.WriteFile(page, []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
	browser.Lock()
	defer browser.Unlock()
	if browser.Browser == nil {
		b, err := chromium.Start()
		if err != nil {
			t.Fatal(err)
		}
		browser.Browser = b
	}
	if err := browser.Visit(page, "en", 820, 1160); err != nil {
		t.Fatal(err)
	}
	out, err := look(browser.Browser)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func printed(t *testing.T, html string) []byte {
	t.Helper()
	return seen(t, html, (*chromium.Browser).PDF)
}

// fullest is as much as stands on a sheet in reason.
func fullest(lang words.Language, hybrid bool) Facts {
	f := testFacts
	f.Voice.Lang = lang
	f.Services = []string{"ACME anna@example.com", "Bank anna", "Cloud anna", "Mail anna@example.com", "Git anna", "Shop anna", "東京ガス 花子"}
	if hybrid {
		f.Pin.Recipient = "age1pq1" + strings.Repeat("q", 1900)
	}
	return f
}

// TestKeyFitsOnePage prints the sheet of a paper key on both sizes of paper.
func TestKeyFitsOnePage(t *testing.T) {
	for name, c := range map[string]struct {
		size string
		f    Facts
	}{
		"A4":                   {"A4", fullest(words.Japanese, false)},
		"Letter, post-quantum": {"letter", fullest(words.English, true)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			html := htmlOf(t, keySheet(t, testKey, c.f))
			sized := strings.Replace(html, "size: auto", "size: "+c.size, 1)
			if sized == html {
				t.Fatal("the page has no size to set")
			}
			if n := pages(printed(t, sized)); n != 1 {
				t.Errorf("%d pages", n)
			}
		})
	}
	t.Run("too much", func(t *testing.T) { // the control
		t.Parallel()
		f := testFacts
		for range 300 {
			f.Services = append(f.Services, "ACME anna@example.com")
		}
		if n := pages(printed(t, htmlOf(t, keySheet(t, testKey, f)))); n < 2 {
			t.Errorf("%d pages", n)
		}
	})
}

func pages(pdf []byte) int {
	return len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
}

// TestCodeOnThePage reads the QR code back from the page as it is drawn, with
// another reader and with ours.
func TestCodeOnThePage(t *testing.T) {
	share, secret := shareSheet(t, testFacts)
	for name, c := range map[string]struct {
		html, want string
	}{
		"key":   {htmlOf(t, keySheet(t, testKey, testFacts)), testKey},
		"share": {htmlOf(t, share), strings.Join(secret.Paper(), "\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			picture := seen(t, c.html, func(b *chromium.Browser) ([]byte, error) { return b.Picture(false) })
			results, err := scan.Read(context.Background(), bytes.NewReader(picture))
			if err != nil || len(results) != 1 || results[0].Text() != c.want {
				t.Errorf("%d codes, or another text: %v", len(results), err)
			}
			if got := zbar(t, picture); got != c.want {
				t.Error("zbarimg reads another text")
			}
		})
	}
}

func zbar(t *testing.T, picture []byte) string {
	t.Helper()
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("needs zbarimg")
	}
	file := filepath.Join(t.TempDir(), "sheet.png")
	if err := os.WriteFile(file, picture, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file).Output()
	if err != nil {
		t.Fatalf("zbarimg: %v", err)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// TestKeyOnThePage types the lines that stand on the page, the way a person reads
// them, with the checks and, for age, without.
func TestKeyOnThePage(t *testing.T) {
	html := htmlOf(t, keySheet(t, testKey, testFacts))
	rows := regexp.MustCompile(`<td class="groups">(?:<span class="prefix">([^<]*)</span>)?([^<]*)</td><td class="check">([^<]*)</td>`).FindAllStringSubmatch(html, -1)
	var lines []string
	alone := ""
	for _, r := range rows {
		lines = append(lines, r[1]+" "+r[2]+" "+r[3])
		alone += strings.ReplaceAll(r[1]+r[2], " ", "")
	}
	if got, err := key.ReadPaper(lines...); err != nil || got != testKey {
		t.Errorf("%d lines do not make the key: %v", len(lines), err)
	}
	if alone != testKey {
		t.Error("without the checks it is not the key")
	}
}
