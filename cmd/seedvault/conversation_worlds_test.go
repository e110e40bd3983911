//go:build linux

package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/local"
)

// conversationWorld is a home and what lies in it, which is put back to how it was after
// each conversation.
type conversationWorld struct {
	dir  string
	env  []string
	kept map[string]keptFile
}

type keptFile struct {
	mode fs.FileMode
	data string
}

// buildWorld makes a world with its script.
func buildWorld(t *testing.T, name string) *conversationWorld {
	t.Helper()
	script, ok := conversationWorlds[name]
	if !ok {
		t.Fatalf("there is no world %s", name)
	}
	dir := t.TempDir()
	elsewhere := otherDisk(t, dir)
	path := os.Getenv("PATH")
	if strings.Contains(script, "age-plugin") {
		path = buildPlugin(t) + ":" + path
	}
	images, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	w := &conversationWorld{dir: dir, env: []string{
		"HOME=" + dir + "/home", "PATH=" + path, "TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1", "TESTDATA=" + images, "W=" + dir,
		"ELSEWHERE=" + elsewhere, "SEEDVAULT_TEST_CARRY=1m", "SEEDVAULT_TEST_NOW=2026-11-29T12:00:00Z", heardFile + "=" + os.Getenv(heardFile),
	}}
	for _, who := range []string{"someone", "alice", "bob"} {
		w.identity(t, who)
	}
	w.locked(t)
	cmd := exec.Command("sh", "-euc", "umask 077; mkdir home\n"+script)
	cmd.Dir, cmd.Env = dir, w.env
	withoutTerminal(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w.kept = w.snapshot(t)
	return w
}

// otherDisk makes a folder on another disk than the one that a folder is on.
func otherDisk(t *testing.T, than string) string {
	t.Helper()
	for _, dir := range []string{"/dev/shm", "/tmp", "/var/tmp"} {
		made, err := os.MkdirTemp(dir, "seedvault-test-")
		if err != nil {
			continue
		}
		t.Cleanup(func() { os.RemoveAll(made) })
		if !local.SameDisk(made, than) {
			return made
		}
	}
	t.Fatal("everything lies on one disk here")
	return ""
}

// identity writes a key file, and has its recipient in a variable.
func (w *conversationWorld) identity(t *testing.T, who string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, who+".key"), []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.env = append(w.env, strings.ToUpper(who)+"="+id.Recipient().String())
}

// filePassphrase is that of the file my.key.
const filePassphrase = "the passphrase of my own file"

func (w *conversationWorld) locked(t *testing.T) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(w.dir, "my.key"), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := lockWithAge(f, id.String()+"\n", filePassphrase, false); err != nil {
		t.Fatal(err)
	}
	w.env = append(w.env, "LOCKED="+id.Recipient().String())
}

