package copies

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
)

// fileLimit is the largest file that a vault may hold.
const fileLimit = 16 << 20

// side is the vault or the copy, as it was listed.
type side struct {
	fsys    escrow.FS
	epochs  []string
	files   map[string]int64    // what travels, by path; the size, or notAsked
	strays  map[string][]string // files with a mark of a tool in their names, by the path they should have
	blocked map[string]bool     // where something lies that is no file

	write  bool  // may be written to
	err    error // the first failure: nothing more is written here
	batch  *durable.Batch
	heals  map[string]bool // in the batch, in place of something
	added  []string
	healed []string
	broken []string // damaged, and no good one was found
}

// notAsked is the size of a file that was only listed.
const notAsked = -1

func newSide(fsys escrow.FS) *side {
	f := folded{fsys}
	return &side{
		fsys: f, files: map[string]int64{}, strays: map[string][]string{}, blocked: map[string]bool{},
		batch: durable.NewBatch(f), heals: map[string]bool{},
	}
}

// list reads the names of what travels, and the sizes if they are wanted.
func (s *side) list(sizes bool) error {
	entries, err := s.fsys.ReadDir(".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case isEpoch(name) && entry.IsDir():
			s.epochs = append(s.epochs, name)
			err = s.folder(name, sizes)
		case escrow.PartOf(name) == escrow.PartRoot:
			s.entry(name, entry, sizes)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// folder lists an epoch's folder and those in it.
func (s *side) folder(dir string, sizes bool) error {
	entries, err := s.fsys.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		known := escrow.PartOf(name) != escrow.PartNone
		switch {
		case known:
			s.entry(name, entry, sizes)
		case strayOf(dir, entry.Name()) != "" && entry.Type().IsRegular():
			right := strayOf(dir, entry.Name())
			s.strays[right] = append(s.strays[right], name)
		case !isPlain(entry.Name()):
		case entry.IsDir():
			err = s.folder(name, sizes)
		default:
			s.entry(name, entry, sizes)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entry notes a file. One whose size the system does not tell is read.
func (s *side) entry(name string, entry fs.DirEntry, sizes bool) {
	if !entry.Type().IsRegular() {
		s.blocked[name] = true
		return
	}
	s.files[name] = notAsked
	if !sizes {
		return
	}
	if info, err := entry.Info(); err == nil {
		s.files[name] = info.Size()
	}
}

// names lists what is there and what was added since.
func (s *side) names() []string {
	names := slices.Clone(s.added)
	for name := range s.files {
		names = append(names, name)
	}
	return names
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
	data, err := durable.ReadFile(s.fsys, name, fileLimit)
	switch {
	case err == nil:
		return data, present
	case errors.Is(err, fs.ErrNotExist):
		return nil, absent
	case errors.Is(err, durable.ErrTooLarge) && escrow.PartOf(name) == escrow.PartNone:
		return nil, special
	}
	if _, gone := s.fsys.ReadDir("."); gone != nil {
		return nil, unknown
	}
	return nil, unreadable
}

// presence is what lies at a path.
type presence int

const (
	absent presence = iota
	present
	unreadable
	special // a link, a device, too large: it is left alone
	unknown // the place itself is gone
)
