// Package key holds what encrypts and what opens: age recipients and identities of
// every kind, passphrases, keys and shares on paper, and the parts of a key that
// several people hold.
//
// Start with [ParseRecipient] and [ParseIdentities], or with [Generate] for a new
// key pair; [Encrypt] and [Decrypt] are age with the result read back. [Split] parts
// a key among members and a [Combiner] joins their shares, each checked as it
// arrives. [Paper] and [ReadPaper] are a key as lines that a person writes down and
// types again.
//
// The package knows nothing of vaults, of what is accepted, or of files: callers
// hand it bytes. It never prompts: whoever must be asked is asked through an
// [Asker]. No error quotes what was typed or read.
package key
