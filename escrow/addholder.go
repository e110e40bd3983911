package escrow

import (
	"errors"
	"slices"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// ErrSameHolder is returned for a holder whose key can open the vault already: a
// second name for one key is no second way in.
var ErrSameHolder = errors.New("failed to add the holder: its key is a holder's already")

// placed is a file on its way into an epoch's folder.
type placed struct {
	rel  string
	data []byte
}

// files gives all that a holder is in an epoch: its slot, what its secret key
// comes out of, and the record, which names these and so comes last.
func (h NewHolder) files(key *vaultKey, pin Pin) ([]placed, error) {
	slot, err := encryptSlot(h.to, key)
	if err != nil {
		return nil, err
	}
	holder, dir := h.holder, "holders/"+h.holder.Name+"/"
	holder.Files = nil
	var files []placed
	for _, f := range append([]ownFile{{"slot-", slot}}, h.own...) {
		hash := format.Hash(format.Sum(f.data))
		files = append(files, placed{dir + f.prefix + hash + ".age", f.data})
		holder.Files = append(holder.Files, hash)
	}
	if h.sheet != nil {
		holder.Sheets = append(slices.Clone(holder.Sheets), h.sheet(pin))
	}
	plain, err := withRoom(holder.recordOn(h.kept)).Marshal()
	if err != nil {
		return nil, err
	}
	record, err := key.Encrypt(plain)
	if err != nil {
		return nil, err
	}
	return append(files, placed{"roster/" + format.Hash(format.Sum(record)) + ".age", record}), nil
}

// encryptSlot encrypts the vault identity, as an identity file, to a holder.
func encryptSlot(to age.Recipient, k *vaultKey) ([]byte, error) {
	return key.Encrypt(to, []byte(k.Secret()+"\n"))
}

// AddHolder writes holders' files into the pinned epoch and stages them for the
// next [Opened.Seal]: few small files each, and no seed is touched. A name may be
// another holder's; both are shown then, and their files tell them apart. The
// error is [ErrSameHolder] for a key that is a holder's already.
func (o *Opened) AddHolder(holders ...NewHolder) error {
	if err := o.reader.view.mayWrite(); err != nil {
		return err
	}
	have, _ := o.Roster()
	taken := map[string]bool{}
	for _, h := range have {
		taken[h.Recipient] = true
	}
	for _, h := range holders {
		if taken[h.holder.Recipient] {
			return ErrSameHolder
		}
		taken[h.holder.Recipient] = true
	}
	for _, h := range holders {
		if err := o.changes.addHolder(h); err != nil {
			return err
		}
	}
	return nil
}

// addHolder stages a holder once all of it has been written, so that a seal
// never lists half of one.
func (ch *changer) addHolder(h NewHolder) error {
	if err := CheckName(h.holder.Name); err != nil {
		return err
	}
	files, err := h.files(ch.reader.pinnedKey(), ch.reader.pin())
	if err != nil {
		return err
	}
	var written []format.Ref
	for _, f := range files {
		ref := format.Ref{Path: ch.reader.view.pinned().folder + "/" + f.rel, Sum: format.Sum(f.data)}
		if err := writeAt(ch.reader.view.fsys, ref.Path, f.data); err != nil {
			return err
		}
		written = append(written, ref)
	}
	ch.pending.accept = append(ch.pending.accept, written...)
	return nil
}
