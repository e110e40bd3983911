package unlocking

import (
	"filippo.io/age"

	"seedvault/escrow"
)

// KeyCache holds the keys that have opened a vault in this run, so that a command which opens it
// more than once asks once. They are secret, and kept only in memory.
type KeyCache struct{ opened []age.Identity }

// keys returns the keys that have opened a vault before. A nil cache has none.
func (c *KeyCache) keys() []age.Identity {
	if c == nil {
		return nil
	}
	return c.opened
}

// open opens the vault with keys, and keeps them in the cache if they do.
func (k *Keys) open(ids ...age.Identity) (*escrow.Opened, error) {
	o, err := k.Vault.Unlock(ids...)
	if c := k.Given.Cache; err == nil && c != nil {
		c.opened = ids
	}
	return o, err
}
