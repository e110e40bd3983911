// Package sealset is all seals of one epoch: found in its folder, verified one by one through
// package sealcache, and united in a ledger. Package epochs has a set for each epoch.
//
// Start with [Open] and [Set.Read]. Nothing is written here. The ledger of a [Set] is a
// [judge.Ledger]: package judge decides what a file counts for.
package sealset

import (
	"errors"
	"io/fs"
	"maps"
	"slices"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/vaultfs"
)

// Source is where a vault's seals are read, and what of them need not be read again.
type Source struct {
	FS       vaultfs.FS
	Verified *sealcache.Cache // shared by all that read the vault in one run
	// Known returns what an index says of the seal at a path whose text and signature have
	// these stamps, nil if the seal has to be read. It is nil where there is no index.
	Known func(path string, text, sig index.Stamp) *format.Seal
}

// Set is the seals of one epoch's folder. Its ledger is nil until [Set.Read] or
// [Set.Check]. The zero Set has none: it is that of an epoch whose signer nothing tells.
// Methods that read files are for one goroutine at a time.
type Set struct {
	*judge.Ledger
	Files      []File                 // highest number first
	Damaged    []string               // paths of those that were read and do not verify
	Broken     map[string]format.Rule // which rule each of these breaks
	Unfinished []string               // paths of texts without a signature
	CRLF       []string               // paths of those whose line ends were undone
	Newer      *format.NewerError     // a valid seal has a word that is not known here

	source         *Source
	folder, signer string
	memory         map[string][]string     // what this machine has compared, see [Set.Compared]
	stamps         map[string]stamps       // by path, of files before they were read; nil where none are noted
	parsed         map[string]*format.Seal // by path, of those that were read; nil for one that is not valid
	away           map[string]bool         // paths of valid ones that do not lie here whole: this machine keeps them
}

// Open finds the seals in an epoch's folder, and reads none. memory is what [Set.Compared]
// returned before, nil for nothing.
func Open(source *Source, folder, signer string, memory map[string][]string) *Set {
	return &Set{
		Files: list(source.FS, folder), Broken: map[string]format.Rule{},
		source: source, folder: folder, signer: signer, memory: memory,
		parsed: map[string]*format.Seal{}, away: map[string]bool{},
	}
}

// AskIndex has [Set.Read] note the stamps of seals before it reads them, and not read those
// that the source's index knows by them. It is called before any is read.
func (r *Set) AskIndex() { r.stamps = map[string]stamps{} }

// stamps are those of a seal's text and of its signature.
type stamps struct{ Text, Sig index.Stamp }

// Read reads the seals, but for those that another is known to contain, and makes the ledger.
func (r *Set) Read() { r.Ledger = judge.NewLedger(r.needed("")) }

// Without returns the ledger as it would be if one seal were not here.
func (r *Set) Without(hash string) *judge.Ledger { return judge.NewLedger(r.needed(hash)) }

