package escrow

import (
	"errors"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/plugin"
	"filippo.io/age/tag"
)

// recipient is age's interface, under the name that the format uses.
type recipient = age.Recipient

var (
	// ErrRecipient is returned for text that is not a recipient.
	ErrRecipient = errors.New("invalid recipient: expected age1..., age1pq1..., age1tag1..., or an ssh-ed25519 or ssh-rsa public key")
	// ErrPluginRecipient is returned for the recipient of an age plugin, which
	// only [PluginRecipient] reads.
	ErrPluginRecipient = errors.New("invalid recipient: it needs an age plugin")
)

// ParseRecipient reads one recipient of a native kind and returns its canonical
// text, without an SSH key's comment. It never starts a plugin.
func ParseRecipient(s string) (r age.Recipient, text string, err error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "ssh-") {
		return parseSSHRecipient(s)
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
		return nil, "", ErrRecipient
	}
	return r, text, nil
}

// parseVaultRecipient reads a vault recipient: one of the two kinds that a
// vault key can be.
func parseVaultRecipient(s string) (age.Recipient, string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if r, err := age.ParseX25519Recipient(s); err == nil {
		return r, r.String(), nil
	}
	if r, err := age.ParseHybridRecipient(s); err == nil {
		return r, r.String(), nil
	}
	return nil, "", ErrRecipient
}
