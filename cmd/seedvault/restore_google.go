package main

import (
	"errors"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/recheck"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
)

// googleSteps puts seeds into export codes for Google Authenticator. It names the seeds that
// do not fit into these; they have codes of their own.
func (v *restore) googleSteps(chosen []escrow.Entry) ([]recheck.Step, error) {
	var keys []otpauth.Key
	var of []escrow.Entry // the seed of each key
	left := 0
	for _, e := range chosen {
		key, err := e.Seed.Key()
		if err != nil {
			v.w.Voice.Remark(words.NotExported, seedlist.Title(e), whyNot(err))
			left++
			continue
		}
		keys, of = append(keys, key), append(of, e)
	}
	parts, refused := google.Build(keys, v.exportLimit(keys))
	for _, r := range refused {
		v.w.Voice.Remark(words.NotExported, seedlist.Title(of[r.Position-1]), whyNot(r.Err))
	}
	if left += len(refused); left > 0 {
		v.w.Voice.Remark(words.ExportOthers)
	}
	if len(parts) == 0 {
		return nil, say.Fail(words.NothingToExport).WithHint(words.HintNothingToExport)
	}
	var steps []recheck.Step
	for _, part := range parts {
		s := recheck.Step{Title: v.w.Voice.Text(words.ExportTitle, len(part.Entries)), Text: part.URI, Batch: true}
		for _, e := range part.Entries {
			s.Seeds = append(s.Seeds, of[e.Position-1])
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// whyNot returns the reason why a seed is in no export code.
func whyNot(err error) any {
	var export *exchange.Error
	if errors.As(err, &export) {
		return words.Refusals.Of(string(export.Reason))
	}
	return explain.Error(err)
}

// exportLimit returns how long an export link may be so that its code fits the terminal; in a
// file it may be as long as phones can read.
func (v *restore) exportLimit(keys []otpauth.Key) int {
	if v.png != nil || v.svg != nil || v.uri {
		return google.Limit
	}
	t, err := v.w.Terminal()
	if err != nil {
		return google.Limit
	}
	defer t.Close()
	columns, rows := t.Size()
	limit := google.Limit
	for limit > 150 && !fits(keys, limit, v.forms()[0], columns, rows) {
		limit = limit * 4 / 5
	}
	return limit
}

// fits reports whether all codes of an export can be drawn beside their text.
func fits(keys []otpauth.Key, limit int, form qr.Form, columns, rows int) bool {
	parts, _ := google.Build(keys, limit)
	for _, part := range parts {
		code, err := qr.New(part.URI())
		if err != nil {
			return false
		}
		if wide, high := recheck.LeastSize(code, form); wide > columns || high > rows {
			return false
		}
	}
	return true
}
