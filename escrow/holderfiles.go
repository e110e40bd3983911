package escrow

import (
	"path"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/key"
)

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
	for _, e := range v.view.Writable() {
		for _, name := range v.view.Files.Holders(e.Folder) {
			h := HolderFiles{Name: name, Folder: e.Folder}
			for _, f := range v.view.Files.List(e.Folder + "/holders/" + name) {
				switch f.Kind {
				case format.KindSlot:
					h.Slots = append(h.Slots, f.Path)
				case format.KindKey:
					h.Keys = append(h.Keys, f.Path)
				case format.KindShare:
					h.Shares = append(h.Shares, f.Path)
				}
			}
			list = append(list, h)
		}
	}
	return list
}

// FoundShare is a share that was opened, and where it belongs.
type FoundShare struct {
	Holder string // the quorum's name
	Path   string
	key.Share
}

// Shares opens the share files of the pinned epoch, or without a pin of every
// epoch, that identities open. What does not open or is no share is passed over.
func (v *Vault) Shares(ids ...age.Identity) []FoundShare {
	var found []FoundShare
	for _, h := range v.Holders() {
		for _, path := range h.Shares {
			data, err := vaultfs.ReadFile(v.view.Files.FS, path, format.KindShare.Limit())
			if err != nil {
				continue
			}
			if share, err := key.OpenVaultShare(data, ids...); err == nil {
				found = append(found, FoundShare{h.Name, path, share})
			}
		}
	}
	return found
}

// UnlistedSlots returns the paths of the slots of the epoch written to that no valid
// seal lists, in any place. Each may open the vault, and nothing says whose it is. Where the
// epoch has no valid seal none is told apart.
func (v *Vault) UnlistedSlots() []string {
	e := v.view.Writable()[0]
	return unlistedSlots(v.view, e, v.view.Seals(e))
}

// ChoiceError means that several holders have a passphrase and none was named:
// trying each would cost each time as much as a guess costs an attacker.
type ChoiceError struct{ Names []string }

// Error says what is wrong, and nothing secret.
func (e *ChoiceError) Error() string {
	return "failed to unlock: several holders have a passphrase: " + strings.Join(e.Names, ", ")
}

const (
	keyFileLimit = 16 // passphrase-protected keys that are tried for one holder
	listedWork   = 22 // the scrypt work factor up to which those are that a seal lists
	unlistedWork = 18 // and others
)

// PassphraseKey is a holder's own key, encrypted with a passphrase.
type PassphraseKey struct {
	holder string
	listed []vaultfs.File // a valid seal lists them
	others []vaultfs.File
}

// Holder returns the name of the holder whose passphrase it takes.
func (k PassphraseKey) Holder() string { return k.holder }

// PassphraseKeys returns the key that a passphrase is tried on: the named
// holder's, or the only one there is. The files used are those that a valid seal
// of their epoch lists, so that nobody who merely writes to the folder can add to
// them. Others, which must be what their names say, are tried after all of these have
// failed, and only for a holder that was named and has none that is listed, or where
// an epoch has no valid seal, or one is missing. The error is [ErrNoPassphrase] or a
// [*ChoiceError].
func (v *Vault) PassphraseKeys(holder string) (PassphraseKey, error) {
	keys := v.passphraseKeys(holder)
	if listed := withListed(keys); len(listed) > 0 {
		keys = listed
	}
	switch len(keys) {
	case 0:
		return PassphraseKey{}, ErrNoPassphrase
	case 1:
		return keys[0], nil
	}
	choice := &ChoiceError{}
	for _, k := range keys {
		choice.Names = append(choice.Names, k.holder)
	}
	return PassphraseKey{}, choice
}

func withListed(keys []PassphraseKey) []PassphraseKey {
	return slices.DeleteFunc(slices.Clone(keys), func(k PassphraseKey) bool { return len(k.listed) == 0 })
}

// passphraseKeys gathers key files by holder. A rotation copies them, so that
// the same content in several epochs is one.
func (v *Vault) passphraseKeys(holder string) []PassphraseKey {
	var keys []PassphraseKey
	at := map[string]int{}
	for _, e := range v.view.Writable() {
		for _, name := range v.view.Files.Holders(e.Folder) {
			if holder != "" && name != holder {
				continue
			}
			listed, others := v.keyFiles(e, name, holder != "")
			if len(listed)+len(others) == 0 {
				continue
			}
			i, seen := at[name]
			if !seen {
				i, at[name] = len(keys), len(keys)
				keys = append(keys, PassphraseKey{holder: name})
			}
			keys[i].listed = vaultfs.Distinct(append(keys[i].listed, listed...))
			keys[i].others = vaultfs.Distinct(append(keys[i].others, others...))
		}
	}
	return keys
}

// keyFiles reads a holder's key files as far as they may be tried: those that a seal
// lists, and others.
func (v *Vault) keyFiles(e *epochs.Epoch, name string, wasNamed bool) (listed, others []vaultfs.File) {
	sealed := v.view.Seals(e)
	for _, f := range v.view.Files.ReadFiles(e.Folder+"/holders/"+name, true) {
		switch {
		case f.Kind != format.KindKey || f.IsDamaged() || f.NamedHash == "":
		case sealed.Status(f.Ref()) == Accepted:
			listed = append(listed, f)
		default:
			others = append(others, f)
		}
	}
	if sealed.Sealed() && len(sealed.Missing()) == 0 && !(wasNamed && len(listed) == 0) {
		others = nil
	}
	return listed, others
}

// Unlock tries what was typed on the holder's key files, normally one, as
// [key.Unlock] does. The error is [key.ErrPassphrase], as a [*key.PassphraseError]
// where more can be said.
func (k PassphraseKey) Unlock(typed string) (age.Identity, error) {
	var files []key.Locked
	for _, f := range k.listed {
		files = append(files, key.Locked{File: f.Data, MaxWork: listedWork})
	}
	for _, f := range k.others {
		files = append(files, key.Locked{File: f.Data, MaxWork: unlistedWork})
	}
	return key.Unlock(typed, files[:min(len(files), keyFileLimit)]...)
}
