// Package copies keeps copies of a vault equal to it.
//
// Start with [Dial], which opens a copy's folder if it is there, and [Sync],
// which makes a vault and a copy hold the same: what one lacks it gets from the
// other, and a damaged file is replaced by the one that its name, a seal or a
// signature asks for. Nothing is ever deleted, nothing else is replaced, and
// whatever stops it leaves both sides whole, so that the next call goes on.
// [Look] says the same without writing, and [Bring] only takes.
//
// Only a vault's files travel, out of the folders of its own epochs: those whose
// content fits the hash in their name and has the form of their kind, seals and
// signatures that verify, whatever a valid seal lists, and the few names that the
// format keeps for later. Other epochs and everything else stay where they lie, and
// are named. The package encrypts nothing and decides nothing about what files mean;
// package escrow does.
package copies

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"seedvault/escrow"
)

// Options say how a copy is to be looked at.
type Options struct {
	// Pin is the vault's. Without one every epoch speaks for itself.
	Pin *escrow.Pin
	// Vault is the one in home as the caller has opened it, nil for none: of its seals what
	// was verified then is not verified again.
	Vault *escrow.Vault
	// Seen is what the last [Sync] of this copy on this machine returned.
	Seen Seen
	// Thorough reads and judges every file on both sides. Otherwise names and sizes
	// are compared, and read are a file that is empty or not as long as its twin, all
	// that opens the vault, the live seals, what lies beside the epochs' folders, and a
	// sample of the rest.
	Thorough bool
	// Refill lets Sync fill a copy that is empty though it once was not. Without it
	// nothing is written there: a folder in which a stick is usually mounted looks
	// just like that.
	Refill bool
	// Page is the page that the program carries: what it was swapped for is healed from
	// it, whether or not the vault lists it, and it is put where the vault lists it and
	// it is missing.
	Page *escrow.Page
	// Pages are the SHA-256 of the pages that were released, by name.
	Pages map[string][32]byte
	// Watch, if not nil, is called as files are done, with how many there are: one
	// call at a time, from any goroutine.
	Watch func(done, total int)
}

// State sums up what was found about a copy, as a stable word for scripts. If several
// apply, it is the one that most needs attention; the rest is in [Result].
type State string

const (
	Equal       State = "equal"       // both hold the same
	New         State = "new"         // no vault lay there
	Behind      State = "behind"      // it lacked files of the vault
	Ahead       State = "ahead"       // it held files that the vault lacked
	Healed      State = "healed"      // damaged files were found there or in the vault, and all could be replaced
	LostFiles   State = "lost-files"  // it lacked files that it once held
	Older       State = "older"       // it lacked seals that it once held, or its history was rewritten: it was rolled back
	Damaged     State = "damaged"     // files that the vault has or lists are damaged there, and nothing here can replace them, or what it lacks cannot be put there
	ReadOnly    State = "read-only"   // it lacks files and cannot be written to
	Full        State = "full"        // it lacks files and has no room for them
	Failed      State = "failed"      // reading or writing there failed otherwise: see [Result.Err]
	NotFetched  State = "not-fetched" // a synchronizing tool has left only the names of files there
	Shared      State = "shared"      // files there are the vault's own, under second names: nothing was touched
	Emptied     State = "emptied"     // no vault lies there any more: see [Options.Refill]
	Foreign     State = "foreign"     // another vault lies there; nothing was touched
	Unreachable State = "unreachable" // it is not there
)

// Count is how many files there are, and among them of what people count.
type Count struct {
	Files   int `json:"files"`
	Seeds   int `json:"seeds"`
	Seals   int `json:"seals"`
	Holders int `json:"holders"` // whose ways in these are
}

