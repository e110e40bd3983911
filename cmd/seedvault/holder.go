package main

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) holderCommand() *cli.Command {
	return &cli.Command{
		Name: "holder", CustomHelpTemplate: p.Help("holder") + "\n",
		Action: func(*cli.Context) error {
			return say.Usage(words.HolderWhat).WithHint(words.SeeHelp, "seedvault holder --help")
		},
		Subcommands: []*cli.Command{{
			Name: "list", CustomHelpTemplate: p.Help("holder-list") + "\n",
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
		p.Remark(words.RecordUnreadable, console.Safe(f.Path, 0))
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
	rows := [][]string{{p.Text(words.ColumnHolder), p.Text(words.ColumnKind), p.Text(words.ColumnKept), p.Text(words.ColumnWho), p.Text(words.ColumnRecipient)}}
	for _, h := range holders {
		row := []string{h.Name, p.Text(words.HolderKinds.Of(string(h.Kind))), h.Kept, strings.Join(h.Who, ", "), shortRecipient(h.Holder)}
		if h.Late {
			row[4] = p.Text(words.MarkLateHolder, shortRecipient(h.Holder))
		}
		rows = append(rows, row)
	}
	console.Table(w, rows)
}

// shortRecipient is enough of a recipient to tell it from others: a hybrid one has
// some 2,000 letters, and --json gives it whole.
func shortRecipient(h escrow.Holder) string { return console.Safe(h.Recipient, 72) }
