package speech

import "runtime"

// Dumb says that the terminal can neither go back on a line nor show colours, or
// does not say what it is.
func Dumb(env func(string) string) bool {
	terminal := env("TERM")
	return terminal == "dumb" || terminal == "" && runtime.GOOS != "windows"
}

// Colours says that colours are shown and wanted (https://no-color.org). A
// terminal that does not say what it is gets none.
func Colours(env func(string) string) bool {
	return !Dumb(env) && env("TERM") != "" && env("NO_COLOR") == ""
}

const (
	green   = "\x1b[32m"
	boldRed = "\x1b[1;31m"
	plain   = "\x1b[0m"
)

// Verdict returns a message in the colour of its verdict, where colours are
// shown. Nothing else has one, and none stands alone: the words say the same.
func (v Voice) Verdict(good bool, m Message) string {
	switch {
	case !v.Coloured:
		return v.Text(m)
	case good:
		return green + v.Text(m) + plain
	}
	return boldRed + v.Text(m) + plain
}
