package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/key"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
	"seedvault/qr/scan"
)

// explain turns any error into what a person reads: the one place where errors
// are told apart.
func explain(err error) *speech.Error {
	var said *speech.Error
	if errors.As(err, &said) {
		return said
	}
	for _, of := range []func(error) *speech.Error{ofVault, ofRotation, ofWriting, ofShares, ofKeys, ofURIs, ofMachine} {
		if e := of(err); e != nil {
			return e
		}
	}
	return speech.Fail(speech.Unexpected, speech.Safe(err.Error(), 0)).WithHint(speech.HintReport)
}

// ofVault explains what a vault's folder holds or lacks.
func ofVault(err error) *speech.Error {
	var pin *escrow.PinError
	var newer *escrow.NewerError
	var successor *escrow.SuccessorError
	switch {
	case errors.As(err, &pin):
		have := "-"
		if len(pin.Have) > 0 {
			have = pin.Have[0].String()
		}
		return speech.Fail(speech.OtherVault, pin.Want, have).WithHint(speech.HintOtherVault)
	case errors.As(err, &newer):
		return speech.Fail(speech.NewerVault, speech.Safe(newer.Path, 0)).WithHint(speech.HintNewerVault)
	case errors.As(err, &successor):
		return speech.Fail(speech.Successor, successor.Epoch.Folder).WithHint(speech.HintSuccessor, successor.Epoch.Fingerprint)
	case errors.Is(err, escrow.ErrNoVault):
		return speech.Fail(speech.NoVaultFound).WithHint(speech.HintNoVault)
	case errors.Is(err, escrow.ErrCopyName):
		return speech.Fail(speech.CopyNameTaken, "-").WithHint(speech.HintCopyNameTaken)
	case errors.Is(err, escrow.ErrFull):
		return speech.Fail(speech.VaultFull).WithHint(speech.HintVaultFull)
	case errors.Is(err, escrow.ErrNotHere):
		return speech.Fail(speech.SeedGone).WithHint(speech.HintSeedGone)
	case errors.Is(err, escrow.ErrExist):
		return speech.Fail(speech.VaultExists).WithHint(speech.HintVaultExists)
	case errors.Is(err, escrow.ErrNotPinned):
		return speech.Fail(speech.NotConfirmed).WithHint(speech.HintNotConfirmed)
	case errors.Is(err, escrow.ErrNoRecipient):
		return speech.Fail(speech.NoRecipient).WithHint(speech.HintNoRecipient)
	case errors.Is(err, escrow.ErrDamaged):
		return speech.Fail(speech.VaultDamaged).WithHint(speech.HintVaultDamaged)
	case errors.Is(err, escrow.ErrFingerprint):
		return speech.Usage(speech.BadFingerprint).WithHint(speech.HintBadFingerprint)
	}
	return nil
}

// ofRotation explains what stands against a new holder or a new key, and what a
// vault is that grew beside this one.
func ofRotation(err error) *speech.Error {
	var fork *escrow.ForkError
	var holder *escrow.HolderError
	var name *escrow.UnknownNameError
	var record *escrow.UnknownRecordError
	switch {
	case errors.As(err, &fork) && fork.Epoch.Joined:
		return speech.Fail(speech.RotatedElsewhere, fork.Epoch.Folder).WithHint(speech.HintRotatedElsewhere, fork.Epoch.Fingerprint)
	case errors.As(err, &fork):
		return speech.Fail(speech.RotatedTwice, fork.Epoch.Folder).WithHint(speech.HintRotatedTwice, fork.Epoch.Fingerprint)
	case errors.As(err, &holder):
		if e := ofKeys(holder.Unwrap()); e != nil {
			return e.In(holder.Name)
		}
		return speech.Fail(speech.HolderNotGiven, holder.Name).WithHint(speech.HintHolderNotGiven, holder.Name)
	case errors.As(err, &name):
		return speech.Fail(speech.NobodyOfName, speech.Safe(name.Name, 40)).WithHint(speech.HintHolders)
	case errors.As(err, &record):
		return speech.Fail(speech.NewerRecord, speech.Safe(record.Kind, 40)).WithHint(speech.HintNewerVault)
	case errors.Is(err, escrow.ErrSameHolder):
		return speech.Fail(speech.SameHolder).WithHint(speech.HintHolders)
	case errors.Is(err, escrow.ErrUnsealed):
		return speech.Fail(speech.NotWhole).WithHint(speech.HintNotWhole)
	case errors.Is(err, escrow.ErrNoEpoch):
		return speech.Fail(speech.NoSuchRotation).WithHint(speech.HintNoSuchRotation)
	case errors.Is(err, escrow.ErrJoined):
		return speech.Fail(speech.JoinedAlready).WithHint(speech.HintJoinedAlready)
	case errors.Is(err, escrow.ErrUnanswered):
		return speech.Fail(speech.PlanUnanswered).WithHint(speech.HintPlanUnanswered)
	case errors.Is(err, escrow.ErrNoSuchAnswer):
		return speech.Usage(speech.NotAsked).WithHint(speech.HintNotAsked)
	case errors.Is(err, escrow.ErrNobodyLeft):
		return speech.Fail(speech.NobodyLeft).WithHint(speech.HintNobodyLeft)
	case errors.Is(err, escrow.ErrStaged):
		return speech.Fail(speech.NotYetSettled).WithHint(speech.HintSeedGone)
	case errors.Is(err, escrow.ErrNoRenew):
		return speech.Fail(speech.NoNewShares).WithHint(speech.HintReport)
	}
	return nil
}

