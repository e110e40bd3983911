package recheck

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// nameLimit is how many bytes of a seed's title are used in the name of its picture.
const nameLimit = 80

// PictureFiles returns the names of the files for the pictures of the steps. If path is a
// folder, or ends like one, each file is named by the title and receipt of its seed and has the
// extension ext; else the file is path itself, with a number where there are several.
func PictureFiles(steps []Step, path, ext string) []string {
	files := make([]string, len(steps))
	info, err := os.Stat(path)
	inFolder := err == nil && info.IsDir() || path != "" && os.IsPathSeparator(path[len(path)-1])
	for i, s := range steps {
		switch {
		case inFolder:
			files[i] = filepath.Join(path, pictureName(s, i+1)+ext)
		case len(steps) > 1:
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

// pictureName returns a file name that every file system takes: letters, digits, dots and @ of
// the title, and the receipt, which no other seed has. An export code has only its number.
func pictureName(s Step, n int) string {
	if s.Batch {
		return fmt.Sprintf("google-%d", n)
	}
	plain := strings.FieldsFunc(s.Title, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '@' && r != '.'
	})
	name := strings.TrimLeft(strings.Join(plain, "-"), ".")
	for cut := nameLimit; len(name) > nameLimit; cut-- {
		name = strings.ToValidUTF8(name[:cut], "")
	}
	return strings.TrimLeft(name+"-", "-") + s.Seeds[0].Receipts[0].String()
}
