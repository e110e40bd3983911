package escrow

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
	"seedvault/escrow/internal/vaultfs"
)

// Opened is a vault that a holder has unlocked. It reads, accepts, edits and
// retires seeds. It holds the vault's secret key; printing it shows none.
type Opened struct {
	reader  *reader
	changes *changer
}

// Format keeps the key out of every verb.
func (o *Opened) Format(f fmt.State, _ rune) { io.WriteString(f, "Opened(elided)") }

// Holder returns the name of the holder whose slot opened the vault, as its sealed record
// has it; where none names the slot, as the slot's folder claims: see [Opened.OpenedUnlisted].
func (o *Opened) Holder() string { return o.reader.holder() }

// Watch has a function called as seeds are decrypted, with how many files are done
// and how many there are: one call at a time, from any goroutine.
func (o *Opened) Watch(f func(done, total int)) { o.reader.watch = f }

// Compared reports whether the vault that opened is the one whose fingerprint a person
// has compared on this machine.
func (o *Opened) Compared() bool { return o.reader.view.Pin != nil }

// Pin returns what this machine would pin: the newest epoch that opened, or the
// pinned one.
func (o *Opened) Pin() Pin {
	return o.reader.pin()
}

// Seeds decrypts every seed that is to be shown, on all cores, and returns them
// sorted by issuer and account, accepted ones first. A file that cannot be read
// costs nothing but itself and is among the findings. The context ends the work
// early.
func (o *Opened) Seeds(ctx context.Context) ([]Entry, []Finding, error) {
	return o.reader.entries(ctx)
}

// OpenedUnlisted returns the path of the slot that opened the vault where no sealed
// record names it, else "": somebody who could open the vault has made a way in that the
// roster does not have.
// Where the epoch has no valid seal none is told apart.
func (o *Opened) OpenedUnlisted() string {
	e := o.reader.openedEpoch()
	if _, ok := o.reader.claimant(); ok || e == nil || !o.reader.seals(e).Sealed() {
		return ""
	}
	return o.reader.opener.slot.Path
}

// Items is [Opened.Seeds] for lists: it reads the files that the index does not know, and
// those that were written to since. What counts and what does not is judged as ever.
func (o *Opened) Items(ctx context.Context) ([]Item, []Finding, error) {
	rd := o.reader
	if rd.index == nil || rd.read != nil {
		return rd.itemsWhole(ctx)
	}
	l := &lister{rd: rd, x: rd.index}
	l.list()
	rd.noteWhole(l.files)
	rd.rule(l.files)
	if hasLate(l.files) { // what was removed has to be opened to judge those
		return rd.itemsWhole(ctx)
	}
	findings := append(rd.open(ctx, l.files, func(f *opened) bool { return f.status.Shown() && l.label(f) == nil }), rd.lostSeeds(l.files)...)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	l.keep()
	rd.list = l
	if len(l.known) == 0 { // all was read: nobody reads it again
		rd.read = &reading{slices.DeleteFunc(slices.Clone(l.files), func(f opened) bool { return f.what == [32]byte{} }), findings}
	}
	return l.items(), findings, nil
}

// UseIndex makes [Opened.Items] use the index that this machine keeps of the vault: what it
// covers is not read again. written is when its file was written. A nil file, or one that
// does not open or is of another vault or version, is treated as an empty index. UseIndex
// does nothing if nobody has compared the vault on this machine.
func (o *Opened) UseIndex(file []byte, written time.Time) {
	rd := o.reader
	if !o.Compared() || rd.view.Pinned() == nil || rd.pinnedKey() == nil {
		return
	}
	rd.useIndex(openIndex(rd.pinnedKey(), rd.view.Pin.Fingerprint, file, written))
}

// Index returns the index to store in place of the one that [Opened.UseIndex] was given,
// nil if that one is still up to date, nothing was listed, or it would be too long.
func (o *Opened) Index() []byte {
	x := o.reader.index
	if x == nil || !x.met || !x.stale && len(x.now.Files) == len(x.known.Files) && len(x.now.Seals) == len(x.known.Seals) {
		return nil
	}
	file, err := x.key.Seal(x.now.Marshal())
	if err != nil { // too long: without seals it may not be
		file, err = x.key.Seal(index.Contents{Files: x.now.Files}.Marshal())
	}
	if err != nil {
		return nil // longer than any is kept
	}
	x.known, x.stale = x.now, false
	return file
}

// HasIndex reports whether an index was handed over.
func (o *Opened) HasIndex() bool { return o.reader.index != nil }

// MayHold reports whether one of these seeds, or a secret of theirs, may be among what
// [Opened.Items] has listed: whoever would say so reads that seed first. Without an index
// that is not known, and so they may.
func (o *Opened) MayHold(seeds ...Seed) bool {
	x := o.reader.index
	if x == nil || x.held == nil {
		return true
	}
	for _, s := range seeds {
		if mark, secret := x.marksOf(s); x.held[mark] || x.held[secret] {
			return true
		}
	}
	return false
}

// LendIndex makes the next [Vault.Unlock] use this machine's index, so that the seals it
// covers need not be read. load reads the index's file, and is called once the key is
// known. See [Opened.UseIndex].
func (v *Vault) LendIndex(load func() (file []byte, written time.Time)) { v.lent = load }

// Entry reads the seed of an item from its own file. The error is [ErrNotHere] where that
// is not what the item says.
func (o *Opened) Entry(i Item) (Entry, error) {
	r := i.Receipts[0]
	data, err := vaultfs.ReadFile(o.reader.view.Files.FS, r.Path, format.KindSeed.Limit())
	if err != nil || format.Sum(data) != r.Sum {
		return Entry{}, ErrNotHere
	}
	seed, err := o.Peek(r.Path, data)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Seed: seed, Status: i.Status, Epoch: i.Epoch, Receipts: i.Receipts, Differs: i.Differs, Resemblances: i.Resemblances, ExposedTo: i.ExposedTo}, nil
}

// Peek decrypts a seed's file found outside its usual place, so that a person can see which
// seed it is. It does not say that the seed was accepted.
func (o *Opened) Peek(name string, data []byte) (Seed, error) {
	folder, _, _ := strings.Cut(name, "/")
	key := o.reader.keys[folder]
	if key == nil {
		return Seed{}, ErrNoMatch
	}
	plain, err := key.Decrypt(data)
	if err != nil {
		return Seed{}, err
	}
	return parseSeed(plain)
}
