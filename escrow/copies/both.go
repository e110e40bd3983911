package copies

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
)

// both reads two places as one vault, so that what lies in either tells which of the
// files of both belong to it. It is only read from.
type both struct {
	escrow.FS // the vault
	there     escrow.FS
}

// ReadDir lists what lies in either place. It fails where neither can be listed.
func (b both) ReadDir(dir string) ([]fs.DirEntry, error) {
	list, err := b.FS.ReadDir(dir)
	more, err2 := b.there.ReadDir(dir)
	if err != nil && err2 != nil {
		return nil, err
	}
	for _, entry := range more {
		if !slices.ContainsFunc(list, func(e fs.DirEntry) bool { return e.Name() == entry.Name() }) {
			list = append(list, entry)
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return list, nil
}

// Lstat describes a file of the vault, or else of the copy.
func (b both) Lstat(name string) (fs.FileInfo, error) {
	if info, err := b.FS.Lstat(name); err == nil {
		return info, nil
	}
	return b.there.Lstat(name)
}

// Open opens the vault's file, or the copy's where the vault has none, or has a damaged
// one of those that tell what the rest should be: vault.txt and the texts of seals.
func (b both) Open(name string) (fs.File, error) {
	tells := path.Base(name) == "vault.txt" || strings.HasSuffix(name, ".txt") && escrow.PartOf(name) == escrow.PartSeal
	if tells {
		data, err := durable.ReadFile(b.FS, name, limitOf(name))
		if _, whole := escrow.CheckAgainstName(name, data); err != nil || whole == escrow.Damaged {
			if f, err := b.there.Open(name); err == nil {
				return f, nil
			}
		}
	}
	f, err := b.FS.Open(name)
	if err == nil {
		return f, nil
	}
	if g, err := b.there.Open(name); err == nil {
		return g, nil
	}
	return nil, err
}
