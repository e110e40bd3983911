package escrow

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// ErrNoMatch is returned when no holder of the vault fits the identities.
var ErrNoMatch = errors.New("failed to unlock: none of this vault's holders fits")

// HolderFiles is what lies in one holder's folder, as seen without a key.
type HolderFiles struct {
	Name   string
	Folder string   // the epoch's
	Slots  []string // paths
	Keys   []string
	Shares []string
}

// Members returns the names of a quorum's members who have a share here, as its
// files' names have them.
func (h HolderFiles) Members() []string {
	var names []string
	for _, p := range h.Shares {
		rest := strings.TrimPrefix(path.Base(p), "share-")
		names = append(names, rest[:strings.LastIndex(rest, "-")])
	}
	return names
}

// Holders lists the holders' folders of the pinned epoch, or without a pin of
// every epoch, newest first. The names are claims of whoever wrote the files.
func (v *Vault) Holders() []HolderFiles {
	var list []HolderFiles
	for _, e := range v.writable() {
		for _, name := range v.holderDirs(e) {
			h := HolderFiles{Name: name, Folder: e.folder}
			for _, f := range v.listFiles(e.folder + "/holders/" + name) {
				switch f.kind {
				case format.KindSlot:
					h.Slots = append(h.Slots, f.path)
				case format.KindKey:
					h.Keys = append(h.Keys, f.path)
				case format.KindShare:
					h.Shares = append(h.Shares, f.path)
				}
			}
			list = append(list, h)
		}
	}
	return list
}

// writable returns the pinned epoch, or all where there is no pin.
func (v *Vault) writable() []*epoch {
	if p := v.pinned(); p != nil {
		return []*epoch{p}
	}
	return v.epochs
}

// Unlock opens the vault with a holder's identities, or with those of as many of a
// quorum's members as it takes. A slot whose content does
// not prove itself by vault.txt is passed over like one that does not open. The
// error is [ErrNoMatch]; or what an [key.Asker] returned, or a [*key.PluginError], where
// that kept an identity from being used.
//
// With a pin whose epoch none of the identities opens, other epochs that they
// open are still read, as if there were no pin: what a former holder's key, or a
// vault with lost slots, can give is given, and marked. What lies in an epoch
// that the pinned one does not follow is unconfirmed then too.
func (v *Vault) Unlock(ids ...age.Identity) (*Opened, error) {
	o := &Opened{vault: v, keys: map[string]*vaultKey{}, proven: map[string]provenEpoch{}}
	quiet, asking := apart(ids)
	for _, e := range v.epochs {
		if key, holder, _ := v.openSlots(v.slots(e), e, quiet); key != nil {
			o.take(e, key, holder)
		}
	}
	o.openOlder()
	if err := o.openAsking(asking); err != nil {
		return nil, err
	}
	if !o.enough() {
		o.openTogether(ids)
	}
	if newer := v.onlyNewer(); len(o.keys) == 0 && newer != nil {
		return nil, newer
	}
	if len(o.keys) == 0 {
		return nil, ErrNoMatch
	}
	if p := v.pinned(); p != nil && o.keys[p.folder] == nil {
		o.strangers = v.strangers()
		alone := *v
		alone.pin = nil
		o.vault = &alone
		o.openOlder()
	}
	return o, nil
}

// openTogether opens what is left with the quorums whose shares the identities
// open.
func (o *Opened) openTogether(ids []age.Identity) {
	quorums := o.vault.gathered(ids)
	for _, e := range o.vault.epochs {
		if len(quorums) == 0 || o.keys[e.folder] != nil {
			continue
		}
		if key, holder, _ := o.vault.openSlots(o.vault.slots(e), e, quorums); key != nil {
			o.take(e, key, holder)
		}
	}
	o.openOlder()
}

// apart tells the identities that may ask from those that never do.
func apart(ids []age.Identity) (quiet, asking []age.Identity) {
	for _, id := range ids {
		if key.MayAsk(id) {
			asking = append(asking, id)
		} else {
			quiet = append(quiet, id)
		}
	}
	return quiet, asking
}