// Result says what was found in a copy and what was done. From [Look], it says what [Sync]
// would do. Of several lists a file may stand in more than one.
type Result struct {
	State State `json:"state"`
	Given Count `json:"given"` // what the copy lacked, and has now
	Taken Count `json:"taken"` // what the vault lacked, and has now
	// Lost is what the copy once held and lacked. Files counts all, the others only
	// what the vault still has.
	Lost Count `json:"lost"`
	// Gone is how many of these the vault has not either: they are not back.
	Gone int `json:"gone,omitempty"`
	// Left is how many files the copy still lacks.
	Left int `json:"left"`

	Healed      []string `json:"healed,omitempty"`       // replaced in the copy
	HealedHere  []string `json:"healed_here,omitempty"`  // replaced in the vault
	Damaged     []string `json:"damaged,omitempty"`      // in the copy, and no good one here, though the vault has or lists it
	DamagedOnly []string `json:"damaged_only,omitempty"` // in the copy, and the vault neither has nor lists such a file: the copy lacks nothing by it
	DamagedHere []string `json:"damaged_here,omitempty"` // in the vault, and no good one there
	Differs     []string `json:"differs,omitempty"`      // two contents, and nothing says which is right: left as they are
	Skipped     []string `json:"skipped,omitempty"`      // in the copy: links and devices
	Shared      []string `json:"shared,omitempty"`       // one file with two names, here and there
	NotFetched  []string `json:"not_fetched,omitempty"`  // in the copy: a synchronizing tool has left only the name
	Others      []string `json:"others,omitempty"`       // in the copy: no part of the vault; folders were not looked into
	Swapped     []string `json:"swapped,omitempty"`      // in the copy: under a page's name, and not that page; those that could be are among Healed
	SwappedHere []string `json:"swapped_here,omitempty"` // likewise in the vault
	OtherEpochs []string `json:"other_epochs,omitempty"` // in the copy: folders of epochs that this vault does not follow, or cannot read

	// Rewound says that the place itself tells that it was taken back to an earlier state:
	// see [Rewinder].
	Rewound bool `json:"rewound,omitempty"`

	// Seen is to be kept and given to the next call.
	Seen Seen `json:"-"`
	// Err is why the copy could not be read or written, nil if it could.
	Err error `json:"-"`
}

// MarshalJSON gives the result with Err as text.
func (r Result) MarshalJSON() ([]byte, error) {
	type plain Result
	out := struct {
		plain
		Error string `json:"error,omitempty"`
	}{plain: plain(r)}
	if r.Err != nil {
		out.Error = r.Err.Error()
	}
	return json.Marshal(out)
}

// Sync makes the vault in home and the copy in there hold the same. What is wrong with the
// copy is in the result. The error is about the vault, which cannot be opened or written
// to, or says that the context has ended the work; the result then says how far it got.
func Sync(ctx context.Context, home, there escrow.FS, o Options) (Result, error) {
	s := newSyncing(ctx, home, there, o)
	s.home.write, s.there.write = true, true
	return s.run()
}

// Look finds what [Sync] would find, says what it would do, and writes nothing. The error is
// that of Sync.
func Look(ctx context.Context, home, there escrow.FS, o Options) (Result, error) {
	return newSyncing(ctx, home, there, o).run()
}

// Bring copies every undamaged file of the pinned vault that the folder "to" lacks, from
// the copy "from". The folder may be empty; the copy is not changed. Of the options only
// Pin, Page and Pages are used. The error says that writing failed, that the copy could not
// be read, that the context has ended, or that the copy is another vault's ([ErrForeign]).
func Bring(ctx context.Context, to, from escrow.FS, o Options) (Brought, error) {
	s := newSyncing(ctx, to, from, Options{Pin: o.Pin, Thorough: true, Page: o.Page, Pages: o.Pages})
	s.home.write, s.bring = true, true
	r, err := s.run()
	switch {
	case err != nil:
	case r.State == Foreign:
		err = ErrForeign
	default:
		err = r.Err
	}
	return Brought{
		Copied: r.Taken.Files, Differs: r.Differs, Skipped: slices.Concat(r.Skipped, r.Damaged, r.DamagedOnly),
		NotFetched: r.NotFetched, Others: append(r.OtherEpochs, r.Others...), Swapped: r.Swapped,
	}, err
}

// ErrForeign is returned by [Bring] if the two vaults have no epoch in common.
var ErrForeign = errors.New("failed to bring the copy: another vault lies here")

// Brought says what [Bring] did.
type Brought struct {
	Copied     int      // files that were missing and are there now
	Differs    []string // there with other content; left as they are
	Skipped    []string // links, devices, and files that are damaged
	NotFetched []string // only their names lie in the copy
	Others     []string // no part of the vault
	Swapped    []string // under a page's name, and not that page
}