// snapshot returns all that lies in the world.
func (w *conversationWorld) snapshot(t *testing.T) map[string]keptFile {
	t.Helper()
	all := map[string]keptFile{}
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		f := keptFile{mode: info.Mode()}
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			f.data = string(data)
		}
		all[path] = f
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// settle holds that nothing was written, unless something may be, and puts the world back.
func (w *conversationWorld) settle(t *testing.T, writes bool) {
	t.Helper()
	now := w.snapshot(t)
	for _, path := range slices.Backward(slices.Sorted(maps.Keys(now))) {
		before, ok := w.kept[path]
		if ok && before == now[path] {
			continue
		}
		if !writes && !strings.HasPrefix(filepath.Base(path), "index-") { // what was read, kept for the next time
			t.Errorf("written, though nothing may be: %s %s", strings.TrimPrefix(path, w.dir), brief(now[path].data))
		}
		if ok && before.mode.IsDir() {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(w.kept)) {
		f := w.kept[path]
		if now, ok := now[path]; ok && now == f {
			continue
		} else if !ok && !writes {
			t.Errorf("removed, though nothing may be: %s", strings.TrimPrefix(path, w.dir))
		}
		var err error
		if f.mode.IsDir() {
			err = os.MkdirAll(path, f.mode.Perm())
		} else {
			err = os.WriteFile(path, []byte(f.data), f.mode.Perm())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func brief(data string) string {
	return fmt.Sprintf("%x, %d bytes", sha256.Sum256([]byte(data)), len(data))
}

// conversationWorlds are the scripts that make the worlds.
var conversationWorlds = map[string]string{
	"night": `mkdir -p home/Documents home/Dropbox/Photos; : >taken.html; cp $TESTDATA/images/clean.png .`,
	"bare": `mkdir home/Documents; cp $TESTDATA/images/clean.png .
		HOME=$W/other; mkdir other
		seedvault init --device pc --paper paper --out sheet.txt -r someone=$SOMEONE
		seedvault add clean.png
		sed -n 's/^# fingerprint  //p' sheet.txt >fingerprint
		cp -r other/.local/share/seedvault stick; rm -r other`,
	"home": homeWorld,
	"locked": seedFiles + `
		printf 'abandon ability able about above absent\n' >words
		seedvault init --passphrase words --passphrase-file words --paper paper --out sheet.txt
		seedvault add acme.txt; seedvault list -i sheet.txt
		` + sheetLines,
	"armed": seedFiles + `
		printf '` + filePassphrase + `\n' >secret
		seedvault init -r me=$LOCKED --paper paper --out sheet.txt
		seedvault add acme.txt; seedvault list -i sheet.txt
		sed -i 's|"path": |"identities": ["'$W'/my.key"], "path": |' home/.config/seedvault/config.json`,
	"emptied": homeWorld + `
		rm -r stick/* stick/.gitattributes`,
	"missing": seedFiles + `
		seedvault init --paper paper --out sheet.txt -r someone=$SOMEONE
		for f in acme cloud shop; do seedvault add $f.txt -i sheet.txt; done
		cd home/.local/share/seedvault/1-*/seals
		gone=$(sed -n 's/^# after //p' $(ls *.txt | tail -1) | tail -1)
		rm $gone.txt $gone.txt.sig
		rm -r $HOME/.local/state/seedvault/*/seals-*
		echo $gone >$W/seal
		seedvault list -i $W/sheet.txt`,
	"torn": seedFiles + `
		seedvault init --device pc --paper paper --out sheet.txt -r someone=$SOMEONE
		seedvault add acme.txt
		rm home/.local/share/seedvault/1-*/seeds/*.age
		seedvault list`,
	"plain": seedFiles + `
		seedvault init --no-page --device pc --paper paper --out sheet.txt
		seedvault add acme.txt`,
	"parts": `cp $TESTDATA/images/two.png .
		for n in a b c d e f g h i j k l; do echo "otpauth://totp/Site$n:anna?secret=JBSWY3DPEHPK3PXP&issuer=Site$n"; done >many.txt
		seedvault init --device pc --vault one
		seedvault add - --vault one <many.txt
		seedvault restore --google --uri --vault one >links
		sed -n 1p links >link1; sed -n 2p links >link2; rm -r one links; rm -r home/.config home/.local
		seedvault init --device pc`,
	"team": seedFiles + `
		seedvault init --device pc --paper paper --out sheet.txt -r someone=$SOMEONE
		recipient=$(sed -n 's/.*"recipient": "\(.*\)".*/\1/p' home/.config/seedvault/config.json)
		mkdir other
		HOME=$W/other seedvault open $W/home/.local/share/seedvault --fingerprint "$(sed -n 's/^# fingerprint  //p' sheet.txt)" --recipient $recipient
		HOME=$W/other seedvault add cloud.txt
		cp -rn other/.local/share/seedvault/. home/.local/share/seedvault; rm -r other`,
	"rotated": seedFiles + `
		seedvault init --device pc -r bob=$BOB -r someone=$SOMEONE
		seedvault add acme.txt
		digits() { sha256sum home/.local/share/seedvault/$1-*/vault.txt | cut -c1-32; }
		recipient() { sed -n 's/.*"recipient": "\(.*\)".*/\1/p' $1/.config/seedvault/config.json; }
		digits 1 >first
		HOME=$W/theirs; mkdir theirs
		seedvault open $W/home/.local/share/seedvault --fingerprint $(cat first) -i bob.key
		HOME=$W/home
		seedvault open home/.local/share/seedvault --vault taker --fingerprint $(cat first) --recipient $(recipient home)
		HOME=$W/theirs seedvault rotate -i bob.key --yes
		for to in home/.local/share/seedvault taker; do cp -rn theirs/.local/share/seedvault/. $to; done
		digits 2 >second; recipient theirs >recipient; rm -r theirs`,
	"board": seedFiles + `
		mkdir shares
		seedvault init -r someone=$SOMEONE --quorum board=2 --member alice=$ALICE --member bob=$BOB --member carol=paper --shares shares --text
		seedvault add acme.txt -i alice.key -i bob.key
		n=0; grep -E '^# +[A-Z2-7]{4} ' shares/share-board-carol.txt | sed 's/^# *//' | while read line; do n=$((n + 1)); echo $line >share$n; done`,
	"plugin": `r=
		for act in pin serial touch choice; do
			age-plugin-seedtest $act >$act.txt
			r="$r -r $act=$(sed -n 's/^# recipient: //p' $act.txt)"
		done
		seedvault init $r`,
}

// seedFiles are lines with a seed each.
const seedFiles = `
	echo 'otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME' >acme.txt
	echo 'otpauth://totp/Cloud:anna?secret=KRUGKIDROVUWG2ZAMJZG653O&issuer=Cloud' >cloud.txt
	echo 'otpauth://totp/Shop:anna?secret=KRUGKIDROVUWG2ZAMJZG653P&issuer=Shop' >shop.txt
	echo 'otpauth://hotp/Count:carol?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Count&counter=7' >count.txt
	sed 's/=7$/=9/' count.txt >further.txt
`

// sheetLines has each line of a sheet's key in a file.
const sheetLines = `
	sed -n 's/^#   \(.*\)  |  \(....\)$/\1  \2/p' sheet.txt | sed '1s/^/AGE-SECRET-KEY-1 /' >key
	for n in 1 2 3; do sed -n ${n}p key >line$n; done
`

// homeWorld is what most commands are typed in: a key on this PC, a sheet, and a copy.
const homeWorld = seedFiles + `
	mkdir stick; cp $TESTDATA/images/two.png $TESTDATA/exports/ente-libsodium.json .
	seedvault init --device pc --paper paper --out sheet.txt -r someone=$SOMEONE
	seedvault copy add stick --kept office --as stick
	seedvault add acme.txt count.txt
	printf '1111-aaaa\n' >codes; seedvault edit acme --recovery codes
	sed 's/ACME/Door/g' acme.txt | seedvault add -; seedvault remove door --yes
` + sheetLines
