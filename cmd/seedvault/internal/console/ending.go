package console

import (
	"context"
	"os/signal"
)

// UntilEnded returns a context that ends when a signal arrives that would end the program, so
// that the program can first tidy up its screen and files. Call stop when that is done.
func UntilEnded(ctx context.Context) (until context.Context, stop func()) {
	return signal.NotifyContext(ctx, ending()...)
}

// Showing does the same as [UntilEnded] while a secret is on the screen: the program cannot be
// suspended either, which would leave the secret there.
func Showing(ctx context.Context) (until context.Context, stop func()) {
	resume := holdForeground()
	until, end := UntilEnded(ctx)
	return until, func() { end(); resume() }
}
