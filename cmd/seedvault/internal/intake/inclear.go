package intake

import (
	"path/filepath"
	"slices"

	"seedvault/cmd/seedvault/internal/clipboard"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// InClear is where the seeds that were read still lie unencrypted.
type InClear struct {
	pictures          []string
	clipboard, pasted bool
}

func (c *InClear) add(at place) {
	if at.file != "" && !slices.Contains(c.pictures, at.file) {
		c.pictures = append(c.pictures, at.file)
	}
	c.clipboard = c.clipboard || at.clipboard
	c.pasted = c.pasted || at.pasted
}

// Nowhere reports whether no such place is known.
func (c InClear) Nowhere() bool { return len(c.pictures) == 0 && !c.clipboard && !c.pasted }

// Remark prints, once the seeds are saved, where they still lie unencrypted, and the command
// that removes them from there. It names pictures by their file names; the command has the
// path.
func (c InClear) Remark(w *world.World) {
	var names []string
	for _, path := range c.pictures {
		names = append(names, filepath.Base(path))
	}
	if len(names) > 0 {
		w.Voice.Remark(words.PictureInClear, console.SafeList(names), console.RemoveLine(c.pictures...))
	}
	switch line := clipboard.ClearLine(w); {
	case c.clipboard && line != "":
		w.Voice.Remark(words.ClipboardInClear, line)
	case c.clipboard || c.pasted:
		w.Voice.Remark(words.ClipboardPasted)
	}
}
