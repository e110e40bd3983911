package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// rotate gives the vault a new key, for those who stay. All that it will do is shown
// and asked before anything is written, and the old vault stays whole whenever it is
// stopped.
type rotate struct {
	w                              *world.World
	choice                         *place.Choice
	remove, keep, join, keepShares []string
	postQuantum, yes, page         bool
	withoutMissing                 bool
	dir                            string
	asText                         bool
}

func rotateVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &rotate{w: w, choice: choice}
	return &cli.Command{
		Name: "rotate", Names: cli.NoNames(), Run: v.run,
		Flags: []cli.Flag{
			cli.List(&v.remove, "remove", completion.Holders), cli.List(&v.keep, "keep", completion.Holders), cli.List(&v.join, "join", cli.Anything),
			cli.Switch(&v.postQuantum, "post-quantum"), cli.Switch(&v.yes, "yes"),
			cli.List(&v.keepShares, "keep-shares", completion.Holders), cli.Text(&v.dir, "shares", cli.Folder), cli.Switch(&v.asText, "text"),
			cli.Switch(&v.withoutMissing, "without-missing"), cli.Switch(&v.page, "page"),
		},
	}
}

func (v *rotate) run(ctx context.Context, _ []string) error {
	s, writable, err := v.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	set := newholder.New(v.w, writable.Home.Vault().Place, writable.Opened)
	set.SharesTo(v.dir, v.asText)
	plan, err := v.plan(ctx, writable, set)
	if err != nil {
		return err
	}
	v.showPlan(plan, v.leftBehind(s))
	if err := v.askPlan(plan); err != nil {
		return err
	}
	unanswered := say.Fail(words.RotateUnanswered).WithHint(words.HintRotateYes)
	if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskRotate), unanswered); err != nil {
		return err
	}
	if err := unlocking.Installed(pluginsOf(plan)); err != nil {
		return err
	}
	done, err := v.write(ctx, writable, plan, set)
	if err != nil {
		return err
	}
	v.sayRotation(s.Vault.Place, done)
	if err := writable.Home.Follow(done.Pin); err != nil {
		return err
	}
	writable.Home.Remember(done.Stayed)
	return writable.Home.UpdateCopies(ctx)
}

// open opens the vault once a person has said what they think of other rotations, and
// has what this machine added accepted, so that it comes along.
func (v *rotate) open(ctx context.Context) (*contents.Seeds, *session.Writable, error) {
	if err := v.askOthers(ctx); err != nil {
		return nil, nil, err
	}
	s, writable, err := contents.OpenSeedsToEdit(ctx, v.w, *v.choice)
	if err == nil && v.join == nil { // what was rotated beside it stands in the way until then
		writable.AcceptOwn(ctx)
	}
	return s, writable, err
}

// askOthers asks about what somebody else may have rotated.
func (v *rotate) askOthers(ctx context.Context) error {
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	if vault.Place.Unfinished() {
		v.w.Voice.Remark(words.RotationUnfinished)
	}
	return vault.AskRotations(ctx, session.IsSuccessor)
}

// leftBehind returns the seeds that nobody has accepted: a rotation leaves them behind.
func (v *rotate) leftBehind(s *contents.Seeds) []escrow.Entry {
	own := s.Vault.Place.Memory().Recall().Deposits
	return slices.DeleteFunc(slices.Clone(s.Entries), func(e escrow.Entry) bool {
		return !seedlist.Waits(e) || slices.Contains(own, e.Receipts[0])
	})
}

