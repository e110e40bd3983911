package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/key/keytest"
)

// stage returns a world of a map, two buffers and a clock.
func stage(t *testing.T, now time.Time) (p *world.World, out, errs *bytes.Buffer) {
	t.Helper()
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	home := t.TempDir()
	env := map[string]string{"HOME": home, "AppData": filepath.Join(home, "r"), "LocalAppData": filepath.Join(home, "l")}
	return &world.World{
		CopySites: func() []local.CopySite { return nil },
		OnRAMDisk: func(string) bool { return false },
		Voice:     say.Voice{Out: out, Err: errs, OnMessage: heard},
		In:        strings.NewReader(""),
		Getenv:    func(name string) string { return env[name] },
		Now:       func() time.Time { return now },
		Terminal:  func() (*console.Terminal, error) { return nil, console.ErrNoTerminal },
	}, out, errs
}

// TestPassphrasesCost: a passphrase costs what it should where no test makes it cheap.
func TestPassphrasesCost(t *testing.T) {
	fullCost()
	defer func() { keytest.SetWorkFactor(cheap) }()
	w, _, errs := stage(t, time.Now())
	own := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(own, []byte("a passphrase for tests\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status := newApp(w).Run([]string{"init", "--passphrase", "words", "--passphrase-file", own}); status != say.StatusDone {
		t.Fatalf("init ends with %d: %s", status, errs)
	}
	files, err := filepath.Glob(filepath.Join(placeOf(t, w).Path, "1-*", "holders", "words", "key-*.age"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	file, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.SplitN(string(file), "\n", 3); !strings.HasPrefix(lines[1], "-> scrypt ") || !strings.HasSuffix(lines[1], " 18") {
		t.Errorf("the file begins with %q", lines[:2])
	}
}

func TestExitStatus(t *testing.T) {
	for args, want := range map[string]int{
		"--version":     say.StatusDone,
		"--help":        say.StatusDone,
		"":              say.StatusDone,
		"list":          say.StatusFailed,
		"list x":        say.StatusUsage,
		"lsit":          say.StatusUsage,
		"list --x":      say.StatusUsage,
		"check":         say.StatusFailed,
		"add otpauth:x": say.StatusUsage,
	} {
		p, out, errs := stage(t, time.Now())
		if got := newApp(p).Run(strings.Fields(args)); got != want {
			t.Errorf("%q ends with %d, want %d", args, got, want)
		}
		if ok := want == say.StatusDone; ok != (out.Len() > 0) || ok != (errs.Len() == 0) {
			t.Errorf("%q writes %q and %q", args, out, errs)
		}
		if want != say.StatusDone && strings.Count(errs.String(), "\n") != 2 {
			t.Errorf("%q is no error with a hint: %q", args, errs)
		}
	}
}

// TestTourNotices is the tour's control: with a clock before 1970 no seed gives a
// code, and the tour says so and fails.
func TestTourNotices(t *testing.T) {
	p, out, errs := stage(t, time.Date(1969, 7, 20, 20, 17, 0, 0, time.UTC))
	t.Setenv("TMPDIR", t.TempDir())
	if got := newApp(p).Run([]string{"tour"}); got != say.StatusFailed {
		t.Errorf("ends with %d\n%s", got, out)
	}
	if strings.Contains(out.String(), "checks held") || !strings.Contains(errs.String(), "error: ") {
		t.Errorf("says %q and %q", out, errs)
	}
}

// TestACopyIsNoHome: a copy opens like the vault, with its pin compared, and is nothing
// that can be written to; nor is a vault that nobody here has confirmed.
func TestACopyIsNoHome(t *testing.T) {
	w, _, errs := stage(t, time.Now())
	if got := newApp(w).Run([]string{"init", "--device", "pc"}); got != say.StatusDone {
		t.Fatalf("init ends with %d: %s", got, errs)
	}
	path := placeOf(t, w).Path
	key, err := filepath.Glob(filepath.Join(filepath.Dir(placeOf(t, w).KeyFile("x")), "*.txt"))
	if err != nil || len(key) != 1 {
		t.Fatalf("%q, %v", key, err)
	}
	stranger, _, _ := stage(t, time.Now())
	given := unlocking.Given{Identities: key}
	for _, c := range []struct {
		name         string
		w            *world.World
		choice       place.Choice
		compared, at bool
	}{
		{"the vault", w, place.Choice{}, true, true},
		{"a copy of it", w, place.Choice{Copy: path}, true, false},
		{"not confirmed", stranger, place.Choice{Vault: path, Keys: given}, false, false},
	} {
		v, err := session.Open(c.w, c.choice)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		defer v.Close()
		o, err := v.Keys().UnlockAvailable()
		if err != nil || o == nil || o.Compared() != c.compared {
			t.Fatalf("%s: opened %v, %v", c.name, o != nil, err)
		}
		_, home := v.Home()
		_, writable := v.Writable(o)
		if _, err := v.ToWrite(o); home != c.at || writable != c.at || (err == nil) != c.at {
			t.Errorf("%s: home %t, writable %t, %v", c.name, home, writable, err)
		}
	}
}
