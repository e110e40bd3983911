package key

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"
	"golang.org/x/text/unicode/norm"
)

// identityFileLimit is how much of an identity file is read, in bytes.
const identityFileLimit = 64 << 10

var (
	// ErrIdentityFile is returned for a file that holds no identity this package
	// can read.
	ErrIdentityFile = errors.New("invalid identity file: expected AGE-SECRET-KEY-... or AGE-PLUGIN-... lines, or an SSH private key")
	// ErrIdentityLocked is returned for an identity file that is itself protected
	// by a passphrase, where there is nobody to ask for it.
	ErrIdentityLocked = errors.New("failed to read the identity file: it is protected by a passphrase")
	// ErrPluginIdentity is returned for an identity that needs an age plugin, where
	// there is nobody that it could ask.
	ErrPluginIdentity = errors.New("failed to read the identity file: it needs an age plugin")
	// ErrIdentity is returned for text that is no native identity, as age writes it or
	// as it stands on paper.
	ErrIdentity = errors.New("invalid key: not an AGE-SECRET-KEY-..., or mistyped")
)

// ParseIdentities reads an identity file: identities, one a line with # comments,
// or one SSH private key; either may be behind a passphrase, the former as age -p
// makes it. What is locked is opened, and a plugin started, when an identity meets
// an age file that it may open, and then the Asker is asked. With a nil Asker
// nothing is ever asked or started: such a file is [ErrIdentityLocked] or
// [ErrPluginIdentity]. Any other error is [ErrIdentityFile]; none quotes a line of the
// file.
func ParseIdentities(r io.Reader, ask Asker) ([]age.Identity, error) {
	data, err := io.ReadAll(io.LimitReader(r, identityFileLimit+1))
	if err != nil || len(data) > identityFileLimit {
		return nil, ErrIdentityFile
	}
	switch {
	case bytes.HasPrefix(data, []byte("age-encryption.org/")), bytes.HasPrefix(data, []byte(armorStart)):
		return one(lockedFile(data, ask))
	case bytes.HasPrefix(data, []byte("-----BEGIN")):
		return one(parseSSHIdentity(data, ask))
	}
	var ids []age.Identity
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, err := parseIdentityLine(line, ask)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, ErrIdentityFile
	}
	return ids, nil
}

func one(id age.Identity, err error) ([]age.Identity, error) {
	if err != nil {
		return nil, err
	}
	return []age.Identity{id}, nil
}

func parseIdentityLine(line string, ask Asker) (age.Identity, error) {
	if strings.HasPrefix(line, "AGE-PLUGIN-") {
		id, err := parsePluginIdentity(line, ask)
		if err == nil && ask == nil {
			err = ErrPluginIdentity
		}
		return id, err
	}
	id, err := parseNative(line)
	if err != nil {
		return nil, ErrIdentityFile
	}
	return id, nil
}

func parseSSHIdentity(pem []byte, ask Asker) (age.Identity, error) {
	id, err := agessh.ParseIdentity(pem)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		return lockedSSH(pem, locked.PublicKey, ask)
	}
	if err != nil {
		return nil, ErrIdentityFile
	}
	return id, nil
}

// parseNative reads a native identity. The error is [ErrIdentity].
func parseNative(text string) (age.Identity, error) {
	p, err := ParsePair(text)
	if err != nil {
		return nil, ErrIdentity
	}
	return p.Identity(), nil
}

// MayAsk reports whether using an identity can need a person or start a plugin, so
// that those which never do are tried first.
func MayAsk(id age.Identity) bool {
	switch id.(type) {
	case *lockedIdentity, *pluginIdentity:
		return true
	}
	return false
}

// ParseIdentity reads a key that a person typed, as [ReadPaper] does. It returns
// the identity, or the errors of ReadPaper.
func ParseIdentity(typed string) (age.Identity, error) {
	text, err := ReadPaper(typed)
	if err != nil {
		return nil, err
	}
	return parseNative(text)
}

// canonicalKey is what was typed in upper case, without white space and other widths.
func canonicalKey(typed string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(typed)))
}
