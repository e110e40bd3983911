// Package format reads and writes the files of a vault that are text, and the names
// of all of them: one parser and one writer for each kind, as FORMAT.md says.
//
// Start with [Classify], which tells a file by its path, and with [ParseDescriptor],
// [ParseSeal], [ParseOlderList] and [ParseRecord]. What a parser takes, its writer
// gives back byte for byte, but for the order of lines where FORMAT.md leaves it
// open. The package opens no file, holds no key and decides nothing: what a seal
// says counts only once its signature has been verified, and by the rules of
// package judge.
package format
