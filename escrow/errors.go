package escrow

import (
	"errors"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/staging"
)

// What calls fail with and callers ask for, by what was being done.
var (
	// ErrFingerprint is returned for text that is not a fingerprint.
	ErrFingerprint = format.ErrFingerprint
	// ErrName is returned for a holder's name that does not have the form of one.
	ErrName = format.ErrName

	// ErrNoVault is returned where no vault lies.
	ErrNoVault = errors.New("no vault found")
	// ErrOlderFormat is returned where all that lies is a vault that was written
	// before the format was settled.
	ErrOlderFormat = errors.New("failed to open the vault: it is older than the format")
	// ErrNotPinned is returned by what writes when no person has compared the
	// vault's fingerprint on this machine.
	ErrNotPinned = errors.New("failed to write: this vault's fingerprint has not been confirmed on this machine")
	// ErrNoRecipient is returned by a deposit when this machine does not know
	// the vault's recipient, or knows another one than vault.txt speaks of.
	ErrNoRecipient = errors.New("failed to deposit: this machine does not know the vault's recipient")
	// ErrDamaged is returned when the pinned epoch's vault.txt is missing or
	// damaged, so that nothing may be written to it.
	ErrDamaged = errors.New("failed to write: the vault.txt of this vault is missing or damaged")
	// ErrExist is returned where there is a vault already, or anything else with
	// an epoch's name.
	ErrExist = errors.New("failed to create a vault: there is one already")
	// ErrNoHolders is returned for a vault that nobody could open.
	ErrNoHolders = errors.New("failed to create a vault: no holder")
	// ErrTwice is returned for two holders of one name.
	ErrTwice = errors.New("failed to create a vault: two holders of one name")

	// ErrPageTaken is returned where another file lies under a page's name.
	ErrPageTaken = errors.New("failed to write the page: another file has its name")

	// ErrNoMatch is returned when no holder of the vault fits the identities.
	ErrNoMatch = errors.New("failed to unlock: none of this vault's holders fits")
	// ErrNoPassphrase is returned when no holder of the vault has a passphrase.
	ErrNoPassphrase = errors.New("failed to unlock: no holder of this vault has a passphrase")

	// ErrNotHere is returned for a file that is not in this vault, or not in an
	// epoch that may be written to.
	ErrNotHere = errors.New("failed to change the vault: no such seed in it")
	// ErrFull is returned when a seal would be larger than readers read.
	ErrFull = staging.ErrFull
	// ErrSameHolder is returned for a holder whose key can open the vault already: a
	// second name for one key is no second way in.
	ErrSameHolder = errors.New("failed to add the holder: its key is a holder's already")
	// ErrCopyName is returned for a copy whose name is another copy's.
	ErrCopyName = errors.New("failed to add the copy: another copy has this name")

	// ErrStaged is returned for a rotation while changes wait for a seal.
	ErrStaged = errors.New("failed to rotate: changes wait to be sealed")
	// ErrNobodyLeft is returned for a rotation that would leave no holder.
	ErrNobodyLeft = errors.New("failed to rotate: nobody would be left to open the vault")
	// ErrNoSuchAnswer is returned for an answer to what was not asked, or that
	// would keep what cannot be kept.
	ErrNoSuchAnswer = errors.New("failed to plan: that is not asked")
	// ErrUnanswered is returned while a plan asks what nobody has answered.
	ErrUnanswered = errors.New("failed to rotate: not every question of the plan is answered")
	// ErrNoRenew is returned for a vault with a quorum when the options have
	// nothing that makes its new shares.
	ErrNoRenew = errors.New("failed to rotate: nothing makes the quorum's new shares")

	// ErrUnsealed is returned for an epoch in which no valid seal lies: it is
	// unfinished, or has not arrived whole.
	ErrUnsealed = errors.New("failed to confirm: the epoch has no valid seal")
	// ErrNoEpoch is returned for a fingerprint that no epoch here has.
	ErrNoEpoch = errors.New("failed to find the epoch: none here has that fingerprint")
	// ErrUnverified is returned for an epoch whose signer is a key of a type that this
	// program cannot verify: what it holds is shown, and nothing is written to it.
	ErrUnverified = errors.New("failed to go on: a newer seedvault signs this epoch with a key that this one cannot verify")
	// ErrJoined is returned for an epoch that the pinned one follows already.
	ErrJoined = errors.New("failed to join: this vault follows that epoch already")
)
