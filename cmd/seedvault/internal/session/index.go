package session

import (
	"context"
	"time"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// listed caches what a command has found in the vault that it opened, with what it has added
// since.
type listed struct {
	of       *escrow.Opened
	items    []escrow.Item
	findings []escrow.Finding
}

// Items lists the seeds with the help of this machine's index, and writes the index again
// if it has changed.
func (v *Vault) Items(ctx context.Context, o *escrow.Opened) ([]escrow.Item, []escrow.Finding, error) {
	v.useIndex(o)
	items, findings, err := o.Items(ctx)
	if err == nil {
		v.keepIndex(o)
	}
	return items, findings, err
}

// lendIndex has the vault use this machine's index once it is unlocked, for a command that
// shows what seeds are called or looks for one.
func (v *Vault) lendIndex() {
	if v.home != nil {
		v.Files.LendIndex(func() ([]byte, time.Time) { return v.Place.Memory().Index(v.Files.Pin().Fingerprint) })
	}
}

// useIndex hands this machine's index to the vault in its place.
func (v *Vault) useIndex(o *escrow.Opened) {
	if v.home != nil && o.Compared() && !o.HasIndex() {
		o.UseIndex(v.Place.Memory().Index(v.Files.Pin().Fingerprint))
	}
}

// keepIndex writes the index where it has changed. A failure is remarked on once.
func (v *Vault) keepIndex(o *escrow.Opened) {
	file := o.Index()
	if file == nil || v.home == nil {
		return
	}
	err := v.Place.Memory().KeepIndex(v.Files.Pin().Fingerprint, file)
	if err != nil && !v.home.indexFailed {
		v.home.indexFailed = true
		v.Place.World.Voice.Remark(words.NotRemembered, explain.Error(err))
	}
}

// MayHold reports whether the vault may hold any of the seeds, judging by this machine's
// index; it returns true if it cannot tell. After a false, the list made to find out is
// kept and used again in this run.
func (v *Vault) MayHold(ctx context.Context, o *escrow.Opened, seeds []escrow.Seed) bool {
	items, findings, err := v.Items(ctx, o)
	if err != nil || o.MayHold(seeds...) {
		return true
	}
	v.listed = &listed{o, items, findings}
	return false
}

// OpenIndexed opens the vault that is meant and unlocks it with the help of this machine's
// index, for a command that shows the names of seeds or looks for one. The caller closes
// it.
func OpenIndexed(w *world.World, choice place.Choice) (*Vault, *escrow.Opened, error) {
	v, err := openUnmended(w, choice)
	if err != nil {
		return nil, nil, err
	}
	v.lendIndex()
	o, err := v.Keys().Unlock()
	v.mend()
	if err != nil {
		v.Close()
		return nil, nil, err
	}
	return v, o, nil
}
