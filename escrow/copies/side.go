package copies

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"strings"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
)

// side is the vault or the copy, as it was listed.
type side struct {
	store   escrow.FS // as it was handed in
	fsys    escrow.FS
	epochs  []string            // all that lie here
	foreign []string            // those of them that do not travel
	files   map[string]listed   // what travels, by path
	strays  map[string][]string // files with a mark of a tool in their names, by the path they should have
	blocked map[string]bool     // where something lies that is no regular file
	waiting map[string]bool     // what a synchronizing tool has not fetched yet
	others  []string            // what is no part of the vault

	write  bool  // may be written to
	err    error // the first failure: nothing more is written here
	batch  *durable.Batch
	heals  map[string]bool // in the batch, in place of something
	added  []string
	healed []string
	broken []string // damaged, and no good one was found
}

// listed is what the listing of a place says of a file.
type listed struct {
	size int64
	info fs.FileInfo // nil where the system does not tell
}

func newSide(fsys escrow.FS) *side {
	f := folded{fsys}
	return &side{
		store: fsys, fsys: f, files: map[string]listed{},
		strays: map[string][]string{}, blocked: map[string]bool{}, waiting: map[string]bool{},
		batch: durable.NewBatch(f), heals: map[string]bool{},
	}
}

// findEpochs lists the epochs' folders.
func (s *side) findEpochs() error {
	entries, err := s.fsys.ReadDir(".")
	for _, entry := range entries {
		if isEpoch(entry.Name()) && entry.IsDir() {
			s.epochs = append(s.epochs, entry.Name())
		}
	}
	return err
}

// list reads the names and sizes of what travels by a rule, and counts the rest.
func (s *side) list(r rule) error {
	entries, err := s.fsys.ReadDir(".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case r.epochs[name] && entry.IsDir():
			if err := s.folder(name, r); err != nil {
				return err
			}
		case isEpoch(name) && entry.IsDir():
			s.foreign = append(s.foreign, name)
		case escrow.PartOf(name).AtRoot() || r.listed[name]:
			s.entry(name, entry)
		case s.placeholder(".", name):
		case !isDebris(name):
			s.others = append(s.others, name)
		}
	}
	for name := range r.listed {
		if info, err := s.fsys.Lstat(name); err == nil && strings.Contains(name, "/") {
			s.entry(name, fs.FileInfoToDirEntry(info))
		}
	}
	return nil
}

// folder lists an epoch's folder and those in it that the format has. Any other is named,
// and not looked into.
func (s *side) folder(dir string, r rule) error {
	entries, err := s.fsys.ReadDir(dir)
	if err != nil {
		return err
	}
	if room := len(s.files) + len(entries); room > 2*len(s.files) { // else it grows a dozen times
		files := make(map[string]listed, room)
		maps.Copy(files, s.files)
		s.files = files
	}
	for _, entry := range entries {
		name := dir + "/" + entry.Name()
		switch {
		case r.names(name):
			s.entry(name, entry)
		case r.listed[name], s.placeholder(dir, entry.Name()):
		case strayOf(dir, entry.Name()) != "" && entry.Type().IsRegular():
			right := strayOf(dir, entry.Name())
			s.strays[right] = append(s.strays[right], name)
		case entry.IsDir() && isFolder(name):
			if err := s.folder(name, r); err != nil {
				return err
			}
		case !isDebris(entry.Name()) && !(entry.IsDir() && r.leadsTo(name)):
			s.others = append(s.others, name)
		}
	}
	return nil
}

// entry notes a file, or that its place is blocked.
func (s *side) entry(name string, entry fs.DirEntry) {
	if !entry.Type().IsRegular() {
		s.blocked[name] = true
		return
	}
	info, err := entry.Info()
	if err != nil {
		s.files[name] = listed{}
		return
	}
	s.files[name] = listed{info.Size(), info}
	if isPlaceholder(info) {
		s.waiting[name] = true
	}
}

// placeholder notes what iCloud leaves in the place of a file that it has not fetched,
// and reports whether a name is one of these.
func (s *side) placeholder(dir, base string) bool {
	rest, hidden := strings.CutPrefix(base, ".")
	rest, cloud := strings.CutSuffix(rest, ".icloud")
	if !hidden || !cloud {
		return false
	}
	name := path.Join(dir, rest)
	if escrow.PartOf(name) != escrow.PartNone {
		s.waiting[name] = true
	}
	return true
}

// read reads a file. What is gone since it was listed is absent; what a sick
// medium does not give is damaged; and where the whole place has gone, nothing is
// said of its files.
func (s *side) read(name string) (data []byte, is presence) {
	if s.blocked[name] {
		return nil, special
	}
	if _, listed := s.files[name]; !listed {
		return nil, absent
	}
	data, err := durable.ReadFile(s.fsys, name, limitOf(name))
	switch {
	case err == nil:
		return data, present
	case errors.Is(err, fs.ErrNotExist):
		return nil, absent
	case errors.Is(err, durable.ErrTooLarge):
		return nil, tooLarge
	}
	if _, gone := s.fsys.ReadDir("."); gone != nil {
		return nil, unknown
	}
	return nil, unreadable
}

// flush makes the side's batch durable and notes what became of it.
func (s *side) flush() {
	whole, err := s.batch.Flush()
	for _, name := range whole {
		if s.heals[name] {
			s.healed = append(s.healed, name)
		} else {
			s.added = append(s.added, name)
		}
	}
	s.err = cmp.Or(s.err, err)
}

// presence is what lies at a path.
type presence int

const (
	absent presence = iota
	present
	unreadable
	tooLarge
	special // a link, a folder, a device: it is left alone
	unknown // the place itself is gone
)

// ReadWhole returns a file of a copy, with line ends undone, if it is what its name says.
func ReadWhole(there escrow.FS, name string) ([]byte, bool) {
	data, err := durable.ReadFile(there, name, limitOf(name))
	if err != nil {
		return nil, false
	}
	data, whole := escrow.CheckAgainstName(name, data)
	return data, whole == escrow.Whole
}
