package main

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/keyring"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// drill proves that one holder, or each that can be reached, opens the vault or a copy
// of it alone.
type drill struct {
	w         *world.World
	choice    *session.Choice
	json, all bool
	member    *string
}

func drillVerb(w *world.World, choice *session.Choice) *cli.Command {
	v := &drill{w: w, choice: choice}
	return &cli.Command{
		Name: "drill", Names: cli.AnyNames(holders), Run: v.run,
		Flags: []cli.Flag{copyFlag(choice), cli.Switch(&v.json, "json"), cli.Switch(&v.all, "all"), cli.Optional(&v.member, "member", cli.Anything)},
	}
}

func (v *drill) run(ctx context.Context, names []string) error {
	if v.all == (len(names) == 1) || len(names) > 1 || v.all && v.member != nil {
		return cli.Misused(words.DrillWhat, "drill")
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	d := &driller{w: v.w, choice: v.choice, json: v.json, member: text(v.member), ctx: ctx, vault: vault,
		place: drilledPlace(vault.Place, v.choice.Copy), roster: vault.Place.Memory().Recall().Holders}
	name := ""
	if len(names) > 0 {
		name = names[0]
	}
	return d.run(name)
}

// drilled is what a drill has shown of one holder, or of one member of a quorum.
type drilled struct {
	Holder  string   `json:"holder"`
	Member  string   `json:"member,omitempty"`
	Result  result   `json:"result"`
	Seeds   int      `json:"seeds"`            // decrypted, each gives its code
	Failed  []string `json:"failed,omitempty"` // files
	Proven  string   `json:"proven,omitempty"` // when last, this drill included
	proof   escrow.Proof
	dealing string // of a member's share
}

// result is what became of a holder in a drill.
type result string

const (
	resultProven result = "proven"
	resultFailed result = "failed"
	resultNot    result = "not tried"
)

// driller holds every key against what it opens alone.
type driller struct {
	w      *world.World
	choice *session.Choice
	ctx    context.Context
	json   bool
	member string // of a quorum, "" for any
	vault  *session.Vault
	place  string // the copy's id, or that it is the vault
	rows   []drilled
	keys   []age.Identity  // that opened, to open the vault with where a copy was drilled
	opened *escrow.Opened  // by one of them
	roster []escrow.Holder // as the vault has it, or as this machine remembers it
}

// run drills one holder, or all of them without a name.
func (d *driller) run(name string) error {
	if name != "" && !d.has(name) {
		return say.Fail(words.DrillUnknown, console.Safe(name, 32)).WithHint(words.HintDrillUnknown, strings.Join(d.names(), ", "))
	}
	if err := d.tryGiven(name); err != nil {
		return err
	}
	if err := d.ask(name); err != nil {
		return err
	}
	if name == "" {
		d.addUntried()
	} else if err := d.only(name); err != nil {
		return err
	}
	if err := d.record(); err != nil {
		return err
	}
	return d.report(name)
}

// drilledPlace is what a proof says of where it was made.
func drilledPlace(p *session.Place, copied string) string {
	if copied == "" {
		return escrow.InVault
	}
	for _, c := range p.Copies() {
		if c.Name == copied || session.SameFolder(c.Path, copied) {
			return c.ID
		}
	}
	return escrow.Elsewhere
}

// names are the holders' names, as their folders have them.
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

// row is what is known of a holder or a member by now, nil where nothing is.
func (d *driller) row(holder, member string) *drilled {
	i := slices.IndexFunc(d.rows, func(r drilled) bool { return r.Holder == holder && r.Member == member })
	if i < 0 {
		return nil
	}
	return &d.rows[i]
}

// tryGiven holds every key that was given against the vault, each for itself; those
// that open it unasked too, unless one holder is meant and its key was given.
func (d *driller) tryGiven(name string) error {
	ids, err := d.vault.Keys().Identities()
	if err != nil {
		return err
	}
	if shares := d.choice.Keys.Shares; name == "" || len(ids)+len(shares) == 0 {
		unasked, _ := d.vault.Keys().Machine()
		ids = append(ids, unasked...)
	}
	for _, id := range ids {
		err := d.try(id)
		if err != nil && name != "" {
			return err
		}
		if err != nil { // one key that fails costs the others nothing
			d.w.Voice.Tell(explain.Error(err))
		}
	}
	for _, file := range d.choice.Keys.Shares {
		share, err := keyring.ShareFile(d.w, file, ids...)
		if err != nil {
			return err
		}
		quorum, err := d.quorumOf(share)
		if err != nil {
			return explain.Error(err).In(console.Safe(file, 0))
		}
		d.tookShare(share, quorum)
	}
	return nil
}

// try opens with one key alone: all of it, or the shares of quorums that are that
// member's.
func (d *driller) try(id age.Identity) error {
	o, err := d.vault.Files.Unlock(id)
	if err == nil {
		return d.whole(o, id)
	}
	if !errors.Is(err, escrow.ErrNoMatch) {
		return err
	}
	for _, f := range d.vault.Files.Shares(id) {
		d.tookShare(f.Share, f.Holder)
	}
	return nil
}

// whole decrypts every seed and computes its code.
func (d *driller) whole(o *escrow.Opened, id age.Identity) error {
	if d.row(o.Holder(), "") != nil {
		return nil
	}
	done := session.Watch(d.w, o)
	drill, err := o.Drill(d.ctx, d.w.Now())
	done()
	if err != nil {
		return err
	}
	drill.Proof.Copy = d.place
	row := drilled{Holder: drill.Holder, Result: resultProven, Seeds: drill.Seeds, proof: drill.Proof}
	for _, f := range drill.Failed {
		row.Result = resultFailed
		row.Failed = append(row.Failed, f.Path)
	}
	d.rows = append(d.rows, row)
	d.keys = append(d.keys, id)
	if o.Compared() || d.opened == nil {
		d.opened = o
		d.roster, _ = o.Roster()
	}
	return nil
}

// tookShare takes a member's share, which has been checked as it was read.
func (d *driller) tookShare(share key.Share, quorum string) {
	member := share.Member()
	if member == "" {
		member = d.paperMember(share)
	}
	if quorum == "" || member == "" || d.row(quorum, member) != nil {
		return
	}
	proof := escrow.Proof{Time: d.w.Now().UTC().Truncate(time.Second), Copy: d.place, Seal: d.vault.Files.NewestSeal(), Member: member}
	d.rows = append(d.rows, drilled{Holder: quorum, Member: member, Result: resultProven, proof: proof, dealing: share.Dealing()})
}

// quorumOf is the name of the quorum that a share is of, as far as it is known. Where
// the roster is known and has no such dealing, the share is from an old sheet.
func (d *driller) quorumOf(share key.Share) (string, error) {
	for _, h := range d.roster {
		if key.Dealing(h.Recipient) == share.Dealing() {
			return h.Name, nil
		}
	}
	if len(d.roster) > 0 {
		return "", key.ErrShareForeign
	}
	return keyring.OnlyQuorum(d.vault.Files), nil
}

// paperMember is the member whose share from paper this is: the roster has the
// seats in the order of the shares, and else the person says it. Nobody whose share
// lies in the vault has one on paper.
func (d *driller) paperMember(share key.Share) string {
	for _, h := range d.roster {
		if key.Dealing(h.Recipient) == share.Dealing() && share.Index() <= len(h.Members) {
			return h.Members[share.Index()-1].Name
		}
	}
	for _, h := range d.vault.Files.Holders() {
		if slices.Contains(h.Members(), d.member) {
			return ""
		}
	}
	return d.member
}

// ask asks for the secrets of those that no given key has proven: of the holder
// that is named, or of each that a person wants to try.
func (d *driller) ask(name string) error {
	if name != "" {
		if d.isProven(name) {
			return nil
		}
		return d.askFor(name, d.member)
	}
	if !d.w.Attended() {
		return nil
	}
	for _, h := range d.names() {
		if d.row(h, "") != nil {
			continue
		}
		if err := d.askFor(h, ""); err != nil {
			return err
		}
	}
	return nil
}

// askFor asks for one holder's secret. Enter alone leaves it for another day.
func (d *driller) askFor(holder, member string) error {
	t, err := d.w.Terminal()
	if err != nil {
		return nil // what was given did not prove it; that is said
	}
	defer t.Close()
	of := holder
	if member != "" {
		of = d.w.Voice.Text(words.DrillMember, member, holder)
	}
	typed, err := t.Secret(d.w.Voice.Text(words.AskDrill, of))
	if err != nil || typed == "" {
		return err
	}
	if key.LooksLikeShare(typed) {
		share, err := keyring.TypedShare(d.w, d.vault.Files, typed)
		if err != nil || share == nil {
			return err
		}
		quorum, err := d.quorumOf(*share)
		if err != nil {
			d.w.Voice.Tell(explain.Error(err))
			return nil
		}
		d.tookShare(*share, quorum)
		return nil
	}
	id, err := keyring.Typed(d.w, d.vault.Files, typed, passphraseOf(d.vault.Files, holder))
	if err != nil {
		d.w.Voice.Tell(explain.Error(err))
		return nil
	}
	return d.try(id)
}

// passphraseOf is the holder's name where it has a passphrase to be tried.
func passphraseOf(v *escrow.Vault, holder string) string {
	for _, h := range v.Holders() {
		if h.Name == holder && len(h.Keys) > 0 {
			return holder
		}
	}
	return ""
}

// isProven reports whether there is something of the one that is meant: of a quorum the
// share of any member, unless one is named.
func (d *driller) isProven(name string) bool {
	member := d.member
	return slices.ContainsFunc(d.rows, func(r drilled) bool { return r.Holder == name && (member == "" || r.Member == member) })
}

// only keeps what was shown of the one that is meant. Where that is nothing, what
// was given or typed is another holder's, or nobody's.
func (d *driller) only(name string) error {
	if member := d.member; d.isProven(name) {
		d.rows = slices.DeleteFunc(d.rows, func(r drilled) bool { return r.Holder != name || member != "" && r.Member != member })
		return nil
	}
	for _, r := range d.rows {
		if given := d.choice.Keys.Identities != nil || d.choice.Keys.PassphraseFile != ""; given && r.Result == resultProven && r.Holder != name {
			return say.Fail(words.DrillOther, r.Holder, name).WithHint(words.HintDrillOther, r.Holder)
		}
	}
	return say.Fail(words.DrillNothing, name).WithHint(words.HintDrillNothing, name)
}

// addUntried adds the holders that nobody tried, of a quorum its members.
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

// membersOf are the members of a quorum, as the roster has them.
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
