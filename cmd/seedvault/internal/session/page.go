package session

import (
	"errors"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// CarriedPage is the page that this program carries, as it lies in a vault.
func CarriedPage() escrow.Page {
	return escrow.Page{Name: page.Name(page.Current), Text: page.Page()}
}

// withPages has copies compare pages with those that were released, and heal them.
func withPages(o copies.Options) copies.Options {
	p := CarriedPage()
	o.Page, o.Pages = &p, page.Sums()
	return o
}

// RemarkPages names what lies under a page's name and is another page: whoever types a
// secret into it tells it to a stranger.
func (v *Vault) RemarkPages() {
	for _, name := range v.Files.SwappedPages(page.Sums()) {
		v.Place.world.Voice.Remark(words.PageSwapped, name)
	}
}

// OfferPage reports whether a person wants the page in a vault: by the flag, or asked
// about one that has none. Nobody is asked where there is no terminal.
func (w *Writable) OfferPage(flag bool) (bool, error) {
	p, on := CarriedPage(), w.Home.world()
	if flag || w.Opened.HasPage(p) || !on.Attended() {
		return flag, nil
	}
	answer, err := on.Ask(on.Voice.Text(words.AskPage, p.Name), world.No)
	return err == nil && answer != world.No, err
}

// PutPage puts the page into the vault, once it is sealed, and reports whether it is
// there. A file of somebody's under its name stays, and is a remark: the command has
// its own work.
func (w *Writable) PutPage() (bool, error) {
	p := CarriedPage()
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

// RemarkMending says how the vault's own page comes right again, where it is not.
func (h *Home) RemarkMending() {
	if p := CarriedPage(); h.vault.Files.LacksPage(p) {
		h.world().Voice.Remark(words.PageComesBack, p.Name)
	}
}

// MendPage has the vault's own page be the right one again, where it was swapped or is
// gone, and reports whether it was mended.
func (h *Home) MendPage() bool {
	p := CarriedPage()
	mended, err := h.vault.Files.MendPage(p)
	switch {
	case err != nil:
		h.world().Voice.Tell(explain.Error(err))
	case mended:
		h.world().Voice.Remark(words.PageMended, p.Name)
	}
	return mended
}
