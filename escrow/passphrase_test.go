package escrow

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// kdfs counts the scrypt runs of f.
func kdfs(t *testing.T, f func()) int {
	t.Helper()
	n := 0
	testOnlyBeforeKDF = func() { n++ }
	defer func() { testOnlyBeforeKDF = func() {} }()
	f()
	return n
}

// withPassphrases makes a vault of passphrase holders.
func withPassphrases(t *testing.T, secrets map[string]string) *fixture {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	f.fsys = openDir(t, f.dir)
	var holders []NewHolder
	for name, secret := range secrets {
		h, err := PassphraseHolder(name, secret, false)
		must(t, err)
		holders = append(holders, h)
	}
	var err error
	f.pin, err = Create(f.fsys, CreateOptions{Holders: holders, Now: testTime})
	must(t, err)
	return f
}

// TestOneKDFForEachSpelling: what is typed costs one scrypt for each distinct
// spelling, and no more.
func TestOneKDFForEachSpelling(t *testing.T) {
	f := withPassphrases(t, map[string]string{"words": "caf\u00e9 one two three four"})
	key, err := f.vault().PassphraseKeys("")
	must(t, err)
	for _, c := range []struct {
		typed string
		opens bool
		want  int
	}{
		{"caf\u00e9 one two three four", true, 1},
		{"cafe\u0301 one two three four", true, 2},
		{"caf\u00e9  one two three\u3000four ", true, 3},
		{"plain wrong words", false, 1},
		{"wrong  words", false, 2},
		{"", false, 0},
	} {
		var err error
		n := kdfs(t, func() { _, err = key.Unlock(c.typed) })
		if n != c.want || (err == nil) != c.opens || err != nil && !errors.Is(err, ErrPassphrase) {
			t.Errorf("%q: %d scrypt runs, %v; want %d", c.typed, n, err, c.want)
		}
	}
}

// TestSeveralPassphrasesAreNamed: with several holders none is tried in vain.
func TestSeveralPassphrasesAreNamed(t *testing.T) {
	f := withPassphrases(t, map[string]string{"anna": "the passphrase of anna", "bob": "the passphrase of bob"})
	v := f.vault()
	n := kdfs(t, func() {
		_, err := v.PassphraseKeys("")
		var choice *ChoiceError
		if !errors.As(err, &choice) || !slices.Equal(choice.Names, []string{"anna", "bob"}) {
			t.Errorf("two holders: %v", err)
		}
	})
	if n != 0 {
		t.Errorf("%d scrypt runs before anything is chosen", n)
	}
	n = kdfs(t, func() {
		key, err := v.PassphraseKeys("bob")
		must(t, err)
		_, err = key.Unlock("the passphrase of bob")
		must(t, err)
	})
	if n != 1 {
		t.Errorf("%d scrypt runs for a named holder, want 1", n)
	}
}

// TestPlantedKeyFiles: somebody who writes to the folder adds key files. They
// are not tried unasked, and never more than 16.
func TestPlantedKeyFiles(t *testing.T) {
	f := withPassphrases(t, map[string]string{"words": passphrase})
	plant := func(holder string, n int) {
		for i := range n {
			file, err := encryptWithPassphrase([]byte(fmt.Sprint(holder, i)), "planted passphrase")
			must(t, err)
			dir := f.path(f.folder() + "/holders/" + holder)
			must(t, os.MkdirAll(dir, 0o700))
			must(t, os.WriteFile(filepath.Join(dir, "key-"+hashName(sum256(file))+".age"), file, 0o600))
		}
	}
	plant("words", 20)
	plant("aaa", 20)
	key, err := f.vault().PassphraseKeys("")
	must(t, err)
	if n := kdfs(t, func() { _, err = key.Unlock("wrong words, all of them") }); n != 1 || key.Holder() != "words" {
		t.Errorf("%d scrypt runs for %s, want 1 for words", n, key.Holder())
	}
	key, err = f.vault().PassphraseKeys("aaa") // named by a person
	must(t, err)
	if n := kdfs(t, func() { _, err = key.Unlock("wrong words, all of them") }); n != 16 {
		t.Errorf("%d scrypt runs for a planted holder that was named, want 16", n)
	}
}

// TestLostSealsCostNoWayIn: without any valid seal the passphrase still opens.
func TestLostSealsCostNoWayIn(t *testing.T) {
	f := withPassphrases(t, map[string]string{"words": passphrase})
	must(t, os.RemoveAll(f.path(f.folder()+"/seals")))
	key, err := f.vault().PassphraseKeys("")
	must(t, err)
	id, err := key.Unlock(passphrase)
	must(t, err)
	if _, err := f.vault().Unlock(id); err != nil {
		t.Error(err)
	}
}

// TestWorkFactorLimit: a key file that would cost minutes is refused at once.
func TestWorkFactorLimit(t *testing.T) {
	testOnlyWorkFactor = 12
	defer func() { testOnlyWorkFactor = 10 }()
	file, err := encryptWithPassphrase([]byte("x"), "a passphrase")
	must(t, err)
	header := string(file)
	at := len("age-encryption.org/v1\n-> scrypt ") + 22 + 1
	if header[at:at+2] != "12" {
		t.Fatalf("the work factor is not where it was: %q", header[at:at+2])
	}
	costly := header[:at] + "21" + header[at+2:]
	if _, err := unlockKeyFile([]byte(costly), "a passphrase"); err == nil || errors.Is(err, errNoMatch) {
		t.Errorf("work factor 21: %v", err)
	}
}

// TestGeneratedPassphrase: one that seedvault made opens in any case and width, and
// what is wrong with one that does not is said as far as it can be.
func TestGeneratedPassphrase(t *testing.T) {
	f := withPassphrases(t, map[string]string{"words": "abandon ability able about above absent"})
	key, err := f.vault().PassphraseKeys("")
	must(t, err)
	for _, typed := range []string{"Abandon Ability Able About Above Absent", "abandon  ability able about above absent ", "ａｂａｎｄｏｎ　ability ABLE about above absent"} {
		if _, err := key.Unlock(typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for typed, want := range map[string]PassphraseError{
		"ability abandon able about above absent": {6, 0},
		"abandon ability abel about above absent": {6, 3},
		"abandon ability able about above":        {5, 0},
	} {
		_, err := key.Unlock(typed)
		var got *PassphraseError
		if !errors.As(err, &got) || *got != want || !errors.Is(err, ErrPassphrase) {
			t.Errorf("%q: %v", typed, got)
		}
	}
	if got := MeantWords("abandon ability abel", 3); !slices.Equal(got, []string{"able", "label"}) {
		t.Errorf("meant %q", got)
	}
	var doubt *PassphraseError
	if _, err := key.Unlock("a passphrase of my own, quite"); errors.As(err, &doubt) || !errors.Is(err, ErrPassphrase) {
		t.Error("an own passphrase is held against the list")
	}
}
