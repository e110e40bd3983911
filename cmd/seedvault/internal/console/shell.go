package console

import (
	"regexp"
	"runtime"
	"strings"

	"seedvault/internal/lazy"
)

// plainWord is what a shell takes as one word without quotes. In PowerShell a comma makes a
// list, and an @ at the beginning is an operator.
var plainWord = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9_./:@+,][A-Za-z0-9_./:@+,-]*$`)
}}

// ShellWord quotes a word for the shell of this system where that is needed: sh, or on
// Windows PowerShell.
func ShellWord(word string) string { return shellWord(runtime.GOOS, word) }

func shellWord(system, word string) string {
	switch {
	case plainWord.Get().MatchString(word) && (system != "windows" || !strings.ContainsAny(word, "@,")):
		return word
	case system == "windows":
		return "'" + strings.ReplaceAll(word, "'", "''") + "'"
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// RemoveLine returns the command that removes files in the shell of this system. Names from
// outside must have been made safe before.
func RemoveLine(paths ...string) string { return removeLine(runtime.GOOS, paths...) }

func removeLine(system string, paths ...string) string {
	var list []string
	for _, path := range paths {
		list = append(list, shellWord(system, path))
	}
	if system == "windows" {
		return "Remove-Item -LiteralPath " + strings.Join(list, ", ")
	}
	return "rm -- " + strings.Join(list, " ")
}

// RenameLine returns the command that renames a file or folder in the shell of this system.
// Both paths are in one folder.
func RenameLine(path, to string) string { return renameLine(runtime.GOOS, path, to) }

func renameLine(system, path, to string) string {
	if system == "windows" {
		return "Move-Item -LiteralPath " + shellWord(system, path) + " -Destination " + shellWord(system, to)
	}
	return "mv -- " + shellWord(system, path) + " " + shellWord(system, to)
}
