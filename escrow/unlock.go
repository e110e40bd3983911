package escrow

import (
	"cmp"
	"errors"
	"slices"

	"filippo.io/age"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
)

// Unlock opens the vault with a holder's identities, or with those of as many of a
// quorum's members as it takes. A slot whose content does
// not prove itself by vault.txt is passed over like one that does not open. The
// error is [ErrNoMatch]; or what a [key.Asker] returned, or a [*key.PluginError], where
// that kept an identity from being used.
//
// With a pin whose epoch none of the identities opens, other epochs that they
// open are still read, as if there were no pin: what a former holder's key, or a
// vault with lost slots, can give is given, and marked. What lies in an epoch
// that the pinned one does not follow is unconfirmed then too.
func (v *Vault) Unlock(ids ...age.Identity) (*Opened, error) {
	u := &unlocker{v, &reader{view: v.view, keys: map[string]*vaultkey.Key{}, attested: map[string]epochs.Attested{}}, map[string][]slot{}}
	if err := u.open(ids); err != nil {
		return nil, err
	}
	if p := v.view.Pinned(); p != nil && u.reader.keys[p.Folder] == nil {
		u.reader.unlinked = u.unlinked()
		u.reader.view = v.view.WithoutPin()
		u.openOlder()
	}
	return &Opened{u.reader, &changer{reader: u.reader}}, nil
}

// unlocker tries identities on the slots of a vault.
type unlocker struct {
	vault  *Vault
	reader *reader           // what has opened so far
	read   map[string][]slot // by folder
}

// open opens what the identities open, those first that ask nobody.
func (u *unlocker) open(ids []age.Identity) error {
	silent, prompting := splitPrompting(ids)
	u.openLent(silent)
	for _, e := range u.reader.view.Epochs {
		if key, by, _ := u.openSlots(u.sealedFirst(e), e, silent); key != nil {
			u.keep(e, key, by)
		}
	}
	u.openOlder()
	if err := u.openPrompting(prompting); err != nil {
		return err
	}
	if !u.enough() {
		u.openTogether(ids)
	}
	if newer := u.reader.view.Newer(); len(u.reader.keys) == 0 && newer != nil {
		return newer
	}
	if len(u.reader.keys) == 0 {
		return ErrNoMatch
	}
	return nil
}

// openLent opens the index that was lent with whatever slot gives the pinned epoch's key,
// before any seal is read. Which slot counts, and whose it is, is decided after that.
func (u *unlocker) openLent(ids []age.Identity) {
	v := u.reader.view
	e := v.Pinned()
	if u.vault.lent == nil || e == nil || e.Desc == nil {
		return
	}
	if key, _, _ := u.openSlots(u.slots(e), e, ids); key != nil {
		file, written := u.vault.lent()
		u.vault.lent = nil
		u.reader.useIndex(openIndex(key, e.Fingerprint, file, written))
	}
}

// openTogether opens what is left with the quorums whose shares the identities
// open.
func (u *unlocker) openTogether(ids []age.Identity) {
	quorums := u.quorums(ids)
	for _, e := range u.reader.view.Epochs {
		if len(quorums) == 0 || u.reader.keys[e.Folder] != nil {
			continue
		}
		if key, by, _ := u.openSlots(u.sealedFirst(e), e, quorums); key != nil {
			u.keep(e, key, by)
		}
	}
	u.openOlder()
}

// quorums are the identities of the quorums whose members' shares identities open.
func (u *unlocker) quorums(ids []age.Identity) []age.Identity {
	var shares []key.Share
	for _, f := range u.vault.Shares(ids...) {
		shares = append(shares, f.Share)
	}
	return key.Combine(shares)
}

// splitPrompting separates the identities that never ask from those that may.
func splitPrompting(ids []age.Identity) (silent, prompting []age.Identity) {
	for _, id := range ids {
		if key.MayAsk(id) {
			prompting = append(prompting, id)
		} else {
			silent = append(silent, id)
		}
	}
	return silent, prompting
}

