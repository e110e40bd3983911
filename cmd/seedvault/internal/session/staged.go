package session

import (
	"errors"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/explain"
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
	if err := w.Opened.Roster().AddCopy(copyplace.RosterCopy(c)); err != nil {
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

// OfferPage reports whether the vault is to get the page that opens it in a browser: the flag
// says so, or the person does who is asked where the vault has none. Without a terminal nobody
// is asked.
func (w *Writable) OfferPage(flag bool) (bool, error) {
	p, on := upkeep.BuiltInPage(), w.Home.world()
	if flag || w.Opened.HasPage(p) || !on.Attended() {
		return flag, nil
	}
	answer, err := on.Ask(on.Voice.Text(words.AskPage, p.Name), world.No)
	return err == nil && answer != world.No, err
}

// PutPage stages the page, and reports whether it is in the vault once that is sealed. If
// another file has its name, the file stays and a remark is printed, so that the command can
// go on.
func (w *Writable) PutPage() (bool, error) {
	p := upkeep.BuiltInPage()
	err := w.Opened.PutPage(p)
	if errors.Is(err, escrow.ErrPageTaken) {
		w.voice().Tell(explain.Error(err))
		return false, nil
	}
	if err == nil {
		w.voice().Remark(words.PagePut, p.Name)
	}
	return err == nil, err
}
