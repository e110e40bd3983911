package main

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
)

func (p *program) holderCommand() *cli.Command {
	return &cli.Command{
		Name: "holder", CustomHelpTemplate: p.Text(speech.HelpHolder) + "\n",
		Action: func(*cli.Context) error {
			return speech.Usage(speech.HolderWhat).WithHint(speech.SeeHelp, "seedvault holder --help")
		},
		Subcommands: []*cli.Command{{
			Name: "list", CustomHelpTemplate: p.Text(speech.HelpHolderList) + "\n",
			Flags:  []cli.Flag{copyFlag(), jsonFlag(), &cli.StringFlag{Name: "at"}},
			Action: p.holderList,
		}, p.holderAddCommand(), p.holderEditCommand(), p.holderSheetCommand(), p.holderShareCommand()},
	}
}

// listedHolder is one holder in holder list --json.
type listedHolder struct {
	escrow.Holder
	Late bool `json:"late"` // of an older vault alone: it opens nothing that is added now
}

func (p *program) holderList(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	o, err := p.unlock(c, s)
	if err != nil {
		return err
	}
	if c.IsSet("at") {
		return p.holdersAt(c, o)
	}
	holders, findings := o.Roster()
	for _, f := range findings {
		p.Remark(speech.RecordUnreadable, speech.Safe(f.Path, 0))
	}
	list := []listedHolder{}
	for _, h := range holders {
		list = append(list, listedHolder{Holder: h})
	}
	for _, h := range o.LateHolders() {
		list = append(list, listedHolder{h, true})
	}
	slices.SortStableFunc(list, func(a, b listedHolder) int { return cmp.Compare(a.Name, b.Name) })
	if c.Bool("json") {
		err = p.writeJSON(list)
	} else {
		p.tableOfHolders(p.Out, list)
	}
	p.settleDeposits(c.Context, s, o)
	return err
}

func (p *program) tableOfHolders(w io.Writer, holders []listedHolder) {
	rows := [][]string{{p.Text(speech.ColumnHolder), p.Text(speech.ColumnKind), p.Text(speech.ColumnKept), p.Text(speech.ColumnWho), p.Text(speech.ColumnRecipient)}}
	for _, h := range holders {
		row := []string{h.Name, p.Text(speech.KindPrefix + speech.Message(h.Kind)), h.Kept, strings.Join(h.Who, ", "), shortRecipient(h.Holder)}
		if h.Late {
			row[4] = p.Text(speech.MarkLateHolder, shortRecipient(h.Holder))
		}
		rows = append(rows, row)
	}
	speech.Table(w, rows)
}

// shortRecipient is enough of a recipient to tell it from others: a hybrid one has
// some 2,000 letters, and --json gives it whole.
func shortRecipient(h escrow.Holder) string { return speech.Safe(h.Recipient, 72) }
