// Package escrow keeps TOTP seeds in a vault: a folder of small immutable
// files, encrypted with age, that several independent holders can each open.
//
// Start with [Create], which makes a vault for a list of holders, and [Open],
// which reads one. What [Open] returns holds no secret: a [Vault] takes
// deposits ([Vault.Deposit]), names its holders and verifies itself
// ([Vault.Check]). [Vault.Unlock] turns a holder's age identity into an
// [Opened] vault, and only that reads, accepts, edits and retires seeds.
//
// Nothing here prompts, prints, logs, reads the clock or the environment, or
// touches a network. Times are passed in, files are reached through the small
// interface [FS], and every error is safe to show: none quotes a seed, a key or
// a passphrase.
//
// The format is described in FORMAT.md beside this file, with the reason for
// each part, and opens by hand with stock age, sha256sum and ssh-keygen. A
// vault written by a tagged release opens for ever.
//
// The package does not copy vaults to other places, does not read other
// programs' exports and does not draw QR codes; packages escrow/copies,
// escrow/exchange and qr do.
package escrow
