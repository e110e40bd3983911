//go:build linux || netbsd || openbsd

package oskeyring

import (
	"errors"
	"testing"
)

// A session without a bus has no keyring, and no bus is started for it.
func TestNoBus(t *testing.T) {
	for _, env := range []map[string]string{{}, {"XDG_RUNTIME_DIR": t.TempDir()}} {
		s := System(func(name string) string { return env[name] })
		if err := s.Set("x", "x"); !errors.Is(err, ErrNone) {
			t.Errorf("%v: %v", env, err)
		}
		if _, err := s.Get("x", true); !errors.Is(err, ErrNone) {
			t.Errorf("%v: %v", env, err)
		}
	}
}
