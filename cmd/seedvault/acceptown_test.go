package main

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// TestAcceptedThoughCopiesFail: where the work on the copies fails after what this machine had
// added was accepted, that alone is said, and not that it could not be accepted.
func TestAcceptedThoughCopiesFail(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a folder that is open cannot be removed")
	}
	w, _, errs := stage(t, time.Now())
	dir := t.TempDir()
	for _, args := range [][]string{{"init", "--device", "pc"}, {"copy", "add", dir, "--kept", "drawer", "--as", "stick"}} {
		if got := newApp(w).Run(args); got != say.StatusDone {
			t.Fatalf("%q ends with %d: %s", args, got, errs)
		}
	}
	v, err := session.Open(w, place.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	seed, err := escrow.NewSeed("otpauth://totp/Example:anna?secret=JBSWY3DPEHPK3PXP&issuer=Example", escrow.Details{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Deposit(seed); err != nil {
		t.Fatal(err)
	}
	writable, err := v.UnlockToWrite()
	if err != nil {
		t.Fatal(err)
	}
	vault := placeOf(t, w).Path
	w.Voice.OnMessage = func(l words.Language, m words.Message, text string) {
		heard(l, m, text)
		if m == words.OwnAccepted { // the vault goes away before the copies are reached
			if err := os.RemoveAll(vault); err != nil {
				t.Error(err)
			}
		}
	}
	errs.Reset()
	writable.AcceptOwn(t.Context())
	says := func(m words.Message) bool {
		begin, _, _ := strings.Cut(m.En, "%")
		return strings.Contains(errs.String(), begin)
	}
	if !says(words.OwnAccepted) || !says(words.CopiesMayLack) || says(words.OwnNotAccepted) {
		t.Errorf("says %q", errs)
	}
}
