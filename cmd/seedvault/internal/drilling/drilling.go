// Package drilling proves that one holder, or each that can be reached, opens a vault or
// a copy of it alone: it holds every key against what it opens, writes the proofs down,
// and says what was shown.
//
// Start with [Run].
package drilling

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// drilled is the result of a drill for one holder, or one member of a quorum.
type drilled struct {
	Holder  string   `json:"holder"`
	Member  string   `json:"member,omitempty"`
	Result  result   `json:"result"`
	Seeds   int      `json:"seeds"`            // decrypted, each gives its code
	Failed  []string `json:"failed,omitempty"` // files
	Proven  string   `json:"proven,omitempty"` // when last, this drill included
	proof   roster.Proof
	dealing string // of a member's share
}

// result is what became of a holder in a drill.
type result string

const (
	resultProven result = "proven"
	resultFailed result = "failed"
	resultNot    result = "not tried"
)

// driller tries every key alone.
type driller struct {
	w      *world.World
	asked  Options
	vault  *session.Vault
	place  string // the copy's id, or that it is the vault
	rows   []drilled
	keys   []age.Identity  // that opened, to open the vault with where a copy was drilled
	opened *escrow.Opened  // by one of them
	roster []roster.Holder // as the vault has it, or as this machine remembers it
}

// Options say what is to be drilled.
type Options struct {
	Holder string // "" for all of them
	Member string // of a quorum, "" for any
	Copy   string // as the person named it, "" for the vault itself
	Keys   unlocking.Given
	JSON   bool
}

// Run drills one holder, or all of them: it tries each key alone, records what that proves,
// and prints it.
func Run(ctx context.Context, w *world.World, vault *session.Vault, asked Options) error {
	d := &driller{w: w, asked: asked, vault: vault, place: placeOf(vault.Place, asked.Copy), roster: vault.Place.Memory().Recall().Holders}
	name := asked.Holder
	if name != "" && !d.has(name) {
		return say.Fail(words.DrillUnknown, console.Safe(name, 32)).WithHint(words.HintDrillUnknown, strings.Join(d.names(), ", "))
	}
	if err := d.tryGiven(ctx, name); err != nil {
		return err
	}
	if err := d.ask(ctx, name); err != nil {
		return err
	}
	if name == "" {
		d.addUntried()
	} else if err := d.only(name); err != nil {
		return err
	}
	if err := d.record(ctx); err != nil {
		return err
	}
	return d.report(name)
}

// placeOf returns how a proof names the place where it was made: the copy's id, or the word
// for the vault itself.
func placeOf(p *place.Place, copied string) string {
	if copied == "" {
		return roster.InVault
	}
	for _, c := range p.Copies() {
		if c.Name == copied || copyplace.LiesAt(c, copied) {
			return c.ID
		}
	}
	return roster.InOtherCopy
}

// names returns the holders' names, as their folders have them.
func (d *driller) names() []string {
	var names []string
	for _, h := range d.vault.Files.Holders() {
		if !slices.Contains(names, h.Name) {
			names = append(names, console.Safe(h.Name, 32))
		}
	}
	return names
}

// has reports whether a holder has this name.
func (d *driller) has(name string) bool { return slices.Contains(d.names(), name) }

// row returns the result for a holder or a member so far, nil if there is none.
func (d *driller) row(holder, member string) *drilled {
	i := slices.IndexFunc(d.rows, func(r drilled) bool { return r.Holder == holder && r.Member == member })
	if i < 0 {
		return nil
	}
	return &d.rows[i]
}

// isProven reports whether the drill has a result for the holder that was asked for; for a
// quorum, for any member unless one is named.
func (d *driller) isProven(name string) bool {
	member := d.asked.Member
	return slices.ContainsFunc(d.rows, func(r drilled) bool { return r.Holder == name && (member == "" || r.Member == member) })
}

// only drops all results but that of the holder that was asked for. If none is left, what was
// given or typed opens another holder's way in, or none, and only returns that error.
func (d *driller) only(name string) error {
	if member := d.asked.Member; d.isProven(name) {
		d.rows = slices.DeleteFunc(d.rows, func(r drilled) bool { return r.Holder != name || member != "" && r.Member != member })
		return nil
	}
	for _, r := range d.rows {
		if given := d.asked.Keys.Identities != nil || d.asked.Keys.PassphraseFile != ""; given && r.Result == resultProven && r.Holder != name {
			return say.Fail(words.DrillOther, r.Holder, name).WithHint(words.HintDrillOther, r.Holder)
		}
	}
	return say.Fail(words.DrillNothing, name).WithHint(words.HintDrillNothing, name)
}

// addUntried adds rows for the holders that were not tried, and for the members of quorums.
func (d *driller) addUntried() {
	for _, name := range d.names() {
		if d.row(name, "") != nil {
			continue
		}
		members := d.membersOf(name)
		if len(members) == 0 {
			members = []string{""}
		}
		for _, m := range members {
			if d.row(name, m) == nil {
				d.rows = append(d.rows, drilled{Holder: name, Member: m, Result: resultNot})
			}
		}
	}
	slices.SortStableFunc(d.rows, func(a, b drilled) int {
		return cmp.Or(cmp.Compare(a.Holder, b.Holder), cmp.Compare(a.Member, b.Member))
	})
}

// membersOf returns the members of a quorum, as the roster has them.
func (d *driller) membersOf(holder string) (members []string) {
	for _, h := range d.roster {
		if h.Name != holder {
			continue
		}
		for _, m := range h.Members {
			members = append(members, m.Name)
		}
	}
	return members
}
