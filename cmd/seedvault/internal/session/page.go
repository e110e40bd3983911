package session

import (
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
)

// RemarkMending names the command that puts the right page back, where the vault's own is not
// the right one.
func (h *Home) RemarkMending() {
	if p := upkeep.BuiltInPage(); h.vault.Files.LacksPage(p) {
		h.world().Voice.Remark(words.PageComesBack, p.Name)
	}
}

// MendPage puts the right page back where the vault's own was swapped or is gone, and reports
// whether it has done so.
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
