package main

import (
	"strings"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// record writes the proofs into the vault that this machine knows: as records
// where a key has opened it, else as claims of its members. Where there is none
// they are printed alone.
func (d *driller) record() error {
	home, o, err := d.home()
	if home == nil || err != nil {
		return err
	}
	if home != d.s {
		defer home.Close()
	}
	for i := range d.rows {
		r := &d.rows[i]
		if r.Result != resultProven {
			continue
		}
		if err := d.prove(home, o, r); err != nil {
			return err
		}
	}
	if o == nil {
		return nil
	}
	err = d.sealWith(d.c.Context, home, o)
	d.roster, _ = o.Roster()
	return err
}

// home is the vault that this machine writes to, opened if one of the keys does.
func (d *driller) home() (*site, *escrow.Opened, error) {
	if !d.s.known {
		d.Remark(words.DrillUnrecorded)
		return nil, nil, nil
	}
	if !d.s.copied {
		if d.opened != nil && d.opened.Compared() {
			return d.s, d.opened, nil
		}
		return d.s, d.unlockUnasked(d.s), nil
	}
	home := &site{path: d.s.path, known: true, conf: d.s.conf, pin: d.s.pin, places: d.s.places, config: d.s.config}
	err := home.enter("", func(dir escrow.FS) (*escrow.Vault, error) { return escrow.Open(dir, home.pin) })
	if err != nil {
		home.Close()
		d.Remark(words.DrillUnrecorded)
		return nil, nil, nil
	}
	if len(d.keys) > 0 {
		if o, err := home.vault.Unlock(d.keys...); err == nil && o.Compared() {
			return home, o, nil
		}
	}
	return home, d.unlockUnasked(home), nil
}

// prove records one row.
func (d *driller) prove(home *site, o *escrow.Opened, r *drilled) error {
	if o == nil {
		if r.Member == "" {
			return nil
		}
		_, err := home.vault.DepositProof(r.quorum, r.proof)
		if err == nil {
			d.Remark(words.DrillClaimed, r.Member, r.Holder)
		}
		return err
	}
	holders, _ := o.Roster()
	for _, h := range holders {
		if h.Name == r.Holder && (r.Member == "" || strings.HasPrefix(h.ID, r.quorum)) {
			return o.Prove(h.ID, r.proof)
		}
	}
	return nil
}
