// Package exchange takes seeds out of other apps' exports, and puts seeds into
// exports that other apps take. It saves nothing, judges no codes, and opens no file
// that only its own program can: those are refused by name, with what to do.
//
// Start with [Read] for a file of any format: it recognises the content, asks for
// passwords through a callback, and returns each record that it found as an
// [Item], taken or refused. A [Ledger] accounts for the items of any number of
// files. For the way out start with [NewExport], which says what a format can hold
// before anything is written. [Formats] is the one table of all formats, [Apps] the
// one of what apps ignore; help, completion and documents are made from them.
//
// Whatever the format, three things hold. A record that is odd costs the others
// nothing. Nothing is left out without a word: what has no place in a seed is kept
// under [Details].Other, and what is not kept is named in a [Notice]. And what a
// format cannot carry is refused rather than changed. No error and no printed value
// holds a secret.
//
// # Bounds
//
// A file may say of itself what it likes: no more is read than [MaxInput],
// unpacked than [MaxUnpacked], found than [MaxRecords], and no key derivation is
// tried that asks for more than [MaxKDFMemory]. JSON and CSV are read where they
// stand, without a tree of them in memory; XML may have no document type; of a zip
// only the one file is unpacked that a format needs.
//
// # Where the facts come from
//
// Each format names its source, the app's own document where there is one and else
// the code that writes it, in [Format].Source and in its file's first comment. What
// is in no document was seen in files that the apps wrote.
//
// # A new format
//
// A format is one file with the same few parts: a variable of type Format with its
// name, its forms, its source, what it [Holds], and how it is recognised, read and
// perhaps written; and one line in the table. The tests want a sample of every form,
// made without the reader's code, and a fuzz target. The recipe is in CONTRIBUTING.
//
// The package reads no files and no pictures, and decides nothing about a vault:
// pictures are read through [Options].Pictures, and what is there already is told to
// the ledger.
package exchange

import (
	"encoding/base32"
	"strings"

	"seedvault/escrow/otpauth"
)

// Entry is one account: taken as a key, or refused.
type Entry struct {
	Position int         // from 1, in the export or the list that held it
	Label    string      // issuer and account, as they came, for a person; may be empty
	Key      otpauth.Key // of a refused account none
	Err      error       // why it is refused: an *[Error] or an *[otpauth.Error]
}

// entry makes an entry of a judged account.
func entry(position int, label string, k otpauth.Key, err error) Entry {
	if err != nil {
		k = otpauth.Key{}
	}
	return Entry{position, label, k, err}
}

// labelOf joins two names as an otpauth URI does. Where they hold the secret
// itself, as in an account that was filled in wrongly, there is no label.
func labelOf(issuer, account string, secret []byte) string {
	label := account
	if issuer != "" {
		label = strings.TrimSuffix(issuer+":"+account, ":")
	}
	if holds(label, secret) {
		return ""
	}
	return label
}

// tellingLength of a secret, in bytes, is one that no name holds by chance.
const tellingLength = 5

var noSpacing = strings.NewReplacer(" ", "", "-", "")

func holds(label string, secret []byte) bool {
	if len(secret) < tellingLength {
		return false
	}
	bare := noSpacing.Replace(strings.ToUpper(label))
	typed := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	return strings.Contains(bare, typed) || strings.Contains(label, string(secret))
}
