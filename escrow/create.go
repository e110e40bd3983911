package escrow

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"seedvault/escrow/byhand"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/staging"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/roster"
)

// CreateOptions say what a new vault is made of.
type CreateOptions struct {
	Holders     []NewHolder
	PostQuantum bool // a hybrid vault key; stock age before 1.3 cannot open it
	Now         time.Time
	By          string // the name that stands in the first seal; a holder's, by default the first one's
	Page        *Page  // that opens the vault in a browser; nil for none
}

// Stage writes a new vault that is still to be published. An error leaves nothing
// behind.
func Stage(fsys FS, o CreateOptions) (*Staged, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if err := mustBeFree(fsys); err != nil {
		return nil, err
	}
	key, err := vaultkey.Generate(o.PostQuantum)
	if err != nil {
		return nil, err
	}
	d := format.Descriptor{Epoch: 1, Signer: key.Signer, RecipientSum: key.RecipientSum()}
	fp := Fingerprint(format.Sum(d.Marshal()))
	pin := Pin{Fingerprint: fp, Recipient: key.Public()}
	b := newStaged(fsys, 1, pin, key, o.Now, o.By)
	if err := o.write(b, d, pin); err != nil {
		b.Abandon()
		return nil, writeErrorOf(err)
	}
	return &Staged{b: b, pin: pin}, nil
}

// Create stages a new vault, publishes it at once, and returns what this machine should
// pin. There is a vault that opens or there is none. An error that comes with a pin is a
// [*WriteError] with Saved set.
func Create(fsys FS, o CreateOptions) (Pin, error) {
	s, err := Stage(fsys, o)
	if err != nil {
		return Pin{}, err
	}
	if err = s.Publish(context.Background()); err != nil && !s.b.Published {
		return Pin{}, err
	}
	return s.Pin(), err
}

func (o *CreateOptions) check() error {
	if len(o.Holders) == 0 {
		return ErrNoHolders
	}
	seen := map[string]bool{}
	for _, h := range o.Holders {
		if err := CheckName(h.holder.Name); err != nil {
			return err
		}
		if seen[h.holder.Name] {
			return ErrTwice
		}
		seen[h.holder.Name] = true
	}
	if o.Page != nil && PartOf(o.Page.Name) != PartPage {
		return errPageName
	}
	if o.By == "" {
		o.By = o.Holders[0].holder.Name
	}
	return CheckName(o.By)
}

func mustBeFree(fsys FS) error {
	entries, err := fsys.ReadDir(".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("failed to create a vault: %w", err)
	}
	for _, e := range entries {
		if _, _, ok := format.ParseEpochFolder(e.Name()); ok {
			return ErrExist
		}
	}
	return nil
}

// write writes all of a first epoch, still under its temporary name.
func (o *CreateOptions) write(b *staging.Epoch, d format.Descriptor, pin Pin) error {
	if err := putRootFiles(b, o.Page); err != nil {
		return err
	}
	if err := b.Put("vault.txt", d.Marshal()); err != nil {
		return err
	}
	for _, h := range o.Holders {
		if err := putHolder(b, h, pin); err != nil {
			return err
		}
	}
	if err := b.MakeFolder("seeds"); err != nil {
		return err
	}
	return b.PutSeals()
}

// Staged is a new vault or rotation, written to a temporary folder. Nothing in it counts
// until [Staged.Publish]. Before that, show a person any new secrets and store the new pin:
// everything else has gone well by then.
type Staged struct {
	b    *staging.Epoch
	pin  Pin
	done *Rotation
}

// Pin returns what this machine pins once it is published.
func (s *Staged) Pin() Pin { return s.pin }

// Rotation says what a rotation will have done, nil for a new vault.
func (s *Staged) Rotation() *Rotation { return s.done }

// Publish makes it appear by one rename, unless the context has ended. An error leaves
// nothing behind, but for a [*WriteError] with Saved set: it is there, and may not
// survive a power cut that comes now.
func (s *Staged) Publish(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		err = writeErrorOf(s.b.Publish())
	}
	if err != nil {
		s.Abandon()
	}
	return err
}

// Abandon removes what was written. Once it is published it does nothing.
func (s *Staged) Abandon() { s.b.Abandon() }

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

// testOnlySealLimit is how long a seal may be.
var testOnlySealLimit = int(format.KindSeal.Limit())

// newStaged is an epoch of which nothing is written yet, in a temporary folder beside its
// place. Its seals are a holder's, of a time.
func newStaged(fsys FS, number int, pin Pin, key *vaultkey.Key, now time.Time, by string) *staging.Epoch {
	b := &staging.Epoch{FS: fsys, Folder: format.EpochFolder(number, pin.Fingerprint), Temp: tempFolder(), Key: key, Seal: format.NewSeal(), Limit: testOnlySealLimit}
	b.Seal.Epoch, b.Seal.Time, b.Seal.By = number, format.Time(now), by
	return b
}

func tempFolder() string {
	random := make([]byte, 10)
	rand.Read(random)
	return ".tmp-" + strings.ToLower(base32.StdEncoding.EncodeToString(random))
}

// putRootFiles writes what helps whoever finds the folder: README.txt, the by-hand recovery,
// and a page, nil for none. This is the README's first and only released content; another
// text gets another name.
func putRootFiles(b *staging.Epoch, page *Page) error {
	if err := b.LeaveBeside(attributesName, []byte(attributesText)); err != nil {
		return err
	}
	if err := b.PutBeside(readmeName, []byte(byhand.README())); err != nil || page == nil {
		return err
	}
	return b.PutBeside(page.Name, page.Text)
}

// putHolder writes a holder's files and its record.
func putHolder(b *staging.Epoch, h NewHolder, pin Pin) error {
	files, err := h.files(b.Key, pin)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := b.Put(f.rel, f.data); err != nil {
			return err
		}
	}
	return nil
}
