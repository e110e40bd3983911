//go:build linux || netbsd || openbsd || darwin || windows

package systemkeys

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// plain returns an error of go-keyring as one of this package.
func plain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	}
	return ErrNone
}
