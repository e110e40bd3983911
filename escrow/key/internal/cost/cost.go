// Package cost holds what a passphrase costs, so that tests can lower it.
package cost

// WorkFactor is the scrypt work factor that is written: age's own, 0.25 GiB and
// well under a second.
const WorkFactor = 18

// Work is the work factor in use.
var Work = WorkFactor

// Before is called before each scrypt.
var Before = func() {}
