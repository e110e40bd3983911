package clipboard

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// desk is a machine with these programs, each a line of sh, and nothing else that
// reaches a clipboard. What they have and take lies in its folder.
func desk(t *testing.T, programs map[string]string, env ...string) (w *world.World, dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, line := range programs {
		script := "#!/bin/sh\ncd '" + dir + "'\n" + line + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"cat", "head"} {
		for _, at := range []string{"/bin/", "/usr/bin/"} {
			if _, err := os.Stat(at + name); err == nil {
				os.Symlink(at+name, filepath.Join(dir, name))
			}
		}
	}
	t.Setenv("PATH", dir)
	var out bytes.Buffer
	return &world.World{
		Voice:      say.Voice{Out: &out, Err: &out},
		ClearAfter: time.Millisecond,
		Getenv: func(name string) string {
			for _, e := range env {
				if e == name {
					return ":0"
				}
			}
			return ""
		},
	}, dir
}

// wrote is what a file of the desk holds.
func wrote(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// isMessage reports whether an error says this.
func isMessage(err error, m words.Message) bool {
	var e *say.Error
	return errors.As(err, &e) && e.Message == m
}

const (
	x11     = "DISPLAY"
	wayland = "WAYLAND_DISPLAY"
)

func TestReadPrefersThePicture(t *testing.T) {
	wlPaste := `case "$*" in
--list-types) echo text/plain; echo image/png ;;
"--type image/png") echo picture ;;
*) echo text ;;
esac`
	w, _ := desk(t, map[string]string{"wl-paste": wlPaste, "xclip": "echo other"}, wayland, x11)
	if picture, text, err := Read(t.Context(), w); string(picture) != "picture\n" || text != "" || err != nil {
		t.Errorf("%q, %q, %v", picture, text, err)
	}
}

func TestReadText(t *testing.T) {
	for name, c := range map[string]struct {
		programs map[string]string
		env      []string
		want     string
	}{
		"no picture":             {map[string]string{"wl-paste": `[ "$1" = --list-types ] && echo text/plain || echo text`}, []string{wayland}, "text\n"},
		"types are not told":     {map[string]string{"xclip": `case "$*" in *TARGETS*) exit 1 ;; *) echo text ;; esac`}, []string{x11}, "text\n"},
		"Wayland has no program": {map[string]string{"xsel": "echo text"}, []string{wayland, x11}, "text\n"},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := desk(t, c.programs, c.env...)
			if picture, text, err := Read(t.Context(), w); len(picture) > 0 || text != c.want || err != nil {
				t.Errorf("%q, %q, %v", picture, text, err)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		programs map[string]string
		env      []string
		want     words.Message
	}{
		"no display":   {map[string]string{"xsel": "echo text"}, nil, words.NoClipboard},
		"no program":   {nil, []string{wayland, x11}, words.NoClipboard},
		"empty":        {map[string]string{"xsel": "echo"}, []string{x11}, words.EmptyClipboard},
		"fails":        {map[string]string{"xsel": "exit 1"}, []string{x11}, words.EmptyClipboard},
		"without end":  {map[string]string{"xsel": "while :; do echo text text text text text text text; done"}, []string{x11}, words.ClipboardTooMuch},
		"a huge image": {map[string]string{"wl-paste": `[ "$1" = --list-types ] && echo image/png || cat /dev/zero`}, []string{wayland}, words.ClipboardTooMuch},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := desk(t, c.programs, c.env...)
			if picture, text, err := Read(t.Context(), w); !isMessage(err, c.want) || len(picture) > 0 || text != "" {
				t.Errorf("%d bytes, %q, %v", len(picture), text, err)
			}
		})
	}
}

func TestInterrupted(t *testing.T) {
	w, _ := desk(t, map[string]string{"xsel": "while :; do :; done"}, x11)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Read(ctx, w); err == nil || isMessage(err, words.EmptyClipboard) {
		t.Errorf("what was interrupted is said to be %v", err)
	}
}

// A code goes to the program on standard input; its arguments, which others on the
// machine can read, do not have it.
func TestPutIsNoArgument(t *testing.T) {
	w, dir := desk(t, map[string]string{"xsel": `echo "$*" > args; cat > clip`}, x11)
	c, err := find(w)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.put(t.Context(), "123456"); err != nil {
		t.Fatal(err)
	}
	if got := wrote(t, dir, "clip"); got != "123456" {
		t.Errorf("copied %q", got)
	}
	if args := wrote(t, dir, "args"); strings.Contains(args, "123456") || !strings.Contains(args, "-i") {
		t.Errorf("arguments %q", args)
	}
}

// The clipboard is cleared of the code and of nothing that came after it.
func TestClear(t *testing.T) {
	for have, want := range map[string]string{"123456": "", "654321": "654321", "": ""} {
		w, dir := desk(t, map[string]string{"xsel": `[ "$2" = -i ] && cat > clip || cat clip`}, x11)
		if err := os.WriteFile(filepath.Join(dir, "clip"), []byte(have), 0o600); err != nil {
			t.Fatal(err)
		}
		w.In = strings.NewReader("123456")
		if err := Clear(w); err != nil {
			t.Fatal(err)
		}
		if got := wrote(t, dir, "clip"); got != want {
			t.Errorf("of %q is left %q, want %q", have, got, want)
		}
	}
}

func TestClearLine(t *testing.T) {
	for program, want := range map[string]string{"wl-paste": "wl-copy --clear", "xclip": "xclip -selection clipboard < /dev/null", "xsel": "xsel -b -i < /dev/null", "other": ""} {
		w, _ := desk(t, map[string]string{program: ":"}, wayland, x11)
		if got := ClearLine(w); got != want {
			t.Errorf("%s: %q, want %q", program, got, want)
		}
	}
}

// Pictures come in the spelling of each system's own program.
func TestDecodes(t *testing.T) {
	png := []byte("\x89PNG")
	if got := appleData([]byte("«data PNGf89504E47»\n")); !bytes.Equal(got, png) {
		t.Errorf("AppleScript's: %q", got)
	}
	if got := base64Data([]byte("iVBORw==\r\n")); !bytes.Equal(got, png) {
		t.Errorf("PowerShell's: %q", got)
	}
	for _, text := range []string{"«data PNGf8»", "execution error: Can’t make some data into the expected type."} {
		if a, b := appleData([]byte(text)), base64Data([]byte(text)); a != nil || b != nil {
			t.Errorf("%q is a picture: %q, %q", text, a, b)
		}
	}
}
