//go:build everything

package page

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// nightSeeds are what is to come back: one as most are, one with settings of its own, one
// with a Japanese name.
var nightSeeds = []string{
	"otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
	"otpauth://totp/Bank:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bank&digits=8&algorithm=SHA256&period=60",
	"otpauth://totp/%E9%8A%80%E8%A1%8C:hanako?secret=GEZDGNBVGY3TQOJQ&issuer=%E9%8A%80%E8%A1%8C",
}

// A pc has the program, and a HOME of its own.
type pc struct {
	*testing.T
	dir     string
	program string
}

// run has the program do something, with a text to read.
func (m *pc) run(input string, args ...string) string {
	m.Helper()
	cmd := exec.Command(m.program, args...)
	cmd.Dir, cmd.Stdin = m.dir, strings.NewReader(input)
	cmd.Env = []string{"HOME=" + filepath.Join(m.dir, "home"), "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		m.Fatalf("seedvault %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// newPC builds the program. Its folder lies beside the test: what lies in memory is no
// place for a copy.
func newPC(t *testing.T) *pc {
	t.Helper()
	here, err := os.Getwd()
	must(t, err)
	dir, err := os.MkdirTemp(here, "night-")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	m := &pc{t, dir, filepath.Join(dir, "seedvault")}
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", m.program, "..").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v %s", err, out)
	}
	for _, folder := range []string{"home", "stick", "mail"} {
		must(t, os.Mkdir(filepath.Join(dir, folder), 0o700))
	}
	return m
}

var sheetLine = regexp.MustCompile(`(?m)^#   (.*)  \|  (....)$`)

// TestWorstNight: a vault that the program made, with a copy on a stick and a kit. HOME
// is gone; every seed comes back in each browser, from each of the two, with the
// passphrase and with the sheet. A page that is trusted opens a kit as data, and tells when
// its page was swapped.
func TestWorstNight(t *testing.T) {
	t.Parallel()
	shortIsWithout(t)
	m := newPC(t)
	must(t, os.WriteFile(filepath.Join(m.dir, "pp"), []byte(madePassphrase+"\n"), 0o600))
	m.run("", "init", "--passphrase", "words", "--passphrase-file", "pp", "--paper", "paper", "--out", "sheet.txt")
	m.run("", "copy", "add", "stick", "--kept", "drawer", "--as", "stick", "-i", "sheet.txt")
	m.run("", "copy", "add", "kit:mail/vault.html", "--kept", "mail", "--as", "kit", "-i", "sheet.txt")
	m.run(strings.Join(nightSeeds, "\n")+"\n", "add", "-")
	m.run("", "accept", "--all", "--yes", "-i", "sheet.txt")
	sheet := string(read(t, filepath.Join(m.dir, "sheet.txt")))
	if digits := strings.ReplaceAll(sheet, " ", ""); !strings.Contains(digits, "\n#page"+Hash()[:32]+"\n") {
		t.Errorf("the sheet does not show what the page begins with")
	}
	var lines []string
	for _, l := range sheetLine.FindAllStringSubmatch(sheet, -1) {
		lines = append(lines, l[1]+" "+l[2])
	}
	must(t, os.RemoveAll(filepath.Join(m.dir, "home")))
	stick, kit := filepath.Join(m.dir, "stick"), filepath.Join(m.dir, "mail", "vault.html")
	swapped := writeFile(t, "swapped.html", bytes.Replace(read(t, kit), []byte("<title>"), []byte("<title>My "), 1))
	inEach(t, func(t *testing.T, b browser) {
		for file, wrong := range map[string]bool{kit: false, swapped: true, stick: false} {
			text := visitor(t, b, pageFile(t), "en").seenAsData(file, lines)
			if strings.Contains(text, "open-1.html") != wrong || strings.Contains(text, "Damaged or missing") != wrong {
				t.Errorf("%s as data: the page says\n%s", filepath.Base(file), text)
			}
		}
		for _, file := range []string{filepath.Join(stick, Name(Current)), kit} {
			for way, unlock := range map[string]func(*person){
				"passphrase": func(p *person) { p.typesPassphrase(madePassphrase) },
				"sheet":      func(p *person) { p.typesPaper(lines) },
			} {
				p := visitor(t, b, file, "en")
				if file == kit {
					p.press("#open-kit")
				} else {
					p.chooseFolder(t, "#folder", stick)
				}
				unlock(p)
				p.heads(fmt.Sprintf("%d accounts", len(nightSeeds)))
				if text := p.text(); strings.Contains(text, "Not accepted") || strings.Contains(text, "Damaged or missing") {
					t.Errorf("%s, %s: the page says\n%s", filepath.Base(file), way, text)
				}
				if got := p.takesAll(); !slices.Equal(got, slices.Sorted(slices.Values(nightSeeds))) {
					t.Errorf("%s, %s: back are %q", filepath.Base(file), way, got)
				}
			}
		}
	})
}

// seenAsData opens a file as data with a page that is trusted, and returns what is said.
func (p *person) seenAsData(file string, lines []string) string {
	p.Helper()
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		p.chooseFolder(p.T, "#folder", file)
	} else {
		p.choose(p.T, "#file", file)
	}
	p.typesPaper(lines)
	p.heads(fmt.Sprintf("%d accounts", len(nightSeeds)))
	return p.text()
}

// takesAll goes through the accounts one by one, and returns what each one's link is.
func (p *person) takesAll() (all []string) {
	p.Helper()
	p.press(p.get(`return document.querySelector(".accounts li .title").textContent.trim();`))
	for i := range nightSeeds {
		p.sees(fmt.Sprintf("%d of %d", i+1, len(nightSeeds)))
		all = append(all, p.get(`return document.querySelector(".tap a").getAttribute("href");`))
		if i < len(nightSeeds)-1 {
			p.press("#next")
		}
	}
	slices.Sort(all)
	return all
}

// TestThousand opens a kit of 1,000 accounts.
func TestThousand(t *testing.T) {
	t.Parallel()
	m := newMaker(t)
	m.paper()
	for i := range 1000 {
		m.seed(fmt.Sprintf("otpauth://totp/Site%03d:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Site%03d", i, i))
	}
	m.seal()
	kit := m.kit()
	if size := len(read(t, kit)); size > 4<<20 {
		t.Errorf("a kit of 1,000 accounts has %d bytes", size)
	}
	inEach(t, func(t *testing.T, b browser) {
		p := visitor(t, b, kit, "en")
		p.press("#open-kit")
		p.press("#with-paper")
		for i, line := range paperLines(madePaperKey) {
			p.types(fmt.Sprintf("#line-%d", i+1), line)
		}
		start := time.Now()
		p.submits("#line-1")
		p.heads("1000 accounts")
		t.Logf("1,000 accounts shown after %.2f s, in a kit of %d bytes", time.Since(start).Seconds(), len(read(t, kit)))
		p.types("#search", "site77")
		p.sees("10 shown")
	})
}
