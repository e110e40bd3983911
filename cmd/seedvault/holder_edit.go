package main

import (
	"slices"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

func (p *program) holderEditCommand() *cli.Command {
	return &cli.Command{
		Name: "edit", CustomHelpTemplate: p.Help("holder-edit") + "\n",
		Flags:  []cli.Flag{&cli.StringFlag{Name: "kept"}, &cli.StringSliceFlag{Name: "who"}},
		Action: p.holderEdit,
	}
}

// holderEdit writes down where a holder is kept and who can reach it, which is what
// a verdict on losses goes by, and says the verdict.
func (p *program) holderEdit(c *cli.Context) error {
	if c.NArg() != 1 || !c.IsSet("kept") && !c.IsSet("who") {
		return say.Usage(words.HolderEditWhat).WithHint(words.SeeHelp, "seedvault holder edit --help")
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	o, err := p.unlockToWrite(c, s)
	if err != nil {
		return err
	}
	h, err := holderCalled(o, c.Args().First())
	if err != nil {
		return err
	}
	if c.IsSet("kept") {
		h.Kept = c.String("kept")
	}
	if c.IsSet("who") {
		h.Who = given(c.StringSlice("who")...)
	}
	if err := o.Describe(h.ID, h.Kept, h.Who); err != nil {
		return err
	}
	if err := p.sealWith(c.Context, s, o); err != nil {
		return err
	}
	p.tableOfHolders(p.Out, []listedHolder{{Holder: h}})
	p.sayVerdict(c.Context, s, o)
	return nil
}

// holderCalled is the holder of the roster that a person means: by its name, or
// where two have one name by its id or recipient.
func holderCalled(o *escrow.Opened, typed string) (escrow.Holder, error) {
	holders, _ := o.Roster()
	called := slices.DeleteFunc(holders, func(h escrow.Holder) bool {
		return h.Name != typed && h.ID != typed && h.Recipient != typed
	})
	switch len(called) {
	case 0:
		return escrow.Holder{}, say.Fail(words.NobodyOfName, console.Safe(typed, 72)).WithHint(words.HintHolders)
	case 1:
		return called[0], nil
	}
	return escrow.Holder{}, say.Fail(words.SeveralHolders, len(called), console.Safe(typed, 72)).WithHint(words.HintSeveralHolders)
}
