package session

import (
	"context"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// AddCopy makes a copy's folder and adds the copy to this machine's configuration at once, and
// to the vault's records with the next seal.
func (w *Writable) AddCopy(c local.Copy) error {
	if err := w.Opened.Roster().AddCopy(copyplace.Shared(c)); err != nil {
		return err
	}
	if _, err := copyplace.Make(c); err != nil {
		return err
	}
	return w.Home.vault.Place.AddCopy(c)
}

// RemoveCopy removes a copy from this machine's configuration at once, and from the vault's
// records with the next seal. Its files stay.
func (w *Writable) RemoveCopy(id string) error {
	if err := w.Opened.Roster().RemoveCopy(id); err != nil {
		return err
	}
	return w.Home.vault.Place.RemoveCopy(id)
}

// EditCopy changes where a copy is kept: in this machine's configuration at once, and in the
// vault's records with the next seal.
func (w *Writable) EditCopy(c roster.Copy) error {
	if err := w.Opened.Roster().EditCopy(c); err != nil {
		return err
	}
	return w.Home.vault.Place.SetKept(c.ID, c.Kept)
}

// AdoptCopy adds the copy that the vault was brought from to this machine's configuration, if
// the vault has a record of one that this machine does not know yet.
func (h *Home) AdoptCopy(ctx context.Context, o *escrow.Opened, from string) error {
	p := h.vault.Place
	at, err := copyplace.At(from)
	if err != nil {
		return nil
	}
	shared := copyplace.Shared(at).At
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
	return h.Bring(ctx)
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

// Copies returns the vault's copies.
func (h *Home) Copies() *upkeep.Copies { return h.copies }

// Bring mends the vault's own page, brings the copies up to date, and reads the vault anew
// with what they gave it. It fails only where the vault itself cannot be read or written.
func (h *Home) Bring(ctx context.Context) error {
	h.MendPage()
	if brought, err := h.copies.Bring(ctx); err != nil || !brought {
		return err
	}
	return h.reread()
}

func (h *Home) world() *world.World { return h.vault.Place.World }
