package escrow

import (
	"errors"
	"slices"

	"seedvault/escrow/internal/format"
)

// KeptSeal is a seal as a machine keeps it outside of the vault: what lies there under
// its name, byte for byte. Whoever reads it verifies it anew.
type KeptSeal struct {
	Name      string // NNNN-HASH.txt
	Text, Sig []byte
}

// A machine keeps as many live seals as these allow, the newest first. An epoch has some
// log n of them; who seals more, or longer ones, is noticed by their hashes alone.
const (
	maxKept      = 256
	maxKeptBytes = 64 << 20
)

// withKept adds the seals that this machine keeps to those that lie in an epoch's folder.
func (r *sealSet) withKept(kept []KeptSeal) *sealSet {
	for i, k := range kept {
		number, hash, ok := format.ParseSealName(k.Name)
		if !ok {
			continue
		}
		at := slices.IndexFunc(r.names, func(f sealFile) bool { return f.path == r.folder+"/seals/"+k.Name })
		if at < 0 {
			at = len(r.names)
			r.names = append(r.names, sealFile{path: r.folder + "/seals/" + k.Name, number: number, hash: hash})
		}
		r.names[at].kept = &kept[i]
	}
	sortSeals(r.names)
	return r
}

// fromMemory returns the live seals that count though they do not lie here, or not
// whole, since this machine keeps them: the lowest number first.
func (r *sealSet) fromMemory() (files []sealFile) {
	if r.Ledger == nil {
		return nil
	}
	live := map[string]bool{}
	for _, s := range r.Live() {
		live[s.Hash()] = true
	}
	for _, f := range slices.Backward(r.names) {
		if r.away[f.path] && live[f.hash] {
			files = append(files, f)
		}
	}
	return files
}

// openSeals finds an epoch's seals, those that this machine keeps of it among them.
func (v *view) openSeals(e *epoch, signer string, memory map[string][]string) *sealSet {
	set := openSeals(v.fsys, e.folder, signer, memory)
	if e == v.pinned() {
		set.withKept(v.kept)
	}
	return set
}

// Withheld returns the seals that this machine has verified before, that are live, and
// that do not lie here whole: this is an older state of the vault, or was damaged. They
// count all the same.
func (v *Vault) Withheld() (seals []SealRef) {
	e := v.view.pinned()
	if e == nil {
		return nil
	}
	for _, f := range v.view.seals(e).fromMemory() {
		seals = append(seals, SealRef{Number: f.number, Hash: f.hash})
	}
	return seals
}

// PutBack writes what [Vault.Withheld] returns into the vault, and returns what is back.
// No key is needed: a seal is its text and its signature.
func (v *Vault) PutBack() (back []SealRef, err error) {
	e, err := v.view.target()
	if err != nil {
		return nil, err
	}
	for _, f := range v.view.seals(e).fromMemory() {
		if v.view.isSpecial(f.path) || v.view.isSpecial(f.path+".sig") {
			continue // a link or the like, which stays and is named
		}
		err = writeAt(v.view.fsys, f.path+".sig", f.kept.Sig)
		if err == nil {
			err = writeAt(v.view.fsys, f.path, f.kept.Text)
		}
		if err != nil {
			break
		}
		back = append(back, SealRef{Number: f.number, Hash: f.hash})
	}
	if len(back) > 0 {
		e.forgetSeals()
	}
	return back, err
}

// isSpecial reports whether something else than a file lies at a path.
func (v *view) isSpecial(name string) bool {
	info, err := v.fsys.Lstat(name)
	return err == nil && !info.Mode().IsRegular()
}

// keep returns the live seals of an epoch as a machine keeps them; those that it has
// kept before need not be read again.
func (v *view) keep(set *sealSet, before []KeptSeal) (kept []KeptSeal) {
	have := map[string]KeptSeal{}
	for _, k := range before {
		have[k.Name] = k
	}
	left := maxKeptBytes
	for _, s := range set.Live() { // from the highest number down
		name := format.SealFile(s.Number, s.Hash())
		k, known := have[name]
		if !known {
			var err error
			if k, err = v.readKept(set.folder, name); err != nil {
				continue
			}
		}
		if left -= len(k.Text) + len(k.Sig); left < 0 || len(kept) == maxKept {
			break
		}
		kept = append(kept, k)
	}
	return kept
}

// readKept reads a seal that was verified, as it is to be kept.
func (v *view) readKept(folder, name string) (k KeptSeal, err error) {
	text, err1 := readFile(v.fsys, folder+"/seals/"+name, format.KindSeal.Limit())
	sig, err2 := readFile(v.fsys, folder+"/seals/"+name+".sig", format.KindSealSig.Limit())
	k = KeptSeal{Name: name}
	k.Text, _ = undoCRLF(text)
	k.Sig, _ = undoCRLF(sig)
	return k, errors.Join(err1, err2)
}
