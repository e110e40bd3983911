package escrow

import (
	"bytes"
	"slices"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
)

// HasPage reports whether the seals of the epoch written to, or of those that it
// follows, list this page.
func (o *Opened) HasPage(p Page) bool {
	return slices.Contains(o.reader.view.RootSums(p.Name), p.sum())
}

// PutPage writes the page if it is not here, and stages that seals list it. What lies there
// with another content is replaced if a seal lists this page, else the error is
// [ErrPageTaken].
func (o *Opened) PutPage(p Page) error {
	if err := mayWrite(o.reader.view); err != nil {
		return err
	}
	if PartOf(p.Name) != PartPage {
		return errPageName
	}
	listed := o.HasPage(p)
	if err := putPage(o.reader.view.Files.FS, p, listed); err != nil {
		return err
	}
	if !listed {
		o.changes.pending.accept = append(o.changes.pending.accept, format.Ref{Path: p.Name, Sum: p.sum()})
	}
	return nil
}

// LacksPage reports whether seals list the page and something else lies there, or
// nothing.
func (v *Vault) LacksPage(p Page) bool {
	if !slices.Contains(v.view.RootSums(p.Name), p.sum()) {
		return false
	}
	have, err := vaultfs.ReadFile(v.view.Files.FS, p.Name, pageLimit)
	return err != nil || !bytes.Equal(have, p.Text)
}

// MendPage writes the page anew where it is lacking, and reports whether it did. It
// takes no key. The error is [ErrNotPinned], or about writing.
func (v *Vault) MendPage(p Page) (bool, error) {
	if v.view.Pin == nil {
		return false, ErrNotPinned
	}
	if !v.LacksPage(p) {
		return false, nil
	}
	err := writeAt(v.view.Files.FS, p.Name, p.Text)
	return err == nil, err
}

// putPage writes a page where there is none. What lies there already stays unless it
// is to be replaced, which is for damage alone.
func putPage(fsys FS, p Page, replace bool) error {
	if vaultfs.Exists(fsys, p.Name) {
		have, err := vaultfs.ReadFile(fsys, p.Name, pageLimit)
		if err == nil && bytes.Equal(have, p.Text) {
			return nil
		}
		if !replace {
			return ErrPageTaken
		}
	}
	return writeAt(fsys, p.Name, p.Text)
}

// SwappedPages names what lies under a page's name and is not the page that seals list
// or that was released, by name. Links are among them: a browser follows them. Without
// what was released seals alone say it.
func (v *Vault) SwappedPages(released map[string][32]byte) (names []string) {
	for _, entry := range v.view.Root {
		if !entry.IsDir() && PartOf(entry.Name()) == PartPage && isSwapped(v.view, entry.Name(), released) {
			names = append(names, entry.Name())
		}
	}
	return names
}

// swapped reports whether a page is another. An empty file is none.
func isSwapped(v *epochs.View, name string, released map[string][32]byte) bool {
	data, err := vaultfs.ReadFile(v.Files.FS, name, pageLimit)
	if err != nil || len(data) == 0 {
		return err != nil
	}
	lies := format.Sum(data)
	sum, known := released[name]
	if known && lies != sum {
		return true
	}
	if listed := v.RootSums(name); len(listed) > 0 {
		return !slices.Contains(listed, lies)
	}
	return !known && released != nil
}
