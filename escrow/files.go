package escrow

import (
	"slices"
	"strings"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
)

// Carried returns the folders of the epochs that may travel from one place to
// another: the pinned one, those that it follows, and those whose vault.txt.sig leads
// by signatures to one of these. Without a pin every epoch speaks for itself. Any
// other is somebody's, or of a newer format.
func (v *Vault) Carried() []string {
	carried := map[*epochs.Epoch]bool{}
	line := v.view.Line()
	for more := true; more; {
		more = false
		for _, e := range v.view.Epochs {
			if !carried[e] && carries(v.view, e, line, carried) {
				carried[e], more = true, true
			}
		}
	}
	var folders []string
	for e := range carried {
		folders = append(folders, e.Folder)
	}
	slices.Sort(folders)
	return folders
}

// carries reports whether an epoch belongs to the line, or is signed by one that is
// carried. Of one whose vault.txt is lost the name is left, which others tell.
func carries(v *epochs.View, e *epochs.Epoch, line map[Fingerprint]bool, carried map[*epochs.Epoch]bool) bool {
	switch {
	case e.Newer != nil:
		return false
	case v.Pin == nil, e == v.Pinned(), e.Desc != nil && line[e.Fingerprint]:
		return true
	}
	for other := range carried {
		if other.Desc == nil {
			continue
		}
		if e.Desc == nil {
			if format.EpochFolder(e.Number, other.Desc.Previous) == e.Folder {
				return true
			}
		} else if e.SignedBy[other.Fingerprint] {
			return true
		}
	}
	return false
}

// Listed returns the paths that valid seals of the carried epochs list and that this
// version of the format does not know: those in an epoch's own folder, and those beside the
// folders if the epoch is in the pinned line.
func (v *Vault) Listed() []string {
	var names []string
	line := v.view.Line()
	for _, folder := range v.Carried() {
		e := v.view.ByFolder(folder)
		for _, ref := range v.view.Seals(e).Under("") {
			own := strings.HasPrefix(ref.Path, folder+"/")
			beside := !strings.Contains(ref.Path, "/") && (v.view.Pin == nil || line[e.Fingerprint])
			if PartOf(ref.Path) == PartNone && (own || beside) {
				names = append(names, ref.Path)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// IsListed reports whether a valid seal of a folder's own epoch lists a path in it.
func (v *Vault) IsListed(name string) bool {
	folder, _, _ := strings.Cut(name, "/")
	e := v.view.ByFolder(folder)
	return e != nil && e.Desc != nil && len(v.view.Seals(e).Accepted(name)) > 0
}

// LiveSeals returns the paths of the seals, text and signature, that together say what
// the epoch written to holds.
func (v *Vault) LiveSeals() []string {
	var names []string
	e := v.view.Writable()[0]
	for _, s := range v.view.Seals(e).Live() {
		text := e.Folder + "/seals/" + format.SealFile(s.Number, s.Hash())
		names = append(names, text, text+".sig")
	}
	return names
}

// SealVerifies reports whether a signature makes a text the seal of the name that it
// lies under.
func (v *Vault) SealVerifies(name string, text, sig []byte) bool {
	folder, _, _ := strings.Cut(name, "/")
	e := v.view.ByFolder(folder)
	if e == nil || e.Desc == nil {
		return false
	}
	text, whole := CheckAgainstName(name, text)
	sig, _ = format.UndoCRLF(sig)
	return whole == Whole && v.view.Source.Verified.IsSeal(folder, e.Desc.Signer, text, sig)
}
