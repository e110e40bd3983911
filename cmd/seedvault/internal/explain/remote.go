package explain

import (
	"errors"
	"io/fs"
	"syscall"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// remoteTroubles returns what stops a program that carries a copy, in a few words, and what to
// type next; the first that fits is taken.
func remoteTroubles() []trouble {
	return []trouble{
		{remote.ErrMissing, words.RemoteMissing, words.HintRemoteMissing},
		{remote.ErrTooOld, words.RemoteTooOld, words.HintRemoteTooOld},
		{remote.ErrUnknown, words.RemoteUnknown, words.HintUnknownGit},
		{remote.ErrBranch, words.RemoteBranch, words.HintRemoteBranch},
		{remote.ErrLocked, words.RemoteLocked, words.HintRemoteLocked},
		{remote.ErrNoAnswer, words.RemoteSilent, words.HintRemoteSilent},
		{remote.ErrPage, words.RemotePage, words.HintRemotePage},
		{remote.ErrRaced, words.RemoteRaced, words.HintRemoteRaced},
		{remote.ErrTransport, words.AddressTransport, words.HintAddress},
		{syscall.ENOSPC, words.RemoteFull, words.HintRemoteFull},
		{fs.ErrPermission, words.RemoteReadOnly, words.HintRemoteDenied},
	}
}

type trouble struct {
	means        error
	reason, hint words.Message
}

// remoteTrouble returns why a program that carries copies has failed, and reports whether that
// is known.
func remoteTrouble(e *remote.Error) (reason, hint words.Message, known bool) {
	for _, t := range remoteTroubles() {
		if errors.Is(e, t.means) {
			return t.reason, t.hint, true
		}
	}
	return reason, hint, false
}

// RemoteReason returns why a program did not carry a copy, in a few words, and reports whether
// that is known.
func RemoteReason(err error) (reason words.Message, known bool) {
	var e *remote.Error
	if errors.As(err, &e) {
		reason, _, known = remoteTrouble(e)
	}
	return reason, known
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
	switch _, hint, known := remoteTrouble(e); {
	case !known:
		return failed.WithHint(words.HintRemoteFailed)
	case errors.Is(e, remote.ErrMissing):
		return failed.WithHint(hint, e.Program)
	case errors.Is(e, remote.ErrUnknown) && e.Program == roster.CopyRclone:
		return failed.WithHint(words.HintUnknownRclone)
	default:
		return failed.WithHint(hint)
	}
}

// remoteSaid returns the reason, with the program's own words where there are some.
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
