package clipboard

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// ClearVerb is the command that [CopyBriefly] leaves behind; nobody types it.
const ClearVerb = "__clear-clipboard"

// CopyBriefly puts a code on the clipboard, and starts a process that clears it after a while
// if the code is still there.
func CopyBriefly(ctx context.Context, w *world.World, code string) error {
	c, err := find(w)
	if err != nil {
		return err
	}
	if err := c.put(ctx, code); err != nil {
		return say.Fail(words.ClipboardFailed, c.copy[0]).WithHint(words.HintNoClipboard)
	}
	if err := leaveCleaner(code); err != nil {
		w.Voice.Remark(words.NotCleared)
		return nil
	}
	w.Voice.Remark(words.Clipped, int(w.ClearAfter.Seconds()))
	return nil
}

// ClearLine returns the command that empties the clipboard, "" if none is known.
func ClearLine(w *world.World) string {
	c, err := find(w)
	if err != nil {
		return ""
	}
	switch c.copy[0] {
	case "wl-copy":
		return "wl-copy --clear"
	case "clip":
		return `Set-Clipboard -Value ""`
	}
	return strings.Join(c.copy, " ") + " < /dev/null"
}

// leaveCleaner starts this program again as the process that clears the clipboard.
func leaveCleaner(code string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	in, err := piped(code)
	if err != nil {
		return err
	}
	defer in.Close()
	cleaner := exec.Command(self, ClearVerb)
	detach(cleaner)
	cleaner.Stdin = in
	return cleaner.Start()
}

// piped returns a pipe that holds a short text: a process that was started with it can read
// the text even after this one has ended.
func piped(text string) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	_, err = w.WriteString(text)
	return r, err
}

// Clear waits, and then clears the clipboard, unless its content is no longer the code that
// was given on standard input.
func Clear(w *world.World) error {
	var code [64]byte
	n, err := w.In.Read(code[:])
	if err != nil {
		return err
	}
	time.Sleep(w.ClearAfter)
	c, err := find(w)
	if err != nil {
		return err
	}
	ctx := context.Background()
	have, err := helper{args: c.text, most: mostText}.run(ctx)
	if err == nil && strings.TrimSpace(string(have)) == string(code[:n]) {
		err = c.put(ctx, "")
	}
	return err
}