// ofWriting explains a folder that does not take what is written to it.
func ofWriting(err error) *speech.Error {
	var write *escrow.WriteError
	path, _ := culprit(err)
	if errors.As(err, &write) {
		path = write.Path
	}
	path = speech.Safe(path, 0)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return speech.Fail(speech.DiskFull, path).WithHint(speech.HintDiskFull)
	case errors.Is(err, syscall.EROFS), write != nil && errors.Is(err, fs.ErrPermission):
		return speech.Fail(speech.ReadOnly, path).WithHint(speech.HintReadOnly)
	case errors.Is(err, fs.ErrPermission):
		return speech.Fail(speech.Denied, path).WithHint(speech.HintDenied)
	case write != nil && write.Saved:
		return speech.Fail(speech.NotDurable, path).WithHint(speech.HintNotDurable)
	case write != nil:
		return speech.Fail(speech.WriteFailed, path, reasonOf(err)).WithHint(speech.HintWriteFailed)
	}
	return nil
}

// ofKeys explains what does not open a vault, and names that are no holder's.
func ofKeys(err error) *speech.Error {
	var choice *escrow.ChoiceError
	var plugin *key.PluginError
	var doubt *key.PassphraseError
	switch {
	case errors.As(err, &plugin) && plugin.Missing:
		return speech.Fail(speech.PluginMissing, plugin.Plugin).WithHint(speech.HintPluginMissing)
	case errors.As(err, &plugin):
		return speech.Fail(speech.PluginFailed, plugin.Plugin, speech.Safe(plugin.Message, 0)).WithHint(speech.HintPluginFailed)
	case errors.As(err, &choice):
		return speech.Fail(speech.SeveralPassphrases, strings.Join(choice.Names, ", ")).WithHint(speech.HintSeveralPassphrases, choice.Names[0])
	case errors.Is(err, escrow.ErrNoMatch), errors.Is(err, key.ErrNoMatch):
		return speech.Fail(speech.NoMatch).WithHint(speech.HintNoMatch)
	case errors.As(err, &doubt):
		return ofDoubt(doubt)
	case errors.Is(err, key.ErrPassphrase):
		return speech.Fail(speech.WrongPassphrase).WithHint(speech.HintWrongPassphrase)
	case errors.Is(err, escrow.ErrNoPassphrase):
		return speech.Fail(speech.NoPassphrase).WithHint(speech.HintNoPassphrase)
	case errors.Is(err, key.ErrLines):
		return speech.Fail(speech.KeyLines).WithHint(speech.HintBadPaperKey)
	case errors.Is(err, key.ErrIdentity):
		return speech.Fail(speech.BadPaperKey).WithHint(speech.HintBadPaperKey)
	case errors.Is(err, key.ErrPluginRecipient):
		return speech.Usage(speech.PluginRecipient).WithHint(speech.HintRecipient)
	case errors.Is(err, key.ErrQuorum):
		return speech.Usage(speech.QuorumWhat).WithHint(speech.HintQuorumWhat)
	case errors.Is(err, key.ErrRecipient):
		return speech.Usage(speech.BadRecipient).WithHint(speech.HintRecipient)
	case errors.Is(err, key.ErrPassphraseShort):
		return speech.Fail(speech.ShortPassphrase).WithHint(speech.HintShortPassphrase)
	case errors.Is(err, escrow.ErrName):
		return speech.Usage(speech.BadHolderName).WithHint(speech.HintBadHolderName)
	case errors.Is(err, escrow.ErrNoHolders):
		return speech.Usage(speech.NoHolders).WithHint(speech.SeeHelp, "seedvault init --help")
	case errors.Is(err, escrow.ErrTwice):
		return speech.Usage(speech.HolderTwice).WithHint(speech.HintHolderTwice)
	case errors.Is(err, speech.ErrNoTerminal):
		return speech.Fail(speech.NoTerminal).WithHint(speech.HintNoTerminal)
	case errors.Is(err, speech.ErrInterrupted):
		return speech.Fail(speech.Interrupted).WithHint(speech.HintInterrupted)
	}
	return nil
}

// ofDoubt explains what may be wrong with a passphrase that seedvault made.
func ofDoubt(d *key.PassphraseError) *speech.Error {
	switch {
	case d.Unknown > 0:
		return speech.Fail(speech.UnknownWord, d.Unknown).WithHint(speech.HintUnknownWord)
	case d.Words != key.PassphraseWords:
		return speech.Fail(speech.WordsCounted, d.Words, key.PassphraseWords).WithHint(speech.HintUnknownWord)
	}
	return speech.Fail(speech.WordsKnown).WithHint(speech.HintWrongPassphrase)
}

