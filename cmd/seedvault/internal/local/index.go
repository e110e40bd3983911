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

// Index returns the index of the pinned epoch that is kept here, and when it was written.
// What cannot be read is none.
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

// KeepIndex keeps an index, replaced whole, and no other epoch's. It is not synced: what a
// power cut leaves of it does not open, and is made anew.
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

// forgetIndexes removes the indexes of other epochs than the pinned one: those of an epoch
// that was left, or of a vault that lay here before.
func (m Memory) forgetIndexes(pin escrow.Fingerprint) (failed error) {
	entries, _ := os.ReadDir(m.dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), indexPrefix) && e.Name() != filepath.Base(m.indexFile(pin)) {
			failed = errors.Join(failed, os.Remove(filepath.Join(m.dir, e.Name())))
		}
	}
	return failed
}
