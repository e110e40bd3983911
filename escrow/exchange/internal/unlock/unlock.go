// Package unlock opens other apps' exports that are encrypted with a password: it asks for one
// until it is right, and derives keys within a bound on what a file may cost. It opens no
// vault.
package unlock

import (
	"crypto/pbkdf2"
	"errors"
	"hash"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/scrypt"

	"seedvault/escrow/exchange"
)

// Passwords asks for a file's password, and derives keys from what it hears. What a
// file asks for is held to bounds, for each password anew.
type Passwords struct {
	Ask    func(tries int) (string, error) // its error ends reading; nil where nobody can be asked
	Cost   func(exchange.Cost) error       // hears a cost before it is spent, and may refuse it; may be nil
	rounds int64                           // of PBKDF2, spent on the present password
	work   int64                           // memory times passes, spent on it
}

// maxTries of a password, in case nobody says that there is no other.
const maxTries = 100

// Try asks for passwords until one opens the file. The error is that of asking, of opening
// where that is not a wrong password, or a refusal: there is nobody to ask, or all that
// were given are wrong.
func (p *Passwords) Try(open func(password []byte) error) error {
	for try := range maxTries {
		if p.Ask == nil {
			return exchange.Refuse(exchange.NeedsPassword)
		}
		password, err := p.Ask(try)
		if err != nil {
			return err
		}
		p.rounds, p.work = 0, 0
		if err := open([]byte(password)); !IsWrongPassword(err) {
			return err
		}
	}
	return exchange.Refuse(exchange.WrongPassword)
}

// IsWrongPassword reports whether an error says that another password may open the file.
func IsWrongPassword(err error) bool {
	return errors.Is(err, exchange.Refuse(exchange.WrongPassword))
}

// Bounds of what a file may ask for. The largest that apps are known to write is
// 1 GiB of memory in four passes (Ente) and ten (Bitwarden), and 2,000,000 rounds
// of PBKDF2 (Bitwarden).
const (
	maxRounds    = 5_000_000
	maxWork      = 16 * exchange.MaxKDFMemory // memory times passes
	maxTryRounds = 100_000_000                // for one password, in a file with many keys
	maxParallel  = 255
)

// Spend announces a cost, and refuses one that no export asks for, alone or with what the
// present password has cost by now.
func (p *Passwords) Spend(c exchange.Cost) error {
	if c.Memory > exchange.MaxKDFMemory || c.Rounds > maxRounds || c.Memory > 0 && c.Rounds > maxWork/c.Memory {
		return exchange.Refuse(exchange.TooDear)
	}
	if c.Memory == 0 {
		p.rounds += c.Rounds
	}
	if p.work += c.Memory * c.Rounds; p.rounds > maxTryRounds || p.work > 2*maxWork {
		return exchange.Refuse(exchange.TooDear)
	}
	if p.Cost != nil {
		return p.Cost(c)
	}
	return nil
}

// Scrypt derives a key of 32 bytes.
func (p *Passwords) Scrypt(password, salt []byte, n, r, parallel int) ([]byte, error) {
	if n < 2 || n > 1<<30 || n&(n-1) != 0 || r < 1 || r > 1<<20 || parallel < 1 || parallel > maxParallel {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	// What is parallel is time, not memory.
	if err := p.Spend(exchange.Cost{Function: "scrypt", Memory: 128 * int64(n) * int64(r), Rounds: int64(parallel)}); err != nil {
		return nil, err
	}
	key, err := scrypt.Key(password, salt, n, r, parallel, 32)
	if err != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	return key, nil
}

// Argon2id derives a key of 32 bytes. The memory is in KiB.
func (p *Passwords) Argon2id(password, salt []byte, passes, memory, parallel int64) ([]byte, error) {
	if passes < 1 || memory < 1 || parallel < 1 || parallel > maxParallel || len(salt) < 8 {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	if memory > exchange.MaxKDFMemory>>10 {
		return nil, exchange.Refuse(exchange.TooDear)
	}
	if err := p.Spend(exchange.Cost{Function: "argon2id", Memory: memory << 10, Rounds: passes}); err != nil {
		return nil, err
	}
	return argon2.IDKey(password, salt, uint32(passes), uint32(memory), uint8(parallel), 32), nil
}

// PBKDF2 derives a key of so many bytes.
func (p *Passwords) PBKDF2(h func() hash.Hash, password, salt []byte, rounds int64, length int) ([]byte, error) {
	if rounds < 1 {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	if err := p.Spend(exchange.Cost{Function: "pbkdf2", Rounds: rounds}); err != nil {
		return nil, err
	}
	key, err := pbkdf2.Key(h, string(password), salt, int(rounds), length)
	if err != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	return key, nil
}
