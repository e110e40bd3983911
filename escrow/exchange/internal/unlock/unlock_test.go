package unlock_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/unlock"
)

func refused(err error, r exchange.Reason) bool { return errors.Is(err, exchange.Refuse(r)) }

// TestTry asks until a password is right, and not without end.
func TestTry(t *testing.T) {
	t.Parallel()
	wrong := func([]byte) error { return exchange.Refuse(exchange.WrongPassword) }
	if err := new(unlock.Passwords).Try(wrong); !refused(err, exchange.NeedsPassword) {
		t.Errorf("nobody to ask: %v", err)
	}
	asked := 0
	p := unlock.Passwords{Ask: func(tries int) (string, error) {
		if tries != asked {
			t.Errorf("asked %d times, told %d", asked, tries)
		}
		asked++
		return "x", nil
	}}
	if err := p.Try(wrong); !refused(err, exchange.WrongPassword) || asked != 100 {
		t.Errorf("asked %d times: %v", asked, err)
	}
	asked = 0
	right := func([]byte) error {
		if asked < 3 {
			return exchange.Refuse(exchange.WrongPassword)
		}
		return nil
	}
	if err := p.Try(right); err != nil || asked != 3 {
		t.Errorf("asked %d times: %v", asked, err)
	}
	asked = 0
	if err := p.Try(func([]byte) error { return exchange.Refuse(exchange.Damaged) }); !refused(err, exchange.Damaged) || asked != 1 {
		t.Errorf("damaged, asked %d times: %v", asked, err)
	}
}

// TestSpend sums up what one password costs, announces each part before it is spent, and
// begins anew with the next password.
func TestSpend(t *testing.T) {
	t.Parallel()
	var heard []exchange.Cost
	asked := 0
	p := unlock.Passwords{
		Ask:  func(int) (string, error) { asked++; return "x", nil },
		Cost: func(c exchange.Cost) error { heard = append(heard, c); return nil },
	}
	rounds := exchange.Cost{Function: "pbkdf2", Rounds: 5_000_000}
	err := p.Try(func([]byte) error {
		for n := range 20 {
			if err := p.Spend(rounds); err != nil {
				t.Errorf("%d: %v", n, err)
			}
		}
		if err := p.Spend(rounds); !refused(err, exchange.TooDear) {
			t.Errorf("more than 100,000,000 rounds: %v", err)
		}
		if asked < 2 {
			return exchange.Refuse(exchange.WrongPassword)
		}
		return nil
	})
	if err != nil || len(heard) != 40 || heard[0] != rounds {
		t.Errorf("%v, %d costs announced", err, len(heard))
	}
	for _, c := range []exchange.Cost{
		{Function: "pbkdf2", Rounds: 5_000_001},
		{Function: "scrypt", Memory: exchange.MaxKDFMemory + 1, Rounds: 1},
		{Function: "argon2id", Memory: exchange.MaxKDFMemory, Rounds: 17},
	} {
		if err := p.Spend(c); !refused(err, exchange.TooDear) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if len(heard) != 40 {
		t.Error("what is refused is announced")
	}
	no := errors.New("no")
	p = unlock.Passwords{Cost: func(exchange.Cost) error { return no }}
	if key, err := p.PBKDF2(sha256.New, []byte("x"), []byte("salt"), 1, 32); err != no || key != nil {
		t.Errorf("spent against a no: %v", err)
	}
}

// TestGCM opens what was sealed, and tells another key and a changed byte.
func TestGCM(t *testing.T) {
	t.Parallel()
	key, nonce, text := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 12), []byte("JBSWY3DPEHPK3PXP")
	sealed := unlock.SealGCM(key, nonce, text)
	if plain, err := unlock.OpenGCM(key, nonce, bytes.Clone(sealed), nil); err != nil || !bytes.Equal(plain, text) {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := unlock.OpenGCM(nonce[:0], nonce, bytes.Clone(sealed), nil); !refused(err, exchange.Damaged) {
		t.Errorf("a key of no length: %v", err)
	}
	if _, err := unlock.OpenGCM(bytes.Repeat([]byte{3}, 32), nonce, bytes.Clone(sealed), nil); !unlock.IsWrongPassword(err) {
		t.Errorf("another key: %v", err)
	}
	sealed[0] ^= 1
	if _, err := unlock.OpenGCM(key, nonce, sealed, nil); !unlock.IsWrongPassword(err) {
		t.Errorf("a changed byte: %v", err)
	}
}