// openPrompting opens what is left with identities that may ask. Nobody is asked
// where the epoch that counts is open already, or for one that old.age opens.
func (u *unlocker) openPrompting(ids []age.Identity) error {
	if len(ids) == 0 || u.enough() {
		return nil
	}
	epochs := slices.Clone(u.reader.view.Epochs)
	if at := slices.Index(epochs, u.reader.view.Pinned()); at > 0 {
		epochs = slices.Insert(slices.Delete(epochs, at, at+1), 0, u.reader.view.Pinned())
	}
	var failed error
	var broken *key.PluginError
	for _, e := range epochs {
		if u.reader.keys[e.Folder] != nil {
			continue
		}
		key, by, err := u.openSlots(u.sealedFirst(e), e, ids)
		switch {
		case key != nil:
			u.keep(e, key, by)
			u.openOlder()
		case errors.As(err, &broken): // another identity may do
			failed = cmp.Or(failed, err)
		case err != nil:
			return err
		}
	}
	if u.enough() {
		return nil
	}
	return failed
}

// enough reports whether the pinned epoch is open, or without a pin any.
func (u *unlocker) enough() bool {
	if p := u.reader.view.Pinned(); p != nil {
		return u.reader.keys[p.Folder] != nil
	}
	return len(u.reader.keys) > 0
}

// unlinked are the folders of the epochs that the pinned one does not follow.
func (u *unlocker) unlinked() map[string]bool {
	line, out := u.reader.view.Line(), map[string]bool{}
	for _, e := range u.reader.view.Epochs {
		if e.Desc == nil || !line[e.Fingerprint] {
			out[e.Folder] = true
		}
	}
	return out
}

// belongs reports whether a vault key is the epoch's. Where vault.txt is lost the
// pinned recipient vouches for it; old.age may do so later.
func belongs(e *epochs.Epoch, key *vaultkey.Key) bool { return e.Desc == nil || key.Fits(*e.Desc) }

// keep keeps an epoch's key. For an epoch without a vault.txt it records what
// the key proves: that of the pinned recipient, the epoch is the pinned one.
func (u *unlocker) keep(e *epochs.Epoch, key *vaultkey.Key, by slot) {
	u.reader.keys[e.Folder] = key
	if u.reader.opener.folder == "" || e == u.reader.view.Pinned() {
		u.reader.opener = opener{e.Folder, by}
	}
	if e.Desc == nil {
		u.attest(e, key)
	}
}

func (u *unlocker) attest(e *epochs.Epoch, key *vaultkey.Key) {
	p := epochs.Attested{Signer: key.Signer}
	if u.isPinned(e, key) {
		p.Fingerprint = u.reader.view.Pin.Fingerprint
	}
	u.reader.attested[e.Folder] = p
}

// openOlder reads the older identities that the pinned epoch carries, or without
// a pin those of every epoch that opened.
func (u *unlocker) openOlder() {
	for _, e := range u.reader.view.Writable() {
		key := u.reader.keys[e.Folder]
		if key == nil {
			continue
		}
		u.openOlderOf(e, key)
	}
}

func (u *unlocker) openOlderOf(e *epochs.Epoch, key *vaultkey.Key) {
	data, err := vaultfs.ReadFile(u.reader.view.Files.FS, e.Folder+"/old.age", format.KindOldKeys.Limit())
	if err != nil {
		return
	}
	plain, err := key.Decrypt(data)
	if err != nil {
		return
	}
	if older, err := vaultkey.ParseAll(plain); err == nil {
		u.matchOlder(older, u.reader.sealed(e, format.Ref{Path: e.Folder + "/old.age", Sum: format.Sum(data)}))
	}
}

// matchOlder matches older identities with the epochs they open. For one whose
// vault.txt is lost, a sealed old.age vouches.
func (u *unlocker) matchOlder(older []*vaultkey.Key, vouched bool) {
	line := u.reader.view.Line()
	for _, e := range u.reader.view.Epochs {
		for _, key := range older {
			switch {
			case e.Desc != nil && key.Fits(*e.Desc):
				if u.reader.keys[e.Folder] == nil {
					u.reader.keys[e.Folder] = key
				}
			case e.Desc == nil && e.Newer == nil && vouched && u.opens(e, key):
				u.reader.keys[e.Folder] = key
				u.reader.attested[e.Folder] = epochs.Attested{Fingerprint: inLine(line, e), Signer: key.Signer}
			}
		}
	}
}

