//go:build darwin || windows

package oskeyring

import (
	"runtime"

	"github.com/zalando/go-keyring"
)

// library is the keyring of macOS or Windows, as go-keyring reaches it.
type library struct{}

// System returns the keyring of this system.
func System(func(string) string) Backend { return library{} }

// Get returns a secret. The Keychain may ask the person to open it, and cannot be asked
// whether it would: where nobody sits it counts as locked.
func (library) Get(name string, attended bool) (string, error) {
	if runtime.GOOS == "darwin" && !attended {
		return "", ErrLocked
	}
	secret, err := keyring.Get(service, name)
	return secret, plain(err)
}

// Set keeps a secret.
func (library) Set(name, secret string) error { return plain(keyring.Set(service, name, secret)) }

// Delete removes a secret.
func (library) Delete(name string) error { return plain(keyring.Delete(service, name)) }
