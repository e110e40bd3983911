package main

import (
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
)

// showPlan shows what a rotation will do: who stays and who leaves, what this
// machine sees for the first time, and what stays behind.
func (p *program) showPlan(plan *escrow.RotationPlan, waiting []escrow.Entry) {
	rows := [][]string{{p.Text(speech.ColumnHolder), p.Text(speech.ColumnKind), p.Text(speech.ColumnWho), ""}}
	for _, h := range plan.Holders {
		rows = append(rows, []string{label(h), p.Text(speech.KindPrefix + kindOf(h)), strings.Join(h.Who, ", "), p.fate(h)})
	}
	speech.Table(p.Err, rows)
	for _, h := range plan.Gone {
		p.Remark(speech.HolderGone, h.Name)
	}
	for _, path := range plan.Lost {
		p.Remark(speech.RecordUnreadable, speech.Safe(path, 0))
	}
	for _, path := range plan.Damaged {
		p.Remark(speech.DamagedHere, speech.Safe(path, 0))
	}
	if len(plan.Unseen) > 0 {
		p.Remark(speech.SealsUnseen, len(plan.Unseen))
	}
	if len(waiting) > 0 {
		p.listSeeds(p.Err, waiting)
		p.Remark(speech.WaitingStays, len(waiting))
	}
}

// kindOf is a holder's kind; a slot that no record claims has none.
func kindOf(h escrow.PlannedHolder) speech.Message {
	if h.Kind == "" {
		return speech.KindUnknown
	}
	return speech.Message(h.Kind)
}

// doubtful says that a name alone does not tell which holder is meant.
func doubtful(h escrow.PlannedHolder) bool {
	return slices.Contains([]escrow.Reason{escrow.ReasonSameName, escrow.ReasonConflict, escrow.ReasonUnclaimed}, h.Reason)
}

// label names a holder, and where its name may not be enough by its key too.
func label(h escrow.PlannedHolder) string {
	if doubtful(h) {
		return speech.Safe(h.Name, 40) + " (" + h.Key + ")"
	}
	return speech.Safe(h.Name, 40)
}

// fate says what becomes of a holder, and why.
func (p *program) fate(h escrow.PlannedHolder) string {
	said := []string{p.Text(speech.FatePrefix + speech.Message(h.Fate))}
	if h.Reason != "" {
		said = append(said, p.Text(speech.WhyPrefix+speech.Message(h.Reason)))
	}
	if len(h.Seats) > 0 && h.Fate != escrow.FateLeaves {
		said = append(said, p.Text(speech.WithoutMembers, strings.Join(h.Seats, ", ")))
	}
	if doubtful(h) && h.Recipient != "" {
		said = append(said, shortRecipient(h.Holder))
	}
	if h.New {
		said = append(said, p.Text(speech.MarkNew))
	}
	if h.Plugin != "" {
		program := "age-plugin-" + h.Plugin
		if _, err := exec.LookPath(program); err == nil {
			said = append(said, p.Text(speech.PluginHere, program))
		} else {
			said = append(said, p.Text(speech.PluginLacking, program))
		}
	}
	return strings.Join(said, ", ")
}

// sayRotation says what has been done, and what is left for others to do.
func (p *program) sayRotation(s *site, done *escrow.Rotation) {
	p.Say(speech.Rotated, done.Carried, len(done.Stayed), done.Folder)
	p.sayConfirming(p.Out, done.Pin)
	if len(done.Left) > 0 {
		var names []string
		for _, h := range done.Left {
			names = append(names, speech.Safe(h.Name, 40))
		}
		p.Remark(speech.LeftOut, strings.Join(names, ", "))
	}
	for _, path := range done.Damaged {
		p.Remark(speech.StaysBehind, speech.Safe(path, 0))
	}
	if len(done.Behind) > 0 {
		p.Remark(speech.WaitingStayed, len(done.Behind))
	}
	p.sayOldPaper(done)
	if len(done.Former) > 0 && done.Carried > 0 {
		p.Remark(speech.FormerKnow, strings.Join(done.Former, ", "))
	}
	p.remindOfCopies(s)
}

// sayOldPaper tells the sheets whose key is still good from the shares that are not.
func (p *program) sayOldPaper(done *escrow.Rotation) {
	var keys, shares []string
	for _, name := range done.Sheets {
		if slices.ContainsFunc(done.Stayed, func(h escrow.Holder) bool { return h.Name == name && h.Kind == escrow.KindQuorum }) {
			shares = append(shares, name)
		} else {
			keys = append(keys, name)
		}
	}
	if len(keys) > 0 {
		p.Remark(speech.SheetsOld, strings.Join(keys, ", "))
	}
	if len(shares) > 0 {
		p.Remark(speech.SharesOld, strings.Join(shares, ", "))
	}
}

// sayConfirming gives the lines that everybody else types.
func (p *program) sayConfirming(w io.Writer, pin escrow.Pin) {
	fmt.Fprintln(w, p.Text(speech.ConfirmRotation, pin.Fingerprint, pin.Recipient))
}
