// Package keytest makes passphrases cheap in tests: scrypt at full cost takes most
// of a second for each. Nothing but tests imports it.
package keytest

import "seedvault/escrow/key/internal/workfactor"

// SetWorkFactor lets passphrases be written with another scrypt work factor, until
// the function that it returns is called. It is for the start of a test binary, or
// for a test that runs alone.
func SetWorkFactor(n int) (restore func()) {
	before := workfactor.Current
	workfactor.Current = n
	return func() { workfactor.Current = before }
}

// CountKDFs returns how many times f tried a passphrase on a file, each of which may cost
// one scrypt. It is for a test that runs alone.
func CountKDFs(f func()) (n int) {
	workfactor.BeforeTry = func() { n++ }
	defer func() { workfactor.BeforeTry = func() {} }()
	f()
	return n
}
