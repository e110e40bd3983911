// Package systemkeys keeps secrets in the keyring that a person's system opens when they
// log in: the Secret Service, the macOS Keychain, the Windows Credential Manager.
//
// Start with [New] and [System]. It never has the system put up a dialog where no person
// sits, waits for no answer longer than a few seconds, and asks for a secret once.
package systemkeys

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

// patience is how long a keyring may take for an answer.
const patience = 5 * time.Second

// service is what the keyring files the secrets under.
const service = "seedvault"

// Backend is a keyring as the system has it.
type Backend interface {
	// Get returns a secret. Unless a person sits in front of the command it must not
	// put up a dialog.
	Get(name string, attended bool) (string, error)
	Set(name, secret string) error
	Delete(name string) error
}

// Keyring is the system's keyring in one run of the command. That of a nil pointer does
// not answer.
type Keyring struct {
	system Backend
	known  map[string]answer
	silent bool // it was waited for in vain
}

// answer is what the keyring said of a secret.
type answer struct {
	secret string
	err    error
}

// New returns the keyring of a system, which is not asked yet.
func New(system Backend) *Keyring { return &Keyring{system: system, known: map[string]answer{}} }

// Get returns a secret, and whether the keyring was asked for it now: what it said once
// in this run is not asked again.
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

// Set keeps a secret, and reads it back.
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

// Delete forgets a secret.
func (k *Keyring) Delete(name string) error {
	if k == nil {
		return ErrNone
	}
	delete(k.known, name)
	return k.within(func() answer { return answer{err: k.system.Delete(name)} }).err
}

// within waits for the keyring as long as its patience lasts, and that once. Work that
// was not waited for ends with the command.
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
