package main

import (
	"os/exec"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// showPlan shows what a rotation will do: who stays and who leaves, what this
// machine sees for the first time, and what stays behind.
func (v *rotate) showPlan(plan *escrow.RotationPlan, waiting []escrow.Entry) {
	rows := [][]string{{v.w.Voice.Text(words.ColumnHolder), v.w.Voice.Text(words.ColumnKind), v.w.Voice.Text(words.ColumnWho), ""}}
	for _, h := range plan.Holders {
		rows = append(rows, []string{label(h), v.w.Voice.Text(words.HolderKinds.Of(string(h.Kind))), strings.Join(h.Who, ", "), v.outcome(h)})
	}
	v.w.Voice.Table(v.w.Voice.Err, rows)
	for _, h := range plan.Gone {
		v.w.Voice.Remark(words.HolderGone, h.Name)
	}
	for _, path := range plan.Unlisted {
		v.w.Voice.Remark(words.UnlistedLeaves, console.Safe(path, 0))
	}
	for _, path := range plan.Lost {
		v.w.Voice.Remark(words.RecordUnreadable, console.Safe(path, 0))
	}
	for _, path := range plan.Damaged {
		v.w.Voice.Remark(words.DamagedHere, console.Safe(path, 0))
	}
	if len(plan.Unseen) > 0 {
		v.w.Voice.Remark(words.SealsUnseen, len(plan.Unseen))
	}
	if len(waiting) > 0 {
		seedlist.Write(v.w.Voice, v.w.Voice.Err, waiting)
		v.w.Voice.Remark(words.WaitingStays, len(waiting))
	}
}

// doubtful reports whether its name alone does not tell which holder is meant.
func doubtful(h escrow.PlannedHolder) bool {
	return slices.Contains([]escrow.RotationReason{escrow.ReasonSameName, escrow.ReasonConflict, escrow.ReasonUnclaimed}, h.Reason)
}

// label returns the name of a holder, with a part of its key where the name may not be enough.
func label(h escrow.PlannedHolder) string {
	if doubtful(h) {
		return console.Safe(h.Name, 40) + " (" + h.Key + ")"
	}
	return console.Safe(h.Name, 40)
}

// outcome says what becomes of a holder, and why.
func (v *rotate) outcome(h escrow.PlannedHolder) string {
	said := []string{v.w.Voice.Text(words.Outcomes.Of(string(h.Outcome)))}
	if h.Reason != "" {
		said = append(said, v.w.Voice.Text(words.OutcomeReasons.Of(string(h.Reason))))
	}
	if len(h.Unseated) > 0 && h.Outcome != escrow.OutcomeLeaves {
		said = append(said, v.w.Voice.Text(words.WithoutMembers, strings.Join(h.Unseated, ", ")))
	}
	if doubtful(h) && h.Recipient != "" {
		said = append(said, shortRecipient(h.Holder))
	}
	if h.New {
		said = append(said, v.w.Voice.Text(words.MarkNew))
	}
	if h.Plugin != "" {
		program := "age-plugin-" + h.Plugin
		if _, err := exec.LookPath(program); err == nil {
			said = append(said, v.w.Voice.Text(words.PluginHere, program))
		} else {
			said = append(said, v.w.Voice.Text(words.PluginLacking, program))
		}
	}
	return strings.Join(said, ", ")
}

// sayRotation says what has been done, and what is left for others to do.
func (v *rotate) sayRotation(p *place.Place, done *escrow.Rotation) {
	v.w.Voice.Say(words.Rotated, done.Carried, len(done.Stayed), done.Folder)
	session.SayConfirming(v.w.Voice, v.w.Voice.Out, done.Pin)
	if len(done.Left) > 0 {
		var names []string
		for _, h := range done.Left {
			names = append(names, console.Safe(h.Name, 40))
		}
		v.w.Voice.Remark(words.LeftOut, strings.Join(names, ", "))
	}
	for _, path := range done.Damaged {
		v.w.Voice.Remark(words.StaysBehind, console.Safe(path, 0))
	}
	if len(done.LeftUnaccepted) > 0 {
		v.w.Voice.Remark(words.WaitingStayed, len(done.LeftUnaccepted))
	}
	v.sayOldPaper(done)
	if len(done.Former) > 0 && done.Carried > 0 {
		v.w.Voice.Remark(words.FormerKnow, strings.Join(done.Former, ", "))
	}
	p.RemindOfCopies()
}

// sayOldPaper names the sheets whose key is still good, and apart from them the shares
// that are not.
func (v *rotate) sayOldPaper(done *escrow.Rotation) {
	var keys, shares []string
	for _, name := range done.Sheets {
		if slices.ContainsFunc(done.Stayed, func(h roster.Holder) bool { return h.Name == name && h.Kind == roster.KindQuorum }) {
			shares = append(shares, name)
		} else {
			keys = append(keys, name)
		}
	}
	if len(keys) > 0 {
		v.w.Voice.Remark(words.SheetsOld, strings.Join(keys, ", "), keys[0])
	}
	if len(shares) > 0 {
		v.w.Voice.Remark(words.SharesOld, strings.Join(shares, ", "))
	}
}
