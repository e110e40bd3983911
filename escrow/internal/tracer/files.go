package tracer

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/trace"
)

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
	case f.Kind == format.KindRecord && t.isOlder():
		return 42, trace.NotAccepted
	case t.unverifiable() != 0:
		return t.unverifiable(), trace.NotVerified
	case f.Kind == format.KindSeed || f.Kind == format.KindRecord:
		return verdictState(t.verdicts.Of[ref])
	}
	return t.byLedger(ref)
}

// byLedger judges a file by its epoch's own seals.
func (t *tracer) byLedger(ref format.Ref) (format.Rule, trace.State) {
	if t.isUnconfirmed() {
		return 38, trace.Unconfirmed
	}
	return verdictState(t.v.Seals(t.at).Verdict(ref))
}

func verdictState(v judge.Verdict) (format.Rule, trace.State) {
	return v.Rule, map[judge.Status]trace.State{
		judge.Accepted: trace.Accepted, judge.NotAccepted: trace.NotAccepted, judge.Late: trace.Late,
		judge.Unconfirmed: trace.Unconfirmed, judge.Retired: trace.Retired, judge.Hidden: trace.Hidden,
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
		data, err := vaultfs.ReadFile(t.v.Files.FS, ref.Path, format.LimitOf(ref.Path))
		if format.ReadsAsLF(ref.Path) && !slices.Contains(seals.Accepted(ref.Path), format.Sum(data)) {
			data, _ = format.UndoCRLF(data)
		}
		switch {
		case err != nil && !vaultfs.Exists(t.v.Files.FS, ref.Path):
			t.add(52, trace.Missing, "", ref.Path)
		case err != nil || !slices.Contains(seals.Accepted(ref.Path), format.Sum(data)):
			t.add(52, trace.Damaged, "", ref.Path)
		default:
			rule, state := t.byLedger(format.Ref{Path: ref.Path, Sum: format.Sum(data)})
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

// root names what lies beside the epochs' folders and has no line yet, but for names that
// begin with a dot: of those only what a program has not finished.
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
