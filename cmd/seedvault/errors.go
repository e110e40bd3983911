package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/key"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
	"seedvault/qr/scan"
)

// explain turns any error into what a person reads: the one place where errors
// are told apart.
func explain(err error) *say.Error {
	var said *say.Error
	if errors.As(err, &said) {
		return said
	}
	for _, of := range []func(error) *say.Error{ofVault, ofRotation, ofWriting, ofShares, ofKeys, ofURIs, ofMachine} {
		if e := of(err); e != nil {
			return e
		}
	}
	return say.Fail(words.Unexpected, console.Safe(err.Error(), 0)).WithHint(words.HintReport)
}

// ofVault explains what a vault's folder holds or lacks.
func ofVault(err error) *say.Error {
	var pin *escrow.PinError
	var newer *escrow.NewerError
	var successor *escrow.SuccessorError
	switch {
	case errors.As(err, &pin):
		have := "-"
		if len(pin.Have) > 0 {
			have = pin.Have[0].String()
		}
		return say.Fail(words.OtherVault, pin.Want, have).WithHint(words.HintOtherVault)
	case errors.As(err, &newer):
		return say.Fail(words.NewerVault, console.Safe(newer.Path, 0)).WithHint(words.HintNewerVault)
	case errors.As(err, &successor):
		return say.Fail(words.Successor, successor.Epoch.Folder).WithHint(words.HintSuccessor, successor.Epoch.Fingerprint)
	case errors.Is(err, escrow.ErrCopyName):
		return say.Fail(words.CopyNameTaken, "-").WithHint(words.HintCopyNameTaken)
	}
	return vaultErrors.explain(err)
}

// ofRotation explains what stands against a new holder or a new key, and what a
// vault is that grew beside this one.
func ofRotation(err error) *say.Error {
	var fork *escrow.ForkError
	var holder *escrow.HolderError
	var name *escrow.UnknownNameError
	var record *escrow.UnknownRecordError
	switch {
	case errors.As(err, &fork) && fork.Epoch.Joined:
		return say.Fail(words.RotatedElsewhere, fork.Epoch.Folder).WithHint(words.HintRotatedElsewhere, fork.Epoch.Fingerprint)
	case errors.As(err, &fork):
		return say.Fail(words.RotatedTwice, fork.Epoch.Folder).WithHint(words.HintRotatedTwice, fork.Epoch.Fingerprint)
	case errors.As(err, &holder):
		if e := ofKeys(holder.Unwrap()); e != nil {
			return e.In(holder.Name)
		}
		return say.Fail(words.HolderNotGiven, holder.Name).WithHint(words.HintHolderNotGiven, holder.Name)
	case errors.As(err, &name):
		return say.Fail(words.NobodyOfName, console.Safe(name.Name, 40)).WithHint(words.HintHolders)
	case errors.As(err, &record):
		return say.Fail(words.NewerRecord, console.Safe(record.Kind, 40)).WithHint(words.HintNewerVault)
	}
	return rotationErrors.explain(err)
}

// ofWriting explains a folder that does not take what is written to it.
func ofWriting(err error) *say.Error {
	var write *escrow.WriteError
	path, _ := culprit(err)
	if errors.As(err, &write) {
		path = write.Path
	}
	path = console.Safe(path, 0)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return say.Fail(words.DiskFull, path).WithHint(words.HintDiskFull)
	case errors.Is(err, syscall.EROFS), write != nil && errors.Is(err, fs.ErrPermission):
		return say.Fail(words.ReadOnly, path).WithHint(words.HintReadOnly)
	case errors.Is(err, fs.ErrPermission):
		return say.Fail(words.Denied, path).WithHint(words.HintDenied)
	case write != nil && write.Saved:
		return say.Fail(words.NotDurable, path).WithHint(words.HintNotDurable)
	case write != nil:
		return say.Fail(words.WriteFailed, path, reasonOf(err)).WithHint(words.HintWriteFailed)
	}
	return nil
}

