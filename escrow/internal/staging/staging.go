// Package staging writes a whole epoch before anybody sees it: into a folder of its own,
// which a single rename makes visible.
//
// Start with an [Epoch], [Epoch.Put] and [Epoch.PutSeals]; [Epoch.Publish] makes it appear,
// and [Epoch.Abandon] leaves nothing behind. What belongs into an epoch its caller knows.
package staging

import (
	"bytes"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
)

// ErrFull is returned when a seal would be larger than readers read.
var ErrFull = errors.New("failed to seal: the list of accepted files is larger than 16 MiB")

// Error says what could not be written. Saved tells that it lies in place all the same, only
// not proven to survive a power cut.
type Error struct {
	Path  string
	Saved bool
	Err   error
}

// Error says what the file system's own error says.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap gives the file system's own error.
func (e *Error) Unwrap() error { return e.Err }

// Epoch is one that is being written. Calls of Put, Write, PutBeside, LeaveBeside and
// MakeFolder may run at once.
type Epoch struct {
	FS        vaultfs.FS
	Folder    string // its name in the end, which its seals speak of
	Temp      string // and until then
	Key       *vaultkey.Key
	Seal      *format.Seal // lists what was put
	Limit     int          // of a seal's text, in bytes
	Published bool

	mu   sync.Mutex
	made []string // files and folders, in order
	dirs map[string]bool
}

// PutBeside writes a file beside the epochs and lists it in the seal. One of that content
// may be there already; another is a person's own, stays and is not listed.
func (b *Epoch) PutBeside(name string, data []byte) error {
	lies := vaultfs.Exists(b.FS, name)
	if have, err := vaultfs.ReadFile(b.FS, name, format.KindSeal.Limit()); lies && (err != nil || !bytes.Equal(have, data)) {
		return nil
	}
	b.list(name, data)
	if lies {
		return nil
	}
	return b.write(name, data)
}

// LeaveBeside writes a file beside the epochs unless there is one, and lists it nowhere.
func (b *Epoch) LeaveBeside(name string, data []byte) error {
	if vaultfs.Exists(b.FS, name) {
		return nil
	}
	return b.write(name, data)
}

// Put writes a file of the epoch, by its path in the folder, and lists it in the seal under
// its place in the end.
func (b *Epoch) Put(rel string, data []byte) error {
	b.list(b.Folder+"/"+rel, data)
	return b.Write(rel, data)
}

// list lists a file in the seal.
func (b *Epoch) list(name string, data []byte) {
	sum := format.Sum(data)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.Seal.Accept(format.Ref{Path: name, Sum: sum})
}

// Write writes a file of the epoch and lists it nowhere.
func (b *Epoch) Write(rel string, data []byte) error { return b.write(b.Temp+"/"+rel, data) }

// PutSeals writes the first seal twice, the second containing the first, so that
// damage to one costs nothing. What is too long for one is written as several, each
// twice. The error is [ErrFull] for what no number of seals has room for, else an [*Error].
func (b *Epoch) PutSeals() error {
	var before *format.Seal
	for _, part := range b.parts() {
		for _, again := range []bool{false, true} {
			s := part.Clone()
			s.Number = 1
			if before != nil {
				s.Number = before.Number + 1
			}
			switch {
			case again:
				s.Include(before)
			case before != nil:
				s.Follow(before.Number, before.Hash())
			}
			if err := b.putSeal(s); err != nil {
				return err
			}
			before = s
		}
	}
	return nil
}

// includesSize is the length of an includes line.
const includesSize = len("# includes \n") + 32

// parts divides the seal into some that are short enough. The first says all that is
// not a file.
func (b *Epoch) parts() []*format.Seal {
	room := b.Limit - 2*(includesSize+len("# after 999999999-"))
	bare := b.Seal.Clone()
	bare.Files = map[string][32]byte{}
	rest := format.NewSeal()
	rest.Epoch, rest.Time, rest.By, rest.Due = b.Seal.Epoch, b.Seal.Time, b.Seal.By, b.Seal.Due
	parts, size := []*format.Seal{bare}, len(bare.Clone().Marshal())
	for _, path := range slices.Sorted(maps.Keys(b.Seal.Files)) {
		if size += 67 + len(path); size > room {
			parts = append(parts, rest.Clone())
			size = len(rest.Clone().Marshal()) + 67 + len(path)
		}
		parts[len(parts)-1].Files[path] = b.Seal.Files[path]
	}
	return parts
}

// putSeal writes a seal, its signature first.
func (b *Epoch) putSeal(s *format.Seal) error {
	text := s.Marshal()
	if len(text) > b.Limit {
		return ErrFull
	}
	name := "seals/" + format.SealFile(s.Number, s.Hash())
	if err := b.Write(name+".sig", b.Key.Sign(sealcache.Namespace, text)); err != nil {
		return err
	}
	return b.Write(name, text)
}

// write writes a file: one of the epoch as one that is not seen yet, another one as it stays.
func (b *Epoch) write(name string, data []byte) error {
	b.mu.Lock()
	err := b.mkdir(path.Dir(name))
	b.made = append(b.made, name)
	b.mu.Unlock()
	if err != nil {
		return err
	}
	if strings.HasPrefix(name, b.Temp+"/") {
		err = durable.Stage(b.FS, name, data)
	} else if err = durable.MkdirAll(b.FS, path.Dir(name)); err == nil {
		err = durable.Write(b.FS, name, data)
	}
	if err == nil {
		return nil
	}
	var d *durable.Error
	return &Error{Path: name, Saved: errors.As(err, &d) && d.Renamed, Err: err}
}

// MakeFolder makes a folder of the epoch, and those above it.
func (b *Epoch) MakeFolder(rel string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.mkdir(b.Temp + "/" + rel)
}

// mkdir makes a folder and those above it, and remembers which are new.
func (b *Epoch) mkdir(dir string) error {
	if dir == "." || b.dirs[dir] {
		return nil
	}
	if err := b.mkdir(path.Dir(dir)); err != nil {
		return err
	}
	if !vaultfs.Exists(b.FS, dir) {
		b.made = append(b.made, dir)
	}
	if err := durable.MkdirAll(b.FS, dir); err != nil {
		return &Error{Path: dir, Err: err}
	}
	if b.dirs == nil {
		b.dirs = map[string]bool{}
	}
	b.dirs[dir] = true
	return nil
}

// Publish syncs the folders and gives the whole its name. The error is an [*Error]; after it
// Published tells whether the epoch has its name.
func (b *Epoch) Publish() error {
	for _, dir := range slices.Sorted(maps.Keys(b.dirs)) {
		if err := b.FS.SyncDir(dir); err != nil {
			return &Error{Path: dir, Err: err}
		}
	}
	if err := b.FS.Rename(b.Temp, b.Folder); err != nil {
		return &Error{Path: b.Folder, Err: err}
	}
	b.Published = true
	if err := b.FS.SyncDir("."); err != nil {
		return &Error{Path: b.Folder, Saved: true, Err: err}
	}
	return nil
}

// Abandon removes what was made, as far as that is possible. Once it is published it does
// nothing.
func (b *Epoch) Abandon() {
	if b.Published {
		return
	}
	for _, name := range slices.Backward(b.made) {
		b.FS.Remove(name)
	}
}
