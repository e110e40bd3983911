package explain

import (
	"errors"
	"io/fs"
	"syscall"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// writingRules are about a folder that does not take what is written to it.
func writingRules() []rule {
	return []rule{func(err error) *say.Error {
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
			return say.Fail(words.WriteFailed, path, Reason(err)).WithHint(words.HintWriteFailed)
		}
		return nil
	}}
}

// machineRules are about this machine's own folders and files.
func machineRules() []rule {
	return []rule{
		is(local.ErrNoHome, say.Fail(words.NoHome).WithHint(words.HintNoHome)),
		is(local.ErrConfig, say.Fail(words.BadConfig).WithHint(words.HintBadConfig)),
		func(err error) *say.Error {
			path, ok := culprit(err)
			shown := console.Safe(path, 0)
			switch {
			case !ok:
				return nil
			case errors.Is(err, fs.ErrNotExist):
				return noSuchFile(path)
			case errors.Is(err, fs.ErrExist):
				return say.Fail(words.FileExists, shown).WithHint(words.HintFileExists)
			}
			return say.Fail(words.PathTrouble, shown, Reason(err)).WithHint(words.HintPathTrouble)
		},
	}
}
