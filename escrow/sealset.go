package escrow

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/verified"
)

// sealSet is what lies in one epoch's seals folder, with the ledger of what is valid
// there: one for each epoch, which everything asks.
type sealSet struct {
	*judge.Ledger
	view       *view
	folder     string
	signer     string
	stamps     map[string]sealStamps   // by path, of those that an index may know; nil for none
	memory     map[string][]string     // what this machine has compared, see [Memory]
	names      []sealFile              // highest number first
	parsed     map[string]*format.Seal // by path; nil for one that is not valid
	away       map[string]bool         // paths of valid ones that only this machine's memory has
	damaged    []string                // paths that do not verify
	broken     map[string]format.Rule  // which rule each of these breaks
	unfinished []string                // texts without a signature
	newer      *NewerError             // a valid seal has a word that is not known here
	crlf       []string
}

// sealFile is one NNNN-HASH.txt with what lies beside it.
type sealFile struct {
	path   string
	number int
	hash   string
	text   bool
	sig    bool
	kept   *KeptSeal // as this machine keeps it, nil if it does not
}

// noSeals is the set of an epoch whose signer nothing tells.
var noSeals = &sealSet{}

// seals returns the seals of an epoch whose vault.txt tells its signer. They are
// read once.
func (v *view) seals(e *epoch) *sealSet {
	if e.desc == nil || e.desc.Unverified {
		return noSeals
	}
	return v.sealsBy(e, e.desc.Signer)
}

// seals returns the seals of an epoch, by what its vault.txt or else its opened key
// tells of its signer.
func (rd *reader) seals(e *epoch) *sealSet {
	if p, ok := rd.proven[e.folder]; ok && e.desc == nil {
		return rd.view.sealsBy(e, p.signer)
	}
	return rd.view.seals(e)
}

// sealsBy reads an epoch's seals, but for those that another is known to contain.
func (v *view) sealsBy(e *epoch, signer string) *sealSet {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.seals == nil {
		e.seals = v.openSeals(e, signer, v.compared)
		if e == v.pinned() {
			e.seals.stamps = map[string]sealStamps{}
		}
		e.seals.Ledger = judge.NewLedger(e.seals.needed(""))
	}
	return e.seals
}

// forgetSeals has the seals read anew: others may have sealed since.
func (e *epoch) forgetSeals() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seals = nil
}

// openFolder finds the seals in an epoch's folder.
func (v *view) openFolder(folder, signer string, memory map[string][]string) *sealSet {
	return &sealSet{view: v, folder: folder, signer: signer, memory: memory, names: listSeals(v.fsys, folder), parsed: map[string]*format.Seal{}, broken: map[string]format.Rule{}, away: map[string]bool{}}
}

// without is the ledger as it would be if one seal were not here.
func (r *sealSet) without(hash string) *judge.Ledger { return judge.NewLedger(r.needed(hash)) }

// needed reads the valid seals, from the highest number down, but for one. It passes
// over those that one read contains, as this machine's memory has it from having
// compared them; and where nothing is remembered of a seal, it reads what that one
// includes, so that the ledger compares them.
func (r *sealSet) needed(but string) (seals []*format.Seal) {
	known := map[string]bool{} // contained, as the memory has it
	var fresh []*format.Seal   // seals of which nothing is remembered
	for _, f := range r.names {
		if f.hash == but || known[f.hash] {
			continue
		}
		s := r.read(f)
		if s == nil {
			continue
		}
		seals = append(seals, s)
		if absent, compared := r.memory[f.hash]; !compared {
			fresh = append(fresh, s)
		} else {
			for h := range s.Includes {
				known[h] = known[h] || !slices.Contains(absent, h)
			}
		}
	}
	return append(seals, r.inside(fresh, seals, but)...)
}

// inside reads what fresh seals include and what is not read yet, but for what a
// compared one that they include as well contains.
func (r *sealSet) inside(fresh, read []*format.Seal, but string) (more []*format.Seal) {
	have, files := map[string]bool{but: true}, map[string]sealFile{}
	for _, s := range read {
		have[s.Hash()] = true
	}
	for _, f := range r.names {
		files[f.hash] = f
	}
	for _, s := range fresh {
		covered := map[string]bool{}
		for _, o := range read {
			if absent, compared := r.memory[o.Hash()]; compared && s.Includes[o.Hash()] {
				for h := range o.Includes {
					covered[h] = covered[h] || !slices.Contains(absent, h)
				}
			}
		}
		for _, h := range slices.Sorted(maps.Keys(s.Includes)) {
			if f, here := files[h]; here && !have[h] && !covered[h] {
				have[h] = true
				if o := r.read(f); o != nil {
					more = append(more, o)
				}
			}
		}
	}
	return more
}

// every reads all valid seals, those too that others contain: what was accepted when,
// only they tell.
func (r *sealSet) every() (seals []*format.Seal) {
	for _, f := range r.names {
		if s := r.read(f); s != nil {
			seals = append(seals, s)
		}
	}
	return seals
}

