// Package cost holds what a passphrase costs, so that tests can lower it.
package cost

// WorkFactor is the scrypt work factor that is written: age's own, a second or two of a
// core, and 0.25 GiB.
const WorkFactor = 18

// Work is the work factor in use.
var Work = WorkFactor

// Before is called before a passphrase is tried on a file, which costs one scrypt unless the
// file asks for a higher work factor than is tried.
var Before = func() {}
