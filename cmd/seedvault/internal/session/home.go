package session

import (
	"slices"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// Home is a vault that lies in its place and is pinned here: it may be written to, is
// remembered, and carried to its copies.
type Home struct {
	vault  *Vault
	copies Copies

	withheld []escrow.SealRef // seals that did not lie here when the vault was opened

	indexFailed bool // it was said that the index could not be kept
}

// Vault returns the vault.
func (h *Home) Vault() *Vault { return h.vault }

// newHome returns the home of a vault.
func newHome(v *Vault) *Home {
	h := &Home{vault: v}
	h.copies.home = h
	return h
}

// Copies returns the vault's copies.
func (h *Home) Copies() *Copies { return &h.copies }

// Announce remembers what a rotation on this machine is about to make, so that it is
// known again if it is stopped just then.
func (h *Home) Announce(pin escrow.Pin) error {
	return h.vault.Place.update(func(v *local.Vault) {
		v.Next = &local.Next{Fingerprint: pin.Fingerprint.Hex(), Recipient: pin.Recipient}
	})
}

// Follow makes a pin the one of this machine, and reads the vault by it.
func (h *Home) Follow(pin escrow.Pin) error {
	if err := h.vault.Place.follow(&pin); err != nil {
		return err
	}
	return h.reread()
}

// follow keeps a pin for the vault's path. What was known to encrypt to stays known.
func (p *Place) follow(pin *escrow.Pin) error {
	return p.update(func(v *local.Vault) {
		if pin.Recipient == "" && v.Fingerprint == pin.Fingerprint.Hex() {
			pin.Recipient = v.Recipient
		}
		v.Follow(*pin)
	})
}

// reread reads the vault by what is configured for its path now.
func (h *Home) reread() (err error) {
	v := h.vault
	if err := v.Place.reload(); err != nil {
		return err
	}
	if v.Files, err = escrow.Reopen(v.folder, v.Place.pin, v.Files); err == nil {
		v.Files.Recall(v.Place.Recall())
	}
	return err
}

// resume knows a rotation again that was stopped on this machine after it was
// whole and before it was kept.
func (h *Home) resume() error {
	v, next := h.vault, h.vault.Place.conf.Next
	if next == nil {
		return nil
	}
	fp, err := escrow.ParseFingerprint(next.Fingerprint)
	if err != nil {
		return local.ErrConfig
	}
	if !slices.ContainsFunc(v.Files.Epochs(), func(e escrow.Epoch) bool { return e.Fingerprint == fp && e.Sealed }) {
		return nil
	}
	if v.Files, err = v.Files.Confirm(fp, true); err != nil { // this machine has made it
		return err
	}
	pin := v.Files.Pin()
	pin.Recipient = next.Recipient
	if err := h.Follow(pin); err != nil {
		return err
	}
	voice := v.Place.world.Voice
	voice.Remark(words.RotationResumed)
	SayConfirming(voice, voice.Err, pin) // the command has an answer of its own
	return nil
}

// RememberOpened remembers a vault that was opened, or as it is without where there is
// nothing opened: see [Home.Remember].
func (h *Home) RememberOpened(o *escrow.Opened) {
	var holders []escrow.Holder
	if o != nil {
		holders, _ = o.Roster().Holders()
	}
	h.Remember(holders)
}

// Deposit puts a seed into the vault, and into this machine's journal. It is durable
// once it returns.
func (v *Vault) Deposit(seed escrow.Seed) (escrow.Receipt, error) {
	receipt, err := v.Files.Deposit(seed)
	if err != nil {
		return receipt, err
	}
	if v.listed != nil {
		v.listed.items = append(v.listed.items, escrow.Item{Label: seed.Label(), Receipts: []escrow.Receipt{receipt}})
	}
	w := v.Place.world
	if err := v.Place.Memory().Deposited(w.Now(), receipt); err != nil {
		w.Voice.Remark(words.NotInJournal, receipt, explain.Error(err))
	}
	return receipt, nil
}

// DepositAll does so for many seeds, as one batch with one entry in the journal, and
// shows how far it has come. A receipt that is zero is of a seed that was not saved.
func (v *Vault) DepositAll(seeds []escrow.Seed) ([]escrow.Receipt, error) {
	v.listed = nil
	w, memory := v.Place.world, v.Place.Memory()
	var ids []string
	for _, s := range seeds {
		ids = append(ids, s.ID())
	}
	conclude, unannounced := memory.Announce(ids) // without it they are saved all the same
	progress := w.Voice.Progress(words.SavingSeeds, w.Now)
	receipts, err := v.Files.DepositAll(seeds, progress.At)
	progress.Done()
	saved := slices.DeleteFunc(slices.Clone(receipts), func(r escrow.Receipt) bool { return r == escrow.Receipt{} })
	if failed := memory.Deposited(w.Now(), saved...); failed != nil {
		w.Voice.Remark(words.NotInJournal, saved[0], explain.Error(failed))
		return receipts, err
	}
	if unannounced == nil {
		if failed := conclude(); failed != nil {
			w.Voice.Remark(words.NotRemembered, explain.Error(failed))
		}
	}
	return receipts, err
}

// shownPath is the vault's path, safe to show.
func (p *Place) shownPath() string { return console.Safe(p.Path, 0) }
