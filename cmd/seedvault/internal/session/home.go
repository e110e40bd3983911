package session

import (
	"fmt"
	"io"
	"slices"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// Home is a vault that lies in its place and is pinned on this machine. Only such a vault
// is written to, remembered and copied.
type Home struct {
	vault  *Vault
	copies *upkeep.Copies

	withheld []escrow.SealRef // seals seen before that did not lie here when the vault was opened

	indexFailed bool // it was said that the index could not be kept
}

// Vault returns the vault.
func (h *Home) Vault() *Vault { return h.vault }

// newHome returns the home of a vault.
func newHome(v *Vault) *Home {
	return &Home{vault: v, copies: upkeep.New(upkeep.Original{
		Place: v.Place, Folder: v.folder,
		Files:   func() *escrow.Vault { return v.Files },
		Changed: func() { v.listed = nil },
	})}
}

// Follow pins another epoch, and reads the vault again under that pin.
func (h *Home) Follow(pin escrow.Pin) error {
	if err := h.vault.Place.SetPin(pin); err != nil {
		return err
	}
	return h.reread()
}

// reread reads the vault again under the present configuration of its path.
func (h *Home) reread() (err error) {
	v := h.vault
	if err := v.Place.Reload(); err != nil {
		return err
	}
	if v.Files, err = escrow.Reopen(v.folder, v.Place.Pin(), v.Files); err == nil {
		v.Files.Recall(v.Place.Recall())
	}
	return err
}

// resume pins the epoch of a rotation that was interrupted on this machine after the epoch was
// written and before it was pinned.
func (h *Home) resume() error {
	v := h.vault
	if !v.Place.Unfinished() {
		return nil
	}
	next, err := v.Place.AnnouncedPin()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(v.Files.Epochs(), func(e escrow.Epoch) bool { return e.Fingerprint == next.Fingerprint && e.Sealed }) {
		return nil
	}
	if v.Files, err = v.Files.Confirm(next.Fingerprint, true); err != nil { // this machine has made it
		return err
	}
	pin := v.Files.Pin()
	pin.Recipient = next.Recipient
	if err := h.Follow(pin); err != nil {
		return err
	}
	voice := v.Place.World.Voice
	voice.Remark(words.RotationResumed)
	SayConfirming(voice, voice.Err, pin) // the command has an answer of its own
	return nil
}

// RememberOpened stores what an opened vault shows or, if o is nil, what the vault shows
// without a key. See [Home.Remember].
func (h *Home) RememberOpened(o *escrow.Opened) {
	var holders []roster.Holder
	if o != nil {
		holders, _ = o.Roster().Holders()
	}
	h.Remember(holders)
}

// Deposit writes a seed into the vault, and its receipt into this machine's journal. Both are
// durable once it returns without an error, but for a journal that cannot be written: the seed
// is saved all the same, so that is a remark.
func (v *Vault) Deposit(seed escrow.Seed) (escrow.Receipt, error) {
	receipt, err := v.Files.Deposit(seed)
	if err != nil {
		return receipt, err
	}
	if v.listed != nil {
		v.listed.items = append(v.listed.items, escrow.Item{Label: seed.Label(), Receipts: []escrow.Receipt{receipt}})
	}
	w := v.Place.World
	if err := v.Place.Memory().Deposited(w.Now(), receipt); err != nil {
		w.Voice.Remark(words.NotInJournal, receipt, explain.Error(err))
	}
	return receipt, nil
}

// DepositAll does the same for many seeds, as one batch with one write to the journal, and
// shows the progress. A zero receipt stands for a seed that was not saved.
func (v *Vault) DepositAll(seeds []escrow.Seed) ([]escrow.Receipt, error) {
	v.listed = nil
	w, memory := v.Place.World, v.Place.Memory()
	var ids []string
	for _, s := range seeds {
		ids = append(ids, s.ID())
	}
	conclude, unannounced := memory.AnnounceBatch(ids) // without it they are saved all the same
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

// SayConfirming prints the commands with which the others confirm the new fingerprint after a
// rotation.
func SayConfirming(voice say.Voice, to io.Writer, pin escrow.Pin) {
	if escrow.CheckName(voice.Vault) != nil {
		voice.Vault = "" // a path on this machine is none on theirs
	}
	fmt.Fprintln(to, voice.Text(words.ConfirmRotation, pin.Fingerprint, pin.Recipient))
}

func (h *Home) world() *world.World { return h.vault.Place.World }
