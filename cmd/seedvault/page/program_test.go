package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/testdata/everything"
)

var programTime = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// programVault has package escrow make a vault with a sheet, and a passphrase if it is to
// have one, put accounts in it, and rotate it. It returns the vault's folder and the sheet's lines.
func programVault(t *testing.T, postQuantum, passphrase bool) (folder string, sheet []string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "vault")
	must(t, os.Mkdir(folder, 0o700))
	dir, err := escrow.OpenDir(folder)
	must(t, err)
	defer dir.Close()
	paper, secret, err := escrow.PaperHolder("paper", postQuantum)
	must(t, err)
	holders := []escrow.NewHolder{paper}
	if passphrase {
		words, err := escrow.PassphraseHolder("words", madePassphrase, false)
		must(t, err)
		holders = append(holders, words)
	}
	pin, err := escrow.Create(dir, escrow.CreateOptions{Holders: holders, PostQuantum: postQuantum, Now: programTime})
	must(t, err)
	identity, err := key.ParseIdentity(secret)
	must(t, err)
	add := func(uri string, accept bool) {
		vault, err := escrow.Open(dir, &pin)
		must(t, err)
		seed, err := escrow.NewSeed(uri, escrow.Details{Added: programTime})
		must(t, err)
		receipt, err := vault.Deposit(seed)
		must(t, err)
		if accept {
			opened, err := vault.Unlock(identity)
			must(t, err)
			must(t, opened.Accept(receipt))
			_, err = opened.Seal(programTime)
			must(t, err)
		}
	}
	add("otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME", true)
	add("otpauth://totp/Bank:anna?secret=GEZDGNBVGY3TQOJQ&issuer=Bank", true)
	vault, err := escrow.Open(dir, &pin)
	must(t, err)
	opened, err := vault.Unlock(identity)
	must(t, err)
	plan, err := opened.PlanRotation(escrow.RotateOptions{})
	must(t, err)
	rotation, err := opened.Rotate(context.Background(), plan, programTime)
	must(t, err)
	pin = rotation.Pin
	add("otpauth://totp/Later:anna?secret=JBSWY3DPEHPK3PXP&issuer=Later", true)
	add("otpauth://totp/Found:anna?secret=JBSWY3DPEHPK3PXP&issuer=Found", false)
	sheet, err = key.Paper(secret)
	must(t, err)
	return folder, sheet
}

// kitOf has the files of a folder put into a kit.
func kitOf(t *testing.T, folder string) string {
	t.Helper()
	files := map[string][]byte{}
	must(t, filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(folder, name)
		files[filepath.ToSlash(rel)] = read(t, name)
		return err
	}))
	kit, err := Kit(files)
	must(t, err)
	return writeFile(t, "kit.html", kit)
}

// TestProgramsVault is the worst night: what the program has written, and a sheet that
// it has printed, open in each browser. With everything asked for the passphrase opens it, too: at
// age's own work factor, and timed beside age.
func TestProgramsVault(t *testing.T) {
	t.Parallel()
	folder, sheet := programVault(t, false, everything.Asked)
	kit := kitOf(t, folder)
	inEach(t, func(t *testing.T, b browser) {
		p := visitor(t, b, pageFile(t), "en")
		p.chooseFolder(t, "#folder", folder)
		p.typesPaper(sheet)
		p.showsAll()
		p = visitor(t, b, kit, "en")
		p.press("#open-kit")
		if !everything.Asked {
			p.typesPaper(sheet)
			p.showsAll()
			return
		}
		byAge := ageDecrypts(t, folder)
		start := time.Now()
		p.typesPassphrase(madePassphrase)
		p.showsAll()
		t.Logf("2^18: the page %.2f s, age -d %.2f s", time.Since(start).Seconds(), byAge.Seconds())
	})
}

// TestProgramsPostQuantumVault is the same for a vault of hybrid keys.
func TestProgramsPostQuantumVault(t *testing.T) {
	t.Parallel()
	folder, sheet := programVault(t, true, false)
	p := visitor(t, useFirst(t), kitOf(t, folder), "en")
	p.press("#open-kit")
	p.typesPaper(sheet)
	p.showsAll()
}

// showsAll fails where not all that the program has put into its vault is shown: each
// once, in its part, and nothing damaged.
func (p *person) showsAll() {
	p.Helper()
	p.heads("4 accounts")
	shown := p.get(`return [...document.querySelectorAll(".accounts li")].map((li) => li.querySelector(".title").textContent + (li.querySelector(".badge") ? "?" : "")).join();`)
	if shown != "ACME,Bank,Later,Found?" {
		p.Errorf("shown are %s", shown)
	}
	if text := p.text(); strings.Contains(text, "Damaged or missing") || strings.Contains(text, "older part") {
		p.Errorf("the page says\n%s", text)
	}
}

// ageDecrypts has age open what the passphrase opens in a vault, and returns how long that
// takes. age takes the passphrase from a terminal.
func ageDecrypts(t *testing.T, folder string) time.Duration {
	t.Helper()
	keys, err := filepath.Glob(folder + "/1-*/holders/words/key-*.age")
	must(t, err)
	start := time.Now()
	cmd := exec.Command("script", "-qec", "age -d -o /dev/null '"+keys[0]+"'", "/dev/null")
	in, err := cmd.StdinPipe()
	must(t, err)
	screen, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	shown, buf := "", make([]byte, 256)
	for !strings.Contains(shown, "passphrase") { // what is typed before it asks is thrown away
		n, err := screen.Read(buf)
		must(t, err)
		shown += string(buf[:n])
	}
	fmt.Fprintln(in, madePassphrase)
	_, err = io.Copy(io.Discard, screen)
	must(t, errors.Join(err, cmd.Wait()))
	return time.Since(start)
}
