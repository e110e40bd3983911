package recheck

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// nameLimit is how many bytes of what a seed is called stand in the name of its picture.
const nameLimit = 80

// PictureFiles names a file for the picture of each leaf, with the extension where none was
// named. In a folder, each has the name of its seed and its receipt; else several are
// numbered.
func PictureFiles(leaves []Leaf, path, ext string) []string {
	files := make([]string, len(leaves))
	info, err := os.Stat(path)
	inFolder := err == nil && info.IsDir() || path != "" && os.IsPathSeparator(path[len(path)-1])
	for i, l := range leaves {
		switch {
		case inFolder:
			files[i] = filepath.Join(path, pictureName(l, i+1)+ext)
		case len(leaves) > 1:
			files[i] = numbered(path, i+1)
		default:
			files[i] = path
		}
	}
	return files
}

// numbered puts a number before a path's extension.
func numbered(path string, n int) string {
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
}

// pictureName returns a name that every file system takes: letters and digits of what the seed is
// called, and what no other seed has.
func pictureName(l Leaf, n int) string {
	if l.Batch {
		return fmt.Sprintf("google-%d", n)
	}
	plain := strings.FieldsFunc(l.Title, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '@' && r != '.'
	})
	name := strings.TrimLeft(strings.Join(plain, "-"), ".")
	for cut := nameLimit; len(name) > nameLimit; cut-- {
		name = strings.ToValidUTF8(name[:cut], "")
	}
	return strings.TrimLeft(name+"-", "-") + l.Seeds[0].Receipts[0].String()
}
