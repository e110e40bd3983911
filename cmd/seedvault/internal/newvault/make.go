// Package newvault makes a vault: its holders, whose secrets are secured before it
// appears, and this machine's pin.
//
// Start with [Make], for who knows what they want, or [FirstRun], which leads a person
// through their first vault with four questions.
package newvault

import (
	"context"
	"errors"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Wanted holds the choices about the vault itself.
type Wanted struct {
	PostQuantum bool
	NoPage      bool // without the page that opens it in a browser
}

// Make makes a vault and stores its pin on this machine. It calls holders once it is clear
// that the vault can lie in its place. If it fails before the vault is there, it leaves
// nothing behind.
func Make(ctx context.Context, w *world.World, p *place.Place, made Wanted, holders func() (*newholder.Set, error)) (*newholder.Set, error) {
	var set *newholder.Set
	pin, err := p.Make(func(dir escrow.FS) (pin escrow.Pin, err error) {
		if set, err = holders(); err != nil {
			return escrow.Pin{}, err
		}
		return create(ctx, w, dir, made, set)
	})
	if err != nil {
		return nil, err
	}
	said := words.VaultMade
	if _, _, onScreen := w.Screen(); onScreen {
		said = words.VaultMadeShown
	}
	w.Voice.Say(said, console.Safe(p.Path, 0), pin.Fingerprint)
	set.SayPaper()
	set.SayDevice()
	if err := p.Configure(pin, set.Device()); err != nil {
		return nil, say.Fail(words.PinNotKept, explain.Error(err)).WithHint(words.HintPinNotKept, pin.Fingerprint, pin.Recipient)
	}
	set.KeepSheets() // this machine's memory of a vault begins with its configuration
	return set, nil
}

// create makes the vault, and secures the holders' secrets before the vault appears: a vault
// must not exist whose key nobody has written down, nor must anybody write down a key that
// opens nothing because a plugin or a full disk has failed.
func create(ctx context.Context, w *world.World, dir escrow.FS, made Wanted, set *newholder.Set) (escrow.Pin, error) {
	// A plugin may wait for a touch, and a person for the plugin: the first Ctrl-C
	// leaves nothing behind, a second one ends the program where it is.
	ctx, stop := console.UntilEnded(ctx)
	defer stop()
	context.AfterFunc(ctx, stop)
	o := escrow.CreateOptions{Holders: set.Holders, PostQuantum: made.PostQuantum, Now: w.Now()}
	if !made.NoPage {
		p := upkeep.BuiltInPage()
		o.Page = &p
	}
	staged, err := escrow.Stage(dir, o)
	if err == nil {
		err = publish(ctx, staged, set)
	}
	var unsure *escrow.WriteError
	switch {
	case err != nil && ctx.Err() != nil:
		err = console.ErrInterrupted
	case errors.As(err, &unsure) && unsure.Saved:
		w.Voice.Remark(words.NotDurable, console.Safe(unsure.Path, 0))
		err = nil
	}
	if err != nil {
		set.TakeBack()
		return escrow.Pin{}, err
	}
	return staged.Pin(), nil
}

// publish makes the staged vault appear once its holders' secrets are secured.
func publish(ctx context.Context, staged *escrow.Staged, set *newholder.Set) error {
	err := ctx.Err()
	if err == nil {
		err = set.Secure(staged.Pin())
	}
	if err != nil {
		staged.Abandon()
		return err
	}
	return staged.Publish(ctx)
}
