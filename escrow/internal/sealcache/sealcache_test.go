package sealcache

import (
	"crypto/ed25519"
	"errors"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
)

const folder = "1-9f86d081884c7d65"

// signed is a seal's text with its signature, and the name that it should have.
func signed(t *testing.T, key ed25519.PrivateKey, namespace string) (f File, text, sig []byte) {
	t.Helper()
	s := format.NewSeal()
	s.Number, s.Epoch, s.Time, s.By = 1, 1, "2026-11-22T10:00:00Z", "paper"
	s.Accept(format.Ref{Path: folder + "/vault.txt", Sum: format.Sum([]byte("vault"))})
	text = s.Marshal()
	return File{folder, sshsig.MarshalPublicKey(key.Public().(ed25519.PublicKey)), 1, s.Hash()}, text, sshsig.Sign(key, namespace, text)
}

func aKey(first byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(append(make([]byte, ed25519.SeedSize-1), first))
}

// A seal that was verified is known for the same bytes under the same name alone, and each
// other name or byte breaks the rule that it breaks at first sight.
func TestKnownForItsBytesAlone(t *testing.T) {
	f, text, sig := signed(t, aKey(1), Namespace)
	_, _, other := signed(t, aKey(2), Namespace)
	_, _, otherUse := signed(t, aKey(1), "seedvault-epoch")
	for _, met := range []bool{false, true} {
		for name, c := range map[string]struct {
			change func(*File)
			text   []byte
			sig    []byte
			rule   format.Rule
		}{
			"another text":      {text: append([]byte("#"), text...), sig: sig, rule: 3},
			"another name":      {change: func(f *File) { f.Hash = format.Hash([32]byte{}) }, text: text, sig: sig, rule: 3},
			"another signature": {text: text, sig: other, rule: 25},
			"another use":       {text: text, sig: otherUse, rule: 25},
			"no signature":      {text: text, rule: 25},
			"another signer":    {change: func(f *File) { f.Signer = sshsig.MarshalPublicKey(aKey(2).Public().(ed25519.PublicKey)) }, text: text, sig: sig, rule: 25},
			"another number":    {change: func(f *File) { f.Number = 2 }, text: text, sig: sig, rule: 26},
		} {
			var v Cache
			if met {
				if _, err := v.Verify(f, text, sig); err != nil {
					t.Fatal(err)
				}
			}
			as := f
			if c.change != nil {
				c.change(&as)
			}
			_, err := v.Verify(as, c.text, c.sig)
			var broken *format.SealError
			if !errors.As(err, &broken) || broken.Rule != c.rule {
				t.Errorf("%s, met before %t: %v, want %s", name, met, err, c.rule)
			}
		}
	}
}

func TestVerifiesOnce(t *testing.T) {
	f, text, sig := signed(t, aKey(1), Namespace)
	var v Cache
	first, err := v.Verify(f, text, sig)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := v.Verify(f, text, sig); err != nil || again != first {
		t.Errorf("it is verified again: %v", err)
	}
	elsewhere := f
	elsewhere.Folder = "2-9f86d081884c7d65"
	if _, err := v.Verify(elsewhere, text, sig); err == nil {
		t.Error("the seal of one epoch is valid in another, whose files it does not speak of")
	}
	if s, err := new(Cache).Verify(f, text, sig); err != nil || s == first {
		t.Errorf("it is known to one that has not met it: %v", err)
	}
}

func TestIsSealAndIsSigned(t *testing.T) {
	f, text, sig := signed(t, aKey(1), Namespace)
	for _, met := range []bool{false, true} {
		var v Cache
		if met {
			if _, err := v.Verify(f, text, sig); err != nil {
				t.Fatal(err)
			}
		}
		if !v.IsSigned(f.Signer, text, sig) || v.IsSigned(f.Signer, text[1:], sig) || v.IsSigned(f.Signer, text, nil) {
			t.Errorf("met before %t: what is signed is not told", met)
		}
		if !v.IsSeal(folder, f.Signer, text, sig) || v.IsSeal("2-9f86d081884c7d65", f.Signer, text, sig) || v.IsSeal(folder, f.Signer, text, nil) {
			t.Errorf("met before %t: what is a seal is not told", met)
		}
	}
}
