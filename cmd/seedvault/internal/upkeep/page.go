package upkeep

import (
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// CarriedPage returns the page that is built into this program, under its name in a vault.
func CarriedPage() escrow.Page {
	return escrow.Page{Name: page.Name(page.Current), Text: page.Page()}
}

// WithPages sets the options under which copies compare pages with those that were released,
// and put the right ones back.
func WithPages(o copies.Options) copies.Options {
	p := CarriedPage()
	o.Page, o.Pages = &p, page.Sums()
	return o
}
