package escrow

import "seedvault/escrow/internal/format"

// Receipt names one file that was written: what a depositor keeps, and what a
// holder accepts it by. Its String is the beginning of HASH, as people pass it on.
type Receipt = format.Ref

// Fingerprint is the SHA-256 of an epoch's vault.txt. It names one vault key's
// lifetime, and a machine that has pinned it writes to no other.
type Fingerprint = format.Fingerprint

// NewerError reports that a newer seedvault wrote what was met. Nothing but
// reading, and where the format allows it depositing, goes on.
type NewerError = format.NewerError

var (
	// ErrFingerprint is returned for text that is not a fingerprint.
	ErrFingerprint = format.ErrFingerprint
	// ErrName is returned for a holder's name that does not have the form of one.
	ErrName = format.ErrName
)

// ParseFingerprint reads all 64 digits, as [Fingerprint.Hex] gives them.
func ParseFingerprint(s string) (Fingerprint, error) { return format.ParseFingerprint(s) }

// CheckName returns [ErrName] unless name may be a holder's or a member's name.
// The rule keeps a name one and the same folder on every file system.
func CheckName(name string) error { return format.CheckName(name) }
