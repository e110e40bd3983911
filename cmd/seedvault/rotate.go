package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

func (p *program) rotateCommand() *cli.Command {
	return &cli.Command{
		Name: "rotate", CustomHelpTemplate: p.Help("rotate") + "\n",
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "remove"}, &cli.StringSliceFlag{Name: "keep"}, &cli.StringSliceFlag{Name: "join"},
			&cli.BoolFlag{Name: "post-quantum"}, &cli.BoolFlag{Name: "yes"},
			&cli.StringSliceFlag{Name: "keep-shares"}, &cli.StringFlag{Name: "shares"}, &cli.BoolFlag{Name: "text"},
		},
		Action: p.rotate,
	}
}

// rotate gives the vault a new key, for those who stay. All that it will do is
// shown and asked before anything is written, and the old vault stays whole
// whenever it is stopped.
func (p *program) rotate(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	s, o, entries, err := p.openedToRotate(c)
	if err != nil {
		return err
	}
	defer s.Close()
	plan, err := p.planRotation(c, s, o)
	if err != nil {
		return err
	}
	p.showPlan(plan, waitingOf(s, o, entries))
	if err := p.askPlan(plan); err != nil {
		return err
	}
	if !c.Bool("yes") {
		unanswered := say.Fail(words.RotateUnanswered).WithHint(words.HintRotateYes)
		if err := p.confirm(p.Text(words.AskRotate), unanswered); err != nil {
			return err
		}
	}
	if err := installed(pluginsOf(plan)); err != nil {
		return err
	}
	done, err := p.writeRotation(c.Context, s, o, plan)
	if err != nil {
		return err
	}
	p.sayRotation(s, done)
	if err := p.followRotation(s, done); err != nil {
		return err
	}
	return p.bringCopies(c.Context, s)
}

// openedToRotate opens the vault once a person has said what they think of other
// rotations, and has what this machine added accepted, so that it comes along.
func (p *program) openedToRotate(c *cli.Context) (*site, *escrow.Opened, []escrow.Entry, error) {
	s, err := p.open(c)
	if err != nil {
		return nil, nil, nil, err
	}
	if s.conf.Next != nil {
		p.Remark(words.RotationUnfinished)
	}
	err = p.askRotations(c, s, successors)
	s.Close()
	if err != nil {
		return nil, nil, nil, err
	}
	s, o, entries, err := p.opened(c)
	if err != nil {
		return nil, nil, nil, err
	}
	if !o.Compared() {
		s.Close()
		return nil, nil, nil, escrow.ErrNotPinned
	}
	if !c.IsSet("join") { // what was rotated beside it stands in the way until then
		p.settleDeposits(c.Context, s, o)
	}
	return s, o, entries, nil
}

// waitingOf are the seeds that nobody has accepted: a rotation leaves them behind.
func waitingOf(s *site, o *escrow.Opened, entries []escrow.Entry) []escrow.Entry {
	own := s.memory().Recall().Deposits
	return slices.DeleteFunc(slices.Clone(entries), func(e escrow.Entry) bool {
		waits := e.Status == escrow.NotAccepted || e.Status == escrow.Late
		return !waits || slices.Contains(own, e.Receipts[0])
	})
}

