package escrow

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"maps"
	"path"
	"seedvault/escrow/byhand"
	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/internal/verified"
	"seedvault/escrow/roster"
	"slices"
	"strings"
	"sync"
)

// Staged is a new vault or rotation, written to a temporary folder. Nothing in it counts
// until [Staged.Publish]. Before that, show a person any new secrets and store the new pin:
// everything else has gone well by then.
type Staged struct {
	b    *epochBuilder
	done *Rotation
}

// Pin returns what this machine pins once it is published.
func (s *Staged) Pin() Pin { return s.b.pin }

// Rotation says what a rotation will have done, nil for a new vault.
func (s *Staged) Rotation() *Rotation { return s.done }

// Publish makes it appear by one rename, unless the context has ended. An error leaves
// nothing behind, but for a [*WriteError] with Saved set: it is there, and may not
// survive a power cut that comes now.
func (s *Staged) Publish(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		err = s.b.publish()
	}
	if err != nil {
		s.Abandon()
	}
	return err
}

// Abandon removes what was written. Once it is published it does nothing.
func (s *Staged) Abandon() {
	if !s.b.published {
		s.b.abandon()
	}
}

// Rotation says what a rotation has done.
type Rotation struct {
	Pin            Pin    // what this machine pins from now on
	Folder         string // of the new epoch
	Stayed         []roster.Holder
	Left           []roster.Holder
	Carried        int       // seeds that the new epoch holds
	LeftUnaccepted []Receipt // not yet accepted: they stay behind and are late now
	Damaged        []string  // paths of what could be read nowhere and is not carried
	Sheets         []string  // holders whose sheets of paper show an older fingerprint or share
	Former         []string  // who knows the seeds, see [Opened.ReEnrol], and can open nothing new
}

// epochBuilder writes one epoch into a temporary folder beside its place.
type epochBuilder struct {
	fsys      FS
	folder    string // its name in the end, which its seals speak of
	temp      string
	key       *vaultkey.Key
	pin       Pin // what it will be pinned by
	seal      *format.Seal
	page      *Page
	published bool

	mu   sync.Mutex // a rotation writes on all cores
	made []string   // files and folders, in order
	dirs map[string]bool
}

func (b *epochBuilder) begin() {
	b.temp = ".tmp-" + strings.ToLower(base32.StdEncoding.EncodeToString(randomBytes(10)))
}

// putRootFiles writes what helps whoever finds the folder. A file of a person's
// own that is there already stays, and is not sealed.
func (b *epochBuilder) putRootFiles() error {
	if !vaultfs.Exists(b.fsys, attributesName) {
		if err := b.write(attributesName, []byte(attributesText)); err != nil {
			return err
		}
	}
	if err := b.putRootFile(readmeName, readmeText()); err != nil || b.page == nil {
		return err
	}
	return b.putRootFile(b.page.Name, b.page.Text)
}

// putRootFile writes a file beside the epochs and has it sealed. One of that content
// may be there already.
func (b *epochBuilder) putRootFile(name string, data []byte) error {
	lies := vaultfs.Exists(b.fsys, name)
	if have, err := vaultfs.ReadFile(b.fsys, name, pageLimit); lies && (err != nil || !bytes.Equal(have, data)) {
		return nil
	}
	b.seal.Accept(format.Ref{Path: name, Sum: format.Sum(data)})
	if lies {
		return nil
	}
	return b.write(name, data)
}

// addHolder writes a holder's files and its record.
func (b *epochBuilder) addHolder(h NewHolder) error {
	files, err := h.files(b.key, b.pin)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := b.put(f.rel, f.data); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file and lists it in the seal under its place in the end.
func (b *epochBuilder) put(rel string, data []byte) error {
	b.mu.Lock()
	b.seal.Accept(format.Ref{Path: b.folder + "/" + rel, Sum: format.Sum(data)})
	b.mu.Unlock()
	return b.write(b.temp+"/"+rel, data)
}

// putSeals writes the first seal twice, the second containing the first, so that
// damage to one costs nothing. What is too long for one is written as several, each
// twice.
func (b *epochBuilder) putSeals() error {
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

// parts divides the seal into some that are short enough. The first says all that is
// not a file.
func (b *epochBuilder) parts() []*format.Seal {
	room := testOnlySealLimit - 2*(includesSize+len("# after 999999999-"))
	bare := b.seal.Clone()
	bare.Files = map[string][32]byte{}
	rest := format.NewSeal()
	rest.Epoch, rest.Time, rest.By, rest.Due = b.seal.Epoch, b.seal.Time, b.seal.By, b.seal.Due
	parts, size := []*format.Seal{bare}, len(bare.Clone().Marshal())
	for _, path := range slices.Sorted(maps.Keys(b.seal.Files)) {
		if size += 67 + len(path); size > room {
			parts = append(parts, rest.Clone())
			size = len(rest.Clone().Marshal()) + 67 + len(path)
		}
		parts[len(parts)-1].Files[path] = b.seal.Files[path]
	}
	return parts
}

// includesSize is the length of an includes line.
const includesSize = len("# includes \n") + 32

// testOnlySealLimit is how long a seal may be.
var testOnlySealLimit = int(format.KindSeal.Limit())

func (b *epochBuilder) putSeal(s *format.Seal) error {
	text := s.Marshal()
	if len(text) > testOnlySealLimit {
		return ErrFull
	}
	name := b.temp + "/seals/" + format.SealFile(s.Number, s.Hash())
	if err := b.write(name+".sig", b.key.Sign(verified.Namespace, text)); err != nil {
		return err
	}
	return b.write(name, text)
}

func (b *epochBuilder) write(name string, data []byte) error {
	b.mu.Lock()
	err := b.mkdir(path.Dir(name))
	b.made = append(b.made, name)
	b.mu.Unlock()
	if err != nil {
		return err
	}
	if !strings.HasPrefix(name, b.temp+"/") {
		return writeAt(b.fsys, name, data)
	}
	if err := durable.Stage(b.fsys, name, data); err != nil {
		return &WriteError{Path: name, err: err}
	}
	return nil
}

// mkdir makes a folder and those above it, and remembers which are new.
func (b *epochBuilder) mkdir(dir string) error {
	if dir == "." || b.dirs[dir] {
		return nil
	}
	if err := b.mkdir(path.Dir(dir)); err != nil {
		return err
	}
	if !vaultfs.Exists(b.fsys, dir) {
		b.made = append(b.made, dir)
	}
	if err := durable.MkdirAll(b.fsys, dir); err != nil {
		return &WriteError{Path: dir, err: err}
	}
	if b.dirs == nil {
		b.dirs = map[string]bool{}
	}
	b.dirs[dir] = true
	return nil
}

// publish syncs the folders and gives the whole its name.
func (b *epochBuilder) publish() error {
	for _, dir := range slices.Sorted(maps.Keys(b.dirs)) {
		if err := b.fsys.SyncDir(dir); err != nil {
			return &WriteError{Path: dir, err: err}
		}
	}
	if err := b.fsys.Rename(b.temp, b.folder); err != nil {
		return &WriteError{Path: b.folder, err: err}
	}
	b.published = true
	if err := b.fsys.SyncDir("."); err != nil {
		return &WriteError{Path: b.folder, Saved: true, err: err}
	}
	return nil
}

// abandon removes what was made, as far as that is possible.
func (b *epochBuilder) abandon() {
	for _, name := range slices.Backward(b.made) {
		b.fsys.Remove(name)
	}
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// readmeText is README.txt, the by-hand recovery. This is its first and only
// released content; another text gets another name.
func readmeText() []byte { return []byte(byhand.README()) }
