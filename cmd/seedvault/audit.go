package main

import (
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
)

// formerHolder is one holder in holder list --at --json.
type formerHolder struct {
	escrow.Holder
	From string `json:"from"`         // the first list of the vault that names it
	To   string `json:"to,omitempty"` // when those who stayed gave the vault a new key
}

// holdersAt says who could open the vault at a time, as its signed lists tell it,
// and what no list can tell.
func (p *program) holdersAt(c *cli.Context, o *escrow.Opened) error {
	at, err := moment(c.String("at"))
	if err != nil {
		return err
	}
	list := []formerHolder{}
	rows := [][]string{{p.Text(speech.ColumnHolder), p.Text(speech.ColumnKind), p.Text(speech.ColumnFrom), p.Text(speech.ColumnTo), p.Text(speech.ColumnWho)}}
	for _, t := range o.Tenures() {
		if !t.At(at) {
			continue
		}
		h := formerHolder{Holder: t.Holder, From: t.From.UTC().Format(time.RFC3339)}
		to := p.Text(speech.UntilNow)
		if !t.To.IsZero() {
			h.To = t.To.UTC().Format(time.RFC3339)
			to = t.To.UTC().Format(time.DateOnly)
		}
		list = append(list, h)
		rows = append(rows, []string{t.Name, p.Text(speech.KindPrefix + speech.Message(t.Kind)), t.From.UTC().Format(time.DateOnly), to, safeNames(t.Who)})
	}
	if c.Bool("json") {
		err = p.writeJSON(list)
	} else {
		p.Say(speech.AuditTitle, at.Format("2006-01-02 15:04"))
		speech.Table(p.Out, rows)
	}
	p.Remark(speech.AuditClaims)
	p.Remark(speech.AuditCopies)
	return err
}

// moment reads a time: of a day alone its last second, UTC.
func moment(typed string) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, typed); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Second), nil
	}
	at, err := time.Parse(time.RFC3339, typed)
	if err != nil {
		return at, speech.Usage(speech.BadDate, speech.Safe(typed, 40)).WithHint(speech.HintBadDate)
	}
	return at.UTC(), nil
}
