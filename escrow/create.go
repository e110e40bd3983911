package escrow

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
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
	b := &epochBuilder{fsys: fsys, folder: format.EpochFolder(1, fp), key: key, pin: pin, seal: format.NewSeal(), page: o.Page}
	b.seal.Epoch, b.seal.Time, b.seal.By = 1, format.Time(o.Now), o.By
	if err := b.build(d, o.Holders); err != nil {
		b.abandon()
		return nil, err
	}
	return &Staged{b: b}, nil
}

// Create stages a new vault, publishes it at once, and returns what this machine should
// pin. There is a vault that opens or there is none. An error that comes with a pin is a
// [*WriteError] with Saved set.
func Create(fsys FS, o CreateOptions) (Pin, error) {
	s, err := Stage(fsys, o)
	if err != nil {
		return Pin{}, err
	}
	if err = s.Publish(context.Background()); err != nil && !s.b.published {
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

// build writes all of a first epoch, still under its temporary name.
func (b *epochBuilder) build(d format.Descriptor, holders []NewHolder) error {
	b.begin()
	if err := b.putRootFiles(); err != nil {
		return err
	}
	if err := b.put("vault.txt", d.Marshal()); err != nil {
		return err
	}
	for _, h := range holders {
		if err := b.addHolder(h); err != nil {
			return err
		}
	}
	if err := b.mkdir(b.temp + "/seeds"); err != nil {
		return err
	}
	return b.putSeals()
}
