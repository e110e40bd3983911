package escrow

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"time"

	"seedvault/escrow/internal/sshsig"
)

// SealInfo names a seal.
type SealInfo struct {
	Number int
	Path   string
	Time   string // RFC 3339
}

// Seal signs everything staged since the vault was opened, with all that any
// valid seal of the epoch says. It returns nil when nothing was staged. Until it
// returns without an error nothing staged counts.
func (o *Opened) Seal(now time.Time) (*SealInfo, error) {
	if o.pending.empty() {
		return nil, nil
	}
	if err := o.vault.mayWrite(); err != nil {
		return nil, err
	}
	e := o.vault.pinned()
	if err := o.writeOlderList(e); err != nil {
		return nil, err
	}
	e.seals = nil // others may have sealed since
	s := o.nextSeal(e, now)
	text := s.marshal()
	if int64(len(text)) > kindSeal.limit() {
		return nil, ErrFull
	}
	name := e.folder + "/seals/" + sealName(s.number, s.sum)
	if err := writeAt(o.vault.fsys, name+".sig", sshsig.Sign(o.pinnedKey().sign, sealNamespace, text)); err != nil {
		return nil, err
	}
	if err := writeAt(o.vault.fsys, name, text); err != nil {
		return nil, err
	}
	e.seals, o.read, o.pending = nil, nil, change{}
	return &SealInfo{s.number, name, s.time}, nil
}

// nextSeal unites all valid seals of the epoch, oldest first, with what is
// staged.
func (o *Opened) nextSeal(e *epoch, now time.Time) *seal {
	s := newSeal()
	s.number, s.epoch, s.time, s.by = 1, e.number, formatTime(now), o.holder
	for _, old := range oldestFirst(o.vault.sealsOf(e, o.pinnedKey().signer).valid()) {
		s.include(old)
		s.number = max(s.number, min(old.number+1, maxNumber)) // two may share a number
	}
	for _, ref := range o.pending.accept {
		s.accept(ref)
	}
	for _, ref := range o.pending.retire {
		s.retire(ref)
	}
	if len(o.pending.proven) > 0 {
		s.due = dueOf(o.provenHolders())
	}
	return s
}

// writeOlderList writes the list of what happened to older epochs' files, if
// anything did, and stages it.
func (o *Opened) writeOlderList(e *epoch) error {
	var lines []string
	for ref, to := range o.pending.carried {
		lines = append(lines, fmt.Sprintf("carried %s %x %s", ref.path, ref.sum, to))
	}
	for _, ref := range o.pending.dropped {
		lines = append(lines, fmt.Sprintf("dropped %s %x", ref.path, ref.sum))
	}
	if len(lines) == 0 {
		return nil
	}
	sort.Strings(lines)
	var b bytes.Buffer
	for _, line := range slices.Compact(lines) {
		b.WriteString(line + "\n")
	}
	sum := sum256(b.Bytes())
	name := e.folder + "/older/" + hashName(sum) + ".txt"
	if err := writeAt(o.vault.fsys, name, b.Bytes()); err != nil {
		return err
	}
	o.pending.accept = append(o.pending.accept, fileRef{name, sum})
	o.pending.carried, o.pending.dropped = nil, nil
	return nil
}
