package sealset

import (
	"sync/atomic"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/parallel"
	"seedvault/escrow/internal/vaultfs"
)

// Check verifies every seal, those too that [Set.Read] passes over, and makes the ledger.
// Of one that this machine has found to be contained in another, which is here, the hash
// and the signature say all; where anything is amiss, all are parsed.
func (r *Set) Check() {
	if len(r.memory) > 0 {
		l := judge.NewLedger(r.needed(""))
		if len(r.away)+len(r.Damaged)+len(r.CRLF)+len(l.Missing())+len(l.GivenUp())+len(l.Untrue()) == 0 && r.areSound() {
			r.Ledger = l
			return
		}
	}
	r.readAll()
	r.Ledger = judge.NewLedger(r.Every())
}

// areSound reports whether all seals that were passed over are what their names say, with
// a signature that verifies.
func (r *Set) areSound() bool {
	var failed atomic.Bool
	parallel.Do(len(r.Files), func(i int) {
		if _, done := r.Seal(r.Files[i]); !done && !failed.Load() && !r.isSound(r.Files[i]) {
			failed.Store(true)
		}
	})
	return !failed.Load()
}

func (r *Set) isSound(f File) bool {
	text, err1 := vaultfs.ReadFile(r.source.FS, f.Path, format.KindSeal.Limit())
	sig, err2 := vaultfs.ReadFile(r.source.FS, f.Path+".sig", format.KindSealSig.Limit())
	_, crlf := format.UndoCRLF(sig)
	return f.Text && f.Sig && err1 == nil && err2 == nil && !crlf && format.Hash(format.Sum(text)) == f.Hash &&
		format.NumberOfSeal(text) == f.Number && r.source.Verified.IsSigned(r.signer, text, sig)
}