// plan makes the plan that the flags ask for, with the answers that they give.
func (v *rotate) plan(ctx context.Context, writable *session.Writable, set *newholder.Set) (*escrow.RotationPlan, error) {
	opts, err := v.options(ctx, writable, set)
	if err != nil {
		return nil, err
	}
	plan, err := writable.Opened.PlanRotation(opts)
	if err != nil {
		return nil, err
	}
	for _, name := range v.keep {
		if err := keepHolder(plan, name); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// options returns what the library has to know for the plan, and what it calls when the
// plan is carried out.
func (v *rotate) options(ctx context.Context, writable *session.Writable, set *newholder.Set) (escrow.RotateOptions, error) {
	home, vault := writable.Home, writable.Home.Vault()
	wanted, err := writable.OfferPage(v.page)
	if err != nil {
		return escrow.RotateOptions{}, err
	}
	opts := escrow.RotateOptions{
		Remove: v.remove, PostQuantum: v.postQuantum, Memory: vault.Place.Recall(), Copies: home.Copies().Reach(ctx),
		WithoutMissing: v.withoutMissing,
		KeepShares:     v.keepShares, Renew: set.RenewQuorum(v.postQuantum || writable.Opened.Pin().PostQuantum()),
		Recipient: func(text string) (age.Recipient, error) {
			r, _, err := key.PluginRecipient(text, unlocking.Asker(v.w))
			return r, err
		},
	}
	if wanted {
		p := upkeep.BuiltInPage()
		opts.Page = &p
		set.Sheets.ShowPage()
	}
	for _, typed := range v.join {
		e, err := vault.EpochOf(typed)
		if err != nil {
			return opts, err
		}
		opts.Join = append(opts.Join, e.Fingerprint)
	}
	return opts, nil
}

// keepHolder decides that the holders of a name stay.
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

// asked reports whether the person has to say what becomes of a holder.
func asked(h escrow.PlannedHolder) bool {
	return h.Outcome == escrow.OutcomeAsk || h.Outcome == escrow.OutcomeLeaves && h.Reason == escrow.ReasonOneSide
}

// blanksOf returns the values for the blanks of the question about a holder.
func blanksOf(h escrow.PlannedHolder) []any {
	if h.Reason == escrow.ReasonKnown {
		return []any{label(h), strings.Join(h.People, ", ")}
	}
	return []any{label(h)}
}

// askPlan asks what the plan leaves open, one holder at a time. Without a person
// only what has an answer by itself passes.
func (v *rotate) askPlan(plan *escrow.RotationPlan) error {
	if err := plan.CheckMissing(); err != nil {
		if err := session.GoOnWithout(v.w, err); err != nil {
			return err
		}
		plan.WithoutMissing = true
	}
	if !v.w.Attended() {
		if len(plan.Open()) > 0 {
			return escrow.ErrUnanswered
		}
		return nil
	}
	for _, h := range plan.Holders {
		if !asked(h) {
			continue
		}
		a, err := v.w.Ask(v.w.Voice.Text(words.RotationQuestions.Of(string(h.Reason)), blanksOf(h)...), world.No)
		if err != nil {
			return err
		}
		stays := a != world.No
		if h.Reason == escrow.ReasonUnclaimed || h.Reason == escrow.ReasonUnusable {
			if !stays { // asked is whether to go on without it
				return world.Declined()
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
		if h.Plugin != "" && h.Outcome == escrow.OutcomeStays {
			names = append(names, h.Plugin)
		}
	}
	return names
}

// write writes the new epoch. A signal ends it where it stands.
func (v *rotate) write(ctx context.Context, writable *session.Writable, plan *escrow.RotationPlan, set *newholder.Set) (*escrow.Rotation, error) {
	ctx, stop := console.UntilEnded(ctx)
	defer stop()
	context.AfterFunc(ctx, stop) // a second one ends the program where it is
	progress := v.w.Voice.Progress(words.Rotating, v.w.Now)
	writable.Opened.Watch(progress.At)
	staged, err := writable.Opened.StageRotation(ctx, plan, v.w.Now())
	progress.Done()
	if err == nil {
		err = publish(ctx, staged, writable.Home, set)
	}
	var unsure *escrow.WriteError
	switch {
	case errors.Is(err, context.Canceled):
		return nil, console.ErrInterrupted
	case errors.As(err, &unsure) && unsure.Saved && staged != nil:
		v.w.Voice.Remark(words.NotDurable, console.Safe(unsure.Path, 0))
		err = nil
	}
	if err != nil {
		return nil, err
	}
	set.KeepSheets()
	return staged.Rotation(), nil
}

// publish makes the staged epoch visible once the new shares are secured, and once this
// machine has noted it, so that an interrupted rotation is recognised.
func publish(ctx context.Context, staged *escrow.Staged, home *session.Home, set *newholder.Set) error {
	err := set.Secure(staged.Pin())
	if err == nil {
		err = home.Vault().Place.NoteRotation(staged.Pin())
	}
	if err != nil {
		staged.Abandon()
		return err
	}
	return staged.Publish(ctx)
}