// needed reads the valid seals, from the highest number down, but for one. It passes
// over those that one read contains, as this machine's memory has it from having
// compared them; and where nothing is remembered of a seal, it reads what that one
// includes, so that the ledger compares them.
func (r *Set) needed(but string) (seals []*format.Seal) {
	known := map[string]bool{} // contained, as the memory has it
	var fresh []*format.Seal   // seals of which nothing is remembered
	for _, f := range r.Files {
		if f.Hash == but || known[f.Hash] {
			continue
		}
		s := r.read(f)
		if s == nil {
			continue
		}
		seals = append(seals, s)
		if absent, compared := r.memory[f.Hash]; !compared {
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
func (r *Set) inside(fresh, read []*format.Seal, but string) (more []*format.Seal) {
	have, files := map[string]bool{but: true}, map[string]File{}
	for _, s := range read {
		have[s.Hash()] = true
	}
	for _, f := range r.Files {
		files[f.Hash] = f
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

// Every reads all valid seals, those too that others contain: what was accepted when,
// only they tell.
func (r *Set) Every() (seals []*format.Seal) {
	for _, f := range r.Files {
		if s := r.read(f); s != nil {
			seals = append(seals, s)
		}
	}
	return seals
}

// readAll reads all that are not read yet, on all cores, and asks no index.
func (r *Set) readAll() {
	type result struct {
		seal *format.Seal
		crlf bool
		err  error
	}
	results := make([]result, len(r.Files))
	parallel.Do(len(r.Files), func(i int) {
		f := r.Files[i]
		if _, done := r.parsed[f.Path]; !done && f.Text && f.Sig {
			results[i].seal, results[i].crlf, results[i].err = r.readSeal(f)
		}
	})
	for i, f := range r.Files {
		if _, done := r.parsed[f.Path]; !done {
			r.note(f, results[i].seal, results[i].crlf, results[i].err)
		}
	}
}

// Seal returns the seal that a file was read as, nil for one that is not valid. read is
// false for one that was passed over.
func (r *Set) Seal(f File) (s *format.Seal, read bool) {
	s, read = r.parsed[f.Path]
	return s, read
}

// IsGivenUp reports whether a person has said of a missing seal that it is lost.
func (r *Set) IsGivenUp(hash string) bool {
	return slices.ContainsFunc(r.GivenUp(), func(g judge.SealRef) bool { return g.Hash == hash })
}

// Compared is what a machine may remember of the seals that were read: the HASH of the live
// ones whose includes lines are all true, each with the HASH of those included that were not
// here to compare.
func (r *Set) Compared() map[string][]string {
	here := map[string]bool{}
	for _, f := range r.Files {
		here[f.Hash] = here[f.Hash] || r.valid(f)
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

// valid reports whether a seal is, as far as it was read; one that was passed over
// was valid when it was compared.
func (r *Set) valid(f File) bool {
	s, read := r.Seal(f)
	return s != nil || !read && (f.Text && f.Sig || f.Kept != nil)
}

// read verifies one seal, once. It returns nil for one that is not valid.
func (r *Set) read(f File) *format.Seal {
	s, done := r.parsed[f.Path]
	if done {
		return s
	}
	var crlf bool
	var err error
	if f.Text && f.Sig {
		if s = r.known(f); s == nil {
			s, crlf, err = r.readSeal(f)
		}
	}
	r.note(f, s, crlf, err)
	return r.parsed[f.Path]
}

// known notes the stamps of a seal, and returns what the index says of it if it need not be
// read, else nil.
func (r *Set) known(f File) *format.Seal {
	if r.stamps == nil {
		return nil
	}
	at, regular := vaultfs.Folder{FS: r.source.FS}.Stamps([]vaultfs.File{{Path: f.Path}, {Path: f.Path + ".sig"}})
	if !regular[0] || !regular[1] {
		return nil
	}
	r.stamps[f.Path] = stamps{at[0], at[1]}
	if r.source.Known == nil {
		return nil
	}
	return r.source.Known(f.Path, at[0], at[1])
}

// note takes down what reading a seal has shown.
func (r *Set) note(f File, s *format.Seal, crlf bool, err error) {
	r.parsed[f.Path] = nil
	if crlf {
		r.CRLF = append(r.CRLF, f.Path)
	}
	switch {
	case !f.Text, errors.Is(err, fs.ErrNotExist): // not arrived, never written, or gone since
	case !f.Sig:
		r.Unfinished = append(r.Unfinished, f.Path)
	case err != nil:
		r.Damaged, r.Broken[f.Path] = append(r.Damaged, f.Path), brokenRule(err)
	default:
		r.parsed[f.Path] = s
	}
	if r.parsed[f.Path] == nil && f.Kept != nil {
		if s, err := r.verify(f, f.Kept.Text, f.Kept.Sig); err == nil {
			r.parsed[f.Path], r.away[f.Path] = s, true
		}
	}
	if s := r.parsed[f.Path]; s != nil && len(s.Unknown) > 0 {
		r.Newer = &format.NewerError{Path: f.Path}
	}
}

// brokenRule is the rule that an invalid seal breaks. One that cannot be read is taken to be
// too long.
func brokenRule(err error) format.Rule {
	var invalid *format.SealError
	if errors.As(err, &invalid) {
		return invalid.Rule
	}
	return 8
}

// readSeal reads a text and its signature and verifies them.
func (r *Set) readSeal(f File) (*format.Seal, bool, error) {
	text, err := vaultfs.ReadFile(r.source.FS, f.Path, format.KindSeal.Limit())
	if err != nil {
		return nil, false, err
	}
	sig, err := vaultfs.ReadFile(r.source.FS, f.Path+".sig", format.KindSealSig.Limit())
	if err != nil {
		return nil, false, err
	}
	text, crlf1 := format.UndoCRLF(text)
	sig, crlf2 := format.UndoCRLF(sig)
	s, err := r.verify(f, text, sig)
	return s, crlf1 || crlf2, err
}

// verify holds a text and its signature against each other, the name and the folder.
func (r *Set) verify(f File, text, sig []byte) (*format.Seal, error) {
	return r.source.Verified.Verify(sealcache.File{Folder: r.folder, Signer: r.signer, Number: f.Number, Hash: f.Hash}, text, sig)
}
