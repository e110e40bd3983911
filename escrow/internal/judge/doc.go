// Package judge decides what counts: which files are accepted, retired, late,
// hidden or unconfirmed, and which epochs the pinned one follows.
//
// Start with [NewLedger], which unites the verified seals of one epoch, and with
// [Judge], which rules over the files of all epochs. Everything here is a pure
// function of names, hashes, verified seals, older lists, the pin and the time: there is
// no key, no file and no clock. Whatever a vault does asks here.
package judge
