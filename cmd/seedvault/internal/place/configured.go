package place

import (
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow"
)

// KeepName stores the name that the flags give the vault, if they do.
func (p *Place) KeepName(name string) error {
	if name == "" {
		return nil
	}
	return p.update(func(v *local.Vault) { v.Name = name })
}

// DeviceKey is where the key of this PC is kept, which opens the vault without asking: in a
// file or in the system's keyring.
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

// AddDevice adds a key to the configuration that opens the vault without asking.
func (p *Place) AddDevice(k DeviceKey) error { return p.update(k.addTo) }

// SetPin stores a pin for the vault's path. If it has no recipient, the one that was stored
// stays.
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

// NoteRotation notes the pin of the epoch that a rotation on this machine is about to make, so
// that an interrupted rotation is recognised.
func (p *Place) NoteRotation(pin escrow.Pin) error {
	return p.update(func(v *local.Vault) {
		v.Next = &local.Next{Fingerprint: pin.Fingerprint.Hex(), Recipient: pin.Recipient}
	})
}

// Unfinished reports whether a rotation on this machine was begun and not completed.
func (p *Place) Unfinished() bool { return p.conf.Next != nil }

// Announced returns the pin that [Place.NoteRotation] has noted.
func (p *Place) Announced() (escrow.Pin, error) {
	fp, err := escrow.ParseFingerprint(p.conf.Next.Fingerprint)
	if err != nil {
		return escrow.Pin{}, local.ErrConfig
	}
	return escrow.Pin{Fingerprint: fp, Recipient: p.conf.Next.Recipient}, nil
}
