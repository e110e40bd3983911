package main

import (
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
			Name: "list", CustomHelpTemplate: p.Text(speech.HelpHolder) + "\n",
			Flags:  []cli.Flag{copyFlag(), jsonFlag()},
			Action: p.holderList,
		}},
	}
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
	holders, findings := o.Roster()
	for _, f := range findings {
		p.Remark(speech.RecordUnreadable, speech.Safe(f.Path, 0))
	}
	if c.Bool("json") {
		err = p.writeJSON(append([]escrow.Holder{}, holders...))
	} else {
		rows := [][]string{{p.Text(speech.ColumnHolder), p.Text(speech.ColumnKind), p.Text(speech.ColumnKept), p.Text(speech.ColumnWho), p.Text(speech.ColumnRecipient)}}
		for _, h := range holders {
			rows = append(rows, []string{h.Name, p.Text(speech.KindPrefix + speech.Message(h.Kind)), h.Kept, strings.Join(h.Who, ", "), h.Recipient})
		}
		speech.Table(p.Out, rows)
	}
	p.settleDeposits(s, o)
	return err
}
