package main

import (
	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

// googleLeaves puts seeds into export codes for Google Authenticator. What those
// cannot carry is said, and left to a code of its own.
func (p *program) googleLeaves(chosen []escrow.Entry) ([]leaf, error) {
	var keys []otpauth.Key
	var of []escrow.Entry // the seed of each key
	left := 0
	for _, e := range chosen {
		key, err := e.Seed.Key()
		if err != nil {
			p.Remark(speech.NotExported, title(e), explain(err))
			left++
			continue
		}
		keys, of = append(keys, key), append(of, e)
	}
	parts, refused := exchange.BuildGoogle(keys, 0)
	for _, r := range refused {
		p.Remark(speech.NotExported, title(of[r.Position-1]), explain(r.Err))
	}
	if left += len(refused); left > 0 {
		p.Remark(speech.ExportOthers)
	}
	if len(parts) == 0 {
		return nil, speech.Fail(speech.NothingToExport).WithHint(speech.HintNothingToExport)
	}
	var leaves []leaf
	for _, part := range parts {
		l := leaf{title: p.Text(speech.ExportTitle, len(part.Entries)), text: part.URI, batch: true}
		for _, e := range part.Entries {
			l.entries = append(l.entries, of[e.Position-1])
		}
		leaves = append(leaves, l)
	}
	return leaves, nil
}
