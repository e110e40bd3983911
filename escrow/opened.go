package escrow

import (
	"context"
	"fmt"
	"io"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/otpauth"
)

// Opened is a vault that a holder has unlocked. It reads, accepts, edits and
// retires seeds. It holds the vault's secret key; printing it shows none.
type Opened struct {
	reader  *reader
	changes *changer
}

// reader reads what the vault keys that a holder's identity gave open.
type reader struct {
	view   *epochs.View
	index  *atHand                  // nil for none
	opener opener                   // what opened the vault
	keys   map[string]*vaultkey.Key // by folder: the epochs that opened
	proven map[string]epochs.Proven

	// unlinked are the epochs that a pin says nothing of, where the pinned one
	// itself did not open.
	unlinked map[string]bool

	watch func(done, total int)
	read  *reading // seeds, on first demand
	list  *lister  // what was listed with its help, until something is written

	whole map[Receipt]bool // seed files that were found to be what these say
}

// Format keeps the key out of every verb.
func (o *Opened) Format(f fmt.State, _ rune) { io.WriteString(f, "Opened(elided)") }

// Format keeps the keys out of every verb.
func (rd *reader) Format(f fmt.State, _ rune) { io.WriteString(f, "reader(elided)") }

// seals returns the seals of an epoch, by what its vault.txt or else its opened key
// tells of its signer.
func (rd *reader) seals(e *epochs.Epoch) *sealset.Set {
	if p, ok := rd.proven[e.Folder]; ok && e.Desc == nil {
		return rd.view.SealsBy(e, p.Signer)
	}
	return rd.view.Seals(e)
}

// Holder returns the name of the holder whose slot opened the vault, as its sealed record
// has it; where none names the slot, as the slot's folder claims: see [Opened.OpenedUnlisted].
func (o *Opened) Holder() string { return o.reader.holder() }

func (rd *reader) holder() string {
	if h, ok := rd.claimant(); ok {
		return h.Name
	}
	return rd.opener.slot.holder
}

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

// pin is [Opened.Pin].
func (rd *reader) pin() Pin {
	for _, e := range rd.view.Writable() {
		if key := rd.keys[e.Folder]; key != nil && e.Desc != nil {
			p := Pin{Fingerprint: e.Fingerprint, Recipient: key.Public()}
			if rd.view.Pin != nil {
				p.Refused = rd.view.Pin.Refused
			}
			return p
		}
	}
	return Pin{}
}

// Entry is one seed with what the vault knows of it. Several files of equal
// content that have all been accepted are one entry.
type Entry struct {
	Seed      Seed
	Status    Status
	Epoch     string    // folder of the epoch it lies in
	Receipts  []Receipt // the files it lies in, in the order of their paths
	Differs   bool      // another accepted seed has the same id and other content
	Claims    []Claim   // not accepted: what it has in common with accepted ones
	ExposedTo []string  // in the list of [Opened.ReEnrol]: who has known it and can open the vault no more
	Removed   int       // in the list of [Opened.Retired]: the number of the seal that first said so
}

// Claim is what a seed that is not accepted shares with one that is. It is shown
// to whoever decides, and decides nothing itself.
type Claim struct {
	Same  ClaimKind
	Other Receipt // the accepted seed's file
}

// ClaimKind is what two seeds have in common.
type ClaimKind string

const (
	// ClaimID: the new one says that it is the accepted one, edited.
	ClaimID ClaimKind = "id"
	// ClaimSecret: both give codes from one secret.
	ClaimSecret ClaimKind = "secret"
)

// reading is what the seeds' files hold.
type reading struct {
	seeds    []opened
	findings []Finding
}

// opened is one decrypted file.
type opened struct {
	vaultfs.File
	folder string
	status Status
	seed   Seed
	what   [32]byte
}

// Seeds decrypts every seed that is to be shown, on all cores, and returns them
// sorted by issuer and account, accepted ones first. A file that cannot be read
// costs nothing but itself and is among the findings. The context ends the work
// early.
func (o *Opened) Seeds(ctx context.Context) ([]Entry, []Finding, error) {
	return o.reader.entries(ctx)
}

// entries is [Opened.Seeds].
func (rd *reader) entries(ctx context.Context) ([]Entry, []Finding, error) {
	r, err := rd.readSeeds(ctx)
	if err != nil {
		return nil, nil, err
	}
	entries := groups(r.seeds)
	list := markedOf(entries)
	markDiffering(list)
	markClaims(list)
	sortEntries(entries)
	return entries, r.findings, nil
}

// groups makes entries of files: accepted ones of equal plaintext are one, and
// so are those that a machine without a pin finds in several epochs. What is not
// accepted never joins what is.
func groups(files []opened) []Entry {
	type key struct {
		what   [32]byte
		status Status
	}
	at := map[key]int{}
	var entries []Entry
	for _, f := range files {
		if f.status == Retired || f.status == Hidden {
			continue
		}
		k := key{f.what, f.status}
		r := Receipt{Path: f.Path, Sum: f.Sum}
		if i, seen := at[k]; seen {
			entries[i].Receipts = append(entries[i].Receipts, r)
			continue
		}
		at[k] = len(entries)
		entries = append(entries, Entry{Seed: f.seed, Status: f.status, Epoch: f.folder, Receipts: []Receipt{r}})
	}
	return entries
}

// markedOf are entries as the marks want them.
func markedOf(entries []Entry) []marked {
	list := make([]marked, len(entries))
	for i := range entries {
		e := &entries[i]
		list[i] = marked{e.Status, e.Seed.ID(), secretOf(e.Seed), e.Receipts[0], &e.Differs, &e.Claims}
	}
	return list
}

func secretOf(s Seed) string {
	k, err := s.Key()
	if err != nil {
		return s.Line()
	}
	return string(k.Secret())
}

func sortEntries(entries []Entry) {
	sortListed(entries, func(e Entry) [3]string {
		k, err := e.Seed.Key()
		if err != nil {
			k = otpauth.Key{}
		}
		return sortKey(e.Status, Label{Issuer: k.Issuer(), Account: k.Account(), Name: e.Seed.Name()}, e.Receipts[0].Path)
	})
}
