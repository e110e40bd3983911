package main

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

func (p *program) copyCommand() *cli.Command {
	return &cli.Command{
		Name: "copy", CustomHelpTemplate: p.Help("copy") + "\n",
		Action: func(*cli.Context) error {
			return say.Usage(words.CopyWhat).WithHint(words.SeeHelp, "seedvault copy --help")
		},
		Subcommands: []*cli.Command{{
			Name: "add", CustomHelpTemplate: p.Help("copy-add") + "\n",
			Flags:  []cli.Flag{&cli.StringFlag{Name: "kept"}, &cli.StringFlag{Name: "as"}},
			Action: p.copyAdd,
		}, {
			Name: "list", CustomHelpTemplate: p.Help("copy-list") + "\n",
			Flags:  []cli.Flag{jsonFlag()},
			Action: p.copyList,
		}, {
			Name: "sync", CustomHelpTemplate: p.Help("copy-sync") + "\n",
			Action: p.copySync,
		}, {
			Name: "remove", CustomHelpTemplate: p.Help("copy-remove") + "\n",
			Flags:  []cli.Flag{&cli.BoolFlag{Name: "yes"}},
			Action: p.copyRemove,
		}},
	}
}

// copyAdd makes a copy in a folder, and has the holders know of it.
func (p *program) copyAdd(c *cli.Context) error {
	if c.NArg() != 1 {
		return say.Usage(words.CopyAddWhat).WithHint(words.SeeHelp, "seedvault copy add --help")
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if !s.known {
		return escrow.ErrNotPinned
	}
	fresh, err := p.copyAsked(c, s)
	if err != nil {
		return err
	}
	o, err := p.unlockToWrite(c, s)
	if err != nil {
		return err
	}
	if err := s.nameCopy(o, fresh, c.String("as"), c.IsSet("kept")); err != nil {
		return err
	}
	if err := p.takeCopy(s, o, *fresh); err != nil {
		return err
	}
	if err := p.sealWith(c.Context, s, o); err != nil {
		return err
	}
	p.Say(words.CopyAdded, fresh.Name, console.Safe(fresh.Path, 0))
	p.sayVerdict(c.Context, s, o)
	return nil
}

// copyAsked is the copy that the flags ask for.
func (p *program) copyAsked(c *cli.Context, s *site) (*local.Copy, error) {
	place, err := p.placeTyped(s, p.pastedPaths(c.Args().First())[0])
	if err != nil {
		return nil, err
	}
	if c.IsSet("kept") {
		if said := c.String("kept"); place.kept == escrow.KeptThisPC && said != place.kept {
			p.Remark(words.CopySameDisk, console.Safe(place.path, 0), console.Safe(said, 40))
		}
		place.kept = c.String("kept")
	}
	if c.IsSet("as") {
		if err := escrow.CheckName(c.String("as")); err != nil {
			return nil, err
		}
	}
	return p.newCopy(s, place)
}

// nameCopy settles what a copy is called and where it is kept, with what the vault
// knows: a copy of the name that this machine has not met is meant to be this one.
func (s *site) nameCopy(o *escrow.Opened, c *local.Copy, as string, keptGiven bool) error {
	taken := map[string]bool{}
	for _, have := range o.Copies() {
		taken[have.Name] = true
		if have.Name != as {
			continue
		}
		if s.copyNamed(as) != nil {
			return say.Fail(words.CopyNameTaken, as).WithHint(words.HintCopyNameTaken)
		}
		c.ID, c.Name = have.ID, have.Name
		if !keptGiven && have.Kept != "" {
			c.Kept = have.Kept
		}
	}
	switch {
	case as == "":
		for n := 2; taken[c.Name]; n++ {
			c.Name = s.copyName(c.Name + "-" + strconv.Itoa(n))
		}
	case c.Name != as:
		c.Name = as
	}
	if c.Kept == "" {
		return say.Usage(words.CopyKeptWhere, console.Safe(c.Path, 0)).WithHint(words.HintCopyKeptWhere)
	}
	return nil
}

// listedCopy is one copy in copy list --json.
type listedCopy struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Kept   string       `json:"kept"`
	Path   string       `json:"path,omitempty"` // of a copy that this machine can reach
	State  copies.State `json:"state"`
	Synced string       `json:"synced,omitempty"` // when it last held everything
}

// copyList shows how each copy stands to the vault.
func (p *program) copyList(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	list := []listedCopy{}
	for _, known := range s.conf.Copies {
		list = append(list, s.listed(c.Context, known))
	}
	o, err := p.unlockUnprompted(c, s)
	if err != nil {
		return err
	}
	if o != nil {
		for _, far := range o.Copies() {
			if !slices.ContainsFunc(list, func(l listedCopy) bool { return l.ID == far.ID }) {
				list = append(list, listedCopy{ID: far.ID, Name: far.Name, Kept: far.Kept, State: copyElsewhere})
			}
		}
	}
	if c.Bool("json") {
		return p.writeJSON(list)
	}
	if len(list) == 0 {
		p.Say(words.NoCopies)
		p.Remark(words.HintNoCopies)
		return nil
	}
	rows := [][]string{{p.Text(words.ColumnCopy), p.Text(words.ColumnKept), p.Text(words.ColumnState), p.Text(words.ColumnSynced), p.Text(words.ColumnWhere)}}
	for _, l := range list {
		synced := l.Synced
		if synced == "" {
			synced = p.Text(words.CopyNotYet)
		}
		rows = append(rows, []string{l.Name, l.Kept, p.Text(words.CopyStates.Of(string(l.State))), synced, l.Path})
	}
	console.Table(p.Out, rows)
	return nil
}

