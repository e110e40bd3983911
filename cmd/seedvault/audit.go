package main

import (
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
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
	rows := [][]string{{p.Text(words.ColumnHolder), p.Text(words.ColumnKind), p.Text(words.ColumnFrom), p.Text(words.ColumnTo), p.Text(words.ColumnWho)}}
	for _, t := range o.Tenures() {
		if !t.At(at) {
			continue
		}
		h := formerHolder{Holder: t.Holder, From: t.From.UTC().Format(time.RFC3339)}
		to := p.Text(words.UntilNow)
		if !t.To.IsZero() {
			h.To = t.To.UTC().Format(time.RFC3339)
			to = t.To.UTC().Format(time.DateOnly)
		}
		list = append(list, h)
		rows = append(rows, []string{t.Name, p.Text(words.HolderKinds.Of(string(t.Kind))), t.From.UTC().Format(time.DateOnly), to, safeNames(t.Who)})
	}
	if c.Bool("json") {
		err = p.writeJSON(list)
	} else {
		p.Say(words.AuditTitle, at.Format("2006-01-02 15:04"))
		console.Table(p.Out, rows)
	}
	p.Remark(words.AuditClaims)
	p.Remark(words.AuditCopies)
	return err
}

// moment reads a time: of a day alone its last second, UTC.
func moment(typed string) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, typed); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Second), nil
	}
	at, err := time.Parse(time.RFC3339, typed)
	if err != nil {
		return at, say.Usage(words.BadDate, console.Safe(typed, 40)).WithHint(words.HintBadDate)
	}
	return at.UTC(), nil
}
