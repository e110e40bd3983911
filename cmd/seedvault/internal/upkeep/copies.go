// Package upkeep keeps all copies of one vault up to date: it says which of them are opened now,
// how much of each is read and how long each is waited for, and remembers what each then held.
// What does not arrive in time goes on at the next command. Where a copy may lie is for package
// copyplace to say; package copies of escrow compares and heals one.
//
// Start with [New], which reads nothing.
package upkeep

import (
	"context"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/kit"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// Original is the vault whose copies are kept: what they need of it.
type Original struct {
	Place   *place.Place
	Folder  copies.Store
	Files   func() *escrow.Vault // returns what was read last
	Changed func()               // is called when a copy has given the vault something
}

// Copies are the copies of a vault in its place.
type Copies struct {
	original  Original
	reached   []copies.Store       // until the vault is closed
	silent    map[string]bool      // paths of those that were waited for in vain
	found     map[string]foundCopy // what they were found to be in this run, by id
	asked     map[string]bool      // carried by a program that could ask a person in this run, by id
	forgotten map[string]bool      // of which what was remembered was said to be lost, by id
}

// New returns the copies of a vault. If nothing but its place is given, they can be looked
// into and nothing else.
func New(of Original) *Copies { return &Copies{original: of} }

// Close releases the copies.
func (cs *Copies) Close() {
	for _, store := range cs.reached {
		store.Close()
	}
	cs.reached = nil
}

// Sync makes one copy and the vault hold the same files. With refill an empty copy that once
// had files is filled again. A copy that cannot be reached is no failure.
func (cs *Copies) Sync(ctx context.Context, c local.Copy, read Depth, refill bool) (copies.Result, error) {
	w, was := cs.world(), cs.remembered(c)
	o := WithPages(copies.Options{Pin: cs.original.Place.Pin(), Vault: cs.original.Files(), Seen: was.Seen, Thorough: read.all(was, w.Now()), Refill: refill})
	progress := w.Voice.Progress(words.CopyProgress, w.Now)
	r, err := cs.onCopy(ctx, c, copyplace.FarWork, func(ctx context.Context, there copies.Store, alive func()) (copies.Result, error) {
		o.Watch = func(done, total int) {
			alive()
			if ctx.Err() == nil {
				progress.At(done, total)
			}
		}
		r, err := copies.Sync(ctx, cs.original.Folder, there, o)
		if err == nil {
			rewriteIncompleteKit(ctx, there, &r)
		}
		return r, err
	})
	progress.Done()
	if err == nil {
		cs.note(c, r, HoldsEverything(r), o.Thorough)
	}
	return r, err
}

// SyncAll calls sync for one copy after the other. Files that a later copy has brought or
// healed are passed on to the earlier ones too.
func (cs *Copies) SyncAll(ctx context.Context, list []local.Copy, sync func(local.Copy) (copies.Result, error)) ([]copies.Result, error) {
	results, brings := make([]copies.Result, len(list)), 0
	for i, c := range list {
		r, err := sync(c)
		if results[i] = r; err != nil {
			return results, err
		}
		if r.Taken.Files+len(r.HealedHere) > 0 {
			brings = i
		}
	}
	for i, c := range list[:brings] {
		if !HoldsEverything(results[i]) {
			continue
		}
		r, err := cs.Sync(ctx, c, ReadSample, false)
		if err != nil {
			return results, err
		}
		if given := results[i].Given.Files + r.Given.Files; HoldsEverything(r) {
			results[i].Given.Files = given
		} else {
			results[i] = r
		}
	}
	return results, nil
}

// HoldsEverything reports whether a copy, as it was brought up to date, holds everything that
// the vault does, and the vault no damaged file.
func HoldsEverything(r copies.Result) bool { return HoldsAllUndamaged(r) && len(r.DamagedHere) == 0 }

// HoldsAllUndamaged reports whether a copy, as it was brought up to date, holds everything that
// is undamaged in the vault. The vault may have damaged files beside, which no copy can hold.
func HoldsAllUndamaged(r copies.Result) bool {
	switch r.State {
	case copies.Equal, copies.New, copies.Behind, copies.Ahead, copies.Healed, copies.LostFiles, copies.Older:
		return r.Left == 0 && r.Err == nil
	}
	return false
}

// rewriteIncompleteKit writes a kit that was cut off or damaged anew, unless bringing it up to
// date has done so already.
func rewriteIncompleteKit(ctx context.Context, there copies.Store, r *copies.Result) {
	if !copyplace.IsIncompleteKit(there) || !HoldsEverything(*r) {
		return
	}
	if err := there.(*kit.Store).Publish(ctx); err != nil {
		r.State, r.Err = copies.Failed, err
	} else if r.State == copies.Equal {
		r.State = copies.Healed
	}
}

// Reach opens the copies that can be reached. They stay open until [Copies.Close].
func (cs *Copies) Reach(ctx context.Context) []escrow.FS {
	var list []escrow.FS
	for _, c := range cs.original.Place.Copies() {
		if dir, err := cs.dial(ctx, c); err == nil {
			cs.reached = append(cs.reached, dir)
			list = append(list, dir)
		}
	}
	return list
}

// LookInto opens a copy, if it can be reached, and calls look to read in it. look must call
// alive as it makes progress: a folder that stays silent is waited for no longer.
func (cs *Copies) LookInto(ctx context.Context, c local.Copy, look func(there copies.Store, alive func())) {
	cs.onCopy(ctx, c, copyplace.FarLook, func(ctx context.Context, there copies.Store, alive func()) (r copies.Result, err error) {
		look(there, alive)
		return r, ctx.Err()
	})
}

func (cs *Copies) world() *world.World { return cs.original.Place.World }
