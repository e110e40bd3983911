package sealset

import (
	"errors"
	"slices"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
	"seedvault/escrow/internal/vaultfs"
)

// A machine keeps as many live seals as these allow, the newest first. An epoch of n lines
// has about log2 n of them for each that writes. A seal that is not kept is missed all the
// same once it is gone, by whichever later one names it, but cannot be put back.
const (
	MaxKept      = 256
	MaxKeptBytes = 64 << 20
)

// AddKept adds the seals that this machine keeps to those that lie in the folder, but for
// any whose name is no seal's. Each counts once it is read, if it is valid and does not lie
// here whole.
func (r *Set) AddKept(kept []Kept) {
	for i, k := range kept {
		number, hash, ok := format.ParseSealName(k.Name)
		if !ok {
			continue
		}
		path := r.folder + "/seals/" + k.Name
		at := slices.IndexFunc(r.Files, func(f File) bool { return f.Path == path })
		if at < 0 {
			at = len(r.Files)
			r.Files = append(r.Files, File{Path: path, Number: number, Hash: hash})
		}
		r.Files[at].Kept = &kept[i]
	}
	sortFiles(r.Files)
}

// IsAway reports whether a seal that was read counts though it does not lie here whole,
// since this machine keeps it.
func (r *Set) IsAway(f File) bool { return r.away[f.Path] }

// LiveAway returns the live seals of which [Set.IsAway] is true, the lowest number first.
func (r *Set) LiveAway() (files []File) {
	live := map[string]bool{}
	for _, s := range r.Live() {
		live[s.Hash()] = true
	}
	for _, f := range slices.Backward(r.Files) {
		if r.IsAway(f) && live[f.Hash] {
			files = append(files, f)
		}
	}
	return files
}

// Stamped returns the live seals that lie here whole, by path, with the stamps that their
// files had before they were read; none without [Set.AskIndex].
func (r *Set) Stamped() map[string]*index.Seal {
	stamped := map[string]*index.Seal{}
	for _, s := range r.Live() {
		path := r.folder + "/seals/" + format.SealFile(s.Number, s.Hash())
		if at, noted := r.stamps[path]; noted && !r.away[path] {
			stamped[path] = &index.Seal{Text: at.Text, Sig: at.Sig, Says: s}
		}
	}
	return stamped
}

// Keep returns the live seals as a machine keeps them, by number, but for those that cannot
// be read; those that it has kept before are not read again.
func (r *Set) Keep(before []Kept) (kept []Kept) {
	have := map[string]Kept{}
	for _, k := range before {
		have[k.Name] = k
	}
	left := MaxKeptBytes
	for _, s := range slices.Backward(r.Live()) { // the newest first
		name := format.SealFile(s.Number, s.Hash())
		k, known := have[name]
		if !known {
			var err error
			if k, err = r.readKept(name); err != nil {
				continue
			}
		}
		if left -= len(k.Text) + len(k.Sig); left < 0 || len(kept) == MaxKept {
			break
		}
		kept = append(kept, k)
	}
	slices.Reverse(kept)
	return kept
}

// readKept reads a seal that was verified, as it is to be kept.
func (r *Set) readKept(name string) (k Kept, err error) {
	path := r.folder + "/seals/" + name
	text, err1 := vaultfs.ReadFile(r.source.FS, path, format.KindSeal.Limit())
	sig, err2 := vaultfs.ReadFile(r.source.FS, path+".sig", format.KindSealSig.Limit())
	k = Kept{Name: name}
	k.Text, _ = format.UndoCRLF(text)
	k.Sig, _ = format.UndoCRLF(sig)
	return k, errors.Join(err1, err2)
}