// copyElsewhere is the state of a copy that the vault knows and this machine does
// not.
const copyElsewhere copies.State = "elsewhere"

// listed is what the list says of a copy.
func (s *site) listed(ctx context.Context, c local.Copy) listedCopy {
	was := s.remembered(c)
	l := listedCopy{ID: c.ID, Name: c.Name, Kept: c.Kept, Path: c.Path, State: copies.Unreachable}
	if !was.Synced.IsZero() {
		l.Synced = was.Synced.Format(time.DateOnly)
	}
	if r, err := s.lookAt(ctx, c, was); err == nil {
		l.State = r.State
	}
	return l
}

// sayCopy says how a copy stands after it was brought up to date. What was wrong with
// it before is a remark.
func (p *program) sayCopy(known local.Copy, r copies.Result) {
	path := console.Safe(known.Path, 0)
	if holdsAll(r) && r.Given.Files > 0 {
		p.Say(words.CopyBrought, known.Name, r.Given.Files, path)
		return
	}
	state := r.State
	if holdsAll(r) {
		state = copies.Equal
	}
	p.Say(words.CopyStands, known.Name, p.Text(words.CopyStates.Of(string(state))), path)
}

// copySync brings copies up to date and reads every file on both sides.
func (p *program) copySync(c *cli.Context) error {
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	chosen, err := s.copiesNamed(c.Args().Slice())
	if err != nil {
		return err
	}
	named := c.NArg() > 0
	var failed *say.Error
	for _, known := range chosen {
		r, err := p.syncCopy(c.Context, s, known, copies.Options{Thorough: true, Refill: named})
		if err != nil {
			return err
		}
		p.remarkCopy(known, r)
		p.sayCopy(known, r)
		if !holdsAll(r) && (named || r.State != copies.Unreachable) {
			failed = say.Fail(words.CopyFailed, known.Name, p.Text(words.CopyStates.Of(string(r.State)))).WithHint(words.HintCopySync, known.Name)
		}
	}
	if failed != nil {
		return failed
	}
	return nil
}

// copiesNamed are the copies of the names, all without one.
func (s *site) copiesNamed(names []string) ([]local.Copy, error) {
	if len(s.conf.Copies) == 0 {
		return nil, say.Fail(words.NoCopies).WithHint(words.HintNoCopies)
	}
	if len(names) == 0 {
		return s.conf.Copies, nil
	}
	var list []local.Copy
	for _, name := range names {
		c := s.copyNamed(name)
		if c == nil {
			return nil, say.Fail(words.CopyUnknown, console.Safe(name, 40)).WithHint(words.HintCopyUnknown)
		}
		list = append(list, *c)
	}
	return list, nil
}

// copyRemove forgets a copy, here and in the vault. Its files stay.
func (p *program) copyRemove(c *cli.Context) error {
	if c.NArg() != 1 {
		return say.Usage(words.CopyRemoveWhat).WithHint(words.SeeHelp, "seedvault copy remove --help")
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
	name := c.Args().First()
	gone := listedCopy{Name: name}
	if here := s.copyNamed(name); here != nil {
		gone.ID, gone.Path = here.ID, here.Path
	}
	for _, far := range o.Copies() {
		if far.Name == name && gone.ID == "" {
			gone.ID = far.ID
		}
	}
	if gone.ID == "" {
		return say.Fail(words.CopyUnknown, console.Safe(name, 40)).WithHint(words.HintCopyUnknown)
	}
	if !c.Bool("yes") {
		unanswered := say.Fail(words.CopyRemoveUnanswered).WithHint(words.HintCopyYes)
		if err := p.confirm(p.Text(words.AskCopyRemove, name, console.Safe(gone.Path, 0)), unanswered); err != nil {
			return err
		}
	}
	if err := o.RemoveCopy(gone.ID); err != nil {
		return err
	}
	err = s.config.Update(s.path, func(v *local.Vault) {
		v.Copies = slices.DeleteFunc(v.Copies, func(have local.Copy) bool { return have.ID == gone.ID })
	})
	if err != nil {
		return err
	}
	s.conf.Copies = slices.DeleteFunc(s.conf.Copies, func(have local.Copy) bool { return have.ID == gone.ID })
	if err := s.memory().ForgetCopy(gone.ID); err != nil {
		p.Remark(words.NotRemembered, explain(err))
	}
	p.Say(words.CopyRemoved, name)
	if gone.Path != "" {
		p.Remark(words.CopyLeft, console.Safe(gone.Path, 0))
	}
	return p.sealWith(c.Context, s, o)
}
