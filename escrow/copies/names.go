package copies

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"seedvault/escrow"
	"seedvault/internal/lazy"
)

// isEpoch reports whether a folder's name is that of an epoch.
func isEpoch(base string) bool { return escrow.PartOf(base+"/vault.txt") == escrow.PartEpoch }

// isFolder reports whether a path is one of the folders that the format has inside an
// epoch's.
func isFolder(name string) bool {
	const hash = "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	return path.Base(name) == "holders" && isEpoch(path.Dir(name)) ||
		escrow.PartOf(name+hash+".age") != escrow.PartNone ||
		escrow.PartOf(name+hash+".txt") != escrow.PartNone ||
		escrow.PartOf(name+"/slot-"+hash[1:]+".age") != escrow.PartNone ||
		escrow.PartOf(name+"/0001-"+hash[1:]+".txt") != escrow.PartNone
}

// debris is what systems and tools leave behind, beside what begins with a dot.
var debris = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(thumbs|ehthumbs)\.db$|^(desktop|autorun)\.(ini|inf)$|^found\.[0-9]{3}$|^lost\+found$|` +
		`^System Volume Information$|^\$RECYCLE\.BIN$|\.(tmp|temp|part|partial|crdownload|swp)$|^~|~$`)
}}

// isDebris reports whether a name is one that systems and tools leave behind: it is
// neither carried nor counted.
func isDebris(base string) bool {
	return strings.HasPrefix(base, ".") || debris.Get().MatchString(base)
}

var hashInName = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`((?:slot|key|share-[a-z0-9-]{1,32}|[0-9]{4,9})-)?([a-z2-7]{32})`)
}}

// strayOf returns the path that a file should have whose name holds a HASH and
// something more, "" if there is none or the name is right: a synchronizing tool has put
// its mark there, or a system has changed its case. What lies in it is worth looking at
// when the file of the right name is missing or damaged.
func strayOf(dir, base string) string {
	lower := strings.ToLower(base)
	m := hashInName.Get().FindStringSubmatch(lower)
	if m == nil || strings.Contains(lower, ".sig") {
		return ""
	}
	for _, stem := range []string{m[1] + m[2], m[2]} {
		for _, ext := range []string{".age", ".txt"} {
			if name := path.Join(dir, stem+ext); name != path.Join(dir, base) && escrow.PartOf(name) != escrow.PartNone {
				return name
			}
		}
	}
	return ""
}

// folded shows the names of the format as the format writes them, on a file system that
// takes capitals for small letters: there a file that is shown in capitals is not
// another one.
type folded struct{ escrow.FS }

// ReadDir lists a folder, with the names of the format as it writes them.
func (f folded) ReadDir(dir string) ([]fs.DirEntry, error) {
	entries, err := f.FS.ReadDir(dir)
	for i, entry := range entries {
		right := rightCase(dir, entry.Name())
		if right != entry.Name() && folds(f.FS, entries, path.Join(dir, right)) {
			entries[i] = renamed{entry, right}
		}
	}
	return entries, err
}

// rightCase returns the name of the format that a name is but for its case, or
// the name itself.
func rightCase(dir, base string) string {
	right := strings.ToLower(base)
	if right == base && dir != "." {
		return base
	}
	if dir == "." {
		if rest, is := strings.CutPrefix(right, "readme"); is {
			right = "README" + rest
		}
		if isEpoch(right) || escrow.PartOf(right) != escrow.PartNone {
			return right
		}
		return base
	}
	if name := path.Join(dir, right); isFolder(name) || escrow.PartOf(name) != escrow.PartNone {
		return right
	}
	return base
}

// folds reports whether a name leads to something though no entry has it: the file
// system shows it in another case.
func folds(fsys escrow.FS, entries []fs.DirEntry, name string) bool {
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == path.Base(name) }) {
		return false
	}
	_, err := fsys.Lstat(name)
	return err == nil
}

type renamed struct {
	fs.DirEntry
	name string
}

func (r renamed) Name() string { return r.name }
