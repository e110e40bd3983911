package escrow

import (
	"cmp"
	"slices"
	"time"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/roster"
)

// Tenure is the time in which a holder could open the vault, as its seals tell it.
// The times are claims of whoever sealed. After its end a former holder still opens
// what they copied before.
type Tenure struct {
	roster.Holder
	From time.Time
	To   time.Time // when those who stayed rotated; the zero time for a holder now
}

// At reports whether the holder could open the vault at a time.
func (t Tenure) At(when time.Time) bool {
	return !when.Before(t.From) && (t.To.IsZero() || when.Before(t.To))
}

// Tenures reads who could open the vault when, from the seals and rosters of every
// epoch of its line that opened, sorted by name and beginning.
func (ro *Roster) Tenures() []Tenure {
	line := append(slices.Clone(ro.reader.older()), ro.reader.view.Writable()[0])
	slices.SortFunc(line, func(a, b *epochs.Epoch) int { return cmp.Compare(a.Number, b.Number) })
	var tenures []Tenure
	for i, e := range line {
		var end time.Time
		for _, next := range line[i+1:] {
			if next.Number > e.Number && end.IsZero() {
				end = ro.reader.begun(next)
			}
		}
		for _, t := range ro.reader.tenuresIn(e) {
			t.To = end
			tenures = addTenure(tenures, t)
		}
	}
	slices.SortStableFunc(tenures, func(a, b Tenure) int { return cmp.Or(cmp.Compare(a.Name, b.Name), a.From.Compare(b.From)) })
	return tenures
}

// addTenure joins a tenure to the same holder's in an earlier epoch.
func addTenure(tenures []Tenure, t Tenure) []Tenure {
	for i, have := range tenures {
		if have.ID == t.ID && t.ID != "" {
			t.From = earlier(have.From, t.From)
			tenures[i] = t
			return tenures
		}
	}
	return append(tenures, t)
}

// begun is when an epoch was first sealed, the zero time where nothing says so.
func (rd *reader) begun(e *epochs.Epoch) (at time.Time) {
	key := rd.keys[e.Folder]
	if key == nil {
		return at
	}
	for _, s := range rd.view.OpenSeals(e, key.Signer, nil).Every() {
		at = earlier(at, timeOf(s))
	}
	return at
}

// tenuresIn reads all records that a seal of the epoch has ever listed: those that a
// later one replaced tell since when.
func (rd *reader) tenuresIn(e *epochs.Epoch) []Tenure {
	key := rd.keys[e.Folder]
	if key == nil {
		return nil
	}
	seals := rd.view.OpenSeals(e, key.Signer, nil).Every()
	var holders []roster.Holder
	from := map[string]time.Time{}
	for _, f := range vaultfs.Distinct(rd.view.Files.ReadFiles(e.Folder+"/roster", true)) {
		listed := firstListed(seals, f.Ref())
		r, err := openRecord(f.Data, key)
		if listed.IsZero() || err != nil {
			continue
		}
		if h, ok := roster.ReadHolder(r); ok {
			holders = append(holders, h)
			from[h.ID] = earlier(from[h.ID], listed)
		}
	}
	var tenures []Tenure
	for _, h := range roster.MergeHolders(holders) {
		tenures = append(tenures, Tenure{Holder: h, From: from[h.ID]})
	}
	return tenures
}

// firstListed is the earliest time that a seal that lists a file claims, the zero
// time if none does.
func firstListed(seals []*format.Seal, ref format.Ref) (at time.Time) {
	for _, s := range seals {
		if s.Files[ref.Path] == ref.Sum || s.Retired[ref] {
			at = earlier(at, timeOf(s))
		}
	}
	return at
}

func timeOf(s *format.Seal) time.Time {
	at, _ := time.Parse(time.RFC3339, s.Time)
	return at
}

// earlier is the first of two times that are known.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
