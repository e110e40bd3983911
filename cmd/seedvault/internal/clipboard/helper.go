package clipboard

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/qr/scan"
)

// The most that is taken from a helper. A picture may come in a spelling of its bytes
// that takes twice the room.
const (
	mostTypes   = 64 << 10
	mostText    = 1 << 20
	mostPicture = 2*scan.MaxBytes + 1<<10
)

// patience is how long a helper may take, and parting how long what it has left behind
// may hold its output open once it has ended.
const (
	patience = 5 * time.Second
	parting  = time.Second
)

var errTooMuch = errors.New("too much on the clipboard")

// helper is one call of a clipboard command.
type helper struct {
	args  []string
	input string
	most  int  // bytes that it may write
	stays bool // what it leaves behind goes on: it serves what was copied
}

// run runs the command: for no longer than [patience], and with at most h.most bytes of
// output. Unless h.stays, what the command has started ends with it: see [ownGroup].
func (h helper) run(ctx context.Context) ([]byte, error) {
	ended, stop := console.UntilEnded(ctx)
	defer stop()
	limited, cancel := context.WithTimeout(ended, patience)
	defer cancel()
	out := &bounded{most: h.most, full: cancel}
	cmd := exec.CommandContext(limited, h.args[0], h.args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.WaitDelay = strings.NewReader(h.input), out, parting
	end := ownGroup(cmd)
	err := cmd.Run()
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) || !h.stays {
		end()
	}
	switch {
	case out.over:
		return nil, errTooMuch
	case ended.Err() != nil:
		return nil, console.ErrInterrupted
	case limited.Err() != nil:
		return nil, context.DeadlineExceeded
	case errors.Is(err, exec.ErrWaitDelay): // it is done; what it has left behind is not
		return out.kept.Bytes(), nil
	}
	return out.kept.Bytes(), err
}

// failed returns the error for a person who has asked for what is on the clipboard.
func (h helper) failed(err error) error {
	switch {
	case errors.Is(err, console.ErrInterrupted):
		return err
	case errors.Is(err, errTooMuch):
		return say.Fail(words.ClipboardTooMuch).WithHint(words.HintEmptyClipboard)
	case errors.Is(err, context.DeadlineExceeded):
		return say.Fail(words.ClipboardSilent, h.args[0], int(patience.Seconds())).WithHint(words.HintNoClipboard)
	}
	return say.Fail(words.EmptyClipboard).WithHint(words.HintEmptyClipboard)
}

// stopped returns the error if it ends the whole reading, and nil if the next command is to be
// tried.
func (h helper) stopped(err error) error {
	for _, end := range []error{console.ErrInterrupted, errTooMuch, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			return h.failed(err)
		}
	}
	return nil
}

// bounded stores what is written to it, and once that is too much stops the writer.
type bounded struct {
	kept bytes.Buffer
	most int
	over bool
	full func()
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.kept.Len()+len(p) > b.most {
		b.over = true
		b.full()
		return 0, errTooMuch
	}
	return b.kept.Write(p)
}
