package upkeep

import (
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// BuiltInPage returns the page that is built into this program, under its name in a vault.
func BuiltInPage() escrow.Page {
	return escrow.Page{Name: page.Name(page.Current), Text: page.Page()}
}

// WithPages sets the options under which copies compare pages with those that were released,
// and put the right ones back.
func WithPages(o copies.Options) copies.Options {
	p := BuiltInPage()
	o.Page, o.Pages = &p, page.Sums()
	return o
}
