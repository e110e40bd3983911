// Package workfactor holds the scrypt work factor of passphrases, so that tests can lower it.
package workfactor

// Default is the work factor that is written: age's own, a second or two of a core, and
// 0.25 GiB.
const Default = 18

// Current is the work factor in use; only tests change it.
var Current = Default

// BeforeTry is called before a passphrase is tried on a file, which costs one scrypt unless
// the file asks for a higher work factor than is tried.
var BeforeTry = func() {}
