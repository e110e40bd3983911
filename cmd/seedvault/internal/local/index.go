package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"seedvault/escrow"
)

const indexPrefix = "index-" // of the files of indexes, one an epoch

func (m Memory) indexFile(pin escrow.Fingerprint) string {
	return filepath.Join(m.dir, indexPrefix+pin.Short())
}

// Index returns the stored index of the pinned epoch, and when it was written. An index that
// cannot be read is treated as missing.
func (m Memory) Index(pin escrow.Fingerprint) ([]byte, time.Time) {
	path := m.indexFile(pin)
	info, err := os.Stat(path)
	if err != nil {
		return nil, time.Time{}
	}
	data, err := read(path)
	if err != nil {
		return nil, time.Time{}
	}
	return data, info.ModTime()
}

// KeepIndex stores an index, replacing the file as a whole, and removes those of other epochs.
// It does not sync: an index that a power cut has damaged does not open, and is made anew.
func (m Memory) KeepIndex(pin escrow.Fingerprint, index []byte) error {
	if err := m.forgetIndexes(pin); err != nil {
		return err
	}
	f, err := os.CreateTemp(m.dir, ".tmp-*") // mode 0600
	if errors.Is(err, fs.ErrNotExist) {
		if _, err = MakeFolder(m.dir); err == nil {
			f, err = os.CreateTemp(m.dir, ".tmp-*")
		}
	}
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is there any more once it is renamed
	_, err = f.Write(index)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), m.indexFile(pin))
}

// forgetIndexes removes the indexes of all epochs but the pinned one: those from before a
// rotation, or of a vault that lay here before.
func (m Memory) forgetIndexes(pin escrow.Fingerprint) (failed error) {
	entries, _ := os.ReadDir(m.dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), indexPrefix) && e.Name() != filepath.Base(m.indexFile(pin)) {
			failed = errors.Join(failed, os.Remove(filepath.Join(m.dir, e.Name())))
		}
	}
	return failed
}
