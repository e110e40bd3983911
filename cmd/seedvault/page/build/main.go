// Command build makes open-1.html, the page that opens a vault in any browser, out of
// its sources: the same bytes each time, on any machine.
//
//	go run ./cmd/seedvault/page/build          writes cmd/seedvault/page/open-1.html
//	go run ./cmd/seedvault/page/build -check   fails if that file would change
//
// It needs npm, and Go's module proxy for esbuild. npm brings the packages of
// package-lock.json, whose hashes it checks, into a temporary folder, and runs none
// of their scripts; esbuild comes as a Go module, checked by Go's checksum database.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	esbuild  = "github.com/evanw/esbuild/cmd/esbuild@v0.28.2"
	pageDir  = "cmd/seedvault/page"
	wordList = "escrow/key/internal/wordlist/words.txt"
	built    = "open-1.html"
)

func main() {
	check := flag.Bool("check", false, "compare with the file that is there, and write nothing")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	work, err := os.MkdirTemp("", "seedvault-page-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	page, err := build(work)
	if err != nil {
		return err
	}
	target := filepath.Join(pageDir, built)
	if !check {
		return os.WriteFile(target, page, 0o644)
	}
	there, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	if !bytes.Equal(there, page) {
		return fmt.Errorf("%s is not what its sources make: go run ./%s/build", target, pageDir)
	}
	return nil
}

// build makes the page in an empty folder.
func build(work string) ([]byte, error) {
	for from, to := range map[string]string{
		pageDir + "/package.json":      "package.json",
		pageDir + "/package-lock.json": "package-lock.json",
		wordList:                       "src/words.txt",
	} {
		if err := copyFile(from, filepath.Join(work, to)); err != nil {
			return nil, err
		}
	}
	sources, err := filepath.Glob(pageDir + "/src/*.js")
	if err != nil || len(sources) == 0 {
		return nil, errors.New("no sources: run it in the repository's root")
	}
	for _, source := range sources {
		if err := copyFile(source, filepath.Join(work, "src", filepath.Base(source))); err != nil {
			return nil, err
		}
	}
	if _, err := command(work, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		return nil, err
	}
	// Readable: not minified, and of one character set, whatever the browser takes it for.
	script, err := command(work, "go", "run", esbuild, "src/main.js", "--bundle", "--format=iife", "--charset=ascii",
		"--target=es2022", "--loader:.txt=text", "--legal-comments=none", "--log-level=warning")
	if err != nil {
		return nil, err
	}
	notices, err := licences(work)
	if err != nil {
		return nil, err
	}
	return assemble(script, notices)
}

// assemble fills the page's text in, with the hashes by which the browser knows its
// own script and style.
func assemble(script []byte, notices string) ([]byte, error) {
	text, err := os.ReadFile(pageDir + "/page.html")
	if err != nil {
		return nil, err
	}
	css, err := os.ReadFile(pageDir + "/page.css")
	if err != nil {
		return nil, err
	}
	if bytes.Contains(bytes.ToLower(script), []byte("</script")) || bytes.Contains(script, []byte("<!--")) {
		return nil, errors.New("the script would end its own element")
	}
	page := strings.NewReplacer(
		"{{script}}", policyHash(script), "{{style}}", policyHash(css),
		"{{css}}", string(css), "{{js}}", string(script), "{{notices}}", html.EscapeString(notices),
	).Replace(string(text))
	return []byte(page), nil
}

// policyHash returns how a Content-Security-Policy names a text.
func policyHash(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// licences returns the notices of seedvault and of every package that went into the page.
func licences(work string) (string, error) {
	own, err := os.ReadFile("LICENSE")
	if err != nil {
		return "", err
	}
	b := &strings.Builder{}
	fmt.Fprintf(b, "seedvault\n\n%s", own)
	for _, pattern := range []string{"node_modules/*/LICENSE", "node_modules/@*/*/LICENSE"} {
		files, err := filepath.Glob(filepath.Join(work, pattern))
		if err != nil || len(files) == 0 {
			return "", errors.New("packages without a licence")
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return "", err
			}
			name, _ := filepath.Rel(filepath.Join(work, "node_modules"), filepath.Dir(file))
			fmt.Fprintf(b, "\n%s\n\n%s\n", filepath.ToSlash(name), strings.TrimSpace(string(text)))
		}
	}
	return b.String(), nil
}

func command(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
