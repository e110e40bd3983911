package exchange

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"hash"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/scrypt"
)

// Cost is what trying a password takes, said before it is spent.
type Cost struct {
	Function string // scrypt, argon2id or pbkdf2
	Memory   int64  // bytes
	Rounds   int64  // of PBKDF2; of Argon2 the passes over the memory
}

// Bounds of what a file may ask for. The largest that apps are known to write is
// 1 GiB of memory in four passes (Ente) and ten (Bitwarden), and 2,000,000 rounds
// of PBKDF2 (Bitwarden).
const (
	maxRounds    = 5_000_000
	maxWork      = 16 * MaxKDFMemory // memory times passes
	maxTryRounds = 100_000_000       // for one password, in a file with many keys
	maxParallel  = 255
)

// spend announces a cost, and refuses one that no export asks for.
func (r *reading) spend(c Cost) error {
	if c.Memory > MaxKDFMemory || c.Rounds > maxRounds || c.Memory > 0 && c.Rounds > maxWork/c.Memory {
		return refuse(TooDear)
	}
	if c.Memory == 0 {
		r.rounds += c.Rounds
	}
	if r.work += c.Memory * c.Rounds; r.rounds > maxTryRounds || r.work > 2*maxWork {
		return refuse(TooDear)
	}
	if r.options.Cost != nil {
		return r.options.Cost(c)
	}
	return nil
}

func (r *reading) scrypt(password, salt []byte, n, rr, p int) ([]byte, error) {
	if n < 2 || n > 1<<30 || n&(n-1) != 0 || rr < 1 || rr > 1<<20 || p < 1 || p > maxParallel {
		return nil, refuse(Damaged)
	}
	// A wrong p is time, not memory.
	if err := r.spend(Cost{"scrypt", 128 * int64(n) * int64(rr), int64(p)}); err != nil {
		return nil, err
	}
	key, err := scrypt.Key(password, salt, n, rr, p, 32)
	if err != nil {
		return nil, refuse(Damaged)
	}
	return key, nil
}

// argon2id takes the memory in KiB.
func (r *reading) argon2id(password, salt []byte, passes, memory, parallel int64) ([]byte, error) {
	if passes < 1 || memory < 1 || parallel < 1 || parallel > maxParallel || len(salt) < 8 {
		return nil, refuse(Damaged)
	}
	if memory > MaxKDFMemory>>10 {
		return nil, refuse(TooDear)
	}
	if err := r.spend(Cost{"argon2id", memory << 10, passes}); err != nil {
		return nil, err
	}
	return argon2.IDKey(password, salt, uint32(passes), uint32(memory), uint8(parallel), 32), nil
}

func (r *reading) pbkdf2(h func() hash.Hash, password, salt []byte, rounds int64, length int) ([]byte, error) {
	if rounds < 1 {
		return nil, refuse(Damaged)
	}
	if err := r.spend(Cost{Function: "pbkdf2", Rounds: rounds}); err != nil {
		return nil, err
	}
	key, err := pbkdf2.Key(h, string(password), salt, int(rounds), length)
	if err != nil {
		return nil, refuse(Damaged)
	}
	return key, nil
}

// openGCM decrypts in place. Any nonce length is taken, since apps use several.
func openGCM(key, nonce, sealed, aad []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(nonce) == 0 {
		return nil, refuse(Damaged)
	}
	gcm, err := cipher.NewGCMWithNonceSize(block, len(nonce))
	if err != nil {
		return nil, refuse(Damaged)
	}
	plain, err := gcm.Open(sealed[:0], nonce, sealed, aad)
	if err != nil {
		return nil, refuse(WrongPassword)
	}
	return plain, nil
}

// openCBC decrypts in place and takes the PKCS #7 padding off. Where nothing
// authenticates the text, bad padding is how a wrong password shows.
func openCBC(key, iv, sealed []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(iv) != aes.BlockSize || len(sealed) == 0 || len(sealed)%aes.BlockSize != 0 {
		return nil, refuse(Damaged)
	}
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(sealed, sealed)
	pad := int(sealed[len(sealed)-1])
	if pad < 1 || pad > aes.BlockSize || !bytes.Equal(sealed[len(sealed)-pad:], bytes.Repeat([]byte{byte(pad)}, pad)) {
		return nil, refuse(WrongPassword)
	}
	return sealed[:len(sealed)-pad], nil
}

// maxTries of a password, in case nobody says that there is no other.
const maxTries = 100

// unlock asks for passwords until one opens the file, or there is none left.
func (r *reading) unlock(open func(password []byte) error) error {
	for try := range maxTries {
		if r.options.Password == nil {
			return refuse(NeedsPassword)
		}
		password, err := r.options.Password(Ask{Source: r.source, Format: r.format.Name, Tries: try})
		if err != nil {
			return err
		}
		r.rounds, r.work = 0, 0
		if err := open([]byte(password)); !isWrongPassword(err) {
			return err
		}
	}
	return refuse(WrongPassword)
}

// unlockJSON does so for a content that is JSON, and refuses any other for a reason: that a
// password is wrong shows in nothing else in some forms.
func (r *reading) unlockJSON(open func(password []byte) ([]byte, error), otherwise Reason) (content node, err error) {
	err = r.unlock(func(password []byte) error {
		plain, err := open(password)
		if err != nil {
			return err
		}
		var ok bool
		if content, ok = parseJSON(string(plain)); !ok {
			return refuse(otherwise)
		}
		return nil
	})
	return content, err
}

func isWrongPassword(err error) bool { return err != nil && refuse(WrongPassword).(*Error).Is(err) }

// sealGCM encrypts for a key and a nonce that are used once.
func sealGCM(key, nonce, plain []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("exchange: internal error: a key of no AES length")
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic("exchange: internal error: " + err.Error())
	}
	return gcm.Seal(nil, nonce, plain, nil)
}
