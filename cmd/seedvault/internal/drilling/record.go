package drilling

import (
	"context"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// record writes the proofs into the vault that this machine knows: as records if one of the
// keys has opened it, else as claims of quorum members. Without such a vault they are only
// printed.
func (d *driller) record(ctx context.Context) error {
	home, o := d.home()
	if home == nil {
		d.w.Voice.Remark(words.DrillUnrecorded)
		return nil
	}
	if home != d.vault {
		defer home.Close()
	}
	for _, r := range d.rows {
		if r.Result != resultProven {
			continue
		}
		if err := d.prove(home, o, r); err != nil {
			return err
		}
	}
	writable, ok := home.Writable(o)
	if !ok {
		return nil
	}
	err := writable.Seal(ctx)
	d.roster, _ = o.Roster().Holders()
	return err
}

// home returns the vault that this machine writes to, nil if there is none, and it opened if
// one of the keys opens it.
func (d *driller) home() (*session.Vault, *escrow.Opened) {
	if _, ok := d.vault.Home(); ok {
		if d.opened != nil && d.opened.Compared() {
			return d.vault, d.opened
		}
		return d.vault, d.vault.Keys().UnlockSilent()
	}
	if !d.vault.Place.Pinned() {
		return nil, nil
	}
	home, err := session.OpenHome(d.vault.Place)
	if err != nil {
		return nil, nil
	}
	if len(d.keys) > 0 {
		if o, err := home.Files.Unlock(d.keys...); err == nil && o.Compared() {
			return home, o
		}
	}
	return home, home.Keys().UnlockSilent()
}

// prove records the result of one row.
func (d *driller) prove(home *session.Vault, o *escrow.Opened, r drilled) error {
	if o == nil {
		if r.Member == "" {
			return nil
		}
		_, err := home.Files.DepositProof(r.dealing, r.proof)
		if err == nil {
			d.w.Voice.Remark(words.DrillClaimed, r.Member, r.Holder)
		}
		return err
	}
	holders, _ := o.Roster().Holders()
	for _, h := range holders {
		if h.Name == r.Holder && (r.Member == "" || key.Dealing(h.Recipient) == r.dealing) {
			return o.Roster().Prove(h.ID, r.proof)
		}
	}
	if r.Member != "" { // from an old sheet
		r.Result = resultFailed
		d.w.Voice.Tell(explain.Error(key.ErrShareForeign))
	}
	return nil
}
