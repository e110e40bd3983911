//go:build !(linux || netbsd || openbsd || darwin || windows)

package oskeyring

// none is the keyring of a system that has none.
type none struct{}

// System returns the keyring of this system, which never answers.
func System(func(string) string) Backend { return none{} }

// Get fails with [ErrNone].
func (none) Get(string, bool) (string, error) { return "", ErrNone }

// Set fails with [ErrNone].
func (none) Set(string, string) error { return ErrNone }

// Delete fails with [ErrNone].
func (none) Delete(string) error { return ErrNone }
