package escrow

import (
	"cmp"
	"errors"
	"slices"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// slot is one file that may hold an epoch's key, and whose it is.
type slot struct {
	found
	holder string
}

// slots reads every slot of an epoch. Those of a newer format are tried only by a
// machine that has no pin to tell it what lies there.
func (v *Vault) slots(e *epoch) []slot {
	if e.newer != nil && v.pin != nil {
		return nil
	}
	var slots []slot
	for _, name := range v.holderDirs(e) {
		for _, f := range v.readFiles(e.folder+"/holders/"+name, true) {
			if f.kind == format.KindSlot && f.read {
				slots = append(slots, slot{f, name})
			}
		}
	}
	return slots
}

// sealedFirst reads every slot of an epoch, with those first that a valid seal
// lists: who merely writes to the folder must not have the person asked.
func (v *Vault) sealedFirst(e *epoch) []slot {
	slots := v.slots(e)
	if e.desc == nil {
		return slots
	}
	sealed := v.seals(e)
	slices.SortStableFunc(slots, func(a, b slot) int {
		return cmp.Compare(sealed.Status(a.ref()), sealed.Status(b.ref()))
	})
	return slots
}

// openSlots tries slots of an epoch and returns the first vault key that belongs
// to it, and whose slot it was. Where no vault.txt tells, the one of the pinned
// recipient goes first. The error is the first of a plugin, where no slot opened, or
// at once what an key.Asker returned.
func (v *Vault) openSlots(slots []slot, e *epoch, ids []age.Identity) (first *vaultKey, holder string, failed error) {
	for _, s := range slots {
		for _, id := range ids {
			plain, err := key.Decrypt(s.data, id)
			var broken *key.PluginError
			switch {
			case errors.As(err, &broken):
				failed = cmp.Or(failed, error(broken))
			case err != nil && !errors.Is(err, key.ErrNoMatch) && !errors.Is(err, key.ErrUndecrypted):
				return nil, "", err
			}
			if err != nil {
				continue
			}
			keys, err := parseVaultKeys(plain)
			if err != nil || len(keys) != 1 || !v.belongs(e, keys[0]) {
				continue
			}
			if e.desc != nil || v.isPinned(e, keys[0]) {
				return keys[0], s.holder, nil
			}
			if first == nil {
				first, holder = keys[0], s.holder
			}
		}
	}
	if first != nil {
		return first, holder, nil
	}
	return nil, "", failed
}

// isPinned reports whether an epoch without a vault.txt is the pinned one, since its
// key's recipient is.
func (v *Vault) isPinned(e *epoch, key *vaultKey) bool {
	return v.pin != nil && key.Public() == v.pin.Recipient && e == v.pinned()
}
