package main

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base32"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/harden"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/key/keytest"
	"seedvault/testdata/bench/scan/pictures"
	"seedvault/testdata/everything"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/crypto/ssh"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // there is room, and nothing here measures memory
	testscript.Main(counting{m}, map[string]func(){"seedvault": mainInScripts})
}

// pattern compiles an expression when it is first used, and not before main: this is the
// scripts' program too, which starts some thousand times.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// mainInScripts is main with its messages counted, and with what the environment says:
// what lies below SEEDVAULT_TEST_MEMORY, and nothing else, is taken for a folder in
// memory, wherever the test itself runs; SEEDVAULT_TEST_NOW is the time, if it is there,
// SEEDVAULT_TEST_AHEAD how far the clock is ahead, SEEDVAULT_TEST_CLEAR when the clipboard is cleared, and SEEDVAULT_TEST_CARRY how long
// copies are waited for. Passphrases are cheap: TestPassphrasesCost is about their cost.
func mainInScripts() {
	keytest.SetWorkFactor(cheap)
	harden.HideMemory()
	leaveTerminal()
	p := world.New()
	follower := newFollower()
	p.Voice.OnMessage = func(l words.Language, m words.Message, text string) {
		heard(l, m, text)
		follower.told(m, text)
	}
	if ahead, err := time.ParseDuration(os.Getenv(scriptAhead)); err == nil {
		p.Now = func() time.Time { return time.Now().Add(ahead) }
	}
	if at := os.Getenv("SEEDVAULT_TEST_NOW"); at != "" {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			panic(err)
		}
		p.Now = func() time.Time { return now }
	}
	memory := os.Getenv("SEEDVAULT_TEST_MEMORY")
	p.OnRAMDisk = func(path string) bool { return memory != "" && strings.HasPrefix(path, memory) }
	if after, err := time.ParseDuration(os.Getenv("SEEDVAULT_TEST_CLEAR")); err == nil {
		p.ClearAfter = after
	}
	if wait, err := time.ParseDuration(os.Getenv("SEEDVAULT_TEST_CARRY")); err == nil {
		p.CarryFor, p.LookFor = wait, wait
	}
	status := newApp(p).Run(os.Args[1:])
	follower.follow(p)
	os.Exit(status)
}

const scripts = "../../testdata/script"

// longScripts are played with everything asked for: pictures of many megapixels, the trouble
// that programs for remotes make, a year of a vault.
var longScripts = []string{"add-images", "remotes-trouble", "year"}

// cheap is the scrypt work factor in scripts: of 18 each passphrase takes most of a
// second.
const cheap = 10

// TestScripts plays the sessions in testdata/script, but for the longest. A script that needs an
// outside tool is skipped by the tool's name.
func TestScripts(t *testing.T) {
	names := slices.DeleteFunc(scriptNames(t), func(name string) bool {
		return !everything.Asked && slices.Contains(longScripts, strings.TrimSuffix(filepath.Base(name), ".txtar"))
	})
	someone, err := age.GenerateX25519Identity() // a second way in that costs no scrypt
	if err != nil {
		t.Fatal(err)
	}
	plugin := buildPlugin(t)
	ledger := keepLedger(t)
	folder := scriptFolder(t)
	images, exports, page := inputs(t, folder)
	format, err := filepath.Abs("../../escrow/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files:               names,
		WorkdirRoot:         folder,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("IMAGES", images)
			e.Setenv("PAGE", page)
			e.Setenv("EXPORTS", exports)
			e.Setenv("FORMAT", format)
			e.Setenv("TZ", *zone)
			e.Setenv("GOGC", "400") // of what runs for milliseconds
			e.Setenv(scriptAhead, ahead.String())
			e.Setenv(testSession, testingSession())
			e.Setenv("PLUGIN", plugin)
			e.Setenv("WITHOUT", e.Getenv("PATH"))
			e.Setenv("PATH", plugin+string(filepath.ListSeparator)+e.Getenv("PATH"))
			e.Setenv("SOMEONE", someone.Recipient().String())
			e.Setenv(heardFile, os.Getenv(heardFile))
			e.Setenv(followLedger, ledger)
			for _, v := range []string{"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "SEEDVAULT_DIR"} {
				e.Setenv(v, "")
			}
			return os.Mkdir(filepath.Join(e.WorkDir, "home"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"keep":      keep,
			"oathsays":  oathsays,
			"private":   private,
			"lines":     lines,
			"newerseal": newerSeal,
			"converse":  converse,
			"showed":    showed,
			"pictured":  pictured,
			"locked":    locked,
			"pluginkey": pluginkey,
			"picture":   drawPicture,
			"s3":        s3,
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "readonly":
				return canBeReadOnly(), nil
			case "mounts":
				return os.Getuid() == 0 && canBeReadOnly(), nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
	})
}

// scriptNames finds the scripts.
func scriptNames(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(scripts + "/*.txtar")
	if err != nil || len(all) < 15 {
		t.Fatalf("only %d scripts found", len(all))
	}
	return all
}

// inputs copies what scripts read into their folder, so that no path in them depends on where
// this checkout is.
func inputs(t *testing.T, folder string) (images, exports, page string) {
	t.Helper()
	images, exports = filepath.Join(folder, "images"), filepath.Join(folder, "exports")
	page = filepath.Join(folder, "open-1.html")
	file, err := os.ReadFile("page/open-1.html")
	err = errors.Join(err, os.WriteFile(page, file, 0o600),
		os.CopyFS(images, os.DirFS("../../testdata/images")), os.CopyFS(exports, os.DirFS("../../testdata/exports")))
	if err != nil {
		t.Fatal(err)
	}
	return images, exports, page
}

// drawPicture is picture KIND SEED FILE: a photograph or a screenshot with made-up codes on
// it, as the scanner's own tests draw them.
func drawPicture(ts *testscript.TestScript, _ bool, args []string) {
	seed, err := strconv.ParseUint(args[1], 10, 64)
	ts.Check(err)
	var p pictures.Picture
	switch args[0] {
	case "two-polarities", "export":
		p = pictures.Screenshot(args[0], seed)
	case "huge": // of one colour
		p.Data = pictures.Huge(20000, 20000)
	default:
		p = pictures.Photo(args[0], seed, 1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), p.Data, 0o600))
}

