package escrow

import (
	"slices"

	"seedvault/escrow/internal/format"
)

// opener is the slot that opened the vault: whoever wrote it chose the folder that it
// lies in, and only a sealed record says whose it is.
type opener struct {
	folder string // of the epoch
	slot   slot
}

// claimant returns the holder whose sealed record names the slot that opened the vault.
// ok is false where none does.
func (rd *reader) claimant() (h Holder, ok bool) {
	e := rd.openedEpoch()
	if e == nil {
		return Holder{}, false
	}
	holders, _ := rd.rosterOf(e, rd.keys[e.folder])
	hash := format.Hash(rd.opener.slot.sum)
	i := slices.IndexFunc(holders, func(h Holder) bool { return slices.Contains(h.Files, hash) })
	if i < 0 {
		return Holder{}, false
	}
	return holders[i], true
}

// OpenedUnlisted returns the path of the slot that opened the vault where no sealed
// record names it, else "": somebody who could open the vault has made a way in that the
// roster does not have.
// Where the epoch has no valid seal none is told apart.
func (o *Opened) OpenedUnlisted() string {
	e := o.reader.openedEpoch()
	if _, ok := o.reader.claimant(); ok || e == nil || !o.reader.seals(e).Sealed() {
		return ""
	}
	return o.reader.opener.slot.path
}

// openedEpoch is the epoch whose slot opened the vault, nil for none.
func (rd *reader) openedEpoch() *epoch {
	at := slices.IndexFunc(rd.view.epochs, func(e *epoch) bool { return e.folder == rd.opener.folder })
	if at < 0 {
		return nil
	}
	return rd.view.epochs[at]
}

// UnlistedSlots returns the paths of the slots of the epoch written to that no valid
// seal lists, in any place. Each may open the vault, and nothing says for whom. Where the
// epoch has no valid seal none is told apart.
func (v *Vault) UnlistedSlots() []string {
	e := v.view.writable()[0]
	return v.view.unlistedSlots(e, v.view.seals(e))
}

func (v *view) unlistedSlots(e *epoch, sealed *sealSet) []string {
	if !sealed.Sealed() {
		return nil
	}
	listed := map[string]bool{}
	for _, ref := range sealed.Under(e.folder + "/holders/") {
		listed[format.Hash(ref.Sum)], listed[ref.Path] = true, true
	}
	return v.slotsBut(e, listed)
}

// UnlistedSlots returns the paths of the slots of the epoch written to that no sealed
// record of the roster names. Each may open the vault, and nothing says for whom.
func (ro *Roster) UnlistedSlots() []string { return ro.reader.unlistedSlots() }

func (rd *reader) unlistedSlots() []string {
	e := rd.view.writable()[0]
	key := rd.keys[e.folder]
	if key == nil || !rd.seals(e).Sealed() {
		return nil
	}
	holders, _ := rd.rosterOf(e, key)
	claimed := map[string]bool{}
	for _, h := range holders {
		for _, hash := range h.Files {
			claimed[hash] = true
		}
	}
	for _, ref := range rd.seals(e).Under(e.folder + "/holders/") {
		claimed[ref.Path] = claimed[format.Hash(ref.Sum)] // what is damaged in its place
	}
	return rd.view.slotsBut(e, claimed)
}

// slotsBut returns the paths of an epoch's slots but for those that are known by their
// content's HASH or by their path.
func (v *view) slotsBut(e *epoch, known map[string]bool) (paths []string) {
	for _, name := range v.holderDirs(e) {
		for _, f := range v.readFiles(e.folder+"/holders/"+name, false) {
			if f.kind == format.KindSlot && f.read && !known[format.Hash(f.sum)] && !known[f.path] {
				paths = append(paths, f.path)
			}
		}
	}
	slices.Sort(paths)
	return paths
}
