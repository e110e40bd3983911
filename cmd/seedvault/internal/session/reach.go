package session

import (
	"context"
	"errors"
	"time"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// A copy may lie in a network folder whose server is silent, or falls silent in the
// middle. Neither must hold anybody up for longer than these, and for that once.
const (
	reachTime  = 2 * time.Second  // for the folder to open
	silentTime = 30 * time.Second // between one file and the next
	endTime    = time.Second      // for work that was told to end
)

// errSilent is why a copy was left where it stood.
var errSilent = errors.New("nothing was heard of the copy any more")

// reach opens a copy's folder, if it is there.
func (h *Home) reach(ctx context.Context, path string) (*escrow.Dir, error) {
	if h.silent[path] {
		return nil, errSilent
	}
	ctx, cancel := context.WithTimeoutCause(ctx, reachTime, errSilent)
	defer cancel()
	dir, err := copies.Reach(ctx, path)
	if err != nil && context.Cause(ctx) == errSilent {
		h.fellSilent(path)
	}
	return dir, err
}

// fellSilent has the copy at a path left alone for the rest of the command.
func (h *Home) fellSilent(path string) {
	if h.silent == nil {
		h.silent = map[string]bool{}
	}
	h.silent[path] = true
}

// copyWork works on the folder of a copy, and calls heard whenever it gets on.
type copyWork func(ctx context.Context, there *escrow.Dir, heard func()) (copies.Result, error)

// onCopy works on a copy. One that is not there, or not any more, is unreachable
// and no failure.
func (h *Home) onCopy(ctx context.Context, c local.Copy, work copyWork) (copies.Result, error) {
	dir, err := h.reach(ctx, c.Path)
	if err != nil {
		return copies.Result{State: gone(c, err), Err: err}, nil
	}
	if what := h.obstacle(c); what != "" {
		dir.Close()
		return copies.Result{State: what}, nil
	}
	r, err := unlessSilent(ctx, silentTime, func(ctx context.Context, heard func()) (copies.Result, error) {
		defer dir.Close()
		return work(ctx, dir, heard)
	})
	if errors.Is(err, errSilent) {
		h.fellSilent(c.Path)
		return copies.Result{State: copies.Unreachable, Err: err}, nil
	}
	return r, err
}

// unlessSilent waits for work until nothing has been heard of it for a while. What
// it still does afterwards harms nothing: each file is written whole or not at all.
func unlessSilent(ctx context.Context, patience time.Duration, work func(context.Context, func()) (copies.Result, error)) (copies.Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := time.AfterFunc(patience, func() { cancel(errSilent) })
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
		if context.Cause(ctx) != errSilent {
			return o.r, o.err
		}
	case <-time.After(endTime):
	}
	return copies.Result{State: copies.Unreachable}, context.Cause(ctx)
}
