package session

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// Copies returns the vault's copies.
func (h *Home) Copies() *upkeep.Copies { return h.copies }

// UpdateCopies restores the vault's own page, updates the copies, and reads the vault again
// with what they gave it. It fails only if the vault itself cannot be read or written.
func (h *Home) UpdateCopies(ctx context.Context) error {
	h.MendPage()
	if brought, err := h.copies.UpdateAll(ctx); err != nil || !brought {
		return err
	}
	return h.Brought()
}

// Brought reads the vault again after copies have given it something, and names the rotations
// that came with it: what was saved under the key of before counts only once a person has
// confirmed or refused them.
func (h *Home) Brought() error {
	known := h.vault.Epochs(IsRotation)
	if err := h.reread(); err != nil {
		return err
	}
	h.vault.remarkRotations(func(e escrow.Epoch) bool {
		return IsRotation(e) && !slices.ContainsFunc(known, func(k escrow.Epoch) bool { return k.Fingerprint == e.Fingerprint })
	})
	return nil
}

// CopyWith returns the name of a copy within reach that holds an epoch with the fingerprint that
// a person typed, "" if there is none.
func (h *Home) CopyWith(ctx context.Context, typed string) (name string) {
	for _, c := range h.vault.Place.Copies() {
		h.copies.LookInto(ctx, c, func(there copies.Store, _ func()) {
			if _, err := openByFingerprint(there, typed, nil); err == nil {
				name = c.Name
			}
		})
		if name != "" {
			break
		}
	}
	return name
}

// AdoptCopy adds the copy that the vault was brought from to this machine's configuration, and
// updates the copies, if the vault has a record of one such copy that this machine does not
// know yet. If there are several, it asks which one it is, and adds none.
func (h *Home) AdoptCopy(ctx context.Context, o *escrow.Opened, from string) error {
	p := h.vault.Place
	at, err := copyplace.ByPath(from)
	if err != nil {
		return nil
	}
	shared := copyplace.RosterCopy(at).At
	var unmet []roster.Copy
	for _, known := range o.Roster().Copies() {
		if p.CopyNamed(known.Name) != nil || known.Kind != at.Kind {
			continue
		}
		if shared != "" && known.At == shared { // a person has typed the very address
			unmet = []roster.Copy{known}
			break
		}
		unmet = append(unmet, known)
	}
	if len(unmet) == 0 {
		return nil
	}
	is, shown := unmet[0], console.Safe(at.Path, 0)
	if len(unmet) > 1 {
		p.World.Voice.Remark(askWhich(at), shown, is.Name)
		return nil
	}
	if err := p.AddCopy(local.Copy{ID: is.ID, Name: is.Name, Kind: is.Kind, Kept: is.Kept, Path: at.Path}); err != nil {
		return err
	}
	p.World.Voice.Remark(words.CopyRegistered, is.Name, shown)
	return h.UpdateCopies(ctx)
}

// askWhich returns the message that asks which of the vault's copies lies in a place.
func askWhich(at local.Copy) words.Message {
	switch {
	case copyplace.IsRemote(at):
		return words.RemoteWhichIs
	case at.Kind == roster.CopyKit:
		return words.KitWhichIs
	}
	return words.CopyWhichIs
}
