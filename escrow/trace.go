package escrow

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/trace"
)

// Trace says of each epoch, seal and file what it counts for and which rule of
// FORMAT.md decided that. It needs no key, and what only a key can tell is not in it:
// that a file does not decrypt, or holds what was removed under another name.
func (v *Vault) Trace() []trace.Line {
	t := &tracer{v: v.view, list: listEpochs(v.view), facts: v.view.Facts(nil)}
	if p := v.view.Pinned(); p != nil {
		t.facts.Lists = v.view.OlderLists(p)
	}
	files := map[*epochs.Epoch][]vaultfs.File{}
	for _, e := range v.view.Epochs {
		if e.Newer == nil {
			files[e] = t.filesByContent(e)
		}
		for _, f := range files[e] {
			if f.Read && (f.Claims == "" || !f.IsDamaged()) && format.PlaceKind(path.Base(path.Dir(f.Path))) != format.KindUnknown {
				t.facts.Files = append(t.facts.Files, judge.File{Folder: e.Folder, Ref: f.Ref()})
			}
		}
	}
	t.verdicts = judge.Judge(t.facts)
	for i, e := range v.view.Epochs {
		t.at, t.relation = e, t.facts.Relations(t.verdicts.Line)[e.Folder]
		t.epoch(t.list[i])
		if e.Newer == nil {
			t.seals()
			t.files(files[e])
		}
	}
	t.at = nil
	t.root()
	return t.lines
}

// tracer gathers what the rules make of a vault's folder.
type tracer struct {
	v        *epochs.View
	list     []Epoch
	facts    judge.Facts
	verdicts judge.Verdicts
	at       *epochs.Epoch // the one that is looked at, nil beside the epochs
	relation judge.Relation
	lines    []trace.Line
}

func (t *tracer) add(rule format.Rule, state trace.State, seal, file string) {
	l := trace.Line{Rule: rule.String(), State: state, Seal: seal, Path: file}
	if t.at != nil {
		l.Epoch = t.at.Folder
	}
	t.lines = append(t.lines, l)
}

// epoch says how an epoch stands, and what lies there as vault.txt.
func (t *tracer) epoch(d Epoch) {
	state, rule := t.epochState(d)
	t.add(rule, state, "", "")
	name := t.at.Folder + "/vault.txt"
	switch {
	case t.at.Newer != nil:
		t.add(11, trace.Newer, "", name)
	case t.at.Desc != nil && t.at.Desc.Unverified:
		t.add(72, trace.Unverified, "", name)
	case t.at.Desc != nil:
		t.add(12, trace.Whole, "", name)
	case t.at.Missing:
		t.add(44, trace.Missing, "", name)
	default:
		t.add(12, trace.Damaged, "", name)
	}
}

func (t *tracer) epochState(d Epoch) (trace.State, format.Rule) {
	lost := t.at.Desc == nil && t.at.Newer == nil
	switch {
	case d.Status == EpochNotCompared && lost:
		return trace.Unconfirmed, 44
	case d.Status == EpochNotCompared:
		return trace.NotCompared, 36
	case d.Status == EpochPinned && lost:
		return trace.Pinned, 44
	case d.Status == EpochPinned:
		return trace.Pinned, 37
	case d.Status == EpochOlder:
		return trace.Older, 37
	case d.Refused:
		return trace.Refused, 60
	case lost:
		return trace.Unconfirmed, 44
	}
	return relationState(t.relation), t.relation.Rule()
}

func relationState(r judge.Relation) trace.State {
	switch {
	case r.Joins:
		return trace.Joins
	case r.Successor:
		return trace.Successor
	case r.Closed:
		return trace.ClosedFork
	case r.Fork:
		return trace.Fork
	case r.ComesFrom:
		return trace.Unconfirmed
	}
	return trace.Stranger
}

