package escrow

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"

	"seedvault/escrow/internal/sshsig"
)

// sealRack is what lies in one epoch's seals folder.
type sealRack struct {
	seals      []*seal         // valid, and not contained in another valid one
	contained  map[string]bool // HASH of those that a valid one contains: not read
	damaged    []string        // paths that do not verify
	unfinished []string        // texts without a signature
	newer      *NewerError     // a valid seal has a word that is not known here
	crlf       []string
	names      []sealFile
}

// sealFile is one NNNN-HASH.txt with what lies beside it.
type sealFile struct {
	path   string
	number int
	hash   string
	text   bool
	sig    bool
}

// valid returns the verified seals. It works on a nil rack.
func (r *sealRack) valid() []*seal {
	if r == nil {
		return nil
	}
	return r.seals
}

// highest returns the highest number of a valid seal, 0 for none.
func (r *sealRack) highest() (top *seal) {
	for _, s := range r.valid() {
		if top == nil || s.number > top.number {
			top = s
		}
	}
	return top
}

// sealsOf reads an epoch's seals, from the highest number down, leaving out
// those that one read already contains: a vault of many seals costs as much to
// read as its last one.
func (v *Vault) sealsOf(e *epoch, signer string) *sealRack {
	if e.seals != nil || signer == "" {
		return e.seals
	}
	r := &sealRack{contained: map[string]bool{}, names: listSeals(v.fsys, e.folder)}
	for _, f := range r.names {
		if !r.contained[f.hash] {
			r.read(v.fsys, e.folder, f, signer)
		}
	}
	r.seals = slices.DeleteFunc(r.seals, func(s *seal) bool { return r.contained[s.hash()] })
	e.seals = r
	return r
}

// everySeal reads all of an epoch's valid seals, those too that others contain: what
// was accepted when, only they tell.
func (v *Vault) everySeal(e *epoch, signer string) []*seal {
	r := &sealRack{contained: map[string]bool{}, names: listSeals(v.fsys, e.folder)}
	for _, f := range r.names {
		r.read(v.fsys, e.folder, f, signer)
	}
	return r.seals
}

// listSeals finds the texts and signatures, highest number first. Names are
// read from the right and anything else is left to the check.
func listSeals(fsys FS, folder string) []sealFile {
	entries, err := fsys.ReadDir(folder + "/seals")
	if err != nil {
		return nil
	}
	byHash := map[string]*sealFile{}
	for _, entry := range entries {
		kind, hash := classifySeal(entry.Name())
		if kind == kindUnknown || !entry.Type().IsRegular() {
			continue
		}
		base := entry.Name()
		if kind == kindSealSig {
			base = base[:len(base)-len(".sig")]
		}
		f := byHash[base]
		if f == nil {
			number, _, _ := parseSealName(base)
			f = &sealFile{path: folder + "/seals/" + base, number: number, hash: hash}
			byHash[base] = f
		}
		f.text = f.text || kind == kindSeal
		f.sig = f.sig || kind == kindSealSig
	}
	var list []sealFile
	for _, f := range byHash {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b sealFile) int {
		return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(a.hash, b.hash))
	})
	return list
}

// read verifies one seal and files it.
func (r *sealRack) read(fsys FS, folder string, f sealFile, signer string) {
	switch {
	case !f.text:
		return // a signature whose text has not arrived or was never written
	case !f.sig:
		r.unfinished = append(r.unfinished, f.path)
		return
	}
	s, crlf, err := readSeal(fsys, folder, f, signer)
	if crlf {
		r.crlf = append(r.crlf, f.path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		r.damaged = append(r.damaged, f.path)
		return
	}
	r.seals = append(r.seals, s)
	for h := range s.includes {
		r.contained[h] = true
	}
	if len(s.unknown) > 0 {
		r.newer = &NewerError{Path: f.path}
	}
}

// readSeal reads a text and its signature and holds them against each other,
// the name and the folder.
func readSeal(fsys FS, folder string, f sealFile, signer string) (*seal, bool, error) {
	text, err := readFile(fsys, f.path, kindSeal.limit())
	if err != nil {
		return nil, false, err
	}
	sig, err := readFile(fsys, f.path+".sig", kindSealSig.limit())
	if err != nil {
		return nil, false, err
	}
	text, crlf1 := undoCRLF(text)
	sig, crlf2 := undoCRLF(sig)
	crlf := crlf1 || crlf2
	if hashName(sum256(text)) != f.hash {
		return nil, crlf, errSeal
	}
	if err := sshsig.Verify(signer, sealNamespace, text, sig); err != nil {
		return nil, crlf, errSeal
	}
	s, err := parseSeal(text, folder)
	if err != nil || s.number != f.number {
		return nil, crlf, errSeal
	}
	return s, crlf, nil
}