// openAsking opens what is left with identities that may ask. Nobody is asked
// where the epoch that counts is open already, or for one that old.age opens.
func (o *Opened) openAsking(ids []age.Identity) error {
	if len(ids) == 0 || o.enough() {
		return nil
	}
	epochs := slices.Clone(o.vault.epochs)
	if at := slices.Index(epochs, o.vault.pinned()); at > 0 {
		epochs = slices.Insert(slices.Delete(epochs, at, at+1), 0, o.vault.pinned())
	}
	var failed error
	var broken *key.PluginError
	for _, e := range epochs {
		if o.keys[e.folder] != nil {
			continue
		}
		key, holder, err := o.vault.openSlots(o.vault.sealedFirst(e), e, ids)
		switch {
		case key != nil:
			o.take(e, key, holder)
			o.openOlder()
		case errors.As(err, &broken): // another identity may do
			failed = cmp.Or(failed, err)
		case err != nil:
			return err
		}
	}
	if o.enough() {
		return nil
	}
	return failed
}

// enough says that the pinned epoch is open, or without a pin any.
func (o *Opened) enough() bool {
	if p := o.vault.pinned(); p != nil {
		return o.keys[p.folder] != nil
	}
	return len(o.keys) > 0
}

// strangers are the folders of the epochs that the pinned one does not follow.
func (v *Vault) strangers() map[string]bool {
	line, out := v.line(), map[string]bool{}
	for _, e := range v.epochs {
		if e.desc == nil || !line[e.fp] {
			out[e.folder] = true
		}
	}
	return out
}

// belongs says that a vault key is the epoch's. Where vault.txt is lost the
// pinned recipient vouches for it; old.age may do so later.
func (v *Vault) belongs(e *epoch, key *vaultKey) bool {
	if e.desc != nil {
		return key.fits(*e.desc)
	}
	return true
}

// take keeps an epoch's key. For an epoch without a vault.txt it records what
// the key proves: that of the pinned recipient, the epoch is the pinned one.
func (o *Opened) take(e *epoch, key *vaultKey, holder string) {
	o.keys[e.folder] = key
	if o.holder == "" || e == o.vault.pinned() {
		o.holder = holder
	}
	if e.desc == nil {
		o.prove(e, key)
	}
}

func (o *Opened) prove(e *epoch, key *vaultKey) {
	p := provenEpoch{signer: key.signer}
	if o.vault.isPinned(e, key) {
		p.fp = o.vault.pin.Fingerprint
	}
	o.proven[e.folder] = p
}

// openOlder reads the older identities that the pinned epoch carries, or without
// a pin those of every epoch that opened.
func (o *Opened) openOlder() {
	for _, e := range o.vault.writable() {
		key := o.keys[e.folder]
		if key == nil {
			continue
		}
		o.openOlderOf(e, key)
	}
}

func (o *Opened) openOlderOf(e *epoch, key *vaultKey) {
	data, err := readFile(o.vault.fsys, e.folder+"/old.age", format.KindOldKeys.Limit())
	if err != nil {
		return
	}
	plain, err := key.Decrypt(data)
	if err != nil {
		return
	}
	if older, err := parseVaultKeys(plain); err == nil {
		o.takeOlder(older, o.sealed(e, format.Ref{Path: e.folder + "/old.age", Sum: format.Sum(data)}))
	}
}

// takeOlder matches older identities with the epochs they open. For one whose
// vault.txt is lost, a sealed old.age vouches.
func (o *Opened) takeOlder(older []*vaultKey, vouched bool) {
	line := o.vault.line()
	for _, e := range o.vault.epochs {
		for _, key := range older {
			switch {
			case e.desc != nil && key.fits(*e.desc):
				if o.keys[e.folder] == nil {
					o.keys[e.folder] = key
				}
			case e.desc == nil && e.newer == nil && vouched && o.opens(e, key):
				o.keys[e.folder] = key
				o.proven[e.folder] = provenEpoch{inLine(line, e), key.signer}
			}
		}
	}
}

// opens says that a key is that of an epoch without a vault.txt: it opened its
// slot, or a seal there is its own.
func (o *Opened) opens(e *epoch, key *vaultKey) bool {
	if have := o.keys[e.folder]; have != nil && have.Secret() == key.Secret() {
		return true
	}
	return len(openSeals(o.vault.fsys, e.folder, key.signer, nil).every()) > 0
}

// inLine finds the fingerprint that the pinned epoch's line has for a folder.
func inLine(line map[Fingerprint]bool, e *epoch) Fingerprint {
	for fp := range line {
		if format.EpochFolder(e.number, fp) == e.folder {
			return fp
		}
	}
	return Fingerprint{}
}

func (o *Opened) sealed(e *epoch, ref format.Ref) bool {
	return o.seals(e).Status(ref) == Accepted
}
