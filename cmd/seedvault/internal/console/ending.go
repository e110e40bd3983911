package console

import (
	"context"
	"os/signal"
)

// UntilEnded returns a context that is over when a signal comes that would end the
// program, so that what it has on the screen or in hand is put in order first. Call
// stop when that is done.
func UntilEnded(ctx context.Context) (until context.Context, stop func()) {
	return signal.NotifyContext(ctx, ending()...)
}

// Showing is [UntilEnded] for what has a secret on the screen: it cannot be suspended
// either, which would leave that in sight.
func Showing(ctx context.Context) (until context.Context, stop func()) {
	resume := holdForeground()
	until, end := UntilEnded(ctx)
	return until, func() { end(); resume() }
}
