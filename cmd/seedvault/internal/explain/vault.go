package explain

import (
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// vaultRules are about what a vault's folder holds or lacks.
func vaultRules() []rule {
	return []rule{
		as(func(e *escrow.PinError) *say.Error {
			have := "-"
			if len(e.Have) > 0 {
				have = e.Have[0].String()
			}
			return say.Fail(words.OtherVault, e.Want, have).WithHint(words.HintOtherVault)
		}),
		as(func(e *escrow.NewerError) *say.Error {
			return say.Fail(words.NewerVault, console.Safe(e.Path, 0)).WithHint(words.HintNewerVault)
		}),
		as(func(e *escrow.SuccessorError) *say.Error {
			return say.Fail(words.Successor, e.Epoch.Folder).WithHint(words.HintSuccessor, e.Epoch.Fingerprint)
		}),
		as(func(e *escrow.MissingFilesError) *say.Error {
			return say.Fail(words.FilesMissing, len(e.Paths), e.Seals).WithHint(words.HintFilesMissing)
		}),
		as(func(e *escrow.MissingSealsError) *say.Error {
			return say.Fail(words.MissingSeals, len(e.Seals), e.Seals[0]).WithHint(words.HintMissingSeals)
		}),
		is(escrow.ErrOlderFormat, say.Fail(words.OlderFormat).WithHint(words.HintOlderFormat)),
		is(escrow.ErrUnverified, say.Fail(words.UnverifiedEpoch).WithHint(words.HintNewerVault)),
		is(escrow.ErrNoVault, say.Fail(words.NoVaultFound).WithHint(words.HintNoVault)),
		is(escrow.ErrCopyName, say.Fail(words.CopyNameTaken, "-").WithHint(words.HintCopyNameTaken)),
		is(escrow.ErrFull, say.Fail(words.VaultFull).WithHint(words.HintVaultFull)),
		is(escrow.ErrNotHere, say.Fail(words.SeedGone).WithHint(words.HintSeedGone)),
		is(escrow.ErrExist, say.Fail(words.VaultExists).WithHint(words.HintVaultExists)),
		is(escrow.ErrPageTaken, say.Fail(words.PageTaken, "open-1.html").WithHint(words.HintPageTaken)),
		is(escrow.ErrNotPinned, say.Fail(words.NotConfirmed).WithHint(words.HintNotConfirmed)),
		is(escrow.ErrNoRecipient, say.Fail(words.NoRecipient).WithHint(words.HintNoRecipient)),
		is(escrow.ErrDamaged, say.Fail(words.VaultDamaged).WithHint(words.HintVaultDamaged)),
		is(escrow.ErrFingerprint, say.Usage(words.BadFingerprint).WithHint(words.HintBadFingerprint)),
	}
}

// rotationRules are about what stands against a new holder or a new key, and about a
// vault that grew beside this one.
func rotationRules() []rule {
	return []rule{
		as(func(e *escrow.ForkError) *say.Error {
			if e.Epoch.Joined {
				return say.Fail(words.RotatedElsewhere, e.Epoch.Folder).WithHint(words.HintRotatedElsewhere, e.Epoch.Fingerprint)
			}
			return say.Fail(words.RotatedTwice, e.Epoch.Folder).WithHint(words.HintRotatedTwice, e.Epoch.Fingerprint)
		}),
		as(func(e *escrow.HolderError) *say.Error {
			if why := first(e.Unwrap(), keyRules); why != nil {
				return why.In(e.Name)
			}
			return say.Fail(words.HolderNotGiven, e.Name).WithHint(words.HintHolderNotGiven, e.Name)
		}),
		as(func(e *escrow.UnknownNameError) *say.Error {
			return say.Fail(words.NobodyOfName, console.Safe(e.Name, 40)).WithHint(words.HintHolders)
		}),
		as(func(e *escrow.UnknownRecordError) *say.Error {
			return say.Fail(words.NewerRecord, console.Safe(e.Kind, 40)).WithHint(words.HintNewerVault)
		}),
		is(escrow.ErrSameHolder, say.Fail(words.SameHolder).WithHint(words.HintHolders)),
		is(escrow.ErrUnsealed, say.Fail(words.NotWhole).WithHint(words.HintNotWhole)),
		is(escrow.ErrNoEpoch, say.Fail(words.NoSuchRotation).WithHint(words.HintNoSuchRotation)),
		is(escrow.ErrJoined, say.Fail(words.JoinedAlready).WithHint(words.HintJoinedAlready)),
		is(escrow.ErrUnanswered, say.Fail(words.PlanUnanswered).WithHint(words.HintPlanUnanswered)),
		is(escrow.ErrNoSuchAnswer, say.Usage(words.NotAsked).WithHint(words.HintNotAsked)),
		is(escrow.ErrNobodyLeft, say.Fail(words.NobodyLeft).WithHint(words.HintNobodyLeft)),
		is(escrow.ErrStaged, say.Fail(words.ChangeNotAccepted).WithHint(words.HintSeedGone)),
		is(escrow.ErrNoRenew, say.Fail(words.NoNewShares).WithHint(words.HintReport)),
	}
}