// seals says of each seal whether it is valid, and how it stands to the others.
func (t *tracer) seals() {
	if why := t.unverifiable(); why != 0 {
		for _, f := range sealset.Open(&t.v.Source, t.at.Folder, "", nil).Files {
			t.add(why, trace.NotVerified, f.Ref().String(), f.Path)
		}
		return
	}
	set := sealset.Open(&t.v.Source, t.at.Folder, t.at.Desc.Signer, nil)
	set.Check()
	for _, f := range set.Files {
		rule, state := sealState(set, f)
		t.add(rule, state, f.Ref().String(), f.Path)
	}
	for _, r := range set.Missing() {
		t.add(76, trace.Missing, r.String(), "")
	}
	for _, r := range set.GivenUp() {
		t.add(76, trace.GivenUp, r.String(), "")
	}
}

// unverifiable is why nobody can verify the seals of an epoch without its key, 0 where
// one can.
func (t *tracer) unverifiable() format.Rule {
	switch {
	case t.at.Desc == nil:
		return 44
	case t.at.Desc.Unverified:
		return 72
	}
	return 0
}

func sealState(set *sealset.Set, f sealset.File) (format.Rule, trace.State) {
	s, _ := set.Seal(f)
	switch {
	case !f.Text:
		return 29, trace.NoText
	case !f.Sig:
		return 29, trace.Unfinished
	case s == nil:
		return set.Broken[f.Path], trace.Damaged
	case len(s.Unknown) > 0:
		return 28, trace.Newer
	case slices.Contains(set.Untrue(), s):
		return 32, trace.Untrue
	case slices.Contains(set.Last(), s):
		return 25, trace.Last
	case slices.Contains(set.Live(), s):
		return 25, trace.Live
	}
	return 32, trace.Included
}

// filesByContent reads the folders of an epoch whose files are known by their content.
func (t *tracer) filesByContent(e *epochs.Epoch) (files []vaultfs.File) {
	dirs := []string{"seeds", "roster", "older"}
	for _, name := range t.v.Files.Holders(e.Folder) {
		dirs = append(dirs, "holders/"+name)
	}
	for _, dir := range dirs {
		files = append(files, t.v.Files.ReadFiles(e.Folder+"/"+dir, false)...)
	}
	return files
}

// files says what each file of the epoch counts for, and which are missing.
func (t *tracer) files(files []vaultfs.File) {
	said := map[string]bool{t.at.Folder + "/vault.txt": true}
	right, here := map[format.Ref]bool{}, map[format.Ref]bool{} // under its right name; under any
	for _, f := range files {
		said[f.Path] = true
		if f.Read && !f.IsDamaged() {
			right[f.Ref()], here[f.Ref()] = right[f.Ref()] || !f.Misnamed(), true
		}
	}
	for _, f := range files {
		rule, state := t.file(f, right)
		t.add(rule, state, "", f.Path)
	}
	t.listed(said, here)
	t.signatures(said)
	for _, dir := range []string{"", "holders", "seals", "seeds", "roster", "older"} {
		t.others(dir, said)
	}
	for _, name := range t.v.Files.Holders(t.at.Folder) {
		t.others("holders/"+name, said)
	}
}

// file judges a file that is known by its content.
func (t *tracer) file(f vaultfs.File, right map[format.Ref]bool) (format.Rule, trace.State) {
	ref := f.Ref()
	switch {
	case f.Kind == format.KindHolderOther:
		return 71, trace.Reserved
	case !f.Read:
		return 8, trace.Damaged
	case f.IsDamaged():
		return 3, trace.Damaged
	case f.Misnamed() && right[ref]:
		return 2, trace.Duplicate
	case f.Kind == format.KindRecord && t.list[slices.Index(t.v.Epochs, t.at)].Status == EpochOlder:
		return 42, trace.NotAccepted
	case t.unverifiable() != 0:
		return t.unverifiable(), trace.NotVerified
	case f.Kind == format.KindSeed || f.Kind == format.KindRecord:
		return verdictState(t.verdicts.Of[ref])
	}
	return t.byLedger(ref)
}

// byLedger judges a file by its epoch's own seals.
func (t *tracer) byLedger(ref Receipt) (format.Rule, trace.State) {
	if t.list[slices.Index(t.v.Epochs, t.at)].Status == EpochUnconfirmed {
		return 38, trace.Unconfirmed
	}
	return verdictState(t.v.Seals(t.at).Verdict(ref))
}

