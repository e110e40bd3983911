// Package clipboard reaches this system's clipboard with the commands that it has for
// it: it reads a picture or a text, and puts a code there that is cleared after a while.
//
// Start with [Read] and [CopyBriefly].
package clipboard

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"os/exec"
	"runtime"
	"strings"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// clipboard is one set of commands that reach the clipboard. A text is given to them on
// standard input, never as an argument.
type clipboard struct {
	types  []string // lists the types of what is there; nil where image says so itself
	image  []string // writes a PNG; nil if it cannot
	text   []string
	copy   []string
	decode func([]byte) []byte // of what image writes
}

// ways returns all sets of commands, the best first.
func ways(w *world.World) []clipboard {
	switch runtime.GOOS {
	case "darwin":
		return []clipboard{{
			image: []string{"osascript", "-e", "the clipboard as «class PNGf»"}, decode: appleData,
			text: []string{"pbpaste"}, copy: []string{"pbcopy"},
		}}
	case "windows":
		return []clipboard{{
			image: []string{"powershell", "-NoProfile", "-Command", "$i = Get-Clipboard -Format Image; if ($i) { " +
				"$s = New-Object IO.MemoryStream; $i.Save($s, 'Png'); [Convert]::ToBase64String($s.ToArray()) }"},
			decode: base64Data,
			text:   []string{"powershell", "-NoProfile", "-Command", "Get-Clipboard -Raw"},
			copy:   []string{"clip"},
		}}
	}
	var list []clipboard
	if w.Getenv("WAYLAND_DISPLAY") != "" {
		list = append(list, clipboard{
			types: []string{"wl-paste", "--list-types"}, image: []string{"wl-paste", "--type", "image/png"},
			text: []string{"wl-paste", "--no-newline"}, copy: []string{"wl-copy"},
		})
	}
	if w.Getenv("DISPLAY") != "" {
		list = append(list, clipboard{
			types: []string{"xclip", "-selection", "clipboard", "-t", "TARGETS", "-o"},
			image: []string{"xclip", "-selection", "clipboard", "-t", "image/png", "-o"},
			text:  []string{"xclip", "-selection", "clipboard", "-o"}, copy: []string{"xclip", "-selection", "clipboard"},
		}, clipboard{text: []string{"xsel", "-b", "-o"}, copy: []string{"xsel", "-b", "-i"}})
	}
	return list
}

// find returns the first set of commands that is installed.
func find(w *world.World) (clipboard, error) {
	for _, c := range ways(w) {
		if _, err := exec.LookPath(c.text[0]); err == nil {
			return c, nil
		}
	}
	return clipboard{}, say.Fail(words.NoClipboard).WithHint(words.HintNoClipboard)
}

// Read returns the picture that is on the clipboard, or else its text.
func Read(ctx context.Context, w *world.World) (picture []byte, text string, err error) {
	c, err := find(w)
	if err != nil {
		return nil, "", err
	}
	if picture, err = c.picture(ctx); len(picture) > 0 || err != nil {
		return picture, "", err
	}
	read := helper{args: c.text, most: mostText}
	out, err := read.run(ctx)
	if err != nil || len(bytes.TrimSpace(out)) == 0 {
		return nil, "", read.failed(err)
	}
	return nil, string(out), nil
}

// picture returns the PNG on the clipboard, nil if there is none that the command can write. It
// fails only if the command was ended: by the person, for its length or for the time it took.
func (c clipboard) picture(ctx context.Context) ([]byte, error) {
	if c.image == nil {
		return nil, nil
	}
	if c.types != nil {
		list := helper{args: c.types, most: mostTypes}
		types, err := list.run(ctx)
		if err != nil || !bytes.Contains(types, []byte("image/png")) {
			return nil, list.stopped(err)
		}
	}
	read := helper{args: c.image, most: mostPicture}
	data, err := read.run(ctx)
	if err != nil {
		return nil, read.stopped(err)
	}
	if c.decode != nil {
		return c.decode(data), nil
	}
	return data, nil
}

// put copies a text.
func (c clipboard) put(ctx context.Context, text string) error {
	_, err := helper{args: c.copy, input: text, most: mostTypes, stays: true}.run(ctx)
	return err
}

// appleData decodes «data PNGf89504E47...», as AppleScript writes it.
func appleData(b []byte) []byte {
	text := strings.TrimSpace(string(b))
	text = strings.TrimSuffix(strings.TrimPrefix(text, "«data PNGf"), "»")
	data, err := hex.DecodeString(text)
	if err != nil {
		return nil
	}
	return data
}

// base64Data decodes what PowerShell writes.
func base64Data(b []byte) []byte {
	data, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(b)))
	if err != nil {
		return nil
	}
	return data
}
