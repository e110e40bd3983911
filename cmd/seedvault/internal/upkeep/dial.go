package upkeep

import (
	"context"
	"errors"
	"time"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow/copies"
)

// A copy may lie in a network folder whose server is silent, or falls silent in the
// middle. Neither must hold anybody up for longer than these, and for that once.
const (
	dialTime   = 2 * time.Second  // for the folder to open
	silentTime = 30 * time.Second // between one file and the next
	endTime    = time.Second      // for work that was told to end
)

// dial opens a copy if it can be reached.
func (cs *Copies) dial(ctx context.Context, c local.Copy) (copies.Store, error) {
	if cs.silent[c.Path] {
		return nil, copyplace.ErrSilent
	}
	patience := dialTime
	if copyplace.IsRemote(c) {
		patience = copyplace.FarLook
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, copyplace.ErrSilent)
	defer cancel()
	store, err := copyplace.Open(ctx, cs.world(), c)
	if err != nil && context.Cause(ctx) == copyplace.ErrSilent {
		cs.fellSilent(c.Path)
	}
	return store, err
}

// fellSilent notes that the copy at a path did not answer, so that the rest of the command
// leaves it alone.
func (cs *Copies) fellSilent(path string) {
	if cs.silent == nil {
		cs.silent = map[string]bool{}
	}
	cs.silent[path] = true
}

// copyWork works on the files of a copy, and calls alive whenever it makes progress.
type copyWork func(ctx context.Context, there copies.Store, alive func()) (copies.Result, error)

// onCopy opens a copy and runs work on it. A copy that cannot be reached, or no longer can, is
// reported as unreachable, which is no failure. The limit is for copies that git or rclone
// carries.
func (cs *Copies) onCopy(ctx context.Context, c local.Copy, limit time.Duration, work copyWork) (copies.Result, error) {
	if copyplace.IsRemote(c) {
		return cs.onRemote(ctx, c, limit, cs.world().Attended(), work)
	}
	store, err := cs.dial(ctx, c)
	if err != nil {
		return copies.Result{State: copyplace.UnopenedState(c, err), Err: err}, nil
	}
	if what := copyplace.Obstacle(cs.original.Place, c); what != "" {
		store.Close()
		return copies.Result{State: what}, nil
	}
	r, err := unlessSilent(ctx, silentTime, func(ctx context.Context, alive func()) (copies.Result, error) {
		defer store.Close()
		return work(ctx, store, alive)
	})
	if errors.Is(err, copyplace.ErrSilent) {
		cs.fellSilent(c.Path)
		return copies.Result{State: copies.Unreachable, Err: err}, nil
	}
	return r, err
}

// unlessSilent runs work, and stops waiting for it once it has reported no progress for the
// time of patience. It may go on in the background, which harms nothing: each file is written
// whole or not at all.
func unlessSilent(ctx context.Context, patience time.Duration, work func(context.Context, func()) (copies.Result, error)) (copies.Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := time.AfterFunc(patience, func() { cancel(copyplace.ErrSilent) })
	defer silence.Stop()
	type outcome struct {
		r   copies.Result
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		r, err := work(ctx, func() { silence.Reset(patience) })
		done <- outcome{r, err}
	}()
	select {
	case o := <-done:
		return o.r, o.err
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		if context.Cause(ctx) != copyplace.ErrSilent {
			return o.r, o.err
		}
	case <-time.After(endTime):
	}
	return copies.Result{State: copies.Unreachable}, context.Cause(ctx)
}

// onRemote runs work on a copy that git or rclone carries, for no longer than the limit.
func (cs *Copies) onRemote(ctx context.Context, c local.Copy, limit time.Duration, attended bool, work copyWork) (copies.Result, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, copyplace.ErrSilent)
	defer cancel()
	store, err := copyplace.OpenRemote(ctx, cs.world(), c, attended)
	if err != nil {
		return copies.Result{State: copyplace.UnopenedState(c, err), Err: err}, nil
	}
	if attended {
		cs.wasAsked(c.ID)
	}
	defer store.Close()
	stop := context.AfterFunc(ctx, func() { store.Close() }) // which ends what still reads
	defer stop()
	r, err := work(ctx, store, func() {})
	if cause := context.Cause(ctx); cause != nil && errors.Is(cause, copyplace.ErrSilent) {
		return copies.Result{State: copies.Unreachable, Err: copyplace.ErrSilent}, nil
	}
	return r, err
}

// wasAsked notes that a program has been able to ask the person at the terminal about a copy
// in this run.
func (cs *Copies) wasAsked(id string) {
	if cs.asked == nil {
		cs.asked = map[string]bool{}
	}
	cs.asked[id] = true
}