// ofKeys explains what does not open a vault, and names that are no holder's.
func ofKeys(err error) *say.Error {
	var choice *escrow.ChoiceError
	var plugin *key.PluginError
	var doubt *key.PassphraseError
	switch {
	case errors.As(err, &plugin) && plugin.Missing:
		return say.Fail(words.PluginMissing, plugin.Plugin).WithHint(words.HintPluginMissing)
	case errors.As(err, &plugin):
		return say.Fail(words.PluginFailed, plugin.Plugin, console.Safe(plugin.Message, 0)).WithHint(words.HintPluginFailed)
	case errors.As(err, &choice):
		return say.Fail(words.SeveralPassphrases, strings.Join(choice.Names, ", ")).WithHint(words.HintSeveralPassphrases, choice.Names[0])
	case errors.As(err, &doubt):
		return ofDoubt(doubt)
	case errors.Is(err, escrow.ErrNoHolders):
		return say.Usage(words.NoHolders).WithHint(words.SeeHelp, "seedvault init --help")
	}
	return keyErrors.explain(err)
}

// ofDoubt explains what may be wrong with a passphrase that seedvault made.
func ofDoubt(d *key.PassphraseError) *say.Error {
	switch {
	case d.Unknown > 0:
		return say.Fail(words.UnknownWord, d.Unknown).WithHint(words.HintUnknownWord)
	case d.Words != key.PassphraseWords:
		return say.Fail(words.WordsCounted, d.Words, key.PassphraseWords).WithHint(words.HintUnknownWord)
	}
	return say.Fail(words.WordsKnown).WithHint(words.HintWrongPassphrase)
}

// ofShares explains what is no share, or fits no others.
func ofShares(err error) *say.Error {
	var line *key.LineError
	if errors.As(err, &line) {
		return say.Fail(words.ShareLine, line.Line).WithHint(words.HintShareLine)
	}
	return shareErrors.explain(err)
}

// ofURIs explains what is no seed, and what cannot be read from or drawn as a
// QR code.
func ofURIs(err error) *say.Error {
	var uri *otpauth.Error
	var export *exchange.Error
	var long *qr.TooLongError
	var pixels *scan.TooManyPixelsError
	var size *scan.TooLargeError
	var unread *scan.UnreadError
	switch {
	case errors.As(err, &uri):
		return say.Fail(words.NotASeed, words.Refusals.Of(string(uri.Reason))).WithHint(words.HintNotASeed)
	case errors.As(err, &export):
		return say.Fail(words.NotASeed, words.Refusals.Of(string(export.Reason))).WithHint(words.HintNotASeed)
	case errors.As(err, &long):
		return say.Fail(words.TooLongToDraw, long.Len, long.Limit).WithHint(words.HintUseURI)
	case errors.As(err, &pixels), errors.As(err, &size):
		return say.Fail(words.ImageTooLarge).WithHint(words.HintImage)
	case errors.As(err, &unread) && unread.Pixels < 3:
		return say.Fail(words.CodeTooSmall, strconv.FormatFloat(unread.Pixels, 'f', 1, 64)).WithHint(words.HintCodeTooSmall)
	case errors.As(err, &unread):
		return say.Fail(words.CodeUnread).WithHint(words.HintImage)
	case errors.Is(err, context.DeadlineExceeded):
		return say.Fail(words.ImageTooSlow, int(scanTime.Seconds())).WithHint(words.HintImage)
	}
	return seedErrors.explain(err)
}

// ofMachine explains this machine's own folders and files.
func ofMachine(err error) *say.Error {
	if e := machineErrors.explain(err); e != nil {
		return e
	}
	path, named := culprit(err)
	path = console.Safe(path, 0)
	switch {
	case named && errors.Is(err, fs.ErrNotExist):
		return say.Fail(words.NoSuchFile, path).WithHint(words.HintNoSuchFile)
	case named && errors.Is(err, fs.ErrExist):
		return say.Fail(words.FileExists, path).WithHint(words.HintFileExists)
	case named:
		return say.Fail(words.PathTrouble, path, reasonOf(err)).WithHint(words.HintPathTrouble)
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
	return console.Safe(err.Error(), 0)
}
