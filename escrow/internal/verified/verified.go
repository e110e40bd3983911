// Package verified verifies seals, and remembers those that were valid for the rest of the
// run: a vault is read several times by one command, and its seals grow with it.
//
// Start with [Seals.Verify]. All that makes a seal valid is in what it is found again by:
// the signer, the very bytes of text and signature, and the folder. There is no file here,
// and nothing outlives the process.
package verified

import (
	"sync"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
)

// Namespace is that of the signatures on seals.
const Namespace = "seedvault-seal"

// Seals are those that were verified. The zero value is ready, and may be used by several
// goroutines at once.
type Seals struct {
	mu    sync.Mutex
	known map[content]seal
}

// content is a signer with the SHA-256 of a text and of its signature.
type content struct {
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

func (v *Seals) find(c content) (seal, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s, is := v.known[c]
	return s, is
}

func (v *Seals) note(c content, s seal) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil {
		v.known = map[content]seal{}
	}
	v.known[c] = s
}

// Verify holds a text and its signature against each other and their name. The error is a
// [*format.SealError]. Who verifies one seal twice gets the same value, in which nothing
// is to be changed.
func (v *Seals) Verify(f File, text, sig []byte) (*format.Seal, error) {
	c := content{f.Signer, format.Sum(text), format.Sum(sig)}
	if format.Hash(c.text) != f.Hash {
		return nil, &format.SealError{Rule: 3}
	}
	s, is := v.find(c)
	if !is || s.folder != f.Folder {
		if err := sshsig.Verify(f.Signer, Namespace, text, sig); err != nil {
			return nil, &format.SealError{Rule: 25}
		}
		parsed, err := format.ParseSeal(text, f.Folder)
		if err != nil {
			return nil, err
		}
		s = seal{parsed, f.Folder}
		v.note(c, s)
	}
	if s.Number != f.Number {
		return nil, &format.SealError{Rule: 26}
	}
	return s.Seal, nil
}

// IsSigned reports whether a signature on a text is a signer's, in the [Namespace] of seals.
func (v *Seals) IsSigned(signer string, text, sig []byte) bool {
	_, is := v.find(content{signer, format.Sum(text), format.Sum(sig)})
	return is || sshsig.Verify(signer, Namespace, text, sig) == nil
}

// IsSeal reports whether a text with its signature is a signer's seal of the epoch in a
// folder, under whatever number.
func (v *Seals) IsSeal(folder, signer string, text, sig []byte) bool {
	if s, is := v.find(content{signer, format.Sum(text), format.Sum(sig)}); is && s.folder == folder {
		return true
	}
	_, err := format.ParseSeal(text, folder)
	return err == nil && sshsig.Verify(signer, Namespace, text, sig) == nil
}
