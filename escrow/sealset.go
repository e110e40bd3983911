package escrow

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sshsig"
)

// sealSet is what lies in one epoch's seals folder, with the ledger of what is valid
// there: one for each epoch, which everything asks.
type sealSet struct {
	*judge.Ledger
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

// noSeals is the set of an epoch whose signer nothing tells.
var noSeals = &sealSet{}

// seals returns the seals of an epoch whose vault.txt tells its signer. They are
// read once.
func (v *Vault) seals(e *epoch) *sealSet {
	if e.desc == nil {
		return noSeals
	}
	return v.sealsBy(e, e.desc.Signer)
}

// seals returns the seals of an epoch, by what its vault.txt or else its opened key
// tells of its signer.
func (o *Opened) seals(e *epoch) *sealSet {
	if p, ok := o.proven[e.folder]; ok && e.desc == nil {
		return o.vault.sealsBy(e, p.signer)
	}
	return o.vault.seals(e)
}

// sealsBy reads an epoch's seals, from the highest number down, leaving out those
// that one read already contains: a vault of many seals costs as much to read as its
// last one.
func (v *Vault) sealsBy(e *epoch, signer string) *sealSet {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.seals != nil {
		return e.seals
	}
	r := &sealSet{contained: map[string]bool{}, names: listSeals(v.fsys, e.folder)}
	var valid []*format.Seal
	for _, f := range r.names {
		if !r.contained[f.hash] {
			if s := r.read(v.fsys, e.folder, f, signer); s != nil {
				valid = append(valid, s)
			}
		}
	}
	valid = slices.DeleteFunc(valid, func(s *format.Seal) bool { return r.contained[s.Hash()] })
	r.Ledger = judge.NewLedger(valid)
	e.seals = r
	return r
}

// forgetSeals has the seals read anew: others may have sealed since.
func (e *epoch) forgetSeals() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seals = nil
}

// everySeal reads all of an epoch's valid seals, those too that others contain: what
// was accepted when, only they tell.
func (v *Vault) everySeal(e *epoch, signer string) (seals []*format.Seal) {
	r := &sealSet{contained: map[string]bool{}, names: listSeals(v.fsys, e.folder)}
	for _, f := range r.names {
		if s := r.read(v.fsys, e.folder, f, signer); s != nil {
			seals = append(seals, s)
		}
	}
	return seals
}

// listSeals finds the texts and signatures, highest number first. Names are
// read from the right and anything else is left to the check.
func listSeals(fsys FS, folder string) []sealFile {
	entries, err := fsys.ReadDir(folder + "/seals")
	if err != nil {
		return nil
	}
	byName := map[string]*sealFile{}
	for _, entry := range entries {
		kind, hash := format.Classify("seals/" + entry.Name())
		if kind != format.KindSeal && kind != format.KindSealSig || !entry.Type().IsRegular() {
			continue
		}
		base := strings.TrimSuffix(entry.Name(), ".sig")
		f := byName[base]
		if f == nil {
			number, _, _ := format.ParseSealName(base)
			f = &sealFile{path: folder + "/seals/" + base, number: number, hash: hash}
			byName[base] = f
		}
		f.text = f.text || kind == format.KindSeal
		f.sig = f.sig || kind == format.KindSealSig
	}
	var list []sealFile
	for _, f := range byName {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b sealFile) int {
		return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(a.hash, b.hash))
	})
	return list
}

// read verifies one seal and files it. It returns nil for one that is not valid.
func (r *sealSet) read(fsys FS, folder string, f sealFile, signer string) *format.Seal {
	switch {
	case !f.text:
		return nil // a signature whose text has not arrived or was never written
	case !f.sig:
		r.unfinished = append(r.unfinished, f.path)
		return nil
	}
	s, crlf, err := readSeal(fsys, folder, f, signer)
	if crlf {
		r.crlf = append(r.crlf, f.path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		r.damaged = append(r.damaged, f.path)
		return nil
	}
	for h := range s.Includes {
		r.contained[h] = true
	}
	if len(s.Unknown) > 0 {
		r.newer = &NewerError{Path: f.path}
	}
	return s
}

// readSeal reads a text and its signature and holds them against each other,
// the name and the folder.
func readSeal(fsys FS, folder string, f sealFile, signer string) (*format.Seal, bool, error) {
	text, err := readFile(fsys, f.path, format.KindSeal.Limit())
	if err != nil {
		return nil, false, err
	}
	sig, err := readFile(fsys, f.path+".sig", format.KindSealSig.Limit())
	if err != nil {
		return nil, false, err
	}
	text, crlf1 := undoCRLF(text)
	sig, crlf2 := undoCRLF(sig)
	crlf := crlf1 || crlf2
	if format.Hash(format.Sum(text)) != f.hash {
		return nil, crlf, format.ErrSeal
	}
	if err := sshsig.Verify(signer, sealNamespace, text, sig); err != nil {
		return nil, crlf, format.ErrSeal
	}
	s, err := format.ParseSeal(text, folder)
	if err != nil || s.Number != f.number {
		return nil, crlf, format.ErrSeal
	}
	return s, crlf, nil
}
