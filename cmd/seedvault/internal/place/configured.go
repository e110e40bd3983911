package place

import (
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow"
)

// KeepName stores the name that the flags give the vault, if they give one.
func (p *Place) KeepName(name string) error {
	if name == "" {
		return nil
	}
	return p.update(func(v *local.Vault) { v.Name = name })
}

// DeviceKey says where this PC's own key is kept, which opens the vault without asking: in
// a file or in the system's keyring.
type DeviceKey struct {
	File      string // "" for none
	InKeyring string // its name there, "" for none
}

// addTo adds the key to a vault's configuration.
func (k DeviceKey) addTo(v *local.Vault) {
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

// SetPin stores pin for this vault. If pin has no recipient, the stored one is kept if it
// is the same epoch's.
func (p *Place) SetPin(pin escrow.Pin) error {
	return p.update(func(v *local.Vault) {
		if pin.Recipient == "" && v.Fingerprint == pin.Fingerprint.Hex() {
			pin.Recipient = v.Recipient
		}
		v.Follow(pin)
	})
}

// Refuse records in the configuration that a person has refused the epoch of a fingerprint.
func (p *Place) Refuse(fp escrow.Fingerprint) error {
	return p.update(func(v *local.Vault) { v.Refuse(fp) })
}

// NoteRotation stores the pin of a rotation that is about to begin, so that an interrupted
// one is recognised.
func (p *Place) NoteRotation(pin escrow.Pin) error {
	return p.update(func(v *local.Vault) {
		v.Next = &local.Next{Fingerprint: pin.Fingerprint.Hex(), Recipient: pin.Recipient}
	})
}

// Unfinished reports whether a rotation on this machine was begun and not completed.
func (p *Place) Unfinished() bool { return p.conf.Next != nil }

// Announced returns the pin that [Place.NoteRotation] stored. Call it only if
// [Place.Unfinished].
func (p *Place) Announced() (escrow.Pin, error) {
	fp, err := escrow.ParseFingerprint(p.conf.Next.Fingerprint)
	if err != nil {
		return escrow.Pin{}, local.ErrConfig
	}
	return escrow.Pin{Fingerprint: fp, Recipient: p.conf.Next.Recipient}, nil
}
