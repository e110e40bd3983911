package escrow

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/tracer"
	"seedvault/escrow/key"
	"seedvault/escrow/trace"
)

// FS is all that a vault asks of the place where it lies. Names are
// slash-separated and relative to the vault's folder, "." being the folder
// itself. [OpenDir] gives the one for a folder on disk; tests bring others that
// fail on purpose.
type FS interface {
	ReadDir(name string) ([]fs.DirEntry, error) // sorted by name, links not followed
	Lstat(name string) (fs.FileInfo, error)     // links not followed
	Open(name string) (fs.File, error)          // a regular file, or an error
	Create(name string) (File, error)           // for writing, mode 0600; fs.ErrExist if there is one
	Mkdir(name string) error                    // mode 0700
	Rename(oldname, newname string) error       // replaces a file
	Remove(name string) error                   // asked only for temporary files of one's own
	SyncDir(name string) error                  // makes a folder's names durable
}

// File is a file that is being written.
type File = interface {
	io.Writer
	Sync() error
	Close() error
}

// OpenDir opens the folder at path for a vault, see package disk. The caller closes it.
func OpenDir(path string) (*disk.Dir, error) { return disk.Open(path) }

// Pin is what one machine remembers of the vault that it writes to. It lies
// outside the vault, so that nothing that lies in the vault can change it.
type Pin struct {
	Fingerprint Fingerprint
	Recipient   string        // the vault recipient; "" where nothing is deposited
	Refused     []Fingerprint // epochs that a person has refused
}

// PostQuantum reports whether what is encrypted to the vault stays secret from a
// quantum computer.
func (p Pin) PostQuantum() bool { return key.IsPostQuantum(p.Recipient) }

// Vault is a folder read without any key. It deposits, names its holders,
// verifies itself and unlocks.
type Vault struct {
	view *epochs.View
	lent lent // nil for none
}

// lent is where the index lies that this machine keeps, until a key opens it.
type lent func() (file []byte, written time.Time)

// PinError means that the epoch that this machine writes to is not in the folder:
// it is another vault, or an older copy of this one.
type PinError struct {
	Want Fingerprint
	Have []Fingerprint
}

// Error says what is wrong, and nothing secret.
func (e *PinError) Error() string {
	have := "none"
	if len(e.Have) > 0 {
		have = e.Have[0].String()
	}
	return fmt.Sprintf("failed to open the vault: expected fingerprint %s, found %s", e.Want, have)
}

// Open reads which epochs lie in the folder. Damage is not an error: what can be read is
// read, and [Vault.Check] names the rest. A folder without any epoch is [ErrNoVault], or
// [ErrOlderFormat] where some were written before this format. With a pin it fails with a
// [*PinError] when the pinned epoch is not among them, and with a [*NewerError] when only
// a newer seedvault understands any; without one such epochs are tried, see [Vault.Unlock].
func Open(fsys FS, pin *Pin) (*Vault, error) {
	v, err := epochs.Open(fsys, (*epochs.Pin)(pin))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNoVault
	case err != nil:
		return nil, fmt.Errorf("failed to read the vault's folder: %w", err)
	case len(v.Epochs) == 0 && hasOlderFormat(v.Root):
		return nil, ErrOlderFormat
	case len(v.Epochs) == 0:
		return nil, ErrNoVault
	}
	if newer := v.Newer(); pin != nil && newer != nil {
		return nil, newer
	}
	if pin != nil && v.Pinned() == nil {
		return nil, pinError(v)
	}
	return &Vault{view: v}, nil
}

// Reopen is [Open] of a vault that was read before in this run, here or elsewhere: its
// seals whose bytes were verified then are not verified again.
func Reopen(fsys FS, pin *Pin, before *Vault) (*Vault, error) {
	v, err := Open(fsys, pin)
	if err == nil && before != nil {
		v.view.Source.Verified = before.view.Source.Verified
	}
	return v, err
}

// hasOlderFormat reports whether epochs are listed that were written before this format.
func hasOlderFormat(root []fs.DirEntry) bool {
	return slices.ContainsFunc(root, func(e fs.DirEntry) bool { return e.IsDir() && format.IsOlderFormat(e.Name()) })
}

func pinError(v *epochs.View) error {
	e := &PinError{Want: v.Pin.Fingerprint}
	for _, epoch := range v.Epochs {
		if epoch.Desc != nil {
			e.Have = append(e.Have, epoch.Fingerprint)
		}
	}
	return e
}

// Newer returns the error that a valid seal of the epoch written to, without a pin of the
// newest, has words that this program does not know, and nil where none has: with one,
// what is shown may not be all, and only deposits are written.
func (v *Vault) Newer() *NewerError {
	return v.view.Seals(v.view.Writable()[0]).Newer
}

// Trace says of each epoch, seal and file what it counts for and which rule of
// FORMAT.md decided that. It needs no key, and what only a key can tell is not in it:
// that a file does not decrypt, or holds what was removed under another name.
func (v *Vault) Trace() []trace.Line { return tracer.Trace(v.view) }

// Pin returns the pin that the vault was opened with, the zero Pin if with none.
func (v *Vault) Pin() Pin {
	if v.view.Pin == nil {
		return Pin{}
	}
	return Pin(*v.view.Pin)
}
