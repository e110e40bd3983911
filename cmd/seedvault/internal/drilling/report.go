package drilling

import (
	"strconv"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// report prints the results: of one holder as lines, of all as a table, or as JSON. It returns
// an error if a holder's drill has failed.
func (d *driller) report(name string) error {
	d.date()
	var failed *drilled
	for i, r := range d.rows {
		if r.Result == resultFailed {
			failed = &d.rows[i]
		}
	}
	var err error
	switch {
	case d.asked.JSON:
		err = d.w.WriteJSON(d.rows)
	case name != "":
		if !d.vault.Place.Pinned() { // the print is all that is left of it
			d.sayHead()
		}
		for _, r := range d.rows {
			d.sayOne(r)
		}
	default:
		d.sayAll()
	}
	if err == nil && failed != nil {
		err = say.Fail(words.DrillFailed, failed.Holder, len(failed.Failed)).WithHint(words.HintDrillFailed)
	}
	return err
}

// date fills in when each holder was last proven.
func (d *driller) date() {
	for i := range d.rows {
		r := &d.rows[i]
		var at time.Time
		for _, h := range d.roster {
			if h.Name == r.Holder && r.Member == "" {
				at = h.LastProven()
			} else if h.Name == r.Holder {
				at = h.MemberProven(r.Member)
			}
		}
		if r.Result == resultProven {
			at = r.proof.Time
		}
		if !at.IsZero() {
			r.Proven = at.UTC().Format(time.DateOnly)
		}
	}
}

// sayOne prints the result for one holder.
func (d *driller) sayOne(r drilled) {
	switch {
	case r.Member != "":
		d.w.Voice.Say(words.DrillShareSaid, r.Member, r.Holder)
	default:
		d.w.Voice.Say(words.DrillSaid, r.Holder, d.where(), r.Seeds)
	}
	for _, f := range r.Failed {
		d.w.Voice.Say(words.DrillFailedFile, console.Safe(f, 0))
	}
}

// where returns what was opened, in words.
func (d *driller) where() words.Phrase {
	if copied := d.asked.Copy; copied != "" {
		return words.Part(words.DrillCopy, console.Safe(copied, 0))
	}
	return words.Part(words.DrillVault)
}

// sayHead prints when the drill was, and of which vault.
func (d *driller) sayHead() {
	d.w.Voice.Say(words.DrillTitle, d.w.Now().UTC().Format("2006-01-02 15:04"), d.where())
	for _, e := range d.vault.Files.Epochs() {
		if !e.Fingerprint.IsZero() {
			d.w.Voice.Say(words.FingerprintOf, e.Folder, e.Fingerprint)
		}
	}
	if r := d.vault.Files.Check(escrow.CheckOptions{Now: d.w.Now()}); r.SealNumber > 0 {
		d.w.Voice.Say(words.CheckNewestSeal, r.SealName, r.SealTime)
	}
}

// sayAll prints the results of all holders as a table.
func (d *driller) sayAll() {
	d.sayHead()
	rows := [][]string{{d.w.Voice.Text(words.ColumnHolder), d.w.Voice.Text(words.ColumnResult), d.w.Voice.Text(words.ColumnSeeds), d.w.Voice.Text(words.ColumnProven)}}
	unproven := []string{}
	for _, r := range d.rows {
		called := r.Holder
		if r.Member != "" {
			called = d.w.Voice.Text(words.DrillMember, r.Member, r.Holder)
		}
		seeds := ""
		if r.Member == "" && r.Result == resultProven {
			seeds = strconv.Itoa(r.Seeds)
		}
		last := r.Proven
		if last == "" {
			last = d.w.Voice.Text(words.NeverProven)
			unproven = append(unproven, called)
		}
		rows = append(rows, []string{called, d.w.Voice.Text(r.said()), seeds, last})
	}
	d.w.Voice.Table(d.w.Voice.Out, rows)
	if len(unproven) > 0 {
		d.w.Voice.Say(words.DrillUnproven, strings.Join(unproven, ", "))
	} else {
		d.w.Voice.Say(words.DrillAllProven)
	}
}

// said returns the result in words.
func (r drilled) said() words.Message {
	if r.Member != "" && r.Result == resultProven {
		return words.DrillResults.Of("share")
	}
	return words.DrillResults.Of(string(r.Result))
}
