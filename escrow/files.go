package escrow

import (
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"seedvault/escrow/internal/format"
)

// found is one file of an epoch's folder, as it lies there.
type found struct {
	path   string
	kind   format.Kind
	claims string // HASH in its name, "" for a name without one
	read   bool   // within its limit, a regular file, readable
	sum    [32]byte
	data   []byte // kept only where asked for
	crlf   bool
}

// ref is the file's content under the name that such content should have.
func (f found) ref() format.Ref {
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
	return !f.read || f.claims != "" && f.claims != format.Hash(f.sum)
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
	_, rel, _ := strings.Cut(dir, "/")
	var list []found
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

// oddKind tells what a file with an odd name may be. Sync tools put their marks
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
	inParallel(len(list), func(i int) {
		f := &list[i]
		data, err := readFile(v.fsys, f.path, f.kind.Limit())
		if err != nil {
			return
		}
		if f.kind.IsText() {
			data, f.crlf = undoCRLF(data)
		}
		f.read, f.sum = true, format.Sum(data)
		if keep {
			f.data = data
		}
	})
	return list
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
