// Package epochs is what can be read of a whole vault without any key: which epochs lie in its
// folder, how they stand to the one that this machine has pinned, and what the seals of each
// say, which package sealset reads.
//
// Start with [Open]. What may be written, and what a person is told, package escrow decides.
package epochs

import (
	"cmp"
	"io/fs"
	"slices"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
)

// Pin is what one machine remembers of the vault that it writes to, as package escrow has it.
type Pin struct {
	Fingerprint format.Fingerprint
	Recipient   string
	Refused     []format.Fingerprint
}

// View is a vault's folder as one machine sees it.
type View struct {
	Files  vaultfs.Folder
	Pin    *Pin           // nil for none
	Epochs []*Epoch       // highest number first
	Root   []fs.DirEntry  // what lies beside them, and they themselves
	Source sealset.Source // that their seals are read from

	compared map[string][]string // what this machine remembers of seals, see [sealset.Set.Compared]
	kept     []sealset.Kept      // likewise, of the pinned epoch
}

// Open reads which epochs lie in a folder, and no seal. The error is about the folder itself:
// of an epoch that is damaged, newer or not here the [View] tells.
func Open(fsys vaultfs.FS, pin *Pin) (*View, error) {
	root, err := fsys.ReadDir(".")
	if err != nil {
		return nil, err
	}
	v := &View{Files: vaultfs.Folder{FS: fsys}, Pin: pin, Root: root, Source: sealset.Source{FS: fsys, Verified: &sealcache.Cache{}}}
	for _, entry := range root {
		if number, _, ok := format.ParseEpochFolder(entry.Name()); ok && entry.IsDir() {
			e := &Epoch{Folder: entry.Name(), Number: number}
			e.readDescriptor(fsys)
			v.Epochs = append(v.Epochs, e)
		}
	}
	slices.SortFunc(v.Epochs, func(a, b *Epoch) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(a.Folder, b.Folder))
	})
	if pin == nil {
		return v, nil
	}
	v.condemnReplaced()
	for _, e := range v.Epochs {
		e.SignedBy = v.signersOf(e)
	}
	return v, nil
}

// WithoutPin returns the same folder as a machine without a pin sees it, but for what is
// known of who has signed which epoch.
func (v *View) WithoutPin() *View {
	alone := *v
	alone.Pin = nil
	return &alone
}

// Newer returns what says that this program is too old for all of the epochs, nil if it knows
// one, or there is none.
func (v *View) Newer() (newest *format.NewerError) {
	for _, e := range slices.Backward(v.Epochs) {
		if e.Newer == nil {
			return nil
		}
		newest = e.Newer
	}
	return newest
}

// Pinned returns the epoch that this machine writes to, nil if it is not here. A damaged
// vault.txt does not unmake it: the folder's name still tells, and nothing is written to
// it or believed of it before an identity has proved itself.
func (v *View) Pinned() *Epoch {
	if v.Pin == nil {
		return nil
	}
	for _, e := range v.Epochs {
		if e.Fingerprint == v.Pin.Fingerprint {
			return e
		}
	}
	for _, e := range v.Epochs {
		if e.Desc == nil && e.Newer == nil && format.EpochFolder(e.Number, v.Pin.Fingerprint) == e.Folder {
			return e
		}
	}
	return nil
}

// Writable returns the pinned epoch, or all where there is no pin.
func (v *View) Writable() []*Epoch {
	if p := v.Pinned(); p != nil {
		return []*Epoch{p}
	}
	return v.Epochs
}

// ByFingerprint returns the epoch whose vault.txt has a fingerprint, nil for none.
func (v *View) ByFingerprint(fp format.Fingerprint) *Epoch {
	for _, e := range v.Epochs {
		if e.Desc != nil && e.Fingerprint == fp {
			return e
		}
	}
	return nil
}

// ByFolder returns the epoch in a folder, nil for none.
func (v *View) ByFolder(folder string) *Epoch {
	for _, e := range v.Epochs {
		if e.Folder == folder {
			return e
		}
	}
	return nil
}

// IsRefused reports whether a person on this machine has refused the epoch.
func (v *View) IsRefused(e *Epoch) bool {
	return v.Pin != nil && e.Desc != nil && slices.Contains(v.Pin.Refused, e.Fingerprint)
}
