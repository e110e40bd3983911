package session

import (
	"slices"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// Remember stores which seals were seen, so that an older copy is noticed and brings nothing
// back, and who can open the vault, so that a verdict needs no key. Without holders those that
// were stored before stay.
func (h *Home) Remember(holders []roster.Holder) {
	v := h.vault
	if known := v.Place.Memory().Recall(); v.Files.Knows(known) && v.Place.Remembered() {
		if err := v.Place.Memory().Saw(known, holders); err != nil {
			v.Place.World.Voice.Remark(words.NotRemembered, explain.Error(err))
		}
		return
	}
	now := v.Files.Remember(v.Place.Recall(), v.Place.World.Now())
	err := v.Place.Memory().Saw(now, holders)
	if err == nil {
		err = v.Place.Memory().Keep(v.Files.Pin().Fingerprint, now.Kept)
	}
	if err == nil {
		err = v.Place.NoteRemembered()
	}
	if err != nil {
		v.Place.World.Voice.Remark(words.NotRemembered, explain.Error(err))
	}
}

// mendMemory names the parts of this machine's memory that cannot be read any more, and sets
// them aside.
func (v *Vault) mendMemory() {
	p, voice := v.Place, v.Place.World.Voice
	lost, err := p.Memory().Mend(p.Remembered(), p.World.Now())
	for _, part := range lost {
		voice.Remark(words.MemoryParts.Of(string(part)))
	}
	if err != nil {
		voice.Remark(words.NotRemembered, explain.Error(err))
	}
	v.lostParts = lost
}

// putBack writes the seals that this machine has seen and that are missing here back into the
// vault, so that removed seeds stay removed. Where they cannot be written they count all the
// same.
func (h *Home) putBack() {
	v, voice := h.vault, h.vault.Place.World.Voice
	h.withheld = v.Files.Withheld()
	if len(h.withheld) == 0 {
		return
	}
	switch back, err := v.Files.PutBack(); {
	case err != nil:
		voice.Remark(words.SealsNotPutBack, len(h.withheld), explain.Error(err))
	case len(back) < len(h.withheld):
		voice.Remark(words.SealsWithheld, len(h.withheld))
	default:
		voice.Remark(words.SealsPutBack, len(back))
	}
}

// remarkOlderCopy remarks that the copy is older than what this machine has seen.
func (v *Vault) remarkOlderCopy() {
	if n := len(v.Files.Withheld()); n > 0 {
		v.Place.World.Voice.Remark(words.CopyOlderThanSeen, console.Safe(v.at, 0), n)
	}
}

// Older returns findings about a vault that was older than what this machine has seen, even if
// what was missing has been put back.
func (v *Vault) Older() (found []escrow.Finding) {
	if v.home == nil {
		return nil
	}
	for _, r := range v.home.withheld {
		found = append(found, escrow.Finding{Code: escrow.CodeRolledBack, Detail: r.Hash, Red: true})
	}
	return found
}

// lostMemoryMonths is how long a lost memory stays a note, as long as a proof counts.
const lostMemoryMonths = 13

// LostMemory returns a finding for each part of this machine's memory that cannot be read any
// more. It is red in the command that notices it, and as long as the verdict lacks what only
// opening the vault can tell again; after that it is a note for 13 months.
func (v *Vault) LostMemory() (found []escrow.Finding) {
	now, memory := v.Place.World.Now(), v.Place.Memory()
	since := memory.LostParts()
	for _, part := range v.lostParts {
		if since == nil || since[part].IsZero() { // not even that could be noted
			found = append(found, lostMemory(part, now, true))
		}
	}
	for _, part := range []local.Part{local.PartSeen, local.PartJournal} {
		at, was := since[part]
		fresh := was && slices.Contains(v.lostParts, part)
		blind := was && part == local.PartSeen && len(memory.Recall().Holders) == 0
		if fresh || blind || was && now.Before(at.AddDate(0, lostMemoryMonths, 0)) {
			found = append(found, lostMemory(part, at, fresh || blind))
		}
	}
	return found
}

func lostMemory(part local.Part, at time.Time, red bool) escrow.Finding {
	code := map[local.Part]escrow.FindingCode{local.PartSeen: escrow.CodeMemoryLost, local.PartJournal: escrow.CodeJournalLost}[part]
	return escrow.Finding{Code: code, Detail: at.Format(time.DateOnly), Red: red}
}
