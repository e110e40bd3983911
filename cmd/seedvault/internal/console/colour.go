package console

import (
	"io"
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"

	"seedvault/internal/lazy"
)

// IsTerminal reports whether a stream goes to a terminal.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Dumb reports whether the terminal can neither move back on a line nor show colours: TERM is
// dumb or, except on Windows, not set.
func Dumb(env func(string) string) bool {
	terminal := env("TERM")
	return terminal == "dumb" || terminal == "" && runtime.GOOS != "windows"
}

// Colours reports whether the terminal shows colours and the person wants them
// (https://no-color.org). A terminal without a TERM gets none.
func Colours(env func(string) string) bool {
	return !Dumb(env) && env("TERM") != "" && env("NO_COLOR") == ""
}

// colours removes the colour sequences from a text.
var colours = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer(green, "", boldRed, "", plain, "")
}}

const (
	green   = "\x1b[32m"
	boldRed = "\x1b[1;31m"
	plain   = "\x1b[0m"
)

// Green returns text in the colour of a good verdict.
func Green(text string) string { return green + text + plain }

// Red returns text in the colour of a bad verdict.
func Red(text string) string { return boldRed + text + plain }
