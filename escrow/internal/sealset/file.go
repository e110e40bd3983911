package sealset

import (
	"cmp"
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/vaultfs"
)

// File is the name of one seal, NNNN-HASH.txt, with what there is under it.
type File struct {
	Path   string // of its text
	Number int
	Hash   string
	Text   bool  // its text lies here
	Sig    bool  // its signature does
	Kept   *Kept // as this machine keeps it, nil if it does not
}

// Kept is a seal as a machine keeps it outside of the vault: what lies there under
// its name, byte for byte, but for line ends that a tool has changed. Whoever reads it
// verifies it anew.
type Kept struct {
	Name      string // NNNN-HASH.txt
	Text, Sig []byte
}

// Ref names the seal.
func (f File) Ref() judge.SealRef { return judge.SealRef{Number: f.Number, Hash: f.Hash} }

// list finds the seals of which a text or a signature lies in an epoch's folder, highest
// number first. Links, and what has another name, are passed over. A folder that cannot be
// read is as one that is empty.
func list(fsys vaultfs.FS, folder string) []File {
	entries, err := fsys.ReadDir(folder + "/seals")
	if err != nil {
		return nil
	}
	byName := map[string]*File{}
	for _, entry := range entries {
		kind, hash := format.Classify("seals/" + entry.Name())
		if kind != format.KindSeal && kind != format.KindSealSig || !entry.Type().IsRegular() {
			continue
		}
		base := strings.TrimSuffix(entry.Name(), ".sig")
		f := byName[base]
		if f == nil {
			number, _, _ := format.ParseSealName(base)
			f = &File{Path: folder + "/seals/" + base, Number: number, Hash: hash}
			byName[base] = f
		}
		f.Text = f.Text || kind == format.KindSeal
		f.Sig = f.Sig || kind == format.KindSealSig
	}
	var files []File
	for _, f := range byName {
		files = append(files, *f)
	}
	sortFiles(files)
	return files
}

// sortFiles puts the highest number first.
func sortFiles(files []File) {
	slices.SortFunc(files, func(a, b File) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(a.Hash, b.Hash))
	})
}
