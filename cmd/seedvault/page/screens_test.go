//go:build everything

package page

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// axe is the accessibility checker, which npm brings into a temporary folder; its
// package-lock.json has its hash.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "page-axe-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile("axe/" + name)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return "", err
		}
	}
	cmd := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm: %v: %s", err, out)
	}
	script, err := os.ReadFile(filepath.Join(dir, "node_modules/axe-core/axe.min.js"))
	return string(script), err
})

// accessible has axe look at the screen as it is.
func (p *person) accessible(screen string) {
	p.Helper()
	for _, problem := range p.problems() {
		p.Errorf("%s: %s", screen, problem)
	}
}

func (p *person) problems() (problems []string) {
	p.Helper()
	script, err := axe()
	if err != nil {
		p.Fatal(err)
	}
	p.eval(p.T, script+`; const found = await axe.run(document, { resultTypes: ["violations"] });
		return found.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ").slice(0, 300));`, &problems)
	return problems
}

// TestCheckerSees is the control of the others: axe finds a fault that is put there.
func TestCheckerSees(t *testing.T) {
	t.Parallel()
	file := writeFile(t, "other.html", []byte(`<!doctype html><title>x</title><img src="x.png">`))
	inEach(t, func(t *testing.T, b browser) {
		problems := visitor(t, b, file, "en").problems()
		if !slices.ContainsFunc(problems, func(s string) bool { return strings.HasPrefix(s, "image-alt") }) {
			t.Errorf("axe finds %v", problems)
		}
	})
}

// manyStates returns a vault in which there is something of everything.
func manyStates(t *testing.T) *maker {
	t.Helper()
	m := small(t)
	m.seed("otpauth://hotp/Bank:anna?secret=JBSWY3DPEHPK3PXP&counter=5")
	m.seed("otpauth://totp/Steam:anna?secret=JBSWY3DPEHPK3PXP&issuer=Steam")
	m.seed("something that is no address at all", "name old token")
	gone := m.seed("otpauth://totp/Gone:anna?secret=JBSWY3DPEHPK3PXP")
	m.seal("# after 0009-" + strings.Repeat("a", 32))
	m.files[gone][len(m.files[gone])-1] ^= 1
	return m
}

// TestEveryScreen walks through all screens in both languages and two sizes, and has the
// accessibility checker look at each.
func TestEveryScreen(t *testing.T) {
	t.Parallel()
	b := useChromium(t)
	m := manyStates(t)
	m.words("anna", "another passphrase of tests", 10)
	m.seal()
	folder, kit := m.write(), m.kit()
	for _, language := range []string{"en", "ja"} {
		for size, width := range map[string]int{"desktop": desktopWidth, "phone": phoneWidth} {
			height := map[string]int{"desktop": desktopHeight, "phone": phoneHeight}[size]
			p := &person{t, b}
			look := func(screen string) {
				t.Helper()
				p.accessible(language + " " + size + " " + screen)
				p.keep(language + "-" + size + "-" + screen)
			}
			b.visit(t, kit, language, width, height)
			p.wait(`document.querySelector("#open-kit")`)
			look("1-kit")
			b.visit(t, pageFile(t), language, width, height)
			look("1-start")
			p.chooseFolder(t, "#folder", folder)
			p.wait(`document.querySelector("#with-paper")`)
			look("2-how")
			p.press("#with-passphrase")
			p.types("#passphrase", "abandon ability abel about above absent")
			look("3-passphrase")
			p.submits("#passphrase")
			p.wait(`document.querySelector("#trouble .wrong")`)
			look("3-passphrase-wrong")
			p.press(map[string]string{"en": "Back", "ja": "戻る"}[language])
			p.press("#with-paper")
			lines := paperLines(madePaperKey)
			p.types("#line-1", lines[0])
			p.types("#line-2", strings.Replace(lines[1], "E", "F", 1))
			p.types("#line-3", lines[2])
			look("4-paper-wrong")
			p.types("#line-2", lines[1])
			p.submits("#line-1")
			p.wait(`document.querySelector(".accounts")`)
			look("5-list")
			p.press("work")
			p.types("#compare", "000000")
			p.submits("#compare")
			p.do(`for (const d of document.querySelectorAll("main details")) d.open = true;`)
			look("6-account")
			p.press("#list")
			p.press("Found")
			look("6-account-not-accepted")
			p.press("#list")
			p.press("Bank")
			look("6-account-hotp")
			p.press("#list")
			p.press("old token")
			look("6-account-no-codes")
			p.press("#forget")
			p.wait(`!document.querySelector(".qr")`)
			look("7-forgotten")
		}
	}
}
