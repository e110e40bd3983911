package escrow

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
	"seedvault/escrow/key/keytest"
)

// passphraseFile encrypts any content with a passphrase.
func passphraseFile(t testing.TB, content, passphrase string, workFactor int) []byte {
	t.Helper()
	r, err := age.NewScryptRecipient(passphrase)
	must(t, err)
	r.SetWorkFactor(workFactor)
	file, err := key.Encrypt(r, []byte(content))
	must(t, err)
	return file
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
	k, err := f.vault().PassphraseKeys("")
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
		n := keytest.CountKDFs(func() { _, err = k.Unlock(c.typed) })
		if n != c.want || (err == nil) != c.opens || err != nil && !errors.Is(err, key.ErrPassphrase) {
			t.Errorf("%q: %d scrypt runs, %v; want %d", c.typed, n, err, c.want)
		}
	}
}

// TestSeveralPassphrasesAreNamed: with several holders none is tried in vain.
func TestSeveralPassphrasesAreNamed(t *testing.T) {
	f := withPassphrases(t, map[string]string{"anna": "the passphrase of anna", "bob": "the passphrase of bob"})
	v := f.vault()
	n := keytest.CountKDFs(func() {
		_, err := v.PassphraseKeys("")
		var choice *ChoiceError
		if !errors.As(err, &choice) || !slices.Equal(choice.Names, []string{"anna", "bob"}) {
			t.Errorf("two holders: %v", err)
		}
	})
	if n != 0 {
		t.Errorf("%d scrypt runs before anything is chosen", n)
	}
	n = keytest.CountKDFs(func() {
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
			file := passphraseFile(t, fmt.Sprint(holder, i), "planted passphrase", 10)
			dir := f.path(f.folder() + "/holders/" + holder)
			must(t, os.MkdirAll(dir, 0o700))
			must(t, os.WriteFile(filepath.Join(dir, "key-"+format.Hash(format.Sum(file))+".age"), file, 0o600))
		}
	}
	plant("words", 20)
	plant("aaa", 20)
	key, err := f.vault().PassphraseKeys("")
	must(t, err)
	if n := keytest.CountKDFs(func() { _, err = key.Unlock("wrong words, all of them") }); n != 1 || key.Holder() != "words" {
		t.Errorf("%d scrypt runs for %s, want 1 for words", n, key.Holder())
	}
	key, err = f.vault().PassphraseKeys("aaa") // named by a person
	must(t, err)
	if n := keytest.CountKDFs(func() { _, err = key.Unlock("wrong words, all of them") }); n != 16 {
		t.Errorf("%d scrypt runs for a planted holder that was named, want 16", n)
	}
}

// TestMissingSealTriesUnlistedKeyFiles: F17. What a seal that is missing may have
// listed is tried, after what is listed.
func TestMissingSealTriesUnlistedKeyFiles(t *testing.T) {
	f := newFixture(t)
	f.addedOneByOne(6)
	file := passphraseFile(t, identityText(f.friend), "a passphrase of a lost seal", 10)
	p := f.folder() + "/holders/words/key-" + format.Hash(format.Sum(file)) + ".age"
	must(t, os.WriteFile(f.path(p), file, 0o600))
	tries := func(typed string, want int, opens bool) {
		t.Helper()
		for _, named := range []string{"", "words"} {
			k, err := f.vault().PassphraseKeys(named)
			must(t, err)
			if n := keytest.CountKDFs(func() { _, err = k.Unlock(typed) }); n != want || (err == nil) != opens {
				t.Errorf("%q: %d scrypt runs, %v; want %d", typed, n, err, want)
			}
		}
	}
	tries("a passphrase of a lost seal", 1, false)
	f.removeNamed()
	tries("a passphrase of a lost seal", 2, true)
	tries(passphrase, 1, true)
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

// TestGeneratedPassphrase: one that seedvault made opens in any case and width, and
// what is wrong with one that does not is said as far as it can be.
func TestGeneratedPassphrase(t *testing.T) {
	f := withPassphrases(t, map[string]string{"words": "abandon ability able about above absent"})
	k, err := f.vault().PassphraseKeys("")
	must(t, err)
	for _, typed := range []string{"Abandon Ability Able About Above Absent", "abandon  ability able about above absent ", "ａｂａｎｄｏｎ　ability ABLE about above absent"} {
		if _, err := k.Unlock(typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for typed, want := range map[string]key.PassphraseError{
		"ability abandon able about above absent": {Words: 6, Unknown: 0},
		"abandon ability abel about above absent": {Words: 6, Unknown: 3},
		"abandon ability able about above":        {Words: 5, Unknown: 0},
	} {
		_, err := k.Unlock(typed)
		var got *key.PassphraseError
		if !errors.As(err, &got) || *got != want || !errors.Is(err, key.ErrPassphrase) {
			t.Errorf("%q: %v", typed, got)
		}
	}
	if got := key.MeantWords("abandon ability abel", 3); !slices.Equal(got, []string{"able", "label"}) {
		t.Errorf("meant %q", got)
	}
	var doubt *key.PassphraseError
	if _, err := k.Unlock("a passphrase of my own, quite"); errors.As(err, &doubt) || !errors.Is(err, key.ErrPassphrase) {
		t.Error("an own passphrase is held against the list")
	}
}
