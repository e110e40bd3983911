package escrow

import (
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
)

// File is a file that is being written.
type File = interface {
	io.Writer
	Sync() error
	Close() error
}

// FS is all that a vault asks of the place where it lies. Names are
// slash-separated and relative to the vault's folder, "." being the folder
// itself. [OpenDir] gives the one for a folder on disk; tests bring others that
// fail on purpose.
type FS interface {
	ReadDir(name string) ([]fs.DirEntry, error) // sorted by name, links not followed
	Lstat(name string) (fs.FileInfo, error)     // links not followed
	Open(name string) (fs.File, error)          // a regular file, or an error
	Create(name string) (File, error)           // for writing, mode 0600; fs.ErrExist if there is one
	Mkdir(name string) error                    // mode 0700
	Rename(oldname, newname string) error       // replaces a file
	Remove(name string) error                   // asked only for temporary files of one's own
	SyncDir(name string) error                  // makes a folder's names durable
}

// OpenDir opens the folder at path for a vault, see package disk. The caller closes it.
func OpenDir(path string) (*disk.Dir, error) { return disk.Open(path) }

// readFile reads a whole regular file of at most limit bytes.
func readFile(fsys FS, name string, limit int64) ([]byte, error) {
	if d, ok := fsys.(*disk.Dir); ok {
		return d.ReadWhole(name, limit)
	}
	return durable.ReadFile(fsys, name, limit)
}

func isTemp(base string) bool { return durable.IsTemp(base) }

// found is one file of an epoch's folder, as it lies there.
type found struct {
	path   string
	kind   format.Kind
	claims string // HASH in its name, "" for a name without one
	read   bool   // within its limit, a regular file, readable
	right  bool   // it has the name of its content, which that tells
	sum    [32]byte
	data   []byte // kept only where asked for
	crlf   bool
}

// ref is the file's content under the name that such content should have.
func (f found) ref() format.Ref {
	if f.right {
		return format.Ref{Path: f.path, Sum: f.sum}
	}
	dir := path.Dir(f.path)
	switch f.kind {
	case format.KindSeed, format.KindRecord:
		return format.Ref{Path: dir + "/" + format.Hash(f.sum) + ".age", Sum: f.sum}
	case format.KindOlderList:
		return format.Ref{Path: dir + "/" + format.Hash(f.sum) + ".txt", Sum: f.sum}
	}
	return format.Ref{Path: f.path, Sum: f.sum}
}

// misnamed reports whether the name claims another content, or none where it should.
func (f found) misnamed() bool { return f.read && f.ref().Path != f.path }

// damaged reports whether the content is not what the name says it is. A conflict
// copy of a sync tool, whose name claims nothing, is not damaged.
func (f found) damaged() bool {
	return !f.read || f.claims != "" && !f.right && f.claims != format.Hash(f.sum)
}

// readFiles reads every file of one folder of an epoch, on all cores. Odd names
// are read too: in seeds and roster the content decides what a file is.
func (v *view) readFiles(dir string, keep bool) []found {
	return v.readListed(v.listFiles(dir), keep)
}

// listFiles names the files of a folder that the format has a place for.
// Folders within it, links and other special files are not among them.
func (v *view) listFiles(dir string) []found {
	entries, err := v.fsys.ReadDir(dir)
	if err != nil {
		return nil
	}
	return filesAmong(dir, entries)
}

// filesAmong are those of a folder's entries that the format has a place for.
func filesAmong(dir string, entries []fs.DirEntry) []found {
	_, rel, _ := strings.Cut(dir, "/")
	list := make([]found, 0, len(entries))
	for _, entry := range entries {
		if isPlaceholder(entry.Name()) {
			continue
		}
		f := found{path: dir + "/" + entry.Name()}
		f.kind, f.claims = format.Classify(path.Join(rel, entry.Name()))
		if f.kind == format.KindUnknown {
			f.kind = oddKind(rel, entry.Name())
		}
		if f.kind == format.KindTemp || f.kind == format.KindUnknown || !entry.Type().IsRegular() {
			continue
		}
		list = append(list, f)
	}
	return list
}

// oddKind is what a file with an odd name may be. Sync tools put their marks
// before or after the stem, or behind the whole name.
func oddKind(dir, base string) format.Kind {
	if k := format.PlaceKind(dir); k != format.KindUnknown {
		return k
	}
	if strings.HasPrefix(dir, "holders/") {
		switch {
		case strings.HasPrefix(base, "slot-"):
			return format.KindSlot
		case strings.HasPrefix(base, "key-"):
			return format.KindKey
		}
	}
	return format.KindUnknown
}

func (v *view) readListed(list []found, keep bool) []found {
	inParallel(len(list), func(i int) { v.readOne(&list[i], keep) })
	return list
}

