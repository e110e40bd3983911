// Package transfer takes seeds out of the files that other programs export and out of other
// vaults, and puts seeds into such files. A picture or a line that a service shows is read by
// package intake.
//
// Start with [Reader.Read] for the way in: it reads any number of files, asks for their
// passwords, and returns all that it found in one ledger. For the way out start with
// [RecordOf] and formats.NewExport. [Report] shows a ledger. What was found is secret.
package transfer

import (
	"cmp"
	"slices"
	"strings"

	"seedvault/escrow"
	"seedvault/escrow/exchange"
)

// SeedOf makes a seed of a record, with details that all seeds of the import get. A name among
// these takes the place of the record's own; tags and notes are added to its own; the time of
// the record, if it has one, and its origin stay.
func SeedOf(rec exchange.Record, all escrow.Details) (escrow.Seed, error) {
	d := rec.Details()
	s := escrow.Details{
		Added: all.Added, By: all.By, Name: cmp.Or(all.Name, d.Name),
		Tags: slices.Clone(d.Tags), Notes: append(slices.Clone(d.Notes), all.Notes...),
		Recovery: d.Recovery, Origin: d.Origin,
	}
	for _, tag := range all.Tags {
		if !slices.Contains(s.Tags, tag) {
			s.Tags = append(s.Tags, tag)
		}
	}
	if !d.Added.IsZero() { // when the service was enrolled, which the other app knows
		s.Added = d.Added
	}
	for _, o := range d.Other {
		s.Other = append(s.Other, o.Name+" "+o.Value)
	}
	if rec.Key().Type() == "" {
		return escrow.NewSeedOf(rec.Line(), s)
	}
	return escrow.NewSeed(rec.Line(), s)
}

// RecordOf makes a record of a seed with everything that its owner keeps with it; what an
// export has no place for is then named.
func RecordOf(s escrow.Seed) exchange.Record {
	d := exchange.Details{
		Name: s.Name(), Tags: s.Tags(), Notes: s.Notes(), Recovery: s.All("recovery"), Added: s.Added(), Origin: s.Origin(),
	}
	for _, o := range s.All("other") {
		name, value, _ := strings.Cut(o, " ")
		d.Other = append(d.Other, exchange.Field{Name: name, Value: value})
	}
	for _, k := range []string{"ready", "known"} {
		for _, value := range s.All(k) {
			d.Other = append(d.Other, exchange.Field{Name: k, Value: value})
		}
	}
	return exchange.NewRecord(s.Line(), d)
}
