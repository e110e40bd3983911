package main

import (
	"errors"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/qr"
	"seedvault/qr/scan"
)

// explanations say what a person reads for each error that has no details to tell. The
// first one that fits counts.
type explanations []struct {
	err     error
	as      func(words.Message, ...any) *say.Error // say.Fail or say.Usage
	message words.Message
	hint    words.Message
}

// explain returns what a person reads, nil for an error that is not here.
func (list explanations) explain(err error) *say.Error {
	for _, x := range list {
		if errors.Is(err, x.err) {
			return x.as(x.message).WithHint(x.hint)
		}
	}
	return nil
}

// vaultErrors are about what a vault's folder holds or lacks.
var vaultErrors = explanations{
	{escrow.ErrNoVault, say.Fail, words.NoVaultFound, words.HintNoVault},
	{escrow.ErrFull, say.Fail, words.VaultFull, words.HintVaultFull},
	{escrow.ErrNotHere, say.Fail, words.SeedGone, words.HintSeedGone},
	{escrow.ErrExist, say.Fail, words.VaultExists, words.HintVaultExists},
	{escrow.ErrNotPinned, say.Fail, words.NotConfirmed, words.HintNotConfirmed},
	{escrow.ErrNoRecipient, say.Fail, words.NoRecipient, words.HintNoRecipient},
	{escrow.ErrDamaged, say.Fail, words.VaultDamaged, words.HintVaultDamaged},
	{escrow.ErrFingerprint, say.Usage, words.BadFingerprint, words.HintBadFingerprint},
}

// rotationErrors stand against a new holder or a new key.
var rotationErrors = explanations{
	{escrow.ErrSameHolder, say.Fail, words.SameHolder, words.HintHolders},
	{escrow.ErrUnsealed, say.Fail, words.NotWhole, words.HintNotWhole},
	{escrow.ErrNoEpoch, say.Fail, words.NoSuchRotation, words.HintNoSuchRotation},
	{escrow.ErrJoined, say.Fail, words.JoinedAlready, words.HintJoinedAlready},
	{escrow.ErrUnanswered, say.Fail, words.PlanUnanswered, words.HintPlanUnanswered},
	{escrow.ErrNoSuchAnswer, say.Usage, words.NotAsked, words.HintNotAsked},
	{escrow.ErrNobodyLeft, say.Fail, words.NobodyLeft, words.HintNobodyLeft},
	{escrow.ErrStaged, say.Fail, words.NotYetSettled, words.HintSeedGone},
	{escrow.ErrNoRenew, say.Fail, words.NoNewShares, words.HintReport},
}

// shareErrors are about what is no share, or fits no others.
var shareErrors = explanations{
	{key.ErrShareForeign, say.Fail, words.ShareForeign, words.HintShareOther},
	{key.ErrShareAgain, say.Fail, words.ShareAgain, words.HintShareOther},
	{key.ErrShareSwapped, say.Fail, words.ShareSwapped, words.HintShareOther},
	{key.ErrShareWrong, say.Fail, words.ShareWrong, words.HintShareOther},
	{key.ErrShareLines, say.Fail, words.ShareLength, words.HintShareOther},
	{key.ErrShareJoin, say.Fail, words.ShareJoin, words.HintShareOther},
	{key.ErrShareMissing, say.Fail, words.NotAShare, words.HintShareOther},
	{key.ErrShare, say.Fail, words.NotAShare, words.HintShareOther},
	{key.ErrUndecrypted, say.Fail, words.NotAShare, words.HintShareOther},
}

// keyErrors are about what does not open a vault, and names that are no holder's.
var keyErrors = explanations{
	{escrow.ErrNoMatch, say.Fail, words.NoMatch, words.HintNoMatch},
	{key.ErrNoMatch, say.Fail, words.NoMatch, words.HintNoMatch},
	{key.ErrPassphrase, say.Fail, words.WrongPassphrase, words.HintWrongPassphrase},
	{escrow.ErrNoPassphrase, say.Fail, words.NoPassphrase, words.HintNoPassphrase},
	{key.ErrLines, say.Fail, words.KeyLines, words.HintBadPaperKey},
	{key.ErrIdentity, say.Fail, words.BadPaperKey, words.HintBadPaperKey},
	{key.ErrPluginRecipient, say.Usage, words.PluginRecipient, words.HintRecipient},
	{key.ErrQuorum, say.Usage, words.QuorumWhat, words.HintQuorumWhat},
	{key.ErrRecipient, say.Usage, words.BadRecipient, words.HintRecipient},
	{key.ErrPassphraseShort, say.Fail, words.ShortPassphrase, words.HintShortPassphrase},
	{escrow.ErrName, say.Usage, words.BadHolderName, words.HintBadHolderName},
	{escrow.ErrTwice, say.Usage, words.HolderTwice, words.HintHolderTwice},
	{console.ErrNoTerminal, say.Fail, words.NoTerminal, words.HintNoTerminal},
	{console.ErrInterrupted, say.Fail, words.Interrupted, words.HintInterrupted},
}

// seedErrors are about pictures without a readable code, and seeds that cannot be drawn.
var seedErrors = explanations{
	{qr.ErrNotASCII, say.Fail, words.NotDrawable, words.HintUseURI},
	{qr.ErrNotReadable, say.Fail, words.NotDrawable, words.HintUseURI},
	{qr.ErrEmpty, say.Fail, words.NotDrawable, words.HintUseURI},
	{scan.ErrNoCode, say.Fail, words.NoCodeInImage, words.HintImage},
	{scan.ErrFormat, say.Fail, words.NotAnImage, words.HintNotAnImage},
	{scan.ErrDamaged, say.Fail, words.ImageDamaged, words.HintImage},
	{scan.ErrPart, say.Fail, words.PartOfCode, words.HintImage},
	{scan.ErrTooBusy, say.Fail, words.ImageTooBusy, words.HintImage},
}

// machineErrors are about this machine's own folders.
var machineErrors = explanations{
	{local.ErrNoHome, say.Fail, words.NoHome, words.HintNoHome},
	{local.ErrConfig, say.Fail, words.BadConfig, words.HintBadConfig},
}
