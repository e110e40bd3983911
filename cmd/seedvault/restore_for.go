package main

import (
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/moving"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
)

// forApp finds the app that the seeds are for, before anything is opened.
func (v *restore) forApp() (app exchange.App, err error) {
	if v.app == "" {
		return app, nil
	}
	app, ok := exchange.AppNamed(strings.ToLower(v.app))
	if !ok {
		var names []string
		for _, a := range exchange.Apps() {
			names = append(names, a.Name)
		}
		return app, say.Usage(words.NoSuchApp, console.Safe(v.app, 40)).WithHint(words.HintApps, strings.Join(names, ", "))
	}
	return app, nil
}

// warnFor says which seeds the app will not show right, before it scans one.
func (v *restore) warnFor(app exchange.App, chosen []escrow.Entry) {
	if app.Name == "" {
		return
	}
	var items []exchange.Item
	for _, e := range chosen {
		item := exchange.Item{Label: app.Title + ", " + seedlist.Title(e)}
		if key, err := e.Seed.Key(); err == nil {
			item.Notices = app.Warnings(key)
		} else {
			item.Notices = []exchange.Notice{{What: exchange.NoCodes}}
		}
		items = append(items, item)
	}
	moving.RemarkNotices(v.w.Voice, items)
	if len(app.Imports) > 0 && len(chosen) > 1 {
		v.w.Voice.Remark(words.ForAppImports, app.Title, app.Imports[0])
	}
}
