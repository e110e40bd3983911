package oskeyring

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// fake is a keyring in memory.
type fake struct {
	secrets map[string]string
	fail    error
	delay   time.Duration
	loses   bool // what it keeps comes back as something else
	asked   int
}

func (f *fake) Get(name string, _ bool) (string, error) {
	f.asked++
	time.Sleep(f.delay)
	secret, ok := f.secrets[name]
	switch {
	case f.fail != nil:
		return "", f.fail
	case !ok:
		return "", ErrNotFound
	case f.loses:
		return secret[1:], nil
	}
	return secret, nil
}

func (f *fake) Set(name, secret string) error {
	time.Sleep(f.delay)
	if f.fail == nil {
		f.secrets[name] = secret
	}
	return f.fail
}

func (f *fake) Delete(name string) error { delete(f.secrets, name); return f.fail }

func TestKeyring(t *testing.T) {
	f := &fake{secrets: map[string]string{}}
	k := New(f)
	if err := k.Set("pc", "secret"); err != nil {
		t.Fatal(err)
	}
	for n := range 2 { // the second time from memory
		if got, asked, err := k.Get("pc", false); got != "secret" || asked != (n == 0) || err != nil {
			t.Errorf("got %q, %v, %v", got, asked, err)
		}
	}
	if err := k.Delete("pc"); err != nil {
		t.Fatal(err)
	}
	if _, asked, err := k.Get("pc", false); !asked || !errors.Is(err, ErrNotFound) {
		t.Errorf("deleted: %v, %v", asked, err)
	}
	f.loses = true
	if err := k.Set("pc", "secret"); !errors.Is(err, ErrNotFound) {
		t.Errorf("what comes back changed is kept: %v", err)
	}
}

// A refusal is remembered too: it is said once.
func TestKeyringRefuses(t *testing.T) {
	f := &fake{fail: ErrLocked}
	k := New(f)
	for range 3 {
		if _, _, err := k.Get("pc", true); !errors.Is(err, ErrLocked) {
			t.Errorf("got %v", err)
		}
	}
	if f.asked != 1 {
		t.Errorf("asked %d times", f.asked)
	}
	if err := k.Set("pc", "secret"); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
}

// TestNoKeyring: a machine without one says so and does nothing.
func TestNoKeyring(t *testing.T) {
	var k *Keyring
	_, asked, err := k.Get("pc", true)
	if asked || !errors.Is(err, ErrNone) || !errors.Is(k.Set("pc", "x"), ErrNone) || !errors.Is(k.Delete("pc"), ErrNone) {
		t.Errorf("got %v, %v", asked, err)
	}
}

// A keyring that does not answer is waited for once in a run, five seconds.
func TestKeyringIsSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{secrets: map[string]string{"a": "secret", "b": "secret"}, delay: time.Hour}
		k, began := New(f), time.Now()
		for _, name := range []string{"a", "b"} {
			if got, _, err := k.Get(name, false); got != "" || !errors.Is(err, ErrNone) {
				t.Errorf("got %q, %v", got, err)
			}
		}
		if err := k.Set("c", "secret"); !errors.Is(err, ErrNone) {
			t.Errorf("got %v", err)
		}
		if waited := time.Since(began); waited != 5*time.Second {
			t.Errorf("waited %s", waited)
		}
		time.Sleep(2 * time.Hour) // until what was left has ended too
	})
}
