package session

import (
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
)

// RemarkMending prints the command that restores the page, if the vault's page is missing
// or wrong.
func (h *Home) RemarkMending() {
	if p := upkeep.BuiltInPage(); h.vault.Files.LacksPage(p) {
		h.world().Voice.Remark(words.PageComesBack, p.Name)
	}
}

// MendPage restores the vault's page if it is missing or wrong, and reports whether it did.
func (h *Home) MendPage() bool {
	p := upkeep.BuiltInPage()
	mended, err := h.vault.Files.MendPage(p)
	switch {
	case err != nil:
		h.world().Voice.Tell(explain.Error(err))
	case mended:
		h.world().Voice.Remark(words.PageMended, p.Name)
	}
	return mended
}
