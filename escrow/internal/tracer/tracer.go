// Package tracer makes the lines of check --trace, whose type package trace declares: of each
// epoch, seal and file of a vault what it counts for, and which rule of FORMAT.md decided that.
//
// Start with [Trace]. It decides nothing: it asks the judge and the ledgers, and names the
// rule that they went by.
package tracer

import (
	"path"
	"slices"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/trace"
)

// Trace returns a line for each epoch, seal and file. It needs no key, and what only a key
// can tell is not in it: that a file does not decrypt, or holds what was removed under
// another name.
func Trace(v *epochs.View) []trace.Line {
	t := &tracer{v: v, facts: v.Facts(nil)}
	if p := v.Pinned(); p != nil {
		t.facts.Lists = v.OlderLists(p)
	}
	files := map[*epochs.Epoch][]vaultfs.File{}
	for _, e := range v.Epochs {
		if e.Newer == nil {
			files[e] = t.filesByContent(e)
		}
		for _, f := range files[e] {
			if f.Read && (f.NamedHash == "" || !f.IsDamaged()) && format.PlaceKind(path.Base(path.Dir(f.Path))) != format.KindUnknown {
				t.facts.Files = append(t.facts.Files, judge.File{Folder: e.Folder, Ref: f.Ref()})
			}
		}
	}
	t.verdicts = judge.Judge(t.facts)
	relations := t.facts.Relations(t.verdicts.Line)
	for _, e := range v.Epochs {
		t.at, t.relation = e, relations[e.Folder]
		t.epoch()
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
func (t *tracer) epoch() {
	state, rule := t.epochState()
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

func (t *tracer) epochState() (trace.State, format.Rule) {
	lost := t.at.Desc == nil && t.at.Newer == nil
	switch {
	case t.v.Pin == nil && lost:
		return trace.Unconfirmed, 44
	case t.v.Pin == nil:
		return trace.NotCompared, 36
	case t.at == t.v.Pinned() && lost:
		return trace.Pinned, 44
	case t.at == t.v.Pinned():
		return trace.Pinned, 37
	case t.isOlder():
		return trace.Older, 37
	case t.v.IsRefused(t.at):
		return trace.Refused, 60
	case lost:
		return trace.Unconfirmed, 44
	}
	return relationState(t.relation), t.relation.Rule()
}

// isOlder reports whether the pinned epoch follows the one that is looked at.
func (t *tracer) isOlder() bool {
	return t.v.Pin != nil && t.at != t.v.Pinned() && t.at.Desc != nil && t.verdicts.Line[t.at.Fingerprint]
}

// isUnconfirmed reports whether that one is neither pinned nor followed by the pinned one.
func (t *tracer) isUnconfirmed() bool {
	return t.v.Pin != nil && t.at != t.v.Pinned() && !t.isOlder()
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

// unverifiable is the rule by which nobody here can verify the epoch's seals without its
// key, 0 where one can.
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
