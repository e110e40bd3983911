package escrow

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"time"

	"seedvault/escrow/internal/format"
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
	e.forgetSeals() // others may have sealed since
	s := o.nextSeal(e, now)
	text := s.Marshal()
	if int64(len(text)) > format.KindSeal.Limit() {
		return nil, ErrFull
	}
	name := e.folder + "/seals/" + format.SealFile(s.Number, s.Hash())
	if err := writeAt(o.vault.fsys, name+".sig", sshsig.Sign(o.pinnedKey().sign, sealNamespace, text)); err != nil {
		return nil, err
	}
	if err := writeAt(o.vault.fsys, name, text); err != nil {
		return nil, err
	}
	e.forgetSeals()
	o.read, o.pending = nil, change{}
	return &SealInfo{s.Number, name, s.Time}, nil
}

// nextSeal unites all valid seals of the epoch, oldest first, with what is
// staged.
func (o *Opened) nextSeal(e *epoch, now time.Time) *format.Seal {
	s := format.NewSeal()
	s.Number, s.Epoch, s.Time, s.By = 1, e.number, formatTime(now), o.holder
	for _, old := range o.seals(e).Seals() {
		s.Include(old)
		s.Number = max(s.Number, min(old.Number+1, format.MaxNumber)) // two may share a number
	}
	for _, ref := range o.pending.accept {
		s.Accept(ref)
	}
	for _, ref := range o.pending.retire {
		s.Retire(ref)
	}
	if len(o.pending.proven) > 0 {
		s.Due = dueOf(o.provenHolders())
	}
	return s
}

// writeOlderList writes the list of what happened to older epochs' files, if
// anything did, and stages it.
func (o *Opened) writeOlderList(e *epoch) error {
	var lines []string
	for ref, to := range o.pending.carried {
		lines = append(lines, fmt.Sprintf("carried %s %x %s", ref.Path, ref.Sum, to))
	}
	for _, ref := range o.pending.dropped {
		lines = append(lines, fmt.Sprintf("dropped %s %x", ref.Path, ref.Sum))
	}
	if len(lines) == 0 {
		return nil
	}
	sort.Strings(lines)
	var b bytes.Buffer
	for _, line := range slices.Compact(lines) {
		b.WriteString(line + "\n")
	}
	sum := format.Sum(b.Bytes())
	name := e.folder + "/older/" + format.Hash(sum) + ".txt"
	if err := writeAt(o.vault.fsys, name, b.Bytes()); err != nil {
		return err
	}
	o.pending.accept = append(o.pending.accept, format.Ref{Path: name, Sum: sum})
	o.pending.carried, o.pending.dropped = nil, nil
	return nil
}
