// Package oskeyring keeps secrets in the keyring that a person's system opens when they
// log in: the Secret Service, the macOS Keychain, the Windows Credential Manager.
//
// Start with [New] and [System]. It never has the system put up a dialog where no person
// sits, waits for no answer longer than a few seconds, and asks for a secret once.
package oskeyring

import (
	"errors"
	"time"
)

// Why a keyring gives no secret.
var (
	ErrNone     = errors.New("no keyring answers")
	ErrLocked   = errors.New("the keyring is locked")
	ErrNotFound = errors.New("the keyring has no such secret")
)

// patience is how long a keyring may take to answer.
const patience = 5 * time.Second

// service is the name under which the keyring stores the secrets.
const service = "seedvault"

// Backend is a keyring as the system has it.
type Backend interface {
	// Get returns a secret. Unless a person sits in front of the command it must not
	// put up a dialog.
	Get(name string, attended bool) (string, error)
	Set(name, secret string) error
	Delete(name string) error
}

// Keyring is the system's keyring during one run of the command. A nil pointer stands for a
// keyring that does not answer.
type Keyring struct {
	system Backend
	known  map[string]answer
	silent bool // it was waited for in vain
}

// answer is what the keyring has answered about a secret.
type answer struct {
	secret string
	err    error
}

// New returns the keyring of a system, without asking it anything yet.
func New(system Backend) *Keyring { return &Keyring{system: system, known: map[string]answer{}} }

// Get returns a secret, and reports whether the keyring was asked for it now: what it has
// answered in this run is not asked again.
func (k *Keyring) Get(name string, attended bool) (secret string, asked bool, err error) {
	if k == nil {
		return "", false, ErrNone
	}
	if a, ok := k.known[name]; ok {
		return a.secret, false, a.err
	}
	a := k.within(func() answer {
		secret, err := k.system.Get(name, attended)
		return answer{secret, err}
	})
	k.known[name] = a
	return a.secret, true, a.err
}

// Set stores a secret, and reads it back.
func (k *Keyring) Set(name, secret string) error {
	if k == nil {
		return ErrNone
	}
	return k.within(func() answer {
		if err := k.system.Set(name, secret); err != nil {
			return answer{err: err}
		}
		got, err := k.system.Get(name, true)
		if err == nil && got != secret {
			err = ErrNotFound
		}
		return answer{err: err}
	}).err
}

// Delete removes a secret.
func (k *Keyring) Delete(name string) error {
	if k == nil {
		return ErrNone
	}
	delete(k.known, name)
	return k.within(func() answer { return answer{err: k.system.Delete(name)} }).err
}

// within waits for work on the keyring, for as long as [patience] allows; once it was waited
// for in vain, later calls do not wait. Work that goes on in the background ends with the
// command.
func (k *Keyring) within(work func() answer) answer {
	if k.silent {
		return answer{err: ErrNone}
	}
	done := make(chan answer, 1)
	go func() { done <- work() }()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case a := <-done:
		return a
	case <-timeout.C:
		k.silent = true
		return answer{err: ErrNone}
	}
}
