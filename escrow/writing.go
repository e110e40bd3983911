package escrow

import (
	"errors"
	"fmt"
	"path"

	"filippo.io/age"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/staging"
	"seedvault/escrow/key"
)

// ForkError stops what writes, but for deposits: another epoch follows one that
// the pinned one follows too, as when two holders rotate at once. A person joins
// the two, confirms the other, or refuses it.
type ForkError struct{ Epoch Epoch }

// Error says what is wrong, and nothing secret.
func (e *ForkError) Error() string {
	return fmt.Sprintf("failed to change the vault: epoch %s grew beside this one and has been neither joined nor refused", e.Epoch.Folder)
}

// SuccessorError stops a deposit: there is an epoch that follows the pinned one
// and was signed with its key. If it is a colleague's rotation, somebody who was
// removed could still read what is deposited here; if it is not, only a person
// can tell.
type SuccessorError struct{ Epoch Epoch }

// Error says what is wrong, and nothing secret.
func (e *SuccessorError) Error() string {
	return fmt.Sprintf("failed to deposit: epoch %s follows this one and has not been confirmed or refused", e.Epoch.Folder)
}

// WriteError says which file could not be written. Saved tells whether a whole
// file lies in place all the same, only not proven to survive a power cut.
type WriteError struct {
	Path  string
	Saved bool
	err   error
}

// Error says what is wrong, and nothing secret.
func (e *WriteError) Error() string { return e.err.Error() }

// Unwrap gives the file system's own error, to tell a full disk from a
// read-only one.
func (e *WriteError) Unwrap() error { return e.err }

// target returns the epoch that is written to.
func writeTarget(v *epochs.View) (*epochs.Epoch, error) {
	e := v.Pinned()
	if e == nil {
		return nil, ErrNotPinned
	}
	if e.Desc == nil {
		return nil, ErrDamaged
	}
	if e.Desc.Unverified {
		return nil, ErrUnverified
	}
	return e, nil
}

// mayWrite returns why nothing but a deposit may be written, nil where more may.
func mayWrite(v *epochs.View) error { return mayWriteJoining(v, nil) }

// mayWriteJoining lets a person's answer to a fork through: the epochs that are
// about to be joined.
func mayWriteJoining(v *epochs.View, join []Fingerprint) error {
	e, err := writeTarget(v)
	if err != nil {
		return err
	}
	for _, other := range successors(v) {
		if other.Newer != nil {
			return other.Newer
		}
	}
	if r := v.Seals(e); r.Newer != nil {
		return r.Newer
	}
	if fork, is := unanswered(v, func(e Epoch) bool { return e.Fork && !e.Closed || e.Joined }, join); is {
		return &ForkError{fork}
	}
	return nil
}

// mayDeposit returns the epoch that deposits go into, or why none may be made. It differs
// from mayWrite in that neither a fork nor a newer seedvault's words in a seal stop it, and
// an unanswered successor does. It reads no seal.
func mayDeposit(v *epochs.View) (*epochs.Epoch, error) {
	var list []Epoch
	for _, other := range successors(v) {
		if other.Newer != nil {
			return nil, other.Newer
		}
		list = append(list, Epoch{Number: other.Number, Folder: other.Folder, Fingerprint: other.Fingerprint, Status: EpochUnconfirmed, Successor: true})
	}
	if len(list) > 0 {
		return nil, &SuccessorError{foremost(v, list)}
	}
	return writeTarget(v)
}

// successors returns the epochs that may follow the pinned one and that no person
// here has refused. It reads no seal.
func successors(v *epochs.View) (list []*epochs.Epoch) {
	facts := v.BareFacts()
	relations := facts.Relations(map[Fingerprint]bool{facts.Pin: true})
	for _, e := range v.Epochs {
		if relations[e.Folder].Successor && !v.IsRefused(e) {
			list = append(list, e)
		}
	}
	return list
}

// writeRecord encrypts a plaintext and writes it into a folder under its content's name.
func writeRecord(fsys FS, dir string, plaintext func() ([]byte, error), to age.Recipient) (Receipt, error) {
	file, err := encryptRecord(plaintext, to)
	if err != nil {
		return Receipt{}, err
	}
	return write(fsys, dir, "", file)
}

func encryptRecord(plaintext func() ([]byte, error), to age.Recipient) ([]byte, error) {
	plain, err := plaintext()
	if err != nil {
		return nil, err
	}
	return key.Encrypt(to, plain)
}

// write puts a file under its content's name, with a prefix such as "slot-".
func write(fsys FS, dir, prefix string, file []byte) (Receipt, error) {
	r := receiptOf(dir, prefix, file)
	return r, writeAt(fsys, r.Path, file)
}

func receiptOf(dir, prefix string, file []byte) Receipt {
	sum := format.Sum(file)
	return Receipt{Path: dir + "/" + prefix + format.Hash(sum) + ".age", Sum: sum}
}

// writeAt writes durably and reads back; see package durable.
func writeAt(fsys FS, name string, data []byte) error {
	err := durable.MkdirAll(fsys, path.Dir(name))
	if err == nil {
		err = durable.Write(fsys, name, data)
	}
	if err == nil {
		return nil
	}
	return writeError(name, err)
}

// writeErrorOf gives the error of an epoch that was being written as a [WriteError], another
// as it is.
func writeErrorOf(err error) error {
	var e *staging.Error
	if errors.As(err, &e) {
		return &WriteError{Path: e.Path, Saved: e.Saved, err: e.Err}
	}
	return err
}

func writeError(name string, err error) error {
	var d *durable.Error
	return &WriteError{Path: name, Saved: errors.As(err, &d) && d.Renamed, err: err}
}
