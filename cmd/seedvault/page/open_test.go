package page

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pageFile returns the page as it lies at a vault's root.
func pageFile(t *testing.T) string {
	t.Helper()
	return writeFile(t, Name(Current), Page())
}

// opened has a vault opened from its folder with the key on paper.
func opened(t *testing.T, b browser, folder, language string) *person {
	t.Helper()
	p := visitor(t, b, pageFile(t), language)
	p.chooseFolder(t, "#folder", folder)
	p.typesPaper(paperLines(madePaperKey))
	return p
}

func (p *person) typesPaper(lines []string) {
	p.Helper()
	p.press("#with-paper")
	for i, line := range lines {
		p.types("#line-"+string(rune('1'+i)), strings.ToLower(line))
	}
	p.submits("#line-1")
}

func (p *person) typesPassphrase(passphrase string) {
	p.Helper()
	p.press("#with-passphrase")
	p.types("#passphrase", passphrase)
	p.submits("#passphrase")
}

// small returns a vault with three accounts, of which one was not accepted.
func small(t *testing.T) *maker {
	t.Helper()
	m := newMaker(t)
	m.paper()
	m.words("words", madePassphrase, 10)
	m.seed("otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME", "name work", `note first line\nsecond line`, "recovery 1111-2222", "recovery 3333-4444")
	m.seed("otpauth://totp/%E9%8A%80%E8%A1%8C:hanako?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E9%8A%80%E8%A1%8C&digits=8&algorithm=SHA256")
	m.seal()
	m.deposit("otpauth://totp/Found:me?secret=JBSWY3DPEHPK3PXP&issuer=Found")
	return m
}

// TestFolderAndKit opens a folder and a kit by both ways in, in both languages.
func TestFolderAndKit(t *testing.T) {
	t.Parallel()
	m := small(t)
	folder, kit := m.write(), m.kit()
	inEach(t, func(t *testing.T, b browser) {
		for _, c := range []struct {
			what, language string
			begin          func(*person)
			unlock         func(*person)
		}{
			{"folder by passphrase", "en", func(p *person) { p.chooseFolder(t, "#folder", folder) }, func(p *person) { p.typesPassphrase(madePassphrase) }},
			{"folder by paper", "ja", func(p *person) { p.chooseFolder(t, "#folder", folder) }, func(p *person) { p.typesPaper(paperLines(madePaperKey)) }},
			{"kit by passphrase", "ja", func(p *person) { p.press("#open-kit") }, func(p *person) { p.typesPassphrase(madePassphrase) }},
			{"kit by paper", "en", func(p *person) { p.press("#open-kit") }, func(p *person) { p.typesPaper(paperLines(madePaperKey)) }},
		} {
			file := pageFile(t)
			if strings.HasPrefix(c.what, "kit") {
				file = kit
			}
			p := visitor(t, b, file, c.language)
			c.begin(p)
			c.unlock(p)
			p.heads(map[string]string{"en": "3 accounts", "ja": "アカウント 3 個"}[c.language])
			p.keep(c.language + "-" + strings.ReplaceAll(c.what, " ", "-"))
			for _, want := range []string{"work", "銀行", "Found", map[string]string{"en": "Not accepted", "ja": "未承認"}[c.language]} {
				if text := p.text(); !strings.Contains(text, want) {
					t.Errorf("%s: %q is not shown in\n%s", c.what, want, text)
				}
			}
			for _, url := range p.requests(t) {
				if !strings.HasPrefix(url, "file:") && !strings.HasPrefix(url, "blob:") && !strings.HasPrefix(url, "about:") {
					t.Errorf("%s: the page asked for %s", c.what, url)
				}
			}
		}
	})
}

// TestCodesAreRead decodes the picture of every account's QR code.
func TestCodesAreRead(t *testing.T) {
	t.Parallel()
	m := small(t)
	folder := m.write()
	inEach(t, func(t *testing.T, b browser) {
		p := opened(t, b, folder, "en")
		p.press("work")
		p.keep("en-scan")
		for i, want := range []string{
			"otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
			"otpauth://totp/%E9%8A%80%E8%A1%8C:hanako?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E9%8A%80%E8%A1%8C&digits=8&algorithm=SHA256",
			"otpauth://totp/Found:me?secret=JBSWY3DPEHPK3PXP&issuer=Found",
		} {
			p.sees(string(rune('1'+i)) + " of 3")
			if got := decodeQR(t, p.picture(t, true)); got != want {
				t.Errorf("the picture reads %q, want %q", got, want)
			}
			if got := p.get(`return document.querySelector(".tap a").getAttribute("href");`); got != want {
				t.Errorf("the link is %q, want %q", got, want)
			}
			if i < 2 {
				p.press("#next")
			}
		}
	})
}

func decodeQR(t *testing.T, png []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "screen.png")
	must(t, os.WriteFile(file, png, 0o600))
	var errors bytes.Buffer
	cmd := exec.Command("zbarimg", "--raw", "-q", "--oneshot", file)
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("zbarimg: %v %s", err, errors.String())
	}
	return strings.TrimSuffix(string(out), "\n")
}
