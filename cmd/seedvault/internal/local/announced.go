package local

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
)

// announcedName begins the names of the files that say which seeds are about to be
// deposited, until the journal has them.
const announcedName = "depositing-"

// AnnounceBatch durably records the ids of seeds that are about to be added as one batch, so
// that those which did arrive are recognised as this machine's own if it is stopped on the way.
// The function that it returns removes the record, once the receipts are in the journal. Ids are
// random and tell nothing of the seeds.
func (m Memory) AnnounceBatch(ids []string) (conclude func() error, err error) {
	var b [8]byte
	rand.Read(b[:])
	path := filepath.Join(m.dir, announcedName+hex.EncodeToString(b[:]))
	if err := write(path, []byte(strings.Join(ids, "\n")+"\n")); err != nil {
		return nil, err
	}
	return func() error { return os.Remove(path) }, nil
}

// AnnouncedBatches returns the ids of batches that were announced and not concluded, and a
// function that removes them.
func (m Memory) AnnouncedBatches() (ids map[string]bool, forget func()) {
	entries, _ := os.ReadDir(m.dir)
	var paths []string
	ids = map[string]bool{}
	for _, e := range entries {
		path := filepath.Join(m.dir, e.Name())
		if !strings.HasPrefix(e.Name(), announcedName) {
			continue
		}
		paths = append(paths, path)
		data, err := read(path)
		if err != nil {
			continue
		}
		for id := range strings.FieldsSeq(string(data)) {
			ids[id] = true
		}
	}
	return ids, func() {
		for _, path := range paths {
			os.Remove(path)
		}
	}
}
