package escrow

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"
)

// identityFileLimit is how much of an identity file is read.
const identityFileLimit = 64 << 10

var (
	// ErrIdentityFile is returned for a file that holds no identity this package
	// can read.
	ErrIdentityFile = errors.New("invalid identity file: expected AGE-SECRET-KEY-... lines or an SSH private key")
	// ErrIdentityLocked is returned for an identity file that is itself protected
	// by a passphrase.
	ErrIdentityLocked = errors.New("failed to read the identity file: it is protected by a passphrase")
	// ErrPluginIdentity is returned for an identity that needs an age plugin.
	ErrPluginIdentity = errors.New("failed to read the identity file: age plugins are not supported yet")
	// ErrIdentity is returned for typed text that is not a paper key.
	ErrIdentity = errors.New("invalid key: not an AGE-SECRET-KEY-..., or mistyped")
)

// ParseIdentities reads an identity file: native age identities, one a line with
// # comments, or one SSH private key. No line of the file is ever quoted in an
// error.
func ParseIdentities(r io.Reader) ([]age.Identity, error) {
	data, err := io.ReadAll(io.LimitReader(r, identityFileLimit+1))
	if err != nil || len(data) > identityFileLimit {
		return nil, ErrIdentityFile
	}
	switch {
	case bytes.HasPrefix(data, []byte("age-encryption.org/")), bytes.HasPrefix(data, []byte("-----BEGIN AGE")):
		return nil, ErrIdentityLocked
	case bytes.HasPrefix(data, []byte("-----BEGIN")):
		return parseSSHIdentity(data)
	}
	var ids []age.Identity
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if strings.HasPrefix(line, "AGE-PLUGIN-") {
			return nil, ErrPluginIdentity
		}
		id, err := parseNativeIdentity(line)
		if err != nil {
			return nil, ErrIdentityFile
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, ErrIdentityFile
	}
	return ids, nil
}

func parseSSHIdentity(pem []byte) ([]age.Identity, error) {
	id, err := agessh.ParseIdentity(pem)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		return nil, ErrIdentityLocked
	}
	if err != nil {
		return nil, ErrIdentityFile
	}
	return []age.Identity{id}, nil
}

func parseNativeIdentity(text string) (age.Identity, error) {
	if id, err := age.ParseX25519Identity(text); err == nil {
		return id, nil
	}
	if id, err := age.ParseHybridIdentity(text); err == nil {
		return id, nil
	}
	return nil, ErrIdentity
}

// LooksLikeIdentity says that what a person typed is meant to be a key and not a
// passphrase.
func LooksLikeIdentity(typed string) bool {
	return strings.HasPrefix(canonicalKey(typed), "AGE-SECRET-KEY-")
}

// ParseIdentity reads a key that a person typed, in any case and with any
// spaces between its groups. The error is [ErrIdentity].
func ParseIdentity(typed string) (age.Identity, error) {
	return parseNativeIdentity(canonicalKey(typed))
}

func canonicalKey(typed string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, typed))
}
