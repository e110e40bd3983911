package intake

import (
	"fmt"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
)

// Parsed is the result of [Parse].
type Parsed struct {
	Seeds   []escrow.Seed
	Refused int // texts and sources that gave none
	Again   int // seeds that came a second time
	InClear InClear
}

// parser makes seeds of what was found. If several things were found, one that is refused does
// not keep the others from being seeds; a single one that is refused ends with an error.
type parser struct {
	voice   say.Voice
	details escrow.Details
	alone   bool
	parsed  Parsed
	seen    map[[32]byte]int // what was taken so far, by its mark
	exports google.Exports
}

// Parse makes seeds of what was found, adds the details to each, prints them, and prints what
// is no seed and why.
func Parse(voice say.Voice, found []Item, details escrow.Details) (Parsed, error) {
	in := parser{voice: voice, details: details, alone: len(found) == 1, seen: map[[32]byte]int{}}
	for _, f := range found {
		before := len(in.parsed.Seeds) + in.parsed.Again
		if err := in.item(f); err != nil {
			return in.parsed, err
		}
		if len(in.parsed.Seeds)+in.parsed.Again > before {
			in.parsed.InClear.add(f.lies)
		}
	}
	for _, e := range in.exports.Incomplete() {
		if len(e.Missing) > 0 {
			voice.Remark(words.ExportMissing, numbers(e.Missing), e.Of)
		}
		if len(e.Clashing) > 0 {
			voice.Remark(words.ExportClashes, numbers(e.Clashing), e.Of)
		}
	}
	for _, seed := range in.parsed.Seeds {
		show(voice, seed)
	}
	return in.parsed, nil
}

// item makes seeds of one item.
func (in *parser) item(f Item) error {
	if f.err != nil {
		return in.refuse(f.Source, f.err)
	}
	if !google.IsLink(f.text) {
		return in.line(f.Source, f.text)
	}
	part, err := google.Parse(f.text)
	if err != nil {
		return in.refuse(f.Source, err)
	}
	return in.part(f.Source, part)
}

// part makes seeds of one code of a Google export.
func (in *parser) part(source string, part google.Part) error {
	if !in.exports.Add(part) {
		in.voice.Remark(words.ExportTwice, source, part.Number, part.Of)
		in.parsed.Again += len(part.Entries)
		return nil
	}
	in.alone = false
	in.voice.Remark(words.ExportFound, source, part.Number, part.Of, len(part.Entries))
	for _, e := range part.Entries {
		source := in.voice.Text(words.ExportEntry, source, e.Position, console.Safe(e.Label, 40))
		err := e.Err
		if err != nil {
			err = in.refuse(source, err)
		} else {
			err = in.line(source, e.Key.URI())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// line parses one otpauth line. If the same seed comes several times, in whatever spelling, it
// is taken once; of hotp seeds that differ in the counter, the one with the highest.
func (in *parser) line(source, line string) error {
	seed, err := escrow.NewSeed(line, in.details)
	if err != nil {
		return in.refuse(source, err)
	}
	key, err := seed.Key()
	if err != nil {
		return in.refuse(source, err)
	}
	if i, again := in.seen[key.SeedMark()]; again {
		if had, err := in.parsed.Seeds[i].Key(); err == nil && key.Counter() > had.Counter() {
			in.parsed.Seeds[i] = seed
		}
		in.voice.Remark(words.Twice, source)
		in.parsed.Again++
		return nil
	}
	in.seen[key.SeedMark()] = len(in.parsed.Seeds)
	in.parsed.Seeds = append(in.parsed.Seeds, seed)
	return nil
}

// refuse prints why something is no seed, or returns that as an error if nothing else was found.
func (in *parser) refuse(source string, err error) error {
	if in.alone {
		return explain.Error(err).In(source)
	}
	in.voice.Remark(words.Refused, source, explain.Error(err))
	in.parsed.Refused++
	return nil
}

// numbers joins numbers with commas.
func numbers(list []int) string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(list)), ", "), "[]")
}

// show prints everything about a seed but its secret.
func show(voice say.Voice, seed escrow.Seed) {
	key, err := seed.Key()
	if err != nil {
		return
	}
	called := seedlist.TitleOfSeed(seed, escrow.Receipt{})
	if issuer, account := seedlist.NamesOfSeed(seed); seed.Name() != "" { // the image may be another account's than the name says
		called += " (" + console.Safe(strings.TrimSpace(issuer+" "+account), 60) + ")"
	}
	if key.Type() == otpauth.HOTP {
		voice.Remark(words.FoundCounting, called, string(key.Algorithm()), key.Digits(), key.Counter())
	} else {
		voice.Remark(words.FoundSeed, called, string(key.Type()), string(key.Algorithm()), key.Digits(), int(key.Period().Seconds()))
	}
	for _, r := range key.Remarks() {
		voice.Remark(words.SeedRemarks.Of(string(r)))
	}
	remarkDrawing(voice, key)
}

// remarkDrawing warns if no QR code can hold the seed's line, and tells whether a shorter
// spelling of the same key fits.
func remarkDrawing(voice say.Voice, key otpauth.Key) {
	line := len(key.ASCII())
	if line <= qr.MaxLen {
		return
	}
	for _, short := range key.Short() {
		if len(short) <= qr.MaxLen {
			voice.Remark(words.LongLineShort, line, qr.MaxLen)
			return
		}
	}
	voice.Remark(words.LongLine, line, qr.MaxLen)
}
