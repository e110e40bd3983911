package vaultkey

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
)

// two are a key of each kind.
func two(t *testing.T) (keys []*Key) {
	t.Helper()
	for _, postQuantum := range []bool{false, true} {
		k, err := Generate(postQuantum)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	return keys
}

// A key that is read from its identity file is the same key, with the same signer.
func TestKeysAreRead(t *testing.T) {
	keys := two(t)
	back, err := ParseAll([]byte("# vault identities\n" + keys[0].Secret() + "\n\n" + keys[1].Secret() + "\n"))
	if err != nil || len(back) != 2 {
		t.Fatalf("%d keys, %v", len(back), err)
	}
	for i, k := range back {
		if k.Signer != keys[i].Signer || k.RecipientSum() != keys[i].RecipientSum() || !k.Fits(format.Descriptor{Signer: k.Signer, RecipientSum: k.RecipientSum()}) {
			t.Errorf("key %d is another", i)
		}
		text := []byte("a text")
		if err := sshsig.Verify(keys[i].Signer, "use", text, k.Sign("use", text)); err != nil {
			t.Errorf("key %d: its signature: %v", i, err)
		}
		if err := sshsig.Verify(keys[i].Signer, "other use", text, k.Sign("use", text)); err == nil {
			t.Errorf("key %d: a signature is good for another use", i)
		}
	}
	if keys[0].Signer == keys[1].Signer {
		t.Error("two keys have one signer")
	}
}

func TestWrongIdentityIsNotQuoted(t *testing.T) {
	secret := two(t)[0].Secret()
	_, err := ParseAll([]byte(secret[:len(secret)-1]))
	if err == nil || strings.Contains(strings.ToUpper(err.Error()), secret[:20]) {
		t.Errorf("error %v", err)
	}
}

// Of an epoch whose signer is of a type that this program does not know, the recipient
// alone tells whether the key is its own.
func TestUnverifiedFitsByRecipient(t *testing.T) {
	keys := two(t)
	d := format.Descriptor{Signer: "another-type AAAA", Unverified: true, RecipientSum: keys[0].RecipientSum()}
	if !keys[0].Fits(d) || keys[1].Fits(d) {
		t.Error("the recipient does not tell the key")
	}
	if d.Unverified = false; keys[0].Fits(d) {
		t.Error("a key fits another signer")
	}
}

// TestPrintsNoSecret prints keys, and what they point to, in every way that fmt and slog have.
func TestPrintsNoSecret(t *testing.T) {
	verbs := []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"}
	for _, k := range two(t) {
		var log strings.Builder
		seed := k.private.Seed()
		for _, printed := range []any{k, *k, struct{ K Key }{*k}} {
			slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "v", printed)
			slog.New(slog.NewTextHandler(&log, nil)).Info("m", "v", printed)
			for _, verb := range verbs {
				fmt.Fprintf(&log, verb, printed)
			}
		}
		text := strings.ToLower(log.String())
		if !strings.Contains(text, "elided") || strings.Contains(text, strings.ToLower(k.Secret())) {
			t.Error("a key shows its identity")
		}
		for _, verb := range verbs {
			if shown := strings.ToLower(strings.Trim(fmt.Sprintf(verb, seed), "[]{}\"")); strings.Contains(text, shown) {
				t.Errorf("a key shows its signing key as %s does", verb)
			}
		}
	}
}
