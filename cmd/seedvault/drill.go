package main

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

func (p *program) drillCommand() *cli.Command {
	return &cli.Command{
		Name: "drill", CustomHelpTemplate: p.Help("drill") + "\n",
		Flags:  []cli.Flag{copyFlag(), jsonFlag(), &cli.BoolFlag{Name: "all"}, &cli.StringFlag{Name: "member"}},
		Action: p.drill,
	}
}

// drilled is what a drill has shown of one holder, or of one member of a quorum.
type drilled struct {
	Holder string   `json:"holder"`
	Member string   `json:"member,omitempty"`
	Result result   `json:"result"`
	Seeds  int      `json:"seeds"`            // decrypted, each gives its code
	Failed []string `json:"failed,omitempty"` // files
	Proven string   `json:"proven,omitempty"` // when last, this drill included
	proof  escrow.Proof
	quorum string // the id of a member's quorum
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
	*program
	c      *cli.Context
	s      *site
	place  string // the copy's id, or that it is the vault
	rows   []drilled
	keys   []age.Identity  // that opened, to open the vault with where a copy was drilled
	opened *escrow.Opened  // by one of them
	roster []escrow.Holder // as the vault has it, or as this machine remembers it
}

// drill proves that one holder, or each that can be reached, opens the vault or a
// copy of it alone.
func (p *program) drill(c *cli.Context) error {
	name, err := drillAsked(c)
	if err != nil {
		return err
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	d := &driller{program: p, c: c, s: s, place: s.drilledPlace(c.String("copy")), roster: s.memory().Recall().Holders}
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

func drillAsked(c *cli.Context) (name string, err error) {
	if c.Bool("all") == (c.NArg() == 1) || c.NArg() > 1 || c.Bool("all") && c.IsSet("member") {
		return "", say.Usage(words.DrillWhat).WithHint(words.SeeHelp, "seedvault drill --help")
	}
	return c.Args().First(), nil
}

// drilledPlace is what a proof says of where it was made.
func (s *site) drilledPlace(copied string) string {
	if copied == "" {
		return escrow.InVault
	}
	for _, c := range s.conf.Copies {
		if c.Name == copied || sameFolder(c.Path, copied) {
			return c.ID
		}
	}
	return escrow.Elsewhere
}

// names are the holders' names, as their folders have them.
func (d *driller) names() []string {
	var names []string
	for _, h := range d.s.vault.Holders() {
		if !slices.Contains(names, h.Name) {
			names = append(names, console.Safe(h.Name, 32))
		}
	}
	return names
}

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
	ids, err := d.givenIdentities(d.c, d.s)
	if err != nil {
		return err
	}
	if shares := d.c.StringSlice("share"); name == "" || len(ids)+len(shares) == 0 {
		unasked, _ := d.configuredIdentities(d.s)
		ids = append(ids, unasked...)
	}
	for _, id := range ids {
		err := d.try(id)
		if err != nil && name != "" {
			return err
		}
		if err != nil { // one key that fails costs the others nothing
			d.Tell(explain(err))
		}
	}
	for _, file := range d.c.StringSlice("share") {
		share, err := (&gather{program: d.program, s: d.s, ids: ids}).fromFile(file)
		if err != nil {
			return err
		}
		d.tookShare(share, d.quorumOf(share))
	}
	return nil
}

// try opens with one key alone: all of it, or the shares of quorums that are that
// member's.
func (d *driller) try(id age.Identity) error {
	o, err := d.s.vault.Unlock(id)
	if err == nil {
		return d.whole(o, id)
	}
	if !errors.Is(err, escrow.ErrNoMatch) {
		return err
	}
	for _, f := range d.s.vault.Shares(id) {
		d.tookShare(f.Share, f.Holder)
	}
	return nil
}

// whole decrypts every seed and computes its code.
func (d *driller) whole(o *escrow.Opened, id age.Identity) error {
	if d.row(o.Holder(), "") != nil {
		return nil
	}
	done := d.watch(o)
	drill, err := o.Drill(d.c.Context, d.now())
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
	proof := escrow.Proof{Time: d.now().UTC().Truncate(time.Second), Copy: d.place, Seal: d.s.vault.NewestSeal(), Member: member}
	d.rows = append(d.rows, drilled{Holder: quorum, Member: member, Result: resultProven, proof: proof, quorum: share.Quorum()})
}

// quorumOf is the name of the quorum that a share is of, as far as it is known.
func (d *driller) quorumOf(share key.Share) string {
	for _, h := range d.roster {
		if strings.HasPrefix(h.ID, share.Quorum()) {
			return h.Name
		}
	}
	return (&gather{program: d.program, s: d.s}).onlyQuorum()
}

// paperMember is the member whose share from paper this is: the roster has the
// seats in the order of the shares, and else the person says it. Nobody whose share
// lies in the vault has one on paper.
func (d *driller) paperMember(share key.Share) string {
	for _, h := range d.roster {
		if strings.HasPrefix(h.ID, share.Quorum()) && share.Index() <= len(h.Seats) {
			name, _, _ := strings.Cut(h.Seats[share.Index()-1], " ")
			return name
		}
	}
	for _, h := range d.s.vault.Holders() {
		if slices.Contains(h.Members(), d.c.String("member")) {
			return ""
		}
	}
	return d.c.String("member")
}

// ask asks for the secrets of those that no given key has proven: of the holder
// that is named, or of each that a person wants to try.
func (d *driller) ask(name string) error {
	if name != "" {
		if d.isProven(name) {
			return nil
		}
		return d.askFor(name, d.c.String("member"))
	}
	if !d.attended() {
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
	t, err := d.terminal()
	if err != nil {
		return nil // what was given did not prove it; that is said
	}
	defer t.Close()
	of := holder
	if member != "" {
		of = d.Text(words.DrillMember, member, holder)
	}
	typed, err := t.Secret(d.Text(words.AskDrill, of))
	if err != nil || typed == "" {
		return err
	}
	if key.LooksLikeShare(typed) {
		g := &gather{program: d.program, s: d.s}
		if err := g.typed(typed); err != nil {
			return err
		}
		if g.last != nil {
			d.tookShare(*g.last, d.quorumOf(*g.last))
		}
		return nil
	}
	id, err := d.typedSecret(d.s, typed, passphraseOf(d.s, holder))
	if err != nil {
		d.Tell(explain(err))
		return nil
	}
	return d.try(id)
}

// passphraseOf is the holder's name where it has a passphrase to be tried.
func passphraseOf(s *site, holder string) string {
	for _, h := range s.vault.Holders() {
		if h.Name == holder && len(h.Keys) > 0 {
			return holder
		}
	}
	return ""
}

// isProven says that there is something of the one that is meant: of a quorum the
// share of any member, unless one is named.
func (d *driller) isProven(name string) bool {
	member := d.c.String("member")
	return slices.ContainsFunc(d.rows, func(r drilled) bool { return r.Holder == name && (member == "" || r.Member == member) })
}

// only keeps what was shown of the one that is meant. Where that is nothing, what
// was given or typed is another holder's, or nobody's.
func (d *driller) only(name string) error {
	if member := d.c.String("member"); d.isProven(name) {
		d.rows = slices.DeleteFunc(d.rows, func(r drilled) bool { return r.Holder != name || member != "" && r.Member != member })
		return nil
	}
	for _, r := range d.rows {
		if given := d.c.IsSet("identity") || d.c.IsSet("passphrase-file"); given && r.Result == resultProven && r.Holder != name {
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
		for _, seat := range h.Seats {
			name, _, _ := strings.Cut(seat, " ")
			members = append(members, name)
		}
	}
	return members
}
