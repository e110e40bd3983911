package intake

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// listLimit is how long a list of otpauth lines may be.
const listLimit = 4 << 20

// folderLimit is how many files of a folder are read.
const folderLimit = 1000

// listIn returns the text of a file that holds text and no picture, which an SVG is too.
func listIn(f *os.File) (string, bool) {
	data, err := io.ReadAll(io.LimitReader(f, listLimit+1))
	defer f.Seek(0, io.SeekStart)
	drawing := bytes.Contains(data[:min(len(data), 1024)], []byte("<svg"))
	if err != nil || len(data) > listLimit || drawing || bytes.HasPrefix(data, []byte("%PDF")) || !world.IsText(data) {
		return "", false
	}
	return world.Decoded(data), true
}

// listed are the otpauth lines of a text file. What holds none is one refusal, however
// many lines it has.
func listed(w *world.World, source, text string) (found []Item) {
	if !strings.Contains(strings.ToLower(text), "otpauth") && !strings.Contains(text, "steam://") {
		return []Item{{Source: source, err: say.Fail(words.ListWithoutSeeds).WithHint(words.HintListWithoutSeeds)}}
	}
	number := 0
	for line := range strings.Lines(text) {
		number++
		switch line = world.Trimmed(line); {
		case line == "" || isComment(line):
		case strings.ContainsAny(line[:1], "{}[]<\"") || len(line) > world.LineLimit:
			return []Item{{Source: source, err: say.Fail(words.ListOfAnotherForm).WithHint(words.HintListWithoutSeeds)}}
		default:
			found = append(found, Item{Source: w.Voice.Text(words.InFile, source, w.Voice.Text(words.InputLine, number)), text: line})
		}
	}
	return found
}

// isComment reports whether a line of a list is for people alone.
func isComment(line string) bool { return strings.HasPrefix(line, "#") }

// readFolder reads the files of a folder, not those of the folders in it. What begins with
// a dot was put there by the system.
func readFolder(ctx context.Context, w *world.World, how picture.How, path string) (found []Item) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return []Item{{Source: console.Safe(path, 0), err: explain.Unreadable(path, err)}}
	}
	read := 0
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if read++; read > folderLimit {
			break
		}
		found = append(found, readImage(ctx, w, how, filepath.Join(path, e.Name()))...)
	}
	if read == 0 {
		return []Item{{Source: console.Safe(path, 0), err: say.Fail(words.FolderEmpty).WithHint(words.HintAddWhat)}}
	}
	return found
}