func verdictState(v judge.Verdict) (format.Rule, trace.State) {
	return v.Rule, map[Status]trace.State{
		Accepted: trace.Accepted, NotAccepted: trace.NotAccepted, Late: trace.Late,
		Unconfirmed: trace.Unconfirmed, Retired: trace.Retired, Hidden: trace.Hidden,
	}[v.Status]
}

// listed says of each path that the epoch's seals accept, and that was not read yet,
// whether what lies there is what they list.
func (t *tracer) listed(said map[string]bool, here map[format.Ref]bool) {
	seals := t.v.Seals(t.at)
	for _, ref := range seals.Under("") {
		if said[ref.Path] || here[ref] {
			continue
		}
		said[ref.Path] = true
		data, err := vaultfs.ReadFile(t.v.Files.FS, ref.Path, format.KindSeal.Limit())
		if readsAsLF(ref.Path) && !slices.Contains(seals.Accepted(ref.Path), format.Sum(data)) {
			data, _ = format.UndoCRLF(data)
		}
		switch {
		case err != nil && !vaultfs.Exists(t.v.Files.FS, ref.Path):
			t.add(52, trace.Missing, "", ref.Path)
		case err != nil || !slices.Contains(seals.Accepted(ref.Path), format.Sum(data)):
			t.add(52, trace.Damaged, "", ref.Path)
		default:
			rule, state := t.byLedger(Receipt{Path: ref.Path, Sum: format.Sum(data)})
			t.add(rule, state, "", ref.Path)
		}
	}
}

// signatures says of what lies beside vault.txt whether an epoch here has signed it.
func (t *tracer) signatures(said map[string]bool) {
	text, err := vaultfs.ReadFile(t.v.Files.FS, t.at.Folder+"/vault.txt", format.KindDescriptor.Limit())
	text, _ = format.UndoCRLF(text)
	for _, f := range t.v.Files.List(t.at.Folder) {
		if f.Kind != format.KindDescriptorSig && f.Kind != format.KindEpochSig {
			continue
		}
		said[f.Path] = true
		if err == nil && len(t.v.SignersIn(t.at, f, text)) > 0 {
			t.add(49, trace.Verifies, "", f.Path)
		} else {
			t.add(73, trace.NotVerified, "", f.Path)
		}
	}
}

// others names what lies in a folder of the epoch and has no line yet.
func (t *tracer) others(dir string, said map[string]bool) {
	entries, _ := t.v.Files.FS.ReadDir(path.Join(t.at.Folder, dir))
	for _, entry := range entries {
		rel, name := path.Join(dir, entry.Name()), path.Join(t.at.Folder, dir, entry.Name())
		kind, _ := format.Classify(rel)
		if said[name] || entry.IsDir() && format.IsFolder(rel) || kind == format.KindSeal || kind == format.KindSealSig {
			continue
		}
		t.other(entry, kind, name)
	}
}

func (t *tracer) other(entry fs.DirEntry, kind format.Kind, name string) {
	switch {
	case format.IsTemp(entry.Name()):
		t.add(5, trace.Temporary, "", name)
	case !entry.IsDir() && !entry.Type().IsRegular():
		t.add(6, trace.Special, "", name)
	case kind == format.KindOtherSig:
		t.add(71, trace.Reserved, "", name)
	case kind == format.KindUnknown:
		t.add(7, trace.Unknown, "", name)
	default:
		t.add(30, trace.NotAccepted, "", name)
	}
}

// root names what lies beside the epochs' folders and no seal has listed.
func (t *tracer) root() {
	for _, entry := range t.v.Root {
		name := entry.Name()
		_, _, isEpoch := format.ParseEpochFolder(name)
		listed := slices.ContainsFunc(t.lines, func(l trace.Line) bool { return l.Path == name })
		switch {
		case isEpoch && entry.IsDir(), listed, strings.HasPrefix(name, ".") && !format.IsTemp(name):
		case entry.IsDir() && format.IsOlderFormat(name):
			t.add(1, trace.OldFormat, "", name)
		default:
			t.other(entry, format.KindUnknown, name)
		}
	}
}
