package world

import (
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// mostPassed is how many names a remark about a folder has.
const mostPassed = 5

// FilesIn returns the names of the files of a folder that a person gave, and remarks on what is
// passed over in it: subfolders, links, devices. Hidden files are passed over without a word, as
// systems leave their own in many a folder.
func (w *World) FilesIn(path string) (names []string, err error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var passed []string
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.Type().IsRegular():
			names = append(names, e.Name())
		default:
			passed = append(passed, e.Name())
		}
	}
	if n := len(passed); n > 0 {
		few := console.SafeList(passed[:min(n, mostPassed)])
		if n > mostPassed {
			few += ", …"
		}
		w.Voice.Remark(words.FolderPassed, console.Safe(path, 0), n, few)
	}
	return names, nil
}
