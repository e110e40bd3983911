//go:build linux || netbsd || openbsd || darwin || windows

package oskeyring

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// plain turns an error of go-keyring into one of this package.
func plain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	}
	return ErrNone
}
