package session

import (
	"context"
	"errors"
	"fmt"
	"io"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// Successors are what somebody may have rotated after this vault; Rotations are those
// and what grew beside it. Nobody here has confirmed or refused them.
func Successors(e escrow.Epoch) bool { return e.Sealed && e.Successor }

// Rotations are all that waits for a person's word.
func Rotations(e escrow.Epoch) bool { return e.Sealed && (e.Successor || e.Fork) }

// Forks are what grew beside this vault.
func Forks(e escrow.Epoch) bool { return e.Sealed && e.Fork }

// RemarkRotations says which rotations wait for a person's word, and which lists of
// accepted seeds are missing.
func (v *Vault) RemarkRotations() {
	voice, closed := v.Place.world.Voice, 0
	for _, e := range v.Epochs(Rotations) {
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
	if missing := v.MissingSeals(); len(missing) > 0 {
		voice.Remark(words.MissingSeals, len(missing), missing[0])
	}
}

// MissingSeals are those of the vault's newest confirmed state.
func (v *Vault) MissingSeals() []escrow.SealRef {
	return v.Files.MissingSeals(v.Files.Pin().Fingerprint)
}

// GoOnWithout asks whether to go on though seals or accepted files are missing, which a
// --yes does not answer. Any other error it returns.
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

// ConfirmMissing asks so where the vault that is about to be pinned lacks seals.
func (v *Vault) ConfirmMissing(without bool) error {
	_, err := v.Files.Confirm(v.Files.Pin().Fingerprint, without)
	return GoOnWithout(v.Place.world, err)
}

// RefuseForks refuses all that grew beside this vault: whoever was left out can make
// any number of these.
func (h *Home) RefuseForks() error {
	forks := h.vault.Epochs(Forks)
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

// AskRotations asks about each rotation of a kind that waits for a person's word: its
// digits confirm it, and a refusal is remembered. Where nobody can be asked, or what
// was read is no home of this machine, it is left for later.
func (v *Vault) AskRotations(ctx context.Context, kind func(escrow.Epoch) bool) error {
	home, ok := v.Home()
	if !ok || !v.Place.world.Attended() {
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

// askRotation asks about one. What is typed is never shown beforehand: whoever
// copies it from the screen has compared nothing.
func (h *Home) askRotation(ctx context.Context, e escrow.Epoch) (later bool, err error) {
	w := h.vault.Place.world
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

// Refuse remembers that a person wants nothing of an epoch.
func (h *Home) Refuse(e escrow.Epoch) error {
	if err := h.vault.Place.update(func(v *local.Vault) { v.Refuse(e.Fingerprint) }); err != nil {
		return err
	}
	if err := h.reread(); err != nil {
		return err
	}
	h.vault.Place.world.Voice.Remark(words.RotationRefused, e.Folder, e.Fingerprint)
	return nil
}

// confirmRotation has this machine write to an epoch from now on.
func (h *Home) confirmRotation(e escrow.Epoch) error {
	v := h.vault
	confirmed, err := v.Files.Confirm(e.Fingerprint, false)
	if err != nil {
		if err := GoOnWithout(v.Place.world, err); err != nil {
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
	v.Place.sayPinned(v.Place.world.Voice.Err, *v.Place.pin) // the command may have an answer of its own
	h.RememberOpened(o)
	return nil
}

// learnRotated finds out what is encrypted to from now on: with a key that opens
// unasked, else from what a person types.
func (v *Vault) learnRotated() (escrow.Pin, *escrow.Opened, error) {
	if o, err := v.Keys().UnlockAvailable(); err == nil && o != nil && o.Compared() {
		return o.Pin(), o, nil
	}
	w := v.Place.world
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

// SayConfirming gives the lines that everybody else types once a vault was rotated.
func SayConfirming(voice say.Voice, to io.Writer, pin escrow.Pin) {
	if escrow.CheckName(voice.Vault) != nil {
		voice.Vault = "" // a path on this machine is none on theirs
	}
	fmt.Fprintln(to, voice.Text(words.ConfirmRotation, pin.Fingerprint, pin.Recipient))
}
