package main

import (
	"context"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// open pins a vault whose fingerprint a person has compared: the one in its place, or a copy
// that it first copies there.
type open struct {
	w                      *world.World
	choice                 *place.Choice
	fingerprint, recipient string
	refuse                 *string
	as                     string
	withoutMissing         bool
}

func openVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &open{w: w, choice: choice}
	return &cli.Command{
		Name: "open", Names: cli.OneName(cli.Folder), Run: v.run,
		Flags: []cli.Flag{
			cli.Text(&v.fingerprint, "fingerprint", cli.Anything), cli.Text(&v.recipient, "recipient", cli.File),
			cli.Optional(&v.refuse, "refuse", cli.Anything), cli.Text(&v.as, "as", cli.Anything),
			cli.Switch(&v.withoutMissing, "without-missing"),
		},
	}
}

func (v *open) run(ctx context.Context, names []string) error {
	if v.refuse != nil {
		return v.refused(*v.refuse)
	}
	choice, err := v.choice.As(v.w, v.as)
	if err != nil {
		return err
	}
	p, err := place.Find(v.w, choice)
	if err != nil {
		return err
	}
	from := ""
	if len(names) > 0 {
		from = names[0]
	}
	vault, err := session.OpenToPin(p, from, v.fingerprint)
	if err != nil {
		return v.unread(ctx, p, from, err)
	}
	defer vault.Close()
	if v.fingerprint == "" && len(vault.Epochs(session.IsRotation)) > 0 && v.w.Attended() {
		return v.rotations(ctx, vault)
	}
	return v.pin(ctx, vault, from)
}

// unread returns the error for a vault that could not be opened by the digits of --fingerprint:
// what [open.notHere] says of the vault in its place, else err.
func (v *open) unread(ctx context.Context, p *place.Place, from string, err error) error {
	if from != "" || v.fingerprint == "" || !p.Pinned() {
		return err
	}
	vault, failed := session.OpenHome(p)
	if failed != nil {
		return err
	}
	defer vault.Close()
	return v.notHere(ctx, vault, v.fingerprint, err)
}

// notHere returns the error that the vault in its place has not the fingerprint that was typed.
// Where a copy has it, as after a rotation on another machine, it says so and how to bring it.
func (v *open) notHere(ctx context.Context, vault *session.Vault, typed string, err error) error {
	home, ok := vault.Home()
	if !ok {
		return err
	}
	if name := home.CopyWith(ctx, typed); name != "" {
		return say.Fail(words.FingerprintInCopy, name).WithHint(words.HintFingerprintInCopy, name)
	}
	return err
}

// rotations asks about rotations of this vault; if there are any, open is about nothing else.
func (v *open) rotations(ctx context.Context, vault *session.Vault) error {
	err := vault.AskRotations(ctx, session.IsRotation)
	if err == nil && len(vault.Epochs(session.IsRotation)) > 0 {
		err = unanswered("")
	}
	return err
}

// unanswered returns the error that nobody has compared the fingerprint; its hint says how to,
// with the folder that the command named.
func unanswered(from string) *say.Error {
	if from != "" {
		from = console.ShellWord(from) + " "
	}
	return say.Fail(words.CompareFirst).WithHint(words.HintCompareFirst, from)
}

// pin has a person compare the vault, and pins it.
func (v *open) pin(ctx context.Context, vault *session.Vault, from string) error {
	if v.fingerprint == "" {
		if err := v.compare(ctx, vault, from); err != nil {
			return err
		}
	}
	if len(vault.Epochs(func(e escrow.Epoch) bool { return e.Status == escrow.EpochPinned && e.Sealed })) == 0 {
		return say.Fail(words.NothingSealed).WithHint(words.HintNothingSealed)
	}
	if err := vault.ConfirmMissing(v.withoutMissing); err != nil {
		return err
	}
	pin, o, err := vault.LearnPin(v.recipient)
	if err != nil {
		return err
	}
	brought, known := vault.Copied(), vault.Place.Pinned()
	home, err := vault.Adopt(ctx, pin)
	if err != nil {
		return err
	}
	if err := vault.Place.KeepName(v.as); err != nil {
		return err
	}
	home.RememberOpened(o)
	if brought && o != nil {
		err = home.AdoptCopy(ctx, o, from)
	}
	if err == nil && !known { // else it was a rotation that was confirmed, and the phone is no new one
		v.next(vault, o != nil, brought, from)
	}
	return err
}

