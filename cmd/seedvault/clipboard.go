package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// clipboard is one way to reach the clipboard: the commands that this system has
// for it. A text is given to them on standard input and never as an argument.
type clipboard struct {
	types  []string // lists the types of what is there; nil where image says so itself
	image  []string // writes a PNG; nil if it cannot
	text   []string
	copy   []string
	decode func([]byte) []byte // of what image writes
}

// clipboards are the ways, the best first.
func (p *program) clipboards() []clipboard {
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
	if p.env("WAYLAND_DISPLAY") != "" {
		list = append(list, clipboard{
			types: []string{"wl-paste", "--list-types"}, image: []string{"wl-paste", "--type", "image/png"},
			text: []string{"wl-paste", "--no-newline"}, copy: []string{"wl-copy"},
		})
	}
	if p.env("DISPLAY") != "" {
		list = append(list, clipboard{
			types: []string{"xclip", "-selection", "clipboard", "-t", "TARGETS", "-o"},
			image: []string{"xclip", "-selection", "clipboard", "-t", "image/png", "-o"},
			text:  []string{"xclip", "-selection", "clipboard", "-o"}, copy: []string{"xclip", "-selection", "clipboard"},
		}, clipboard{text: []string{"xsel", "-b", "-o"}, copy: []string{"xsel", "-b", "-i"}})
	}
	return list
}

// clipboard finds the first way whose command is installed.
func (p *program) clipboard() (clipboard, error) {
	for _, c := range p.clipboards() {
		if _, err := exec.LookPath(c.text[0]); err == nil {
			return c, nil
		}
	}
	return clipboard{}, say.Fail(words.NoClipboard).WithHint(words.HintNoClipboard)
}

const clipboardTime = 5 * time.Second

// run carries out one of a clipboard's commands.
func (clipboard) run(ctx context.Context, args []string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, clipboardTime)
	defer cancel()
	return exec.CommandContext(ctx, args[0], args[1:]...).Output()
}

// readClipboard takes the picture that is on the clipboard, or the text.
func (p *program) readClipboard(ctx context.Context) ([]finding, error) {
	c, err := p.clipboard()
	if err != nil {
		return nil, err
	}
	source := p.Text(words.Clipboard)
	if picture := c.picture(ctx); len(picture) > 0 {
		return p.scan(ctx, source, bytes.NewReader(picture)), nil
	}
	text, err := c.run(ctx, c.text)
	if err != nil || len(bytes.TrimSpace(text)) == 0 {
		return nil, say.Fail(words.EmptyClipboard).WithHint(words.HintEmptyClipboard)
	}
	var found []finding
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, finding{source: source, text: line})
		}
	}
	return found, nil
}

// picture returns the PNG on the clipboard, nil if there is none.
func (c clipboard) picture(ctx context.Context) []byte {
	if c.image == nil {
		return nil
	}
	if c.types != nil {
		if types, err := c.run(ctx, c.types); err != nil || !bytes.Contains(types, []byte("image/png")) {
			return nil
		}
	}
	data, err := c.run(ctx, c.image)
	if err != nil {
		return nil
	}
	if c.decode != nil {
		return c.decode(data)
	}
	return data
}

// put copies a text.
func (c clipboard) put(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, clipboardTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.copy[0], c.copy[1:]...)
	cmd.Stdin = strings.NewReader(text)
	return cmd.Run()
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

func base64Data(b []byte) []byte {
	data, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(b)))
	if err != nil {
		return nil
	}
	return data
}

// clearVerb is the command that clip leaves behind; nobody types it.
const clearVerb = "__clear-clipboard"

// clip puts a code on the clipboard, and leaves a process behind that clears it
// after a while if the code is still there.
func (p *program) clip(ctx context.Context, code string) error {
	c, err := p.clipboard()
	if err != nil {
		return err
	}
	if err := c.put(ctx, code); err != nil {
		return say.Fail(words.ClipboardFailed, c.copy[0]).WithHint(words.HintNoClipboard)
	}
	self, err := os.Executable()
	if err == nil {
		cleaner := exec.Command(self, clearVerb)
		detach(cleaner)
		var in *os.File
		if in, err = piped(code); err == nil {
			cleaner.Stdin = in
			err = cleaner.Start()
			in.Close()
		}
	}
	if err != nil {
		p.Remark(words.NotCleared)
		return nil
	}
	p.Remark(words.Clipped, int(p.clearAfter.Seconds()))
	return nil
}

// piped returns a pipe that holds a short text: what a process started with it
// reads even after this one has ended.
func piped(text string) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	_, err = w.WriteString(text)
	return r, err
}

// clearClipboard waits, and clears the clipboard unless something else is on it.
func (p *program) clearClipboard() error {
	var code [64]byte
	n, err := p.in.Read(code[:])
	if err != nil {
		return err
	}
	time.Sleep(p.clearAfter)
	c, err := p.clipboard()
	if err != nil {
		return err
	}
	ctx := context.Background()
	have, err := c.run(ctx, c.text)
	if err == nil && strings.TrimSpace(string(have)) == string(code[:n]) {
		err = c.put(ctx, "")
	}
	return err
}