// readOne reads a file that was listed.
func (v *view) readOne(f *found, keep bool) {
	data, err := readFile(v.fsys, f.path, f.kind.Limit())
	if err != nil {
		return
	}
	if f.kind.IsText() {
		data, f.crlf = undoCRLF(data)
	}
	f.read, f.sum = true, format.Sum(data)
	f.right = f.claims != "" && f.claims == format.Hash(f.sum)
	if keep {
		f.data = data
	}
}

// stampsOf looks at files that were listed, on all cores, and opens none.
func (v *view) stampsOf(list []found) (stamps []index.Stamp, regular []bool) {
	stamps, regular = make([]index.Stamp, len(list)), make([]bool, len(list))
	dir, quick := v.fsys.(interface {
		Stamp(name string) (size, changed int64, regular bool)
	})
	inParallel(len(list), func(i int) {
		if quick {
			stamps[i].Size, stamps[i].Changed, regular[i] = dir.Stamp(list[i].path)
		} else if info, err := v.fsys.Lstat(list[i].path); err == nil && info.Mode().IsRegular() {
			stamps[i], regular[i] = index.Stamp{Size: info.Size(), Changed: info.ModTime().UnixNano()}, true
		}
	})
	return stamps, regular
}

// distinct leaves one of each content, the one with the right name where there
// is one, so that a file and its conflict copies count once.
func distinct(files []found) []found {
	at := map[[32]byte]int{}
	var out []found
	for _, f := range files {
		if !f.read {
			continue
		}
		if i, seen := at[f.sum]; !seen {
			at[f.sum] = len(out)
			out = append(out, f)
		} else if !f.misnamed() {
			out[i] = f
		}
	}
	return out
}

// inParallel calls f for 0 to n-1 on all cores and waits.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				f(int(i))
			}
		})
	}
	wg.Wait()
}

// holderDirs names the holders' folders of an epoch.
func (v *view) holderDirs(e *epoch) []string {
	entries, err := v.fsys.ReadDir(e.folder + "/holders")
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() && CheckName(entry.Name()) == nil {
			names = append(names, entry.Name())
		}
	}
	return names
}

// exists reports whether something lies at a path.
func exists(fsys FS, name string) bool {
	_, err := fsys.Lstat(name)
	return err == nil
}

// Carried returns the folders of the epochs that may travel from one place to
// another: the pinned one, those that it follows, and those whose vault.txt.sig leads
// by signatures to one of these. Without a pin every epoch speaks for itself. Any
// other is somebody's, or of a newer format.
func (v *Vault) Carried() []string {
	carried := map[*epoch]bool{}
	line := v.view.line()
	for more := true; more; {
		more = false
		for _, e := range v.view.epochs {
			if !carried[e] && v.carries(e, line, carried) {
				carried[e], more = true, true
			}
		}
	}
	var folders []string
	for e := range carried {
		folders = append(folders, e.folder)
	}
	slices.Sort(folders)
	return folders
}

// carries reports whether an epoch belongs to the line, or is signed by one that is
// carried. Of one whose vault.txt is lost the name is left, which others tell.
func (v *Vault) carries(e *epoch, line map[Fingerprint]bool, carried map[*epoch]bool) bool {
	switch {
	case e.newer != nil:
		return false
	case v.view.pin == nil, e == v.view.pinned(), e.desc != nil && line[e.fp]:
		return true
	}
	for other := range carried {
		if other.desc == nil {
			continue
		}
		if e.desc == nil {
			if format.EpochFolder(e.number, other.desc.Previous) == e.folder {
				return true
			}
		} else if e.signedBy[other.fp] {
			return true
		}
	}
	return false
}

// Listed returns the paths that valid seals of the epochs that are carried list and
// that the format has no name for: those in the folder of the epoch itself, and
// beside the folders those of the line.
func (v *Vault) Listed() []string {
	var names []string
	line := v.view.line()
	for _, folder := range v.Carried() {
		e := v.view.epochIn(folder)
		for _, ref := range v.view.seals(e).Under("") {
			own := strings.HasPrefix(ref.Path, folder+"/")
			beside := !strings.Contains(ref.Path, "/") && (v.view.pin == nil || line[e.fp])
			if PartOf(ref.Path) == PartNone && (own || beside) {
				names = append(names, ref.Path)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// LiveSeals returns the paths of the seals, text and signature, that together say what
// the epoch written to holds.
func (v *Vault) LiveSeals() []string {
	var names []string
	e := v.view.writable()[0]
	for _, s := range v.view.seals(e).Live() {
		text := e.folder + "/seals/" + format.SealFile(s.Number, s.Hash())
		names = append(names, text, text+".sig")
	}
	return names
}

// SealVerifies reports whether a signature makes a text the seal of the name that it
// lies under.
func (v *Vault) SealVerifies(name string, text, sig []byte) bool {
	folder, _, _ := strings.Cut(name, "/")
	e := v.view.epochIn(folder)
	if e == nil || e.desc == nil {
		return false
	}
	text, whole := Fits(name, text)
	sig, _ = undoCRLF(sig)
	return whole == Whole && v.view.verified.IsSeal(folder, e.desc.Signer, text, sig)
}
