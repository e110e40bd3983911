// Package sealcache verifies one seal at a time, and remembers for the rest of the run those
// that were valid, since one command reads a vault several times. Package sealset finds and
// unites the seals of an epoch, package epochs has such a set for each epoch of a vault.
//
// Start with [Cache.Verify]. The cache key is signer, text, signature and folder: all that
// validity depends on. There is no file here, and nothing outlives the process.
package sealcache

import (
	"sync"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
)

// Namespace is that of the signatures on seals.
const Namespace = "seedvault-seal"

// Cache holds the seals that were verified. The zero value is ready, and may be used by several
// goroutines at once.
type Cache struct {
	mu    sync.Mutex
	known map[key]seal
}

// key is a signer with the SHA-256 of a text and of its signature; the folder is compared
// with the seal found.
type key struct {
	signer    string
	text, sig [32]byte
}

// seal is one that is valid in a folder.
type seal struct {
	*format.Seal
	folder string
}

// File is the name that a seal's text lies under, and whose the seal has to be.
type File struct {
	Folder, Signer string
	Number         int
	Hash           string
}

func (c *Cache) find(k key) (seal, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, is := c.known[k]
	return s, is
}

func (c *Cache) note(k key, s seal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[key]seal{}
	}
	c.known[k] = s
}

// Verify holds a text and its signature against each other and their name. The error is a
// [*format.SealError]. Who verifies one seal twice gets the same value, in which nothing
// is to be changed.
func (c *Cache) Verify(f File, text, sig []byte) (*format.Seal, error) {
	k := key{f.Signer, format.Sum(text), format.Sum(sig)}
	if format.Hash(k.text) != f.Hash {
		return nil, &format.SealError{Rule: 3}
	}
	s, is := c.find(k)
	if !is || s.folder != f.Folder {
		if err := sshsig.Verify(f.Signer, Namespace, text, sig); err != nil {
			return nil, &format.SealError{Rule: 25}
		}
		parsed, err := format.ParseSeal(text, f.Folder)
		if err != nil {
			return nil, err
		}
		s = seal{parsed, f.Folder}
		c.note(k, s)
	}
	if s.Number != f.Number {
		return nil, &format.SealError{Rule: 26}
	}
	return s.Seal, nil
}

// IsSigned reports whether a signature on a text is a signer's, in the [Namespace] of seals.
func (c *Cache) IsSigned(signer string, text, sig []byte) bool {
	_, is := c.find(key{signer, format.Sum(text), format.Sum(sig)})
	return is || sshsig.Verify(signer, Namespace, text, sig) == nil
}

// IsSeal reports whether a text with its signature is a signer's seal of the epoch in a
// folder, under whatever number.
func (c *Cache) IsSeal(folder, signer string, text, sig []byte) bool {
	if s, is := c.find(key{signer, format.Sum(text), format.Sum(sig)}); is && s.folder == folder {
		return true
	}
	_, err := format.ParseSeal(text, folder)
	return err == nil && sshsig.Verify(signer, Namespace, text, sig) == nil
}
