// Package exchange is what other apps' exports are made of, whatever the app: a
// [Record] with its [Details], the [Item] that one is found as, the [Notice] of what
// stays behind, the [Error] with the reason of a refusal, and what a format or an app
// [Holds]. A [Ledger] accounts for the items of any number of files.
//
// It knows no app. Package formats is where to start: formats.Read takes seeds out of
// an export of any app, formats.NewExport puts them into one. Package google has the
// codes that Google Authenticator spreads an export over, and package apps what each
// app does with a seed that it is given.
//
// Whatever the format, three things hold. A record that is odd costs the others
// nothing. Nothing is left out without a word: what has no place in a seed is kept
// under [Details].Other, and what is not kept is named in a [Notice]. And what a
// format cannot carry is refused rather than changed. No error and no printed value
// holds a secret.
//
// None of these packages opens a file on disk, saves anything, or decides anything about
// a vault: what is there already is told to the ledger.
package exchange

// Bounds of what is read, whatever a file says of itself.
const (
	MaxInput     = 16 << 20 // bytes of a file
	MaxUnpacked  = 64 << 20 // bytes of what is unpacked of one file
	MaxRecords   = 10000    // of one file
	MaxKDFMemory = 1 << 30  // bytes for trying one password
)
