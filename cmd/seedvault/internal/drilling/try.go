package drilling

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// tryGiven tries every key of the flags by itself, and this machine's own keys too, unless one
// holder was asked for and a key or a share was given.
func (d *driller) tryGiven(ctx context.Context, name string) error {
	ids, err := d.vault.Keys().Identities()
	if err != nil {
		return err
	}
	if shares := d.asked.Keys.Shares; name == "" || len(ids)+len(shares) == 0 {
		silent, _ := d.vault.Keys().FromConfig()
		ids = append(ids, silent...)
	}
	for _, id := range ids {
		err := d.try(ctx, id)
		if err != nil && name != "" {
			return err
		}
		if err != nil { // one key that fails costs the others nothing
			d.w.Voice.Tell(explain.Error(err))
		}
	}
	for _, file := range d.asked.Keys.Shares {
		share, err := unlocking.ShareFile(d.w, file, ids...)
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

// try opens the vault with one key alone; if that is a quorum member's, it opens the member's
// shares.
func (d *driller) try(ctx context.Context, id age.Identity) error {
	o, err := d.vault.Files.Unlock(id)
	if err == nil {
		return d.whole(ctx, o, id)
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
func (d *driller) whole(ctx context.Context, o *escrow.Opened, id age.Identity) error {
	if d.row(o.Holder(), "") != nil {
		return nil
	}
	done := contents.ShowReading(d.w, o)
	drill, err := o.Drill(ctx, d.w.Now())
	done()
	if err != nil {
		return err
	}
	if drill.Holder == "" {
		d.w.Voice.Remark(words.DrillUnlisted, console.Safe(drill.Slot, 0))
		return nil
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
		d.roster, _ = o.Roster().Holders()
	}
	return nil
}

// tookShare records that a member's share was opened; the share was checked when it was read.
func (d *driller) tookShare(share key.Share, quorum string) {
	member := share.Member()
	if member == "" {
		member = d.paperMember(share)
	}
	if quorum == "" || member == "" || d.row(quorum, member) != nil {
		return
	}
	proof := roster.Proof{Time: d.w.Now().UTC().Truncate(time.Second), Copy: d.place, Seal: d.vault.Files.NewestSeal(), Member: member}
	d.rows = append(d.rows, drilled{Holder: quorum, Member: member, Result: resultProven, proof: proof, dealing: share.Dealing()})
}

// quorumOf returns the name of the quorum that a share belongs to, as far as it is known. If
// the records are known and have no such dealing, the share is from an old sheet, and it
// returns an error.
func (d *driller) quorumOf(share key.Share) (string, error) {
	for _, h := range d.roster {
		if key.Dealing(h.Recipient) == share.Dealing() {
			return h.Name, nil
		}
	}
	if len(d.roster) > 0 {
		return "", key.ErrShareForeign
	}
	return unlocking.OnlyQuorum(d.vault.Files), nil
}

// paperMember returns the member whose share on paper this is: the records list the seats in
// the order of the shares; without records the person has to name the member. A member whose
// share is in the vault has none on paper.
func (d *driller) paperMember(share key.Share) string {
	for _, h := range d.roster {
		if key.Dealing(h.Recipient) == share.Dealing() && share.Index() <= len(h.Members) {
			return h.Members[share.Index()-1].Name
		}
	}
	for _, h := range d.vault.Files.Holders() {
		if slices.Contains(h.Members(), d.asked.Member) {
			return ""
		}
	}
	return d.asked.Member
}

// ask asks for the secrets of holders that no given key has proven: of the named one, or of
// each that the person wants to try.
func (d *driller) ask(ctx context.Context, name string) error {
	if name != "" {
		if d.isProven(name) {
			return nil
		}
		return d.askFor(ctx, name, d.asked.Member)
	}
	if !d.w.Attended() {
		return nil
	}
	for _, h := range d.names() {
		if d.row(h, "") != nil {
			continue
		}
		if err := d.askFor(ctx, h, ""); err != nil {
			return err
		}
	}
	return nil
}

// askFor asks for the secret of one holder. Enter alone skips it.
func (d *driller) askFor(ctx context.Context, holder, member string) (err error) {
	t, err := d.w.Terminal()
	if err != nil {
		return nil // what was given did not prove it; that is said
	}
	defer t.Close()
	defer t.Hush()(&err)
	of := holder
	if member != "" {
		of = d.w.Voice.Text(words.DrillMember, member, holder)
	}
	for n := 1; ; n++ {
		typed, err := t.Secret(d.w.Voice.Text(words.AskDrill, of))
		if err != nil || strings.TrimSpace(typed) == "" || world.IsNo(typed) {
			return err
		}
		err = d.tryTyped(ctx, holder, typed)
		if err == nil || !unlocking.Mistyped(err) {
			return err
		}
		d.w.Voice.Tell(explain.Error(err))
		if n == drillTries {
			return nil
		}
	}
}

// drillTries is how often the secret of one holder may be typed.
const drillTries = 3

// tryTyped tries what was typed.
func (d *driller) tryTyped(ctx context.Context, holder, typed string) error {
	if key.LooksLikeShare(typed) {
		share, err := unlocking.TypedShare(d.w, d.vault.Files, typed)
		if err != nil || share == nil {
			return err
		}
		quorum, err := d.quorumOf(*share)
		if err == nil {
			d.tookShare(*share, quorum)
		}
		return err
	}
	id, err := unlocking.Typed(d.w, d.vault.Files, typed, passphraseOf(d.vault.Files, holder))
	if err != nil {
		return err
	}
	return d.try(ctx, id)
}

// passphraseOf returns the name of a holder that has a passphrase, "" for any other.
func passphraseOf(v *escrow.Vault, holder string) string {
	for _, h := range v.Holders() {
		if h.Name == holder && len(h.Keys) > 0 {
			return holder
		}
	}
	return ""
}
