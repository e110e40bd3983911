package escrow

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/key"
)

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

// Deposit encrypts a seed to the vault recipient and writes it. It needs no
// secret, and costs the same however many seeds there are. The seed is not yet
// accepted: that is a holder's to do. When Deposit returns without an error the
// file survives a power cut.
func (v *Vault) Deposit(s Seed) (Receipt, error) {
	e, to, err := v.depositTarget()
	if err != nil {
		return Receipt{}, err
	}
	return writeRecord(v.view.Files.FS, e.Folder+"/seeds", s.plaintext, to)
}

// MayDeposit returns what stops every deposit for now: an epoch that may follow the
// pinned one and that nobody here has confirmed or refused, or that there is nothing to
// write to. It reads no seal.
func (v *Vault) MayDeposit() error {
	_, err := mayDeposit(v.view)
	return err
}

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

// mayDeposit differs in two ways: a newer seedvault's words in a seal do not
// stop it, and an unanswered successor does. It reads no seal.
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

func writeError(name string, err error) error {
	var d *durable.Error
	return &WriteError{Path: name, Saved: errors.As(err, &d) && d.Renamed, err: err}
}

// Join returns the pin of a machine that deposits without any key: the vault's
// present pin with a recipient, as a person has it from the sheet, that must be
// the one that vault.txt speaks of. The error is [ErrNoRecipient] if it is not.
func (v *Vault) Join(recipient string) (Pin, error) {
	e, err := writeTarget(v.view)
	if err != nil {
		return Pin{}, err
	}
	_, public, err := key.ParsePublic(recipient)
	if err != nil {
		return Pin{}, err
	}
	if format.Sum([]byte(public)) != e.Desc.RecipientSum {
		return Pin{}, ErrNoRecipient
	}
	p := v.Pin()
	p.Recipient = public
	return p, nil
}

// MissingDeposits names those of this machine's own deposits that are not here whole, though
// nothing says that they were removed or live on under another name.
func (o *Opened) MissingDeposits(own []Receipt) []Finding {
	var files []judge.File
	for _, r := range own {
		folder, _, _ := strings.Cut(r.Path, "/")
		if o.reader.keys[folder] != nil && !o.reader.whole[r] && !holds(o.reader.view.Files.FS, r) {
			files = append(files, judge.File{Folder: folder, Ref: r})
		}
	}
	if len(files) == 0 {
		return nil
	}
	facts := o.reader.facts()
	facts.Files = files
	lies := map[[32]byte]bool{} // under whatever name
	for _, f := range o.reader.seedFiles(false) {
		lies[f.Sum] = true
	}
	verdicts := judge.Judge(facts)
	var findings []Finding
	for _, f := range facts.Files {
		if verdicts.Of[f.Ref].Status.Shown() && !lies[f.Ref.Sum] {
			findings = append(findings, Finding{Code: lossAt(o.reader.view.Files.FS, f.Ref.Path), Path: f.Ref.Path, Red: true})
		}
	}
	return findings
}

// holds reports whether a file lies whole under its name.
func holds(fsys FS, r Receipt) bool {
	data, err := vaultfs.ReadFile(fsys, r.Path, format.KindSeed.Limit())
	return err == nil && format.Sum(data) == r.Sum
}

// Peek decrypts a seed's file found outside its usual place, so that a person can see which
// seed it is. It does not say that the seed was accepted.
func (o *Opened) Peek(name string, data []byte) (Seed, error) {
	folder, _, _ := strings.Cut(name, "/")
	key := o.reader.keys[folder]
	if key == nil {
		return Seed{}, ErrNoMatch
	}
	plain, err := key.Decrypt(data)
	if err != nil {
		return Seed{}, err
	}
	return parseSeed(plain)
}

// lossAt says what became of a file that should lie at a path and does not, or not
// whole.
func lossAt(fsys FS, name string) Code {
	info, err := fsys.Lstat(name)
	switch {
	case err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return CodeNoContent
	case err == nil:
		return CodeDamaged
	case !errors.Is(err, fs.ErrNotExist):
		return CodeDamaged
	case vaultfs.Exists(fsys, vaultfs.Placeholder(name)):
		return CodeNoContent
	}
	return CodeMissing
}
