package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/oskeyring"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/unlocking"
)

// drawer is a keyring in memory, which counts what it is asked for.
type drawer struct {
	secrets map[string]string
	gone    error
	asked   int
}

func (d *drawer) Get(name string, _ bool) (string, error) {
	d.asked++
	if d.gone != nil {
		return "", d.gone
	}
	secret, ok := d.secrets[name]
	if !ok {
		return "", oskeyring.ErrNotFound
	}
	return secret, nil
}

func (d *drawer) Set(name, secret string) error {
	if d.gone == nil {
		d.secrets[name] = secret
	}
	return d.gone
}

func (d *drawer) Delete(name string) error {
	delete(d.secrets, name)
	return d.gone
}

// TestKeyInKeyring: this PC's key goes into the keyring and into no file, is asked for
// once a command, and counts as lost with this PC.
func TestKeyInKeyring(t *testing.T) {
	d := &drawer{secrets: map[string]string{}}
	w, out, errs := stage(t, time.Now())
	run := func(want int, args ...string) {
		t.Helper()
		w.Keyring = oskeyring.New(d) // of a command of its own
		out.Reset()
		errs.Reset()
		d.asked = 0
		if got := newApp(w).Run(args); got != want {
			t.Fatalf("%q ends with %d: %s", args, got, errs)
		}
	}
	run(say.StatusDone, "init", "--device", "pc")
	if len(d.secrets) != 1 || !strings.Contains(errs.String(), "in the system's keyring") {
		t.Fatalf("%d secrets, said %q", len(d.secrets), errs)
	}
	if keys, err := os.ReadDir(filepath.Dir(placeOf(t, w).KeyFile("x"))); err == nil {
		t.Errorf("a file is written: %v", keys)
	}
	w.In = strings.NewReader("otpauth://totp/Example:anna?secret=JBSWY3DPEHPK3PXP&issuer=Example\n")
	run(say.StatusDone, "add", "-")
	if d.asked != 1 || !strings.Contains(errs.String(), "but NOT of this PC") {
		t.Errorf("asked %d times, said %q", d.asked, errs)
	}
	run(say.StatusDone, "drill", "pc")
	if d.asked != 1 || !strings.Contains(out.String(), "pc alone opened the vault") {
		t.Errorf("asked %d times, said %q", d.asked, out)
	}
	run(say.StatusFound, "check")
	if !strings.Contains(out.String(), "NOT of this PC") || !strings.Contains(out.String(), "ways in: none beside this PC's own key\n") {
		t.Errorf("check says %q", out)
	}

	// A keyring that does not open is passed over, and said once.
	for _, c := range []struct {
		gone error
		says string
	}{{oskeyring.ErrLocked, "is locked"}, {oskeyring.ErrNone, "does not answer"}, {oskeyring.ErrNotFound, "no longer in"}} {
		d.gone = c.gone
		run(say.StatusFailed, "list")
		if n := strings.Count(errs.String(), c.says); n != 1 || d.asked != 1 {
			t.Errorf("%v: asked %d times, said %d times: %q", c.gone, d.asked, n, errs)
		}
	}

	// What a holder that comes to nothing left there is taken back.
	d.gone = nil
	run(say.StatusFailed, "holder", "add", "pc2", "--device") // nobody says yes
	if len(d.secrets) != 1 {
		t.Errorf("%d secrets", len(d.secrets))
	}
}

// TestAskedOnce: what opened a vault opens it again in the same command, and without a
// memory it is asked for again.
func TestAskedOnce(t *testing.T) {
	w, _, errs := stage(t, time.Now())
	own := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(own, []byte("a passphrase for tests\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status := newApp(w).Run([]string{"init", "--passphrase", "words", "--passphrase-file", own}); status != say.StatusDone {
		t.Fatalf("init ends with %d: %s", status, errs)
	}
	kept := unlocking.Given{PassphraseFile: own, Cache: &unlocking.KeyCache{}}
	forgot := unlocking.Given{PassphraseFile: own}
	unlock := func(given unlocking.Given) error {
		v, err := session.Open(w, place.Choice{Keys: given})
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		_, err = v.Keys().Unlock()
		return err
	}
	for _, given := range []unlocking.Given{kept, forgot} {
		if err := unlock(given); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	if err := unlock(kept); err != nil {
		t.Errorf("asked twice: %v", err)
	}
	if unlock(forgot) == nil {
		t.Error("opened without a key")
	}
}
