// Package escrow keeps TOTP seeds in a vault: a folder of small immutable
// files, encrypted with age, that several independent holders can each open.
//
// Start with [Create], which makes a vault for a list of holders, and [Open],
// which reads one. What [Open] returns holds no secret: a [Vault] takes
// deposits ([Vault.Deposit]), names its holders and verifies itself
// ([Vault.Check]). [Vault.Unlock] turns a holder's age identity into an
// [Opened] vault, and only that reads, accepts, edits and retires seeds.
//
// # Words
//
//   - A seed is the secret behind the codes of one account, with what belongs to it: an
//     otpauth line ([Seed]).
//   - A vault is a folder. An [Epoch] is the part of it that one vault key opens; its
//     [Fingerprint] names it, and a [Pin] is what one machine knows of the epoch that a
//     person has compared.
//   - A [roster.Holder] is a way in: a passphrase, a key on paper, somebody's age or SSH
//     key, or a quorum, any 2 of 3 people, say, each of whom has a share.
//   - A slot is a file that holds an epoch's vault key, encrypted to one holder.
//   - To deposit is to put a seed in without a key; its [Receipt] names the file. To accept
//     is to say, with a key, that somebody who can open the vault has seen it. To retire is
//     to say likewise that it counts no more: no file is deleted.
//   - A seal is a signed list of all that was accepted and retired. What no seal lists is
//     shown apart. A seal is live if no other includes it.
//   - A record is one encrypted file about one holder, copy or former holder; those that are
//     accepted are the [Roster].
//   - To stage is to prepare a change in memory, or a whole epoch in a folder of its own; it
//     counts once it is sealed or published. To rotate is to stage the next epoch.
//   - HASH in a file's name is that of its content: the first 160 bits of its SHA-256, in base32.
//   - A copy is the same folder in another place; package escrow/copies keeps it.
//   - A drill is an unlock that proves one holder, and is noted.
//
// # A vault's life
//
// [Create] makes it, with the holders that it begins with; the pin that it returns is to be
// kept. [Vault.Deposit] needs no key and is durable once it returns, but nobody has vouched
// for it: after [Vault.Unlock], [Opened.Accept] stages it, and so do [Opened.Edit],
// [Opened.Retire], [Roster.AddHolder] and the others that change something. Staged is not
// done: only [Opened.Seal] signs and writes, once for all that waits, and what was staged
// and never sealed is forgotten with the [Opened]. [Vault.Check] says at any time what is
// damaged or missing. Where somebody leaves, [Opened.PlanRotation] and
// [Opened.StageRotation] write the next epoch under a new key beside the old one, and
// [Staged.Publish] has it appear; other machines follow once a person has confirmed its
// fingerprint there.
//
// Nothing here prompts, prints, logs, reads the clock or the environment, or
// touches a network. Times are passed in, files are reached through the small
// interface [FS], and every error is safe to show: none quotes a seed, a key or
// a passphrase.
//
// The format is described in FORMAT.md beside this file, with the reason for
// each part, and opens by hand with stock age, sha256sum and ssh-keygen. A
// vault written by a tagged release opens forever.
//
// The package does not copy vaults to other places, does not read other
// programs' exports and does not draw QR codes; packages escrow/copies,
// escrow/exchange and qr do.
package escrow

import (
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// Receipt names one file that was written: what a depositor keeps, and what a
// holder accepts it by. Its String is the beginning of HASH, as people pass it on.
type Receipt = format.Ref

// LikeReceipt reports whether a word could be a receipt, of a file that is here or not.
func LikeReceipt(word string) bool { return format.LikeReceipt(word) }

// Fingerprint is the SHA-256 of an epoch's vault.txt. It names one vault key's
// lifetime, and a machine that has pinned it writes to no other.
type Fingerprint = format.Fingerprint

// NewerError reports that a newer seedvault wrote what was met. Nothing but
// reading, and where the format allows it depositing, goes on.
type NewerError = format.NewerError

// ParseFingerprint reads all 64 digits, as [Fingerprint.Hex] gives them.
func ParseFingerprint(s string) (Fingerprint, error) { return format.ParseFingerprint(s) }

// CheckName returns [ErrName] unless name may be a holder's or a member's name.
// The rule keeps a name one and the same folder on every file system.
func CheckName(name string) error { return format.CheckName(name) }

// Status is what a seed counts for.
type Status = judge.Status

const (
	// Accepted: a valid seal lists it; or it is of an older epoch, and what the pinned one
	// accepts in its place has not arrived here.
	Accepted = judge.Accepted
	// NotAccepted: a deposit that no holder has accepted yet. It never joins,
	// hides or outranks what has been accepted.
	NotAccepted = judge.NotAccepted
	// Late: a file of an older epoch that the pinned one knows nothing of. It is
	// shown as not accepted.
	Late = judge.Late
	// Unconfirmed: a file of an epoch that no person has confirmed here.
	Unconfirmed = judge.Unconfirmed
	// Retired: removed or refused, forever.
	Retired = judge.Retired
	// Hidden: of an older epoch; it lives on under another name, or was removed or left
	// behind.
	Hidden = judge.Hidden
)

// SealRef names a seal that may not be here.
type SealRef = judge.SealRef
