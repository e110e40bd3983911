package escrow

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/otpauth"
)

// Entry is one seed with what the vault knows of it. Several files of equal
// content that have all been accepted are one entry.
type Entry struct {
	Seed         Seed
	Status       Status
	Epoch        string        // folder of the epoch it lies in
	Receipts     []Receipt     // the files it lies in, in the order of their paths
	Differs      bool          // another accepted seed has the same id and other content
	Resemblances []Resemblance // not accepted: what it has in common with accepted ones
	ExposedTo    []string      // in the list of [Opened.ReEnrol]: who has known it and can open the vault no more
	Removed      int           // in the list of [Opened.Retired]: the number of the seal that first said so
}

// Resemblance is what a seed that is not accepted shares with one that is. It is shown
// to whoever decides, and decides nothing itself.
type Resemblance struct {
	Same  ResemblanceKind
	Other Receipt // the accepted seed's file
}

// ResemblanceKind is what two seeds have in common.
type ResemblanceKind string

const (
	// SameID: the new one says that it is the accepted one, edited.
	SameID ResemblanceKind = "id"
	// SameSecret: both give codes from one secret.
	SameSecret ResemblanceKind = "secret"
)

// Label is what a seed is called and how its codes are made. It holds no secret.
type Label struct {
	Issuer, LabelIssuer string // as the URI has it, and as its label does
	Account             string
	Type                otpauth.Type // "" for a line that gives no codes
	Algorithm           otpauth.Algorithm
	Digits              int
	Period              time.Duration
	Counter             uint64

	ID, Name, By string
	Tags         []string
	Added        time.Time // the zero time if it is not known
}

// Label returns what the seed is called.
func (s Seed) Label() Label {
	l := Label{ID: s.ID(), Name: s.Name(), By: s.By(), Tags: s.Tags(), Added: s.Added()}
	if k, err := s.Key(); err == nil {
		l.Issuer, l.LabelIssuer, l.Account, l.Type = k.Issuer(), k.LabelIssuer(), k.Account(), k.Type()
		l.Algorithm, l.Digits, l.Period, l.Counter = k.Algorithm(), k.Digits(), k.Period(), k.Counter()
	}
	return l
}

// Item is a seed as lists show it: all of an [Entry] but the seed.
type Item struct {
	Label        Label
	Status       Status
	Epoch        string
	Receipts     []Receipt
	Differs      bool
	Resemblances []Resemblance
	ExposedTo    []string
}

// Item returns what a list shows.
func (e Entry) Item() Item {
	return Item{e.Seed.Label(), e.Status, e.Epoch, e.Receipts, e.Differs, e.Resemblances, e.ExposedTo}
}

// Item returns itself, so that lists take either.
func (i Item) Item() Item { return i }

// itemsOf are the items of entries.
func itemsOf(entries []Entry) []Item {
	items := make([]Item, len(entries))
	for i, e := range entries {
		items[i] = e.Item()
	}
	return items
}

// marked is what tells how one seed stands to others, and where that is noted.
type marked struct {
	status       Status
	id, secret   string // "" for none; equal secrets are equal here
	receipt      Receipt
	differs      *bool
	resemblances *[]Resemblance
}

// markDiffering marks accepted seeds of one id and different content: an edit on
// two machines at once. A person chooses; time does not.
func markDiffering(list []marked) {
	byID := map[string][]int{}
	for i, e := range list {
		if e.id != "" && e.status == Accepted {
			byID[e.id] = append(byID[e.id], i)
		}
	}
	for _, same := range byID {
		for _, i := range same {
			*list[i].differs = len(same) > 1
		}
	}
}

// markResemblances holds every seed that is not accepted against those that are.
func markResemblances(list []marked) {
	if !slices.ContainsFunc(list, func(e marked) bool { return e.status != Accepted }) {
		return
	}
	ids, secrets := map[string]Receipt{}, map[string]Receipt{}
	for _, e := range list {
		if e.status == Accepted {
			if e.id != "" {
				ids[e.id] = e.receipt
			}
			if e.secret != "" {
				secrets[e.secret] = e.receipt
			}
		}
	}
	for _, e := range list {
		if e.status == Accepted {
			continue
		}
		if r, ok := ids[e.id]; ok {
			*e.resemblances = append(*e.resemblances, Resemblance{SameID, r})
		}
		if r, ok := secrets[e.secret]; ok {
			*e.resemblances = append(*e.resemblances, Resemblance{SameSecret, r})
		}
	}
}

// sortKey is the order of lists: accepted seeds first, by issuer and account.
func sortKey(status Status, l Label, path string) [3]string {
	rank := "1"
	if status == Accepted {
		rank = "0"
	}
	return [3]string{rank, strings.ToLower(l.Issuer + "\x00" + l.Account + "\x00" + l.Name), path}
}

// sortListed sorts seeds by their keys, and leaves equal ones in their order.
func sortListed[E any](list []E, key func(E) [3]string) {
	keys, order := make([][3]string, len(list)), make([]int, len(list))
	for i, e := range list {
		keys[i], order[i] = key(e), i
	}
	slices.SortFunc(order, func(a, b int) int {
		ka, kb := &keys[a], &keys[b]
		for i := range ka {
			if c := strings.Compare(ka[i], kb[i]); c != 0 {
				return c
			}
		}
		return cmp.Compare(a, b)
	})
	sorted := make([]E, len(list))
	for i, from := range order {
		sorted[i] = list[from]
	}
	copy(list, sorted)
}

// markedOf are entries as the marks want them.
func markedOf(entries []Entry) []marked {
	list := make([]marked, len(entries))
	for i := range entries {
		e := &entries[i]
		list[i] = marked{e.Status, e.Seed.ID(), secretOf(e.Seed), e.Receipts[0], &e.Differs, &e.Resemblances}
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
