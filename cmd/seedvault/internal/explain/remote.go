package explain

import (
	"errors"
	"io/fs"
	"syscall"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies/remote"
)

// remoteReasons are what a program means that carries a copy; the first that fits is
// taken.
var remoteReasons = []struct {
	means  error
	reason words.Message
}{
	{remote.ErrMissing, words.RemoteMissing},
	{remote.ErrTooOld, words.RemoteTooOld},
	{remote.ErrUnknown, words.RemoteUnknown},
	{remote.ErrBranch, words.RemoteBranch},
	{remote.ErrLocked, words.RemoteLocked},
	{remote.ErrNoAnswer, words.RemoteSilent},
	{remote.ErrPage, words.RemotePage},
	{remote.ErrRaced, words.RemoteRaced},
	{remote.ErrTransport, words.AddressTransport},
	{syscall.ENOSPC, words.RemoteFull},
	{fs.ErrPermission, words.RemoteReadOnly},
}

// RemoteReason is why a program did not carry a copy, in a few words, and reports whether
// that is known.
func RemoteReason(err error) (words.Message, bool) {
	var e *remote.Error
	if errors.As(err, &e) {
		for _, r := range remoteReasons {
			if errors.Is(e, r.means) {
				return r.reason, true
			}
		}
	}
	return words.Message{}, false
}

// remoteRules are about addresses of copies, and about what the programs say that carry
// them.
func remoteRules() []rule {
	return []rule{
		is(remote.ErrFlag, say.Usage(words.AddressFlag).WithHint(words.HintAddress)),
		is(remote.ErrCredentials, say.Usage(words.AddressCredentials).WithHint(words.HintCredentials)),
		is(remote.ErrAddress, say.Usage(words.BadAddress).WithHint(words.HintAddress)),
		as(remoteFailed),
		is(remote.ErrTransport, say.Usage(words.AddressTransport).WithHint(words.HintAddress)),
	}
}

// remoteFailed explains what a program said.
func remoteFailed(e *remote.Error) *say.Error {
	failed := say.Fail(words.RemoteFailed, e.Program, remoteSaid(e))
	switch {
	case errors.Is(e, remote.ErrMissing):
		return failed.WithHint(words.HintRemoteMissing, e.Program)
	case errors.Is(e, remote.ErrTooOld):
		return failed.WithHint(words.HintRemoteTooOld)
	case errors.Is(e, remote.ErrUnknown) && e.Program == escrow.CopyRclone:
		return failed.WithHint(words.HintUnknownRclone)
	case errors.Is(e, remote.ErrUnknown):
		return failed.WithHint(words.HintUnknownGit)
	case errors.Is(e, remote.ErrBranch):
		return failed.WithHint(words.HintRemoteBranch)
	case errors.Is(e, remote.ErrLocked):
		return failed.WithHint(words.HintRemoteLocked)
	case errors.Is(e, remote.ErrNoAnswer):
		return failed.WithHint(words.HintRemoteSilent)
	case errors.Is(e, remote.ErrPage):
		return failed.WithHint(words.HintRemotePage)
	case errors.Is(e, remote.ErrRaced):
		return failed.WithHint(words.HintRemoteRaced)
	case errors.Is(e, remote.ErrTransport):
		return failed.WithHint(words.HintAddress)
	case errors.Is(e, syscall.ENOSPC):
		return failed.WithHint(words.HintRemoteFull)
	case errors.Is(e, fs.ErrPermission):
		return failed.WithHint(words.HintRemoteDenied)
	}
	return failed.WithHint(words.HintRemoteFailed)
}

// remoteSaid is the reason, with the program's own words where there are some.
func remoteSaid(e *remote.Error) any {
	said := console.Safe(e.Said, 0)
	reason, known := RemoteReason(e)
	switch {
	case !known:
		return said
	case said == "":
		return words.Part(reason)
	}
	return words.Part(words.RemoteSaid, words.Part(reason), said)
}
