package local

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// printedFile is where a machine remembers the sheets that it has written to be printed.
const printedFile = "printed.json"

// printed is a file with a key in clear. The hash of its content is stored with it: if a
// person has since put something else in its place, that is no sheet.
type printed struct {
	Path string `json:"path"`
	Hash string `json:"hash"`
}

// Printed records that sheets were written to files that a person is to print and remove.
func (m Memory) Printed(paths ...string) error {
	list := m.stillThere()
	for _, path := range paths {
		whole, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		hash, err := hashOf(whole)
		if err != nil {
			return err
		}
		list = append(list, printed{whole, hash})
	}
	return m.keepPrinted(list)
}

// StillThere returns the files of sheets that were not removed, and forgets those that were.
func (m Memory) StillThere() (paths []string, err error) {
	list := m.stillThere()
	for _, p := range list {
		paths = append(paths, p.Path)
	}
	return paths, m.keepPrinted(list)
}

func (m Memory) stillThere() []printed {
	list := m.allPrinted()
	return slices.DeleteFunc(list, func(p printed) bool {
		hash, err := hashOf(p.Path)
		return err != nil || hash != p.Hash
	})
}

func (m Memory) allPrinted() (list []printed) {
	data, err := read(filepath.Join(m.dir, printedFile))
	if err != nil || json.Unmarshal(data, &list) != nil {
		return nil
	}
	return list
}

// keepPrinted writes the list if it has changed.
func (m Memory) keepPrinted(list []printed) error {
	path := filepath.Join(m.dir, printedFile)
	switch {
	case slices.Equal(list, m.allPrinted()):
		return nil
	case len(list) == 0:
		return os.Remove(path)
	}
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return write(path, append(data, '\n'))
}

// hashOf returns the SHA-256 of a regular file.
func hashOf(path string) (string, error) {
	f, err := openRegular(path, os.O_RDONLY)
	if err != nil {
		return "", err
	}
	f.Close()
	data, err := read(path)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
