package key

import (
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/plugin"
	"filippo.io/age/tag"
	"golang.org/x/crypto/ssh"
)

var (
	// ErrRecipient is returned for text that is not a recipient.
	ErrRecipient = errors.New("invalid recipient: expected age1..., age1pq1..., age1tag1..., or an ssh-ed25519 or ssh-rsa public key")
	// ErrSSHType is returned for an SSH public key of a type that age does not encrypt to.
	ErrSSHType error = narrower(", of SSH keys no other type")
	// ErrShortRSA is returned for an RSA key of fewer than 2,048 bits.
	ErrShortRSA error = narrower(" of 2048 bits or more")
	// ErrPluginRecipient is returned for the recipient of an age plugin, which
	// only [PluginRecipient] reads.
	ErrPluginRecipient = errors.New("invalid recipient: it needs an age plugin")
)

// narrower is an [ErrRecipient] that says more.
type narrower string

func (n narrower) Error() string { return ErrRecipient.Error() + string(n) }

// Unwrap gives ErrRecipient.
func (n narrower) Unwrap() error { return ErrRecipient }

// ParseRecipient reads one recipient of a native kind and returns its canonical
// text, without an SSH key's comment. It never starts a plugin. The error is
// [ErrRecipient], or one of those above that says more.
func ParseRecipient(s string) (r age.Recipient, text string, err error) {
	s = strings.TrimSpace(s)
	switch {
	case strings.HasPrefix(s, "ssh-"):
		return parseSSHRecipient(s)
	case strings.HasPrefix(s, "ecdsa-sha2-"), strings.HasPrefix(s, "sk-ssh-"), strings.HasPrefix(s, "sk-ecdsa-"):
		return nil, "", ErrSSHType
	}
	s = strings.ToLower(s)
	switch {
	case strings.HasPrefix(s, "age1pq1"):
		r, err = age.ParseHybridRecipient(s)
	case strings.HasPrefix(s, "age1tag1"), strings.HasPrefix(s, "age1tagpq1"):
		r, err = tag.ParseRecipient(s)
	case strings.HasPrefix(s, "age1") && strings.LastIndex(s, "1") > len("age"):
		if _, _, err := plugin.ParseRecipient(s); err == nil {
			return nil, "", ErrPluginRecipient // age1NAME1...
		}
		return nil, "", ErrRecipient
	default:
		r, err = age.ParseX25519Recipient(s)
	}
	if err != nil {
		return nil, "", ErrRecipient
	}
	return r, s, nil
}

func parseSSHRecipient(s string) (age.Recipient, string, error) {
	words := strings.Fields(s)
	if len(words) < 2 {
		return nil, "", ErrRecipient
	}
	text := words[0] + " " + words[1]
	r, err := agessh.ParseRecipient(text)
	if err != nil {
		return nil, "", sshFault(text)
	}
	return r, text, nil
}

// sshFault is why age takes no such SSH public key.
func sshFault(text string) error {
	parsed, _, _, _, err := ssh.ParseAuthorizedKey([]byte(text))
	if err != nil {
		return ErrRecipient
	}
	public, ok := parsed.(ssh.CryptoPublicKey)
	if !ok {
		return ErrSSHType
	}
	switch public := public.CryptoPublicKey().(type) {
	case *rsa.PublicKey:
		if public.N.BitLen() < 2048 {
			return ErrShortRSA
		}
	case ed25519.PublicKey:
	default:
		return ErrSSHType
	}
	return ErrRecipient
}

// IsPostQuantum reports whether what is encrypted to a recipient stays secret from a
// quantum computer: true for age's hybrid kinds, age1pq1... and age1tagpq1.... What a
// plugin does nobody knows here, so it is false for a plugin's recipient.
func IsPostQuantum(recipientText string) bool {
	return strings.HasPrefix(recipientText, "age1pq1") || strings.HasPrefix(recipientText, "age1tagpq1")
}

// RecipientDigits returns the first 16 digits of a recipient's SHA-256, in groups of four:
// enough to read aloud and be sure that a share is for the right key.
func RecipientDigits(recipientText string) string {
	return inGroups(Dealing(recipientText))
}
