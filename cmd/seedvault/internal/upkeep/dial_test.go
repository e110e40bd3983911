package upkeep

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// Work of which nothing is heard any more is left where it stands; work that gets
// on may take as long as it takes.
func TestUnlessSilent(t *testing.T) {
	const patience = time.Minute
	equal := copies.Result{State: copies.Equal}
	for _, c := range []struct {
		name  string
		work  func(ctx context.Context, alive func()) (copies.Result, error)
		state copies.State
		err   error
	}{
		{"at once", func(context.Context, func()) (copies.Result, error) { return equal, nil }, copies.Equal, nil},
		{"slow, but it gets on", func(_ context.Context, alive func()) (copies.Result, error) {
			for range 40 {
				alive()
				time.Sleep(patience - time.Second)
			}
			return equal, nil
		}, copies.Equal, nil},
		{"its own failure", func(context.Context, func()) (copies.Result, error) {
			return copies.Result{State: copies.Failed}, escrow.ErrNoVault
		}, copies.Failed, escrow.ErrNoVault},
		{"silent, and it ends when told", func(ctx context.Context, _ func()) (copies.Result, error) {
			<-ctx.Done()
			return equal, ctx.Err()
		}, copies.Unreachable, copyplace.ErrSilent},
		{"silent for a day", func(context.Context, func()) (copies.Result, error) {
			time.Sleep(24 * time.Hour)
			return equal, nil
		}, copies.Unreachable, copyplace.ErrSilent},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				if r, err := unlessSilent(t.Context(), patience, c.work); r.State != c.state || !errors.Is(err, c.err) {
					t.Errorf("got %s, %v, want %s, %v", r.State, err, c.state, c.err)
				}
				if waited := time.Since(began); c.err == copyplace.ErrSilent && waited > patience+endTime {
					t.Errorf("waited %s", waited)
				}
				time.Sleep(25 * time.Hour) // until the work that was left has ended too
			})
		})
	}
}

// A person who stops the program hears of what was done until then.
func TestUnlessSilentStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	r, err := unlessSilent(ctx, time.Hour, func(ctx context.Context, _ func()) (copies.Result, error) {
		stop()
		<-ctx.Done()
		return copies.Result{State: copies.Behind}, ctx.Err()
	})
	if r.State != copies.Behind || !errors.Is(err, context.Canceled) {
		t.Errorf("got %s, %v", r.State, err)
	}
}

// A copy that has fallen silent is unreachable, costs the command nothing, and is
// not tried a second time.
func TestSilentCopyIsLeftAlone(t *testing.T) {
	at := &place.Place{Path: t.TempDir(), World: &world.World{OnRAMDisk: func(string) bool { return false }}}
	all, c := New(Original{Place: at}), local.Copy{Kind: roster.CopyFolder, Path: t.TempDir()}
	called := 0
	for range 2 {
		r, err := all.onCopy(t.Context(), c, copyplace.FarLook, func(context.Context, copies.Store, func()) (copies.Result, error) {
			called++
			return copies.Result{}, copyplace.ErrSilent
		})
		if err != nil || r.State != copies.Unreachable {
			t.Errorf("got %s, %v", r.State, err)
		}
	}
	if called != 1 {
		t.Errorf("tried %d times", called)
	}
}
