package escrow

import (
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
)

// Carried returns the folders of the epochs that may travel from one place to
// another: the pinned one, those that it follows, and those whose vault.txt.sig leads
// by signatures to one of these. Without a pin every epoch speaks for itself. Any
// other is somebody's, or of a newer format.
func (v *Vault) Carried() []string {
	carried := map[*epoch]bool{}
	line := v.view.line()
	for more := true; more; {
		more = false
		for _, e := range v.view.epochs {
			if !carried[e] && v.carries(e, line, carried) {
				carried[e], more = true, true
			}
		}
	}
	var folders []string
	for e := range carried {
		folders = append(folders, e.folder)
	}
	slices.Sort(folders)
	return folders
}

// carries reports whether an epoch belongs to the line, or is signed by one that is
// carried. Of one whose vault.txt is lost the name is left, which others tell.
func (v *Vault) carries(e *epoch, line map[Fingerprint]bool, carried map[*epoch]bool) bool {
	switch {
	case e.newer != nil:
		return false
	case v.view.pin == nil, e == v.view.pinned(), e.desc != nil && line[e.fp]:
		return true
	}
	for other := range carried {
		if other.desc == nil {
			continue
		}
		if e.desc == nil {
			if format.EpochFolder(e.number, other.desc.Previous) == e.folder {
				return true
			}
		} else if e.signedBy[other.fp] {
			return true
		}
	}
	return false
}

// Listed returns the paths that valid seals of the epochs that are carried list and
// that the format has no name for: those in the folder of the epoch itself, and
// beside the folders those of the line.
func (v *Vault) Listed() []string {
	var names []string
	line := v.view.line()
	for _, folder := range v.Carried() {
		e := v.view.epochIn(folder)
		for _, ref := range v.view.seals(e).Under("") {
			own := strings.HasPrefix(ref.Path, folder+"/")
			beside := !strings.Contains(ref.Path, "/") && (v.view.pin == nil || line[e.fp])
			if PartOf(ref.Path) == PartNone && (own || beside) {
				names = append(names, ref.Path)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// LiveSeals returns the paths of the seals, text and signature, that together say what
// the epoch written to holds.
func (v *Vault) LiveSeals() []string {
	var names []string
	e := v.view.writable()[0]
	for _, s := range v.view.seals(e).Live() {
		text := e.folder + "/seals/" + format.SealFile(s.Number, s.Hash())
		names = append(names, text, text+".sig")
	}
	return names
}

// SealVerifies reports whether a signature makes a text the seal of the name that it
// lies under.
func (v *Vault) SealVerifies(name string, text, sig []byte) bool {
	folder, _, _ := strings.Cut(name, "/")
	e := v.view.epochIn(folder)
	if e == nil || e.desc == nil {
		return false
	}
	text, whole := Fits(name, text)
	sig, _ = undoCRLF(sig)
	_, err := format.ParseSeal(text, folder)
	return whole == Whole && err == nil && sshsig.Verify(e.desc.Signer, sealNamespace, text, sig) == nil
}

// examineEpochSig verifies a signature on a vault.txt by the signers that are here.
// One of a signer that is not here may be right.
func (v *Vault) examineEpochSig(e *epoch, beside FS, sig []byte) Integrity {
	text, err := readFile(beside, e.folder+"/vault.txt", format.KindDescriptor.Limit())
	if err != nil {
		return Unjudged
	}
	text, _ = undoCRLF(text)
	for _, other := range v.view.epochs {
		if other != e && other.desc != nil && sshsig.Verify(other.desc.Signer, epochNamespace, text, sig) == nil {
			return Whole
		}
	}
	return Unjudged
}
