package session

import (
	"errors"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
)

// RemarkPages warns of files that have a page's name and are another page: whoever types a
// secret into one tells it to a stranger.
func (v *Vault) RemarkPages() {
	for _, name := range v.Files.SwappedPages(page.Sums()) {
		v.Place.World.Voice.Remark(words.PageSwapped, name)
	}
}

// OfferPage reports whether the vault is to get the page that opens it in a browser: the flag
// says so, or the person does who is asked where the vault has none. Without a terminal nobody
// is asked.
func (w *Writable) OfferPage(flag bool) (bool, error) {
	p, on := upkeep.CarriedPage(), w.Home.world()
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
	p := upkeep.CarriedPage()
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

// RemarkMending names the command that puts the right page back, where the vault's own is not
// the right one.
func (h *Home) RemarkMending() {
	if p := upkeep.CarriedPage(); h.vault.Files.LacksPage(p) {
		h.world().Voice.Remark(words.PageComesBack, p.Name)
	}
}

// MendPage puts the right page back where the vault's own was swapped or is gone, and reports
// whether it has done so.
func (h *Home) MendPage() bool {
	p := upkeep.CarriedPage()
	mended, err := h.vault.Files.MendPage(p)
	switch {
	case err != nil:
		h.world().Voice.Tell(explain.Error(err))
	case mended:
		h.world().Voice.Remark(words.PageMended, p.Name)
	}
	return mended
}
