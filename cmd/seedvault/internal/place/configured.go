package place

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// KeepName stores the name that the flags give the vault, if they give one.
func (p *Place) KeepName(name string) error {
	if name == "" {
		return nil
	}
	return p.update(func(v *local.VaultConfig) { v.Name = name })
}

// DeviceKey says where this PC's own key is kept, which opens the vault without asking: in
// a file or in the system's keyring.
type DeviceKey struct {
	File      string // "" for none
	InKeyring string // its name there, "" for none
}

// addTo adds the key to a vault's configuration.
func (k DeviceKey) addTo(v *local.VaultConfig) {
	if k.File != "" {
		v.Identities = append(v.Identities, k.File)
	}
	if k.InKeyring != "" {
		v.Keyring = append(v.Keyring, k.InKeyring)
	}
}

// AddDevice adds a key of this PC, which opens the vault without asking, to the
// configuration.
func (p *Place) AddDevice(k DeviceKey) error { return p.update(k.addTo) }

// NoteKeyHere records that a person on this PC has said that a holder's key is kept on it.
func (p *Place) NoteKeyHere(h roster.Holder) error {
	if slices.Contains(p.conf.KeysHere, h.ID) {
		return nil
	}
	return p.update(func(v *local.VaultConfig) { v.KeysHere = append(v.KeysHere, h.ID) })
}

// HasKey reports whether this PC has the key of a holder that is said to be kept on a PC: the
// key was made here and is still there, or a person said so here. A key in the system's keyring
// is not looked for, since that may ask.
func (p *Place) HasKey(h roster.Holder) bool {
	made := func(name string) bool { return strings.HasSuffix(name, keyNameEnd(h)) }
	return slices.Contains(p.conf.KeysHere, h.ID) || slices.ContainsFunc(p.conf.Keyring, made) ||
		slices.ContainsFunc(p.conf.Identities, func(file string) bool {
			_, err := os.Stat(file)
			return err == nil && made(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
		})
}

// DeviceKeyName returns the name under which the key of a holder is kept on this PC.
func DeviceKeyName(h roster.Holder) string { return h.Name + keyNameEnd(h) }

func keyNameEnd(h roster.Holder) string { return "-" + h.ID[:min(8, len(h.ID))] }

// SetPin stores pin for this vault. If pin has no recipient, the stored one is kept if it
// is the same epoch's.
func (p *Place) SetPin(pin escrow.Pin) error {
	return p.update(func(v *local.VaultConfig) {
		if pin.Recipient == "" && v.Fingerprint == pin.Fingerprint.Hex() {
			pin.Recipient = v.Recipient
		}
		v.Follow(pin)
	})
}

// Refuse records in the configuration that a person has refused the epoch of a fingerprint.
func (p *Place) Refuse(fp escrow.Fingerprint) error {
	return p.update(func(v *local.VaultConfig) { v.Refuse(fp) })
}

// NoteRotation stores the pin of a rotation that is about to begin, so that an interrupted
// one is recognised.
func (p *Place) NoteRotation(pin escrow.Pin) error {
	return p.update(func(v *local.VaultConfig) {
		v.Next = &local.AnnouncedPin{Fingerprint: pin.Fingerprint.Hex(), Recipient: pin.Recipient}
	})
}

// Unfinished reports whether a rotation on this machine was begun and not completed.
func (p *Place) Unfinished() bool { return p.conf.Next != nil }

// AnnouncedPin returns the pin that [Place.NoteRotation] stored. Call it only if
// [Place.Unfinished].
func (p *Place) AnnouncedPin() (escrow.Pin, error) {
	fp, err := escrow.ParseFingerprint(p.conf.Next.Fingerprint)
	if err != nil {
		return escrow.Pin{}, local.ErrConfig
	}
	return escrow.Pin{Fingerprint: fp, Recipient: p.conf.Next.Recipient}, nil
}
