// Package benchvault makes vaults for benchmarks.
package benchvault

import (
	"fmt"
	"os"
	"time"

	"seedvault/escrow"
	"seedvault/escrow/disk"
	"seedvault/escrow/key"
)

// unsynced is a folder in which nothing waits for the disk.
type unsynced struct{ *disk.Dir }

func (f unsynced) Create(name string) (escrow.File, error) {
	w, err := f.Dir.Create(name)
	return file{w}, err
}

func (unsynced) SyncDir(string) error { return nil }

type file struct{ escrow.File }

func (file) Sync() error { return nil }

// Make makes a vault of accepted seeds, all with one made-up secret.
func Make(dir string, seeds int) (pin escrow.Pin, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return pin, err
	}
	d, err := escrow.OpenDir(dir)
	if err != nil {
		return pin, err
	}
	defer d.Close()
	paper, secret, err := escrow.PaperHolder("paper", false)
	if err != nil {
		return pin, err
	}
	identity, err := key.ParseIdentity(secret)
	if err != nil {
		return pin, err
	}
	now := time.Now()
	pin, err = escrow.Create(unsynced{d}, escrow.CreateOptions{Holders: []escrow.NewHolder{paper}, Now: now})
	if err != nil {
		return pin, err
	}
	v, err := escrow.Open(unsynced{d}, &pin)
	if err != nil {
		return pin, err
	}
	o, err := v.Unlock(identity)
	if err != nil {
		return pin, err
	}
	for i := range seeds {
		s, err := escrow.NewSeed(fmt.Sprintf("otpauth://totp/Site%d:me?secret=JBSWY3DPEHPK3PXP", i), escrow.Details{Added: now})
		if err != nil {
			return pin, err
		}
		r, err := v.Deposit(s)
		if err == nil {
			err = o.Accept(r)
		}
		if err != nil {
			return pin, err
		}
	}
	_, err = o.Seal(now)
	return pin, err
}
