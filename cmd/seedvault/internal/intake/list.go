package intake

import (
	"context"
	"path/filepath"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/picture"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// folderLimit is how many files of a folder are read.
const folderLimit = 1000

// isComment reports whether a line of a list is a comment.
func isComment(line string) bool { return strings.HasPrefix(line, "#") }

// readFolder reads the files of a folder, without its subfolders and hidden files. If there are
// more than [folderLimit], the last item says so.
func readFolder(ctx context.Context, w *world.World, how picture.How, path string) (found []Item) {
	names, err := w.FilesIn(path)
	if err != nil {
		return []Item{{Source: console.Safe(path, 0), err: explain.Unreadable(path, err)}}
	}
	for i, name := range names {
		if i == folderLimit {
			tooFull := say.Fail(words.FolderTooFull, folderLimit).WithHint(words.HintAddWhat)
			return append(found, Item{Source: console.Safe(path, 0), err: tooFull})
		}
		found = append(found, readImage(ctx, w, how, filepath.Join(path, name))...)
	}
	if len(names) == 0 {
		return []Item{{Source: console.Safe(path, 0), err: say.Fail(words.FolderEmpty).WithHint(words.HintAddWhat)}}
	}
	return found
}
