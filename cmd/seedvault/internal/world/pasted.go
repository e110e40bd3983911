package world

import (
	"cmp"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// PastedPaths returns the files that a text names. If a file of exactly that name exists, it
// is the one; else the text is read as terminals paste what is dropped on them: quoted, with
// backslashes before spaces, as a file:// address, several in a row, and with ~ for the home
// folder, which no shell has expanded.
func (w *World) PastedPaths(text string) []string {
	if _, err := os.Lstat(text); err == nil {
		return []string{text}
	}
	var paths []string
	for _, word := range pastedWords(text) {
		path := w.pastedPath(word)
		if _, err := os.Lstat(path); err != nil {
			return []string{w.pastedPath(text)} // one name with bare spaces, or none that is there
		}
		paths = append(paths, path)
	}
	if len(paths) == 0 {
		return []string{text}
	}
	return paths
}

func (w *World) pastedPath(word string) string {
	if address, err := url.Parse(word); err == nil && address.Scheme == "file" {
		path := address.Path
		if runtime.GOOS == "windows" {
			path = filepath.FromSlash(strings.TrimPrefix(path, "/"))
		}
		return path
	}
	rest, below := strings.CutPrefix(word, "~")
	home := cmp.Or(w.Getenv("HOME"), w.Getenv("USERPROFILE"))
	if below && home != "" && (rest == "" || os.IsPathSeparator(rest[0])) {
		return home + rest
	}
	return word
}

// pastedWords splits a text into words as a shell does: not at spaces in quotes or after a
// backslash; on Windows a backslash is a part of the path.
func pastedWords(text string) []string {
	var words []string
	var word strings.Builder
	quote, escaped, begun := rune(0), false, false
	for _, r := range text {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'' && runtime.GOOS != "windows":
			escaped, begun = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

// LooksLikePath reports whether an answer is meant as the name of a file or folder: it has a
// slash, a backslash or an extension, or begins with ~.
func LooksLikePath(typed string) bool {
	ending := filepath.Ext(typed)
	return strings.ContainsAny(typed, `/\`) || strings.HasPrefix(typed, "~") || len(ending) > 1 && len(ending) < len(typed)
}
