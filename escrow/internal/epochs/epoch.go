package epochs

import (
	"errors"
	"io/fs"
	"sync"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
)

// Namespace is that of the signatures on vault.txt.
const Namespace = "seedvault-epoch"

// Epoch is one vault key's folder, with what its vault.txt says.
type Epoch struct {
	Folder      string
	Number      int
	Fingerprint format.Fingerprint          // of vault.txt; zero where Desc is nil
	Desc        *format.Descriptor          // nil: missing, damaged or of a newer format
	Missing     bool                        // why Desc is nil, if nothing lies as vault.txt
	Newer       *format.NewerError          // why Desc is nil, if that is the newer format
	CRLF        bool                        // line ends of vault.txt were undone
	SignedBy    map[format.Fingerprint]bool // those of the epochs here whose signer has signed vault.txt; nil without a pin, and where none fits

	fits format.Fingerprint // of what lies as vault.txt, of whatever version, if it fits the folder's name
	text []byte             // likewise, with its line ends undone

	mu    sync.Mutex // of seals
	seals *sealset.Set
}

// readDescriptor reads vault.txt. One that does not fit its folder's name is damaged, and so
// is one that cannot be read or parsed, or is of another number.
func (e *Epoch) readDescriptor(fsys vaultfs.FS) {
	data, err := vaultfs.ReadFile(fsys, e.Folder+"/vault.txt", format.KindDescriptor.Limit())
	if err != nil {
		e.Missing = errors.Is(err, fs.ErrNotExist)
		return
	}
	data, e.CRLF = format.UndoCRLF(data)
	fp := format.Fingerprint(format.Sum(data))
	if format.EpochFolder(e.Number, fp) != e.Folder {
		return // whatever it says: one flipped bit makes a 5 of the version's 1
	}
	e.fits, e.text = fp, data
	d, err := format.ParseDescriptor(data)
	switch {
	case errors.As(err, &e.Newer):
		e.Newer.Path = e.Folder + "/vault.txt"
	case err == nil && d.Epoch == e.Number:
		e.Fingerprint, e.Desc = fp, &d
	}
}
