package console

import (
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"unicode/utf8"

	"seedvault/internal/lazy"
)

// plainWord is what a shell takes as one word without quotes. In PowerShell a comma makes a
// list, and an @ at the beginning is an operator.
var plainWord = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9_./:@+,][A-Za-z0-9_./:@+,-]*$`)
}}

// ShellWord quotes a word for the shell of this system where that is needed: sh, or on
// Windows PowerShell. What [Safe] would not show as it is stands in it as an escape of the shell
// (of bash, zsh and ksh, or of PowerShell), so that the word can be typed as it is printed.
func ShellWord(word string) string { return shellWord(runtime.GOOS, word) }

func shellWord(system, word string) string {
	unsafe := Safe(word, 0) != word
	switch {
	case plainWord.Get().MatchString(word) && (system != "windows" || !strings.ContainsAny(word, "@,")):
		return word
	case system == "windows" && unsafe:
		return `"` + escaped(word, "`\"$\u201c\u201d\u201e", "`", powerShellEscape) + `"`
	case system == "windows":
		return "'" + typographicQuotes.Get().Replace(word) + "'"
	case unsafe:
		return "$'" + escaped(word, `'\`, `\`, octal) + "'"
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// typographicQuotes doubles what ends a word in single quotes in PowerShell.
var typographicQuotes = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	var pairs []string
	for _, quote := range []string{"'", "\u2018", "\u2019", "\u201a", "\u201b"} {
		pairs = append(pairs, quote, quote+quote)
	}
	return strings.NewReplacer(pairs...)
}}

// escaped returns a word in which each of the special characters stands behind before, and what
// is not to be shown as it is as its escape.
func escaped(word, special, before string, escape func(string) string) string {
	var b strings.Builder
	for _, piece := range shown(word) {
		_, size := utf8.DecodeRuneInString(word)
		raw := word[:size]
		word = word[size:]
		switch {
		case piece != raw:
			b.WriteString(escape(raw))
		case strings.Contains(special, raw):
			b.WriteString(before + raw)
		default:
			b.WriteString(raw)
		}
	}
	return b.String()
}

// octal returns bytes as bash, zsh and ksh take them within $'...'.
func octal(bytes string) string {
	var b strings.Builder
	for i := range len(bytes) {
		fmt.Fprintf(&b, `\%03o`, bytes[i])
	}
	return b.String()
}

// powerShellEscape returns a character as PowerShell takes it within double quotes.
func powerShellEscape(character string) string {
	r, _ := utf8.DecodeRuneInString(character)
	return fmt.Sprintf("$([char]::ConvertFromUtf32(0x%x))", r)
}

// RemoveLine returns the command that removes files in the shell of this system.
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