// keep NAME puts standard output of the last command into a variable.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// oathsays FILE [FLAG]...: standard output of the last command is the code that oathtool
// gives for the base32 key in the file, now or a moment ago.
func oathsays(ts *testscript.TestScript, neg bool, args []string) {
	got := strings.TrimSpace(ts.ReadFile("stdout"))
	for _, ago := range []time.Duration{0, 20 * time.Second, 40 * time.Second} {
		flags := append([]string{"-b", "-N", scriptTime().Add(-ago).UTC().Format("2006-01-02 15:04:05 UTC")}, args[1:]...)
		if len(args) == 1 {
			flags = append(flags, "--totp")
		}
		cmd := exec.Command("oathtool", append(flags, "-")...)
		cmd.Stdin = strings.NewReader(strings.TrimSpace(ts.ReadFile(args[0])) + "\n")
		want, err := cmd.Output()
		ts.Check(err)
		if strings.TrimSpace(string(want)) == got {
			return
		}
	}
	ts.Fatalf("oathtool gives another code than %q", got)
}

// private FILE...: the files are there and nobody else may read them.
func private(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if info.Mode().Perm()&0o077 != 0 {
			ts.Fatalf("%s has mode %v", name, info.Mode())
		}
	}
}

// lines N: standard error of the last command has N lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	n := strings.Count(ts.ReadFile("stderr"), "\n")
	if want := args[0]; want < "1" || want > "3" || n != int(want[0]-'0') {
		ts.Fatalf("%d lines on standard error, want %s", n, want)
	}
}

// newerSeal DIR KEY: writes a seal as a later version may, with a word that this
// one does not know. The signing key is made from the vault's own, by FORMAT.md.
func newerSeal(ts *testscript.TestScript, _ bool, args []string) {
	key, err := os.Open(ts.MkAbs(args[1]))
	ts.Check(err)
	defer key.Close()
	ids, err := age.ParseIdentities(key)
	ts.Check(err)
	one := func(pattern string) string {
		match, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), pattern))
		ts.Check(err)
		return match[len(match)-1]
	}
	slot, err := os.Open(one("1-*/holders/paper/slot-*.age"))
	ts.Check(err)
	defer slot.Close()
	plain, err := age.Decrypt(slot, ids...)
	ts.Check(err)
	identity, err := io.ReadAll(plain)
	ts.Check(err)
	seed, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(string(identity))), nil, "seedvault/v1 signing key ed25519", 32)
	ts.Check(err)
	block, err := ssh.MarshalPrivateKey(ed25519.NewKeyFromSeed(seed), "")
	ts.Check(err)
	signer := ts.MkAbs("signer")
	ts.Check(os.WriteFile(signer, pem.EncodeToMemory(block), 0o600))

	text, err := os.ReadFile(one("1-*/seals/*.txt"))
	ts.Check(err)
	title, rest, _ := strings.Cut(strings.Replace(string(text), "seal 0001", "seal 0002", 1), "\n")
	text = []byte(title + "\n# future word\n" + rest)
	sum := sha256.Sum256(text)
	name := filepath.Join(filepath.Dir(one("1-*/seals/*.txt")), "0002-"+strings.ToLower(base32.StdEncoding.EncodeToString(sum[:20]))+".txt")
	ts.Check(os.WriteFile(name, text, 0o600))
	out, err := exec.Command("ssh-keygen", "-q", "-Y", "sign", "-f", signer, "-n", "seedvault-seal", name).CombinedOutput()
	if err != nil {
		ts.Fatalf("ssh-keygen: %s", out)
	}
}

// canBeReadOnly reports whether a script can make a folder that it may not write to.
func canBeReadOnly() bool {
	return os.Getuid() != 0 || exec.Command("unshare", "-m", "mount", "--bind", "/", "/").Run() == nil
}