// opens reports whether a key is that of an epoch without a vault.txt: it opened its
// slot, or a seal there is its own.
func (u *unlocker) opens(e *epochs.Epoch, key *vaultkey.Key) bool {
	if have := u.reader.keys[e.Folder]; have != nil && have.Secret() == key.Secret() {
		return true
	}
	return len(sealset.Open(&u.reader.view.Source, e.Folder, key.Signer, nil).Every()) > 0
}

// inLine finds the fingerprint that the pinned epoch's line has for a folder.
func inLine(line map[Fingerprint]bool, e *epochs.Epoch) Fingerprint {
	for fp := range line {
		if format.EpochFolder(e.Number, fp) == e.Folder {
			return fp
		}
	}
	return Fingerprint{}
}

// slots reads every slot of an epoch. Those of a newer format are tried only by a
// machine that has no pin to tell it what lies there.
func (u *unlocker) slots(e *epochs.Epoch) []slot {
	v := u.reader.view
	if e.Newer != nil && v.Pin != nil {
		return nil
	}
	if slots, read := u.read[e.Folder]; read {
		return slices.Clone(slots)
	}
	var slots []slot
	for _, name := range v.Files.Holders(e.Folder) {
		for _, f := range v.Files.ReadFiles(e.Folder+"/holders/"+name, true) {
			if f.Kind == format.KindSlot && f.Read {
				slots = append(slots, slot{f, name})
			}
		}
	}
	slices.SortFunc(slots, func(a, b slot) int { return cmp.Compare(a.Path, b.Path) }) // not as folders sort: "-" is before "/"
	u.read[e.Folder] = slots
	return slices.Clone(slots)
}

// sealedFirst reads every slot of an epoch, with those first that a valid seal
// lists: who merely writes to the folder must not have the person asked, nor stand in
// for a holder.
func (u *unlocker) sealedFirst(e *epochs.Epoch) []slot {
	slots := u.slots(e)
	if e.Desc == nil {
		return slots
	}
	sealed := u.reader.view.Seals(e)
	slices.SortStableFunc(slots, func(a, b slot) int {
		return cmp.Compare(sealed.Status(a.Ref()), sealed.Status(b.Ref()))
	})
	return slots
}

// openSlots tries slots of an epoch and returns the first vault key that belongs
// to it, and the slot. Where no vault.txt tells, the one of the pinned
// recipient goes first. The error is the first of a plugin, where no slot opened, or
// at once what a [key.Asker] returned.
func (u *unlocker) openSlots(slots []slot, e *epochs.Epoch, ids []age.Identity) (first *vaultkey.Key, by slot, failed error) {
	for _, s := range slots {
		for _, id := range ids {
			plain, err := key.Decrypt(s.Data, id)
			var broken *key.PluginError
			switch {
			case errors.As(err, &broken):
				failed = cmp.Or(failed, error(broken))
			case err != nil && !errors.Is(err, key.ErrNoMatch) && !errors.Is(err, key.ErrUndecrypted):
				return nil, slot{}, err
			}
			if err != nil {
				continue
			}
			keys, err := vaultkey.ParseAll(plain)
			if err != nil || len(keys) != 1 || !belongs(e, keys[0]) {
				continue
			}
			if e.Desc != nil || u.isPinned(e, keys[0]) {
				return keys[0], s, nil
			}
			if first == nil {
				first, by = keys[0], s
			}
		}
	}
	if first != nil {
		return first, by, nil
	}
	return nil, slot{}, failed
}

// isPinned reports whether an epoch without a vault.txt is the pinned one, since its
// key's recipient is.
func (u *unlocker) isPinned(e *epochs.Epoch, key *vaultkey.Key) bool {
	v := u.reader.view
	return v.Pin != nil && key.Public() == v.Pin.Recipient && e == v.Pinned()
}
