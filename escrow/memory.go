package escrow

import (
	"maps"
	"slices"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/roster"
)

// Memory is what one machine remembers of a vault, so that it sees what was
// taken away. A machine that has seen nothing has the zero Memory.
type Memory struct {
	Seals []string // HASH of live seals seen, in byte order
	// Compared are the live seals whose includes lines have all been found true, each
	// with those included that were not here to compare.
	Compared map[string][]string
	Kept     []KeptSeal           // the live seals themselves, of the pinned epoch
	Missing  map[string]time.Time // since when seals are missing, by HASH; nil where nothing is remembered
	Deposits []Receipt            // own deposits
	Holders  []roster.Holder      // as last read from the roster
}

// KeptSeal is a seal as a machine keeps it outside of the vault: what lies there under
// its name, byte for byte but for line ends that a tool has changed. Whoever reads it
// verifies it anew.
type KeptSeal struct {
	Name      string // NNNN-HASH.txt
	Text, Sig []byte
}

// keptOf and keptSeals are seals that a machine keeps, as they are read and as it stores them.
func keptOf(seals []KeptSeal) []sealset.Kept {
	kept := make([]sealset.Kept, len(seals))
	for i, k := range seals {
		kept[i] = sealset.Kept(k)
	}
	return kept
}

func keptSeals(kept []sealset.Kept) (seals []KeptSeal) {
	for _, k := range kept {
		seals = append(seals, KeptSeal(k))
	}
	return seals
}

// Recall gives the vault what this machine remembers of it: what it has compared before
// it need not read again, and the seals that it keeps count as if they lay here, see
// [Vault.Withheld].
func (v *Vault) Recall(m Memory) { v.view.Recall(m.Compared, keptOf(m.Kept)) }

// Remember returns what this machine should remember of the vault's seals: the HASH
// of each live one of the pinned epoch, and of those remembered before as far as they
// are neither here nor given up, so that meeting an older copy does not make it forget the
// newer one; what was compared; live seals themselves, see [KeptSeal]; and since when seals
// are missing. Without a pin that is what it remembered before.
func (v *Vault) Remember(before Memory, now time.Time) Memory {
	after := before
	e := v.view.Pinned()
	if e == nil {
		return after
	}
	seals := v.view.Seals(e)
	after.Seals = nil
	for _, s := range seals.Live() {
		after.Seals = append(after.Seals, s.Hash())
	}
	for _, h := range before.Seals {
		if !seals.Has(h) && !seals.IsGivenUp(h) {
			after.Seals = append(after.Seals, h)
		}
	}
	slices.Sort(after.Seals)
	after.Compared = seals.Compared()
	after.Kept = keptSeals(seals.Keep(keptOf(before.Kept)))
	after.Missing = map[string]time.Time{}
	for _, r := range seals.Missing() {
		since, noted := before.Missing[r.Hash]
		if !noted {
			since = now
		}
		after.Missing[r.Hash] = since
	}
	return after
}

// Knows reports whether it is plain that [Vault.Remember] would return what is remembered
// already: the same seals are live, all of them are kept, and none is missing. Where it is
// not, Remember may still.
func (v *Vault) Knows(m Memory) bool {
	e := v.view.Pinned()
	if e == nil {
		return false
	}
	set := v.view.Seals(e)
	var live []string
	for _, s := range set.Live() {
		live = append(live, s.Hash())
		name := format.SealFile(s.Number, s.Hash())
		if !slices.ContainsFunc(m.Kept, func(k KeptSeal) bool { return k.Name == name }) {
			return false
		}
	}
	slices.Sort(live)
	return slices.Equal(live, m.Seals) && len(m.Kept) == len(live) && len(set.Missing())+len(m.Missing) == 0 && m.Missing != nil &&
		maps.EqualFunc(set.Compared(), m.Compared, slices.Equal[[]string])
}

// Withheld returns the seals that this machine has verified before, that are live, and
// that do not lie here whole: this is an older state of the vault, or was damaged. They
// count all the same.
func (v *Vault) Withheld() (seals []SealRef) {
	e := v.view.Pinned()
	if e == nil {
		return nil
	}
	for _, f := range v.view.Seals(e).LiveAway() {
		seals = append(seals, f.Ref())
	}
	return seals
}

// PutBack writes what [Vault.Withheld] returns into the vault, and returns what is back.
// No key is needed: a seal is its text and its signature.
func (v *Vault) PutBack() (back []SealRef, err error) {
	e, err := writeTarget(v.view)
	if err != nil {
		return nil, err
	}
	for _, f := range v.view.Seals(e).LiveAway() {
		if v.view.Files.IsSpecial(f.Path) || v.view.Files.IsSpecial(f.Path+".sig") {
			continue // a link or the like, which stays and is named
		}
		err = writeAt(v.view.Files.FS, f.Path+".sig", f.Kept.Sig)
		if err == nil {
			err = writeAt(v.view.Files.FS, f.Path, f.Kept.Text)
		}
		if err != nil {
			break
		}
		back = append(back, f.Ref())
	}
	if len(back) > 0 {
		e.ForgetSeals()
	}
	return back, err
}