// next prints what to do with a vault that this machine has just come to know. Without a key it
// can only be added to.
func (v *open) next(vault *session.Vault, opened, brought bool, from string) {
	switch {
	case opened:
		v.w.Voice.Remark(words.OpenedNext)
	case len(vault.Epochs(session.IsSuccessor)) > 0: // nothing can be added before that is confirmed
		vault.RemarkRotations()
	case brought:
		v.w.Voice.Remark(words.OpenedToAddAlone, console.ShellWord(from))
	default:
		v.w.Voice.Remark(words.OpenedToAdd)
	}
}

// compare shows what to compare, and asks for the digits from the sheet, or a yes. Without a
// terminal it returns an error: confirming then is a second, deliberate command.
func (v *open) compare(ctx context.Context, vault *session.Vault, from string) error {
	for _, e := range vault.Files.Epochs() {
		if !e.Fingerprint.IsZero() {
			v.w.Voice.Say(words.FingerprintOf, e.Folder, e.Fingerprint)
		}
	}
	have := vault.Fingerprints()
	if len(have) == 0 {
		return escrow.ErrDamaged
	}
	unanswered := unanswered(from)
	t, err := v.w.Terminal()
	if err != nil {
		return unanswered
	}
	defer t.Close()
	for {
		typed, err := t.Line(v.w.Voice.Text(words.AskFingerprint))
		if err != nil {
			return err
		}
		switch typed = world.Folded(typed); {
		case typed == "":
			return unanswered
		case world.IsYes(typed) && len(have) == 1: // of several, which one was compared?
			return vault.Confirm(have[0])
		case world.IsNo(typed):
			without, err := v.withoutSheet(t)
			switch {
			case err != nil:
				return err
			case without:
				return vault.Confirm(have[0])
			}
			continue
		}
		fp, err := meant(typed, have)
		if err == nil {
			err = vault.Confirm(fp)
		}
		if err == nil {
			return nil
		}
		v.w.Voice.Tell(explain.Error(v.notHere(ctx, vault, typed, err)))
	}
}

// withoutSheet says what it means that nothing can be compared, and asks whether to go on.
func (v *open) withoutSheet(t *console.Terminal) (bool, error) {
	t.Tell(v.w.Voice.Text(words.NoSheetMeans))
	answer, err := v.w.Ask(v.w.Voice.Text(words.AskNoSheet), world.No)
	return answer != world.No, err
}

// meant returns the fingerprint that was typed. The error names the first group that differs.
func meant(typed string, have []escrow.Fingerprint) (escrow.Fingerprint, error) {
	for _, fp := range have {
		if ok, err := fp.Matches(typed); ok || err != nil {
			return fp, err
		}
	}
	n, theirs, ours := firstDifference(typed, have[0])
	return escrow.Fingerprint{}, say.Fail(words.GroupDiffers, n, theirs, ours).WithHint(words.HintFingerprintDiffers)
}

// firstDifference returns the number of the first group of four digits, from 1, in which what
// was typed differs from a fingerprint, and both groups.
func firstDifference(typed string, fp escrow.Fingerprint) (group int, theirs, ours string) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdef", r) {
			return r
		}
		return -1
	}, typed)
	for i, want := range strings.Fields(fp.String()) {
		if len(digits) < 4*i+4 {
			return i + 1, digits[min(4*i, len(digits)):], want
		}
		if got := digits[4*i : 4*i+4]; got != want {
			return i + 1, got, want
		}
	}
	return 0, "", ""
}

// refused refuses the epoch of a fingerprint, for open --refuse: it is not asked about any
// more.
func (v *open) refused(typed string) error {
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	home, ok := vault.Home()
	if !ok {
		return escrow.ErrNotPinned
	}
	if typed == "all" {
		return home.RefuseForks()
	}
	e, err := vault.EpochOf(typed)
	if err != nil {
		return err
	}
	if e.Status != escrow.EpochUnconfirmed {
		return escrow.ErrJoined
	}
	return home.Refuse(e)
}
