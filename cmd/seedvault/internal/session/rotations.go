package session

import (
	"context"
	"errors"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// IsSuccessor reports whether an epoch was made by rotating this vault, and nobody here has
// confirmed or refused it.
func IsSuccessor(e escrow.Epoch) bool { return e.Sealed && e.Successor }

// IsRotation reports whether [IsSuccessor] or [IsFork] holds for an epoch: whether a person
// has yet to say what it is.
func IsRotation(e escrow.Epoch) bool { return e.Sealed && (e.Successor || e.Fork) }

// IsFork reports whether an epoch was made by a rotation at the same time as, or instead
// of, one that leads to this vault, and nobody here has confirmed or refused it.
func IsFork(e escrow.Epoch) bool { return e.Sealed && e.Fork }

// RemarkOpened prints what the person should know of a vault that was opened.
func (v *Vault) RemarkOpened(o *escrow.Opened) {
	voice := v.Place.World.Voice
	switch {
	case o.Compared():
	case v.Place.Pinned():
		voice.Remark(words.OtherEpochs, v.Place.Pin().Fingerprint)
	default:
		voice.Remark(words.NotCompared, o.Pin().Fingerprint)
	}
	if slot := o.OpenedUnlisted(); slot != "" {
		voice.Remark(words.OpenedUnlisted, console.Safe(slot, 0))
		if v.home != nil {
			voice.Remark(words.LeaveUnlisted)
		}
	}
	if newer := v.Files.Newer(); newer != nil {
		voice.Remark(words.NewerSeal, console.Safe(newer.Path, 0))
	}
	v.RemarkRotations()
}

// RemarkRotations names the rotations that nobody here has confirmed or refused, and says how
// many lists of accepted seeds are missing.
func (v *Vault) RemarkRotations() {
	v.remarkRotations(IsRotation)
	if missing := v.MissingSeals(); len(missing) > 0 {
		v.Place.World.Voice.Remark(words.MissingSeals, len(missing), missing[0])
	}
}

// remarkRotations names the rotations for which kind reports true.
func (v *Vault) remarkRotations(kind func(escrow.Epoch) bool) {
	voice, closed := v.Place.World.Voice, 0
	for _, e := range v.Epochs(kind) {
		switch {
		case e.Successor:
			voice.Remark(words.RotatedSince, e.Folder)
		case e.Closed:
			closed++ // they stop nothing, and there can be any number of them
		default:
			voice.Remark(words.RotatedBeside, e.Folder)
		}
	}
	if closed > 0 {
		voice.Remark(words.ClosedForks, closed)
	}
}

// MissingSeals returns the seals that others of the confirmed epoch refer to and that are not
// in the vault's folder.
func (v *Vault) MissingSeals() []escrow.SealRef {
	return v.Files.MissingSeals(v.Files.Pin().Fingerprint)
}

// GoOnWithout asks whether to go on if the error is that seals or accepted files are missing;
// --yes does not answer that. It returns any other error as it is.
func GoOnWithout(w *world.World, err error) error {
	var missing *escrow.MissingSealsError
	var files *escrow.MissingFilesError
	question := words.AskWithoutMissing
	switch {
	case errors.As(err, &missing):
		w.Voice.Remark(words.MissingSeals, len(missing.Seals), missing.Seals[0])
	case errors.As(err, &files):
		w.Voice.Remark(words.FilesMissing, len(files.Paths), files.Seals)
		question = words.AskWithoutFiles
	default:
		return err
	}
	return w.Confirm(false, w.Voice.Text(question), explain.Error(err))
}

// ConfirmMissing asks whether to go on, as [GoOnWithout] does, if seals are missing from
// the epoch that is about to be pinned. It asks nothing if without is set.
func (v *Vault) ConfirmMissing(without bool) error {
	_, err := v.Files.Confirm(v.Files.Pin().Fingerprint, without)
	return GoOnWithout(v.Place.World, err)
}

// RefuseForks refuses every fork of this vault at once. Somebody whom a rotation has left
// out can make any number of forks.
func (h *Home) RefuseForks() error {
	forks := h.vault.Epochs(IsFork)
	if len(forks) == 0 {
		return say.Fail(words.NoneToRefuse).WithHint(words.HintNoSuchRotation)
	}
	for _, e := range forks {
		if err := h.Refuse(e); err != nil {
			return err
		}
	}
	return nil
}

// AskRotations asks about each rotation of a kind ([IsSuccessor], [IsFork] or
// [IsRotation]): typing its digits confirms it, and a refusal is remembered. If nobody can
// be asked, or a copy was read, it does nothing.
func (v *Vault) AskRotations(ctx context.Context, kind func(escrow.Epoch) bool) error {
	home, ok := v.Home()
	if !ok || !v.Place.World.Attended() {
		return nil
	}
	for list := v.Epochs(kind); len(list) > 0; list = v.Epochs(kind) {
		v.RemarkRotations()
		later, err := home.askRotation(ctx, v.Files.Foremost(list))
		if later || err != nil {
			return err
		}
	}
	return nil
}

// askRotation asks about one rotation. The digits that are to be typed are not shown: a person
// who copied them from the screen would have compared nothing.
func (h *Home) askRotation(ctx context.Context, e escrow.Epoch) (later bool, err error) {
	w := h.vault.Place.World
	t, err := w.Terminal()
	if err != nil {
		return false, err
	}
	defer t.Close()
	for {
		typed, err := t.Line(w.Voice.Text(words.AskRotation, e.Folder))
		if err != nil {
			return false, err
		}
		switch typed = world.Folded(typed); {
		case typed == "" || world.IsNo(typed):
			return true, nil
		case typed == "refuse" || typed == "拒否":
			return false, h.Refuse(e)
		}
		if ok, err := e.Fingerprint.Matches(typed); err != nil {
			w.Voice.Tell(explain.Error(err))
		} else if !ok {
			w.Voice.Tell(say.Fail(words.NotItsDigits).WithHint(words.HintNotItsDigits))
		} else {
			return false, h.confirmRotation(e)
		}
	}
}

// Refuse records that a person has refused an epoch.
func (h *Home) Refuse(e escrow.Epoch) error {
	if err := h.vault.Place.Refuse(e.Fingerprint); err != nil {
		return err
	}
	if err := h.reread(); err != nil {
		return err
	}
	h.vault.Place.World.Voice.Remark(words.RotationRefused, e.Folder, e.Fingerprint)
	return nil
}

// confirmRotation pins an epoch that a person has confirmed.
func (h *Home) confirmRotation(e escrow.Epoch) error {
	v := h.vault
	confirmed, err := v.Files.Confirm(e.Fingerprint, false)
	if err != nil {
		if err := GoOnWithout(v.Place.World, err); err != nil {
			return err
		}
		if confirmed, err = v.Files.Confirm(e.Fingerprint, true); err != nil {
			return err
		}
	}
	before := v.Files
	v.Files = confirmed
	pin, o, err := v.learnRotated()
	if err != nil {
		v.Files = before
		return err
	}
	if err := h.Follow(pin); err != nil {
		return err
	}
	v.sayPinned(v.Place.World.Voice.Err) // the command may have an answer of its own
	h.RememberOpened(o)
	return nil
}

// learnRotated returns the pin after a rotation, whose recipient is found with a key that
// opens without asking, else from what a person types.
func (v *Vault) learnRotated() (escrow.Pin, *escrow.Opened, error) {
	if o, err := v.Keys().UnlockAvailable(); err == nil && o != nil && o.Compared() {
		return o.Pin(), o, nil
	}
	w := v.Place.World
	t, err := w.Terminal()
	if err != nil {
		return escrow.Pin{}, nil, err
	}
	defer t.Close()
	for {
		typed, err := t.Line(w.Voice.Text(words.AskRecipient))
		switch {
		case err != nil:
			return escrow.Pin{}, nil, err
		case typed == "" || world.IsNo(typed):
			return v.LearnPin("")
		}
		pin, err := v.join(typed)
		if err != nil && !isRecipient(typed) && !world.LooksLikePath(typed) {
			err = key.ErrRecipient // nobody meant a file
		}
		if err == nil {
			return pin, nil, nil
		}
		w.Voice.Tell(explain.Error(err))
	}
}

// EpochOf finds the epoch of a fingerprint that a person has typed.
func (v *Vault) EpochOf(typed string) (escrow.Epoch, error) {
	if _, err := (escrow.Fingerprint{}).Matches(typed); err != nil {
		return escrow.Epoch{}, err
	}
	for _, e := range v.Files.Epochs() {
		if ok, _ := e.Fingerprint.Matches(typed); ok && !e.Fingerprint.IsZero() {
			return e, nil
		}
	}
	return escrow.Epoch{}, escrow.ErrNoEpoch
}
