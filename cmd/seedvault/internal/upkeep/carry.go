package upkeep

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies"
)

// errLater is the reason why work on a copy was left unfinished: its time was up, and the next
// command goes on with it.
var errLater = errors.New("the time was up")

// UpdateAll updates all copies that can be reached, and prints one line for all and one for
// each that needs attention. It returns false if there are no copies or --no-sync is set.
// It fails only if the vault itself cannot be read or written.
func (cs *Copies) UpdateAll(ctx context.Context) (bool, error) {
	p := cs.original.Place
	list := slices.Clone(p.Copies())
	if len(list) == 0 {
		return false, nil
	}
	if p.Choice.NoSync {
		p.World.Voice.Remark(words.CopiesLeft, len(list))
		return false, nil
	}
	slices.SortStableFunc(list, func(a, b local.Copy) int { return cs.far(a) - cs.far(b) })
	results, err := cs.carry(ctx, list)
	if err != nil {
		return false, err
	}
	cs.sayCarried(list, results)
	return true, nil
}

// far returns 1 for a copy that git or rclone carries and 0 for any other, to sort by. A copy
// for which a person was asked at the terminal in this run counts as 0: it is waited for, and
// may ask again.
func (cs *Copies) far(c local.Copy) int {
	if copyplace.IsRemote(c) && !cs.asked[c.ID] {
		return 1
	}
	return 0
}

// firstFar returns the index of the first copy in a sorted list that is far, less than 0 if
// there is none.
func (cs *Copies) firstFar(list []local.Copy) int {
	return slices.IndexFunc(list, func(c local.Copy) bool { return cs.far(c) > 0 })
}

// carry brings copies up to date: first the folders, then all at once those that git or rclone
// carries. If one of these is not finished after a few seconds, the next command goes on with
// it, unless the person waits for it.
func (cs *Copies) carry(ctx context.Context, list []local.Copy) ([]copies.Result, error) {
	one := func(c local.Copy) (copies.Result, error) { return cs.Sync(ctx, c, ReadSample, false) }
	split := cs.firstFar(list)
	if split < 0 || cs.original.Place.Choice.Wait {
		return cs.SyncAll(ctx, list, one)
	}
	results, err := cs.SyncAll(ctx, list[:split], one)
	if err != nil {
		return results, err
	}
	soon, cancel := context.WithTimeoutCause(ctx, cs.world().CarryFor, errLater)
	defer cancel()
	carried, err := cs.carryAll(soon, list[split:])
	results = append(results, carried...)
	if err == nil {
		err = cs.passOn(ctx, soon, list, results)
	}
	return results, err
}

// passOn writes the files that remote copies have brought to the other copies.
func (cs *Copies) passOn(ctx, soon context.Context, list []local.Copy, results []copies.Result) error {
	brought, split := 0, cs.firstFar(list)
	for _, r := range results[split:] {
		brought += r.Taken.Files + len(r.HealedHere)
	}
	if brought == 0 {
		return nil
	}
	for i, c := range list[:split] {
		if !HoldsEverything(results[i]) {
			continue
		}
		r, err := cs.Sync(ctx, c, ReadSample, false)
		if err != nil {
			return err
		}
		r.Given.Files += results[i].Given.Files
		results[i] = r
	}
	if len(list)-split < 2 {
		return nil
	}
	again, err := cs.carryAll(soon, list[split:])
	for i, r := range again {
		was := &results[split+i]
		switch {
		case !HoldsEverything(*was):
		case HoldsEverything(r):
			r.Given.Files += was.Given.Files
			r.Taken.Files += was.Taken.Files
			*was = r
		case was.Taken.Files+len(was.HealedHere) < brought: // the others have brought something that it lacks
			*was = r
		}
	}
	return err
}

// carryAll brings the copies that git and rclone carry up to date, all at once, for as long as
// the context allows. It asks nobody for anything.
func (cs *Copies) carryAll(ctx context.Context, list []local.Copy) ([]copies.Result, error) {
	results, errs := make([]copies.Result, len(list)), make([]error, len(list))
	var all sync.WaitGroup
	for i, c := range list {
		o := WithPages(copies.Options{Pin: cs.original.Place.Pin(), Vault: cs.original.Files(), Seen: cs.remembered(c).Seen})
		all.Go(func() {
			results[i], errs[i] = cs.onRemote(ctx, c, copyplace.FarWork, false, func(ctx context.Context, there copies.Store, _ func()) (copies.Result, error) {
				return copies.Sync(ctx, cs.original.Folder, there, o)
			})
		})
	}
	all.Wait()
	for i, c := range list {
		if context.Cause(ctx) == errLater && (errs[i] != nil || !HoldsEverything(results[i])) {
			results[i], errs[i] = copies.Result{State: copies.Unreachable, Err: errLater}, nil
		}
		if errs[i] != nil {
			return results, errs[i]
		}
		cs.note(c, results[i], HoldsEverything(results[i]), false)
	}
	return results, nil
}

// sayCarried prints what a person should know about each copy, and in one line how many now
// hold what was saved and why the others were not reached.
func (cs *Copies) sayCarried(list []local.Copy, results []copies.Result) {
	voice := cs.world().Voice
	var brought, missed []string
	for i, c := range list {
		r := results[i]
		switch {
		case r.State == copies.Unreachable:
			missed = append(missed, c.Name+": "+cs.notReached(c, r))
		case HoldsAllUndamaged(r) && r.Given.Files > 0:
			brought = append(brought, voice.Text(words.CopyState, c.Name, r.Given.Files))
		case HoldsAllUndamaged(r):
			brought = append(brought, c.Name)
		}
		Remark(voice, c, r)
	}
	switch there, away := strings.Join(brought, ", "), strings.Join(missed, "; "); {
	case there != "" && away != "":
		voice.Remark(words.CopiesBoth, len(brought), len(list), there, away)
	case there != "":
		voice.Remark(words.CopiesBrought, len(brought), len(list), there)
	case away != "":
		voice.Remark(words.CopiesNotReached, away)
	}
}

// notReached returns since when a copy has not been reached, and why as far as that is known.
func (cs *Copies) notReached(c local.Copy, r copies.Result) string {
	voice, since := cs.world().Voice, ""
	if errors.Is(r.Err, errLater) {
		return voice.Text(words.CopyLater)
	}
	days := int(cs.world().Now().Sub(cs.remembered(c).lastReached()).Hours() / 24)
	switch {
	case cs.remembered(c).lastReached().IsZero() || days < 1:
		since = whyNot(voice, r)
	default:
		since = voice.Text(words.CopyMissedFor, days)
	}
	return since
}
