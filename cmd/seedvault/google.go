package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
)

// googleLeaves puts seeds into export codes for Google Authenticator. What those
// cannot carry is said, and left to a code of its own.
func (p *program) googleLeaves(c *cli.Context, chosen []escrow.Entry) ([]leaf, error) {
	var keys []otpauth.Key
	var of []escrow.Entry // the seed of each key
	left := 0
	for _, e := range chosen {
		key, err := e.Seed.Key()
		if err != nil {
			p.Remark(words.NotExported, title(e), whyNot(err))
			left++
			continue
		}
		keys, of = append(keys, key), append(of, e)
	}
	parts, refused := exchange.BuildGoogle(keys, p.exportLimit(c, keys))
	for _, r := range refused {
		p.Remark(words.NotExported, title(of[r.Position-1]), whyNot(r.Err))
	}
	if left += len(refused); left > 0 {
		p.Remark(words.ExportOthers)
	}
	if len(parts) == 0 {
		return nil, say.Fail(words.NothingToExport).WithHint(words.HintNothingToExport)
	}
	var leaves []leaf
	for _, part := range parts {
		l := leaf{title: p.Text(words.ExportTitle, len(part.Entries)), text: part.URI, batch: true}
		for _, e := range part.Entries {
			l.entries = append(l.entries, of[e.Position-1])
		}
		leaves = append(leaves, l)
	}
	return leaves, nil
}

// whyNot is the reason why a key is in no export.
func whyNot(err error) any {
	var export *exchange.Error
	if errors.As(err, &export) {
		return words.Refusals.Of(string(export.Reason))
	}
	return explain(err)
}

// exportLimit is how long an export link may be so that its code fits the
// terminal it is to be drawn on; what goes to a file may be as long as phones read.
func (p *program) exportLimit(c *cli.Context, keys []otpauth.Key) int {
	if c.IsSet("png") || c.IsSet("svg") || c.IsSet("uri") {
		return exchange.GoogleLimit
	}
	t, err := p.terminal()
	if err != nil {
		return exchange.GoogleLimit
	}
	defer t.Close()
	columns, rows := t.Size()
	form := p.textForms(c)[0]
	limit := exchange.GoogleLimit
	for limit > 150 && !fits(keys, limit, form, columns, rows) {
		limit = limit * 4 / 5
	}
	return limit
}

// fits says that every code of an export can be drawn beside its words.
func fits(keys []otpauth.Key, limit int, form qr.Form, columns, rows int) bool {
	parts, _ := exchange.BuildGoogle(keys, limit)
	for _, part := range parts {
		code, err := qr.New(part.URI())
		if err != nil {
			return false
		}
		if wide, high := smallest(code, form); wide > columns || high > rows {
			return false
		}
	}
	return true
}
