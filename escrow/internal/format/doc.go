// Package format reads and writes the files of a vault that are text, and the names
// of all of them: one parser and one writer for each kind, as FORMAT.md says.
//
// Start with [Classify], which tells a file by its path, and with [ParseDescriptor],
// [ParseSeal], [ParseOlderList] and [ParseRecord]. vault.txt has one spelling; the other
// kinds have several, in the order of lines, in padding and in escapes, of which one is
// written. Lines of a seal whose keyword is not known here are kept to be noticed, and
// never written.
// The package opens no file, holds no key and decides nothing: what a seal says counts
// only once its signature has been verified, and by the rules of package judge.
package format
