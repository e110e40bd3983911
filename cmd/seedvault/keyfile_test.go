package main

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/unlocking"

	"filippo.io/age"
	"filippo.io/age/armor"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/crypto/ssh"
)

// buildPlugin builds the age plugin that was made for tests and returns the folder
// it lies in.
func buildPlugin(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", dir, "../../testdata/age-plugin-seedtest").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// locked KIND PASSPHRASE FILE makes a key and writes its file, locked with the
// passphrase that stands in a file. Its public key is then in the variable PUBLIC.
// KIND is age, armored (age's, in text form), ssh-ed25519 or ssh-rsa, or nothing for age's without a key
// in it.
func locked(ts *testscript.TestScript, _ bool, args []string) {
	passphrase := strings.TrimSpace(ts.ReadFile(args[1]))
	kind, name := args[0], ts.MkAbs(args[2])
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	ts.Check(err)
	defer f.Close()
	var public string
	switch kind {
	case "nothing":
		ts.Check(lockWithAge(f, "no key at all\n", passphrase, false))
	case "age", "armored":
		id, err := age.GenerateX25519Identity()
		ts.Check(err)
		public = id.Recipient().String()
		ts.Check(lockWithAge(f, id.String()+"\n", passphrase, kind == "armored"))
	default:
		var key crypto.Signer
		if _, key, err = ed25519.GenerateKey(rand.Reader); kind == "ssh-rsa" {
			key, err = rsa.GenerateKey(rand.Reader, 2048)
		}
		ts.Check(err)
		block, err := ssh.MarshalPrivateKeyWithPassphrase(key, "", []byte(passphrase))
		ts.Check(err)
		ts.Check(pem.Encode(f, block))
		of, err := ssh.NewPublicKey(key.Public())
		ts.Check(err)
		public = string(ssh.MarshalAuthorizedKey(of))
	}
	ts.Setenv("PUBLIC", strings.TrimSpace(public))
}

// lockWithAge does as age -p does, but for its cost.
func lockWithAge(w io.Writer, text, passphrase string, armored bool) error {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return err
	}
	to.SetWorkFactor(10)
	if armored {
		a := armor.NewWriter(w)
		defer a.Close()
		w = a
	}
	e, err := age.Encrypt(w, to)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(e, text); err != nil {
		return err
	}
	return e.Close()
}

// pluginkey FILE [WORD...] has the test plugin make a key. Its recipient is then in
// the variable PUBLIC.
func pluginkey(ts *testscript.TestScript, _ bool, args []string) {
	cmd := exec.Command(ts.Getenv("PLUGIN")+"/age-plugin-seedtest", args[1:]...)
	out, err := cmd.Output()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out, 0o600))
	public, _, _ := strings.Cut(strings.TrimPrefix(string(out), "# recipient: "), "\n")
	ts.Setenv("PUBLIC", public)
}

// TestWaitingForAPlugin is said in every language, and by name.
func TestWaitingForAPlugin(t *testing.T) {
	for _, language := range languages {
		p, _, errs := stage(t, time.Now())
		p.Voice.Lang = language
		unlocking.Asker(p).Waiting("hsm")
		if !strings.Contains(errs.String(), "age-plugin-hsm") || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%q: %q", language, errs)
		}
	}
}
