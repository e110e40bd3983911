package local

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedvault/escrow"
)

const keptPrefix = "seals-" // of the folders of kept seals, one an epoch

func (m Memory) keptDir(pin escrow.Fingerprint) string {
	return filepath.Join(m.dir, keptPrefix+pin.Short())
}

// Kept returns the stored seals of the pinned epoch. It leaves out what cannot be read;
// whoever uses a seal verifies it.
func (m Memory) Kept(pin escrow.Fingerprint) (kept []escrow.KeptSeal) {
	dir := m.keptDir(pin)
	for _, name := range fileNames(dir) {
		if strings.HasSuffix(name, ".sig") {
			continue
		}
		text, err1 := read(filepath.Join(dir, name))
		sig, err2 := read(filepath.Join(dir, name+".sig"))
		if err1 == nil && err2 == nil && len(sig) > 0 {
			kept = append(kept, escrow.KeptSeal{Name: name, Text: text, Sig: sig})
		}
	}
	return kept
}

// Keep stores these seals of the pinned epoch, and removes all others and the indexes of other
// epochs. It writes the new ones, each file as a whole, before it removes any.
func (m Memory) Keep(pin escrow.Fingerprint, seals []escrow.KeptSeal) error {
	dir, have := m.keptDir(pin), map[string]bool{}
	for _, name := range fileNames(dir) {
		have[name] = true
	}
	for _, s := range seals {
		if filepath.Base(s.Name) != s.Name {
			return os.ErrInvalid
		}
		for name, data := range map[string][]byte{s.Name + ".sig": s.Sig, s.Name: s.Text} {
			if !have[name] {
				if err := write(filepath.Join(dir, name), data); err != nil {
					return err
				}
			}
			delete(have, name)
		}
	}
	var failed error
	for name := range have {
		failed = errors.Join(failed, os.Remove(filepath.Join(dir, name)))
	}
	return errors.Join(failed, m.forgetOthers(filepath.Base(dir)), m.forgetIndexes(pin))
}

// forgetOthers removes the seals of all other epochs: those from before a rotation, or of a
// vault that lay here before.
func (m Memory) forgetOthers(but string) (failed error) {
	entries, _ := os.ReadDir(m.dir)
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), keptPrefix) && e.Name() != but {
			failed = errors.Join(failed, os.RemoveAll(filepath.Join(m.dir, e.Name())))
		}
	}
	return failed
}

// Forget removes all that was remembered of the vault at this path, because another one is
// made there.
func (m Memory) Forget() error { return os.RemoveAll(m.dir) }

// fileNames returns the names of the plain files in a folder, sorted, but for unfinished
// ones.
func fileNames(dir string) (names []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names
}