// readAll reads all that are not read yet, on all cores.
func (r *sealSet) readAll() {
	type result struct {
		seal *format.Seal
		crlf bool
		err  error
	}
	results := make([]result, len(r.names))
	parallel.Do(len(r.names), func(i int) {
		if f := r.names[i]; f.text && f.sig {
			results[i].seal, results[i].crlf, results[i].err = r.readSeal(f)
		}
	})
	for i, f := range r.names {
		if _, done := r.parsed[f.path]; !done {
			r.file(f, results[i].seal, results[i].crlf, results[i].err)
		}
	}
}

// compared is what a machine may remember of the seals that were read: those whose
// includes lines are all true, each with the HASH of those included that were not
// here to compare.
func (r *sealSet) compared() map[string][]string {
	here := map[string]bool{}
	for _, f := range r.names {
		here[f.hash] = here[f.hash] || r.valid(f)
	}
	untrue := map[string]bool{}
	for _, s := range r.Untrue() {
		untrue[s.Hash()] = true
	}
	found := map[string][]string{}
	for _, s := range r.Live() {
		if untrue[s.Hash()] {
			continue
		}
		absent, before := r.memory[s.Hash()]
		found[s.Hash()] = slices.DeleteFunc(slices.Sorted(maps.Keys(s.Includes)), func(h string) bool {
			return here[h] || before && !slices.Contains(absent, h)
		})
	}
	return found
}

// isGivenUp reports whether a person has said of a missing seal that it is lost.
func (r *sealSet) isGivenUp(hash string) bool {
	return slices.ContainsFunc(r.GivenUp(), func(g SealRef) bool { return g.Hash == hash })
}

// valid reports whether a seal is, as far as it was read; one that was passed over
// was valid when it was compared.
func (r *sealSet) valid(f sealFile) bool {
	s, read := r.parsed[f.path]
	return s != nil || !read && (f.text && f.sig || f.kept != nil)
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
	sortSeals(list)
	return list
}

// sortSeals puts the highest number first.
func sortSeals(list []sealFile) {
	slices.SortFunc(list, func(a, b sealFile) int {
		return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(a.hash, b.hash))
	})
}

// read verifies one seal, once. It returns nil for one that is not valid.
func (r *sealSet) read(f sealFile) *format.Seal {
	s, done := r.parsed[f.path]
	if done {
		return s
	}
	var crlf bool
	var err error
	if f.text && f.sig {
		if s = r.known(f); s == nil {
			s, crlf, err = r.readSeal(f)
		}
	}
	r.file(f, s, crlf, err)
	return r.parsed[f.path]
}

// file notes what reading a seal has shown.
func (r *sealSet) file(f sealFile, s *format.Seal, crlf bool, err error) {
	r.parsed[f.path] = nil
	if crlf {
		r.crlf = append(r.crlf, f.path)
	}
	switch {
	case !f.text, errors.Is(err, fs.ErrNotExist): // not arrived, never written, or gone since
	case !f.sig:
		r.unfinished = append(r.unfinished, f.path)
	case err != nil:
		r.damaged, r.broken[f.path] = append(r.damaged, f.path), brokenRule(err)
	default:
		r.parsed[f.path] = s
	}
	if r.parsed[f.path] == nil && f.kept != nil {
		if s, err := r.verify(f, f.kept.Text, f.kept.Sig); err == nil {
			r.parsed[f.path], r.away[f.path] = s, true
		}
	}
	if s := r.parsed[f.path]; s != nil && len(s.Unknown) > 0 {
		r.newer = &NewerError{Path: f.path}
	}
}

// brokenRule is the rule that an invalid seal breaks. One that cannot be read to its
// end is too long.
func brokenRule(err error) format.Rule {
	var invalid *format.SealError
	if errors.As(err, &invalid) {
		return invalid.Rule
	}
	return 8
}

// readSeal reads a text and its signature and verifies them.
func (r *sealSet) readSeal(f sealFile) (*format.Seal, bool, error) {
	text, err := vaultfs.ReadFile(r.view.fsys, f.path, format.KindSeal.Limit())
	if err != nil {
		return nil, false, err
	}
	sig, err := vaultfs.ReadFile(r.view.fsys, f.path+".sig", format.KindSealSig.Limit())
	if err != nil {
		return nil, false, err
	}
	text, crlf1 := format.UndoCRLF(text)
	sig, crlf2 := format.UndoCRLF(sig)
	s, err := r.verify(f, text, sig)
	return s, crlf1 || crlf2, err
}

// verify holds a text and its signature against each other, the name and the folder.
func (r *sealSet) verify(f sealFile, text, sig []byte) (*format.Seal, error) {
	return r.view.verified.Verify(verified.File{Folder: r.folder, Signer: r.signer, Number: f.number, Hash: f.hash}, text, sig)
}