// planRotation makes the plan that the flags ask for, with the answers that they
// give.
func (p *program) planRotation(c *cli.Context, s *site, o *escrow.Opened) (*escrow.RotationPlan, error) {
	set := p.newSetup(c, s, o)
	hybrid := c.Bool("post-quantum") || strings.HasPrefix(o.Pin().Recipient, "age1pq1")
	ro := escrow.RotateOptions{
		Remove: c.StringSlice("remove"), PostQuantum: c.Bool("post-quantum"), Memory: s.memory().Recall(),
		KeepShares: c.StringSlice("keep-shares"), Renew: p.renewQuorum(set, hybrid),
		Announce: func(pin escrow.Pin) error {
			if err := p.secure(set, pin); err != nil { // before the new shares count
				return err
			}
			return s.config.Update(s.path, func(v *local.Vault) {
				v.Next = &local.Next{Fingerprint: pin.Fingerprint.Hex(), Recipient: pin.Recipient}
			})
		},
	}
	ro.Recipient = func(text string) (age.Recipient, error) {
		r, _, err := key.PluginRecipient(text, asker{p: p})
		return r, err
	}
	ro.Copies = s.reachCopies(c.Context)
	for _, typed := range c.StringSlice("join") {
		e, err := s.epochOf(typed)
		if err != nil {
			return nil, err
		}
		ro.Join = append(ro.Join, e.Fingerprint)
	}
	plan, err := o.PlanRotation(ro)
	if err != nil {
		return nil, err
	}
	for _, name := range c.StringSlice("keep") {
		if err := keepHolder(plan, name); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// keepHolder answers for those of a name that they stay.
func keepHolder(plan *escrow.RotationPlan, name string) error {
	err := escrow.ErrNoSuchAnswer
	for _, h := range plan.Holders {
		if asked(h) && (h.Name == name || h.Key == name) {
			if err = plan.Answer(h.Key, true); err != nil {
				return err
			}
		}
	}
	return err
}

// asked says that a person's word on a holder is wanted.
func asked(h escrow.PlannedHolder) bool {
	return h.Fate == escrow.FateAsk || h.Fate == escrow.FateLeaves && h.Reason == escrow.ReasonOneSide
}

// blanksOf are what fills a question's blanks.
func blanksOf(h escrow.PlannedHolder) []any {
	if h.Reason == escrow.ReasonKnown {
		return []any{label(h), strings.Join(h.People, ", ")}
	}
	return []any{label(h)}
}

// askPlan asks what the plan leaves open, one holder at a time. Without a person
// only what has an answer by itself passes.
func (p *program) askPlan(plan *escrow.RotationPlan) error {
	if !p.attended() {
		if len(plan.Open()) > 0 {
			return escrow.ErrUnanswered
		}
		return nil
	}
	for _, h := range plan.Holders {
		if !asked(h) {
			continue
		}
		a, err := p.askWhether(p.Text(words.RotationQuestions.Of(string(h.Reason)), blanksOf(h)...), answerNo)
		if err != nil {
			return err
		}
		stays := a != answerNo
		if h.Reason == escrow.ReasonUnclaimed || h.Reason == escrow.ReasonUnusable {
			if !stays { // asked is whether to go on without it
				return say.Fail(words.Declined).WithHint(words.HintDeclined)
			}
			stays = false
		}
		if err := plan.Answer(h.Key, stays); err != nil {
			return err
		}
	}
	return nil
}

// pluginsOf names the plugins that a rotation needs.
func pluginsOf(plan *escrow.RotationPlan) (names []string) {
	for _, h := range plan.Holders {
		if h.Plugin != "" && h.Fate == escrow.FateStays {
			names = append(names, h.Plugin)
		}
	}
	return names
}

// writeRotation writes the new epoch. A signal ends it where it stands.
func (p *program) writeRotation(ctx context.Context, s *site, o *escrow.Opened, plan *escrow.RotationPlan) (*escrow.Rotation, error) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second one ends the program where it is
	progress := p.Progress(words.Rotating, p.now)
	o.Watch(progress.At)
	done, err := o.Rotate(ctx, plan, p.now())
	progress.Done()
	var w *escrow.WriteError
	switch {
	case errors.Is(err, context.Canceled):
		return nil, console.ErrInterrupted
	case errors.As(err, &w) && w.Saved && done != nil:
		p.Remark(words.NotDurable, console.Safe(w.Path, 0))
		err = nil
	}
	return done, err
}

// followRotation has this machine write to what it has made, and remember who can
// open it.
func (p *program) followRotation(s *site, done *escrow.Rotation) error {
	if err := s.keep(done.Pin); err != nil {
		return err
	}
	memory := s.memory()
	if err := memory.Saw(s.vault.Seen(memory.Recall().Seals), done.Stayed); err != nil {
		p.Remark(words.NotRemembered, explain(err))
	}
	return nil
}