// ofShares explains what is no share, or fits no others.
func ofShares(err error) *speech.Error {
	var line *key.LineError
	reason := speech.Message("")
	switch {
	case errors.As(err, &line):
		return speech.Fail(speech.ShareLine, line.Line).WithHint(speech.HintShareLine)
	case errors.Is(err, key.ErrShareForeign):
		reason = speech.ShareForeign
	case errors.Is(err, key.ErrShareAgain):
		reason = speech.ShareAgain
	case errors.Is(err, key.ErrShareSwapped):
		reason = speech.ShareSwapped
	case errors.Is(err, key.ErrShareWrong):
		reason = speech.ShareWrong
	case errors.Is(err, key.ErrShareLines):
		reason = speech.ShareLength
	case errors.Is(err, key.ErrShareJoin):
		reason = speech.ShareJoin
	case errors.Is(err, key.ErrShareMissing), errors.Is(err, key.ErrShare), errors.Is(err, key.ErrUndecrypted):
		reason = speech.NotAShare
	default:
		return nil
	}
	return speech.Fail(reason).WithHint(speech.HintShareOther)
}

// ofURIs explains what is no seed, and what cannot be read from or drawn as a
// QR code.
func ofURIs(err error) *speech.Error {
	var uri *otpauth.Error
	var export *exchange.Error
	var long *qr.TooLongError
	var pixels *scan.TooManyPixelsError
	var size *scan.TooLargeError
	var unread *scan.UnreadError
	switch {
	case errors.As(err, &uri):
		return speech.Fail(speech.NotASeed, speech.ReasonPrefix+speech.Message(uri.Reason)).WithHint(speech.HintNotASeed)
	case errors.As(err, &export):
		return speech.Fail(speech.NotASeed, speech.ReasonPrefix+speech.Message(export.Reason)).WithHint(speech.HintNotASeed)
	case errors.As(err, &long):
		return speech.Fail(speech.TooLongToDraw, long.Len, long.Limit).WithHint(speech.HintUseURI)
	case errors.Is(err, qr.ErrNotASCII), errors.Is(err, qr.ErrNotReadable), errors.Is(err, qr.ErrEmpty):
		return speech.Fail(speech.NotDrawable).WithHint(speech.HintUseURI)
	case errors.As(err, &pixels), errors.As(err, &size):
		return speech.Fail(speech.ImageTooLarge).WithHint(speech.HintImage)
	case errors.As(err, &unread) && unread.Pixels < 3:
		return speech.Fail(speech.CodeTooSmall, strconv.FormatFloat(unread.Pixels, 'f', 1, 64)).WithHint(speech.HintCodeTooSmall)
	case errors.As(err, &unread):
		return speech.Fail(speech.CodeUnread).WithHint(speech.HintImage)
	case errors.Is(err, context.DeadlineExceeded):
		return speech.Fail(speech.ImageTooSlow, int(scanTime.Seconds())).WithHint(speech.HintImage)
	case errors.Is(err, scan.ErrNoCode):
		return speech.Fail(speech.NoCodeInImage).WithHint(speech.HintImage)
	case errors.Is(err, scan.ErrFormat):
		return speech.Fail(speech.NotAnImage).WithHint(speech.HintNotAnImage)
	case errors.Is(err, scan.ErrDamaged):
		return speech.Fail(speech.ImageDamaged).WithHint(speech.HintImage)
	case errors.Is(err, scan.ErrPart):
		return speech.Fail(speech.PartOfCode).WithHint(speech.HintImage)
	case errors.Is(err, scan.ErrTooBusy):
		return speech.Fail(speech.ImageTooBusy).WithHint(speech.HintImage)
	}
	return nil
}

// ofMachine explains this machine's own folders and files.
func ofMachine(err error) *speech.Error {
	path, named := culprit(err)
	path = speech.Safe(path, 0)
	switch {
	case errors.Is(err, local.ErrNoHome):
		return speech.Fail(speech.NoHome).WithHint(speech.HintNoHome)
	case errors.Is(err, local.ErrConfig):
		return speech.Fail(speech.BadConfig).WithHint(speech.HintBadConfig)
	case named && errors.Is(err, fs.ErrNotExist):
		return speech.Fail(speech.NoSuchFile, path).WithHint(speech.HintNoSuchFile)
	case named && errors.Is(err, fs.ErrExist):
		return speech.Fail(speech.FileExists, path).WithHint(speech.HintFileExists)
	case named:
		return speech.Fail(speech.PathTrouble, path, reasonOf(err)).WithHint(speech.HintPathTrouble)
	}
	return nil
}

// culprit is the path that an error of the file system names, if it is one.
func culprit(err error) (path string, ok bool) {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Path, true
	case errors.As(err, &l):
		return l.New, true
	}
	return "", false
}

// reasonOf is the operating system's word for what went wrong, without the path
// that stands in the message already.
func reasonOf(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return speech.Safe(err.Error(), 0)
}
