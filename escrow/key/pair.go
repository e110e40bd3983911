package key

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/smallage"
)

// Pair is a key pair of one of age's own two kinds, X25519 or hybrid, both halves in
// age's text form. Printing one shows no secret.
type Pair struct {
	halves func() halves // a function, because fmt prints what fields hold
}

type halves struct {
	identity       age.Identity
	recipient      age.Recipient
	secret, public string
	small          *smallage.Identity // the identity again, for small files; nil for a hybrid pair
}

func pairOf(h halves) *Pair { return &Pair{func() halves { return h }} }

// errIdentityText is for a line that is no native identity.
var errIdentityText = errors.New("invalid identity")

// Generate makes a new key pair, hybrid if it is to withstand a quantum computer
// (https://c2sp.org/age, "The hybrid recipient type").
func Generate(postQuantum bool) (*Pair, error) {
	var text string
	if postQuantum {
		id, err := age.GenerateHybridIdentity()
		if err != nil {
			return nil, errors.New("failed to generate a key")
		}
		text = id.String()
	} else {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			return nil, errors.New("failed to generate a key")
		}
		text = id.String()
	}
	return ParsePair(text)
}

// ParsePair reads a native identity, AGE-SECRET-KEY-1... or AGE-SECRET-KEY-PQ-1...,
// and nothing else: a text that came out of an encrypted file never starts a plugin.
// The error quotes nothing.
func ParsePair(identity string) (*Pair, error) {
	if id, err := age.ParseX25519Identity(identity); err == nil {
		small, err := smallage.ParseIdentity(identity)
		if err != nil {
			return nil, errIdentityText
		}
		return pairOf(halves{id, id.Recipient(), identity, id.Recipient().String(), small}), nil
	}
	if id, err := age.ParseHybridIdentity(identity); err == nil {
		return pairOf(halves{id, id.Recipient(), identity, id.Recipient().String(), nil}), nil
	}
	return nil, errIdentityText
}

// ParsePairs reads an age identity file of native identities: comments, empty lines,
// and one identity a line, as [ParsePair] reads it. There may be none. The error quotes
// nothing.
func ParsePairs(plain []byte) ([]*Pair, error) {
	var pairs []*Pair
	for line := range strings.Lines(string(plain)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		p, err := ParsePair(line)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

const elidedPair = "Pair(elided)"

// Format keeps the secret half out of every verb.
func (p *Pair) Format(f fmt.State, _ rune) { io.WriteString(f, elidedPair) }

// MarshalText keeps the secret half out of JSON, logs and other encodings.
func (p *Pair) MarshalText() ([]byte, error) { return []byte(elidedPair), nil }

// Identity returns the secret half, to decrypt with.
func (p *Pair) Identity() age.Identity { return p.halves().identity }

// Recipient returns the public half, to encrypt to.
func (p *Pair) Recipient() age.Recipient { return p.halves().recipient }

// Secret returns the identity's text, one line in upper case: the secret itself.
func (p *Pair) Secret() string { return p.halves().secret }

// Public returns the recipient's text: age1..., or age1pq1... of a hybrid pair.
func (p *Pair) Public() string { return p.halves().public }

// Encrypt encrypts to the pair, as [Encrypt] does.
func (p *Pair) Encrypt(plain []byte) ([]byte, error) { return Encrypt(p.Recipient(), plain) }

// Decrypt decrypts what was encrypted to the pair, as [Decrypt] does.
func (p *Pair) Decrypt(file []byte) ([]byte, error) {
	h := p.halves()
	if h.small != nil && len(file) <= FileLimit {
		if plain, ok := h.small.Open(file); ok {
			return plain, nil
		}
	}
	return Decrypt(file, h.identity)
}

// ParseNativeRecipient reads the public half of a [Pair] and returns its canonical text. The
// error is [ErrRecipient].
func ParseNativeRecipient(s string) (age.Recipient, string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if r, err := age.ParseX25519Recipient(s); err == nil {
		return r, r.String(), nil
	}
	if r, err := age.ParseHybridRecipient(s); err == nil {
		return r, r.String(), nil
	}
	return nil, "", ErrRecipient
}

// RecipientOf returns the recipient of a native identity's text, which is no secret.
// The error is [ErrIdentity].
func RecipientOf(identity string) (string, error) {
	p, err := ParsePair(identity)
	if err != nil {
		return "", ErrIdentity
	}
	return p.Public(), nil
}
