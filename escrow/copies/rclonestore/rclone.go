package rclonestore

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"seedvault/escrow/copies/remote"
)

const program = "rclone"

// common is what every command runs with: first that it asks nobody, then that it gives up
// soon, does not move times about, makes no bucket, and does not ask the remote for what
// was just told it.
var common = []string{
	"--ask-password=false", "--retries=1", "--low-level-retries=3", "--contimeout=10s", "--timeout=30s", "--stats=0",
	"--use-server-modtime", "--no-update-modtime", "--s3-no-check-bucket", "--s3-no-head", "--log-level=ERROR",
}

// environment is what every command gets otherwise than its user has it: without the variables
// that would change what rclone says or does, and with one by which its library for
// full-screen terminals, which no command here uses, makes no table of the widths of
// characters: that is a third of what rclone takes to start.
var environment = []string{
	"RCLONE_LOG_FILE", "RCLONE_LOG_FORMAT", "RCLONE_USE_JSON_LOG", "RCLONE_VERBOSE", "RCLONE_DRY_RUN", "RCLONE_INTERACTIVE", "RCLONE_PROGRESS",
	"TCELL_MINIMIZE=1",
}

// run runs a command. Where rclone's configuration has a password and a person is there,
// it is run again and may ask.
func (s *Store) run(ctx context.Context, args ...string) ([]byte, error) {
	out, err := s.once(ctx, args, false)
	if errors.Is(err, remote.ErrLocked) && s.o.Attended {
		return s.once(ctx, args, true)
	}
	return out, err
}

func (s *Store) once(ctx context.Context, args []string, asks bool) ([]byte, error) {
	flags := common
	if asks {
		flags = flags[1:]
	}
	var out limited
	c := remote.Call{
		Name: program, Args: append(append([]string{args[0]}, flags...), args[1:]...), Stdout: &out, Asks: asks,
		Env: environment,
	}
	said, err := s.o.Run.Run(ctx, c)
	return out.Bytes(), remote.Explain(ctx, program, said, err, signs)
}

// limited holds what a command answers, up to a limit that no vault comes near.
type limited struct{ bytes.Buffer }

const answerLimit = 256 << 20

func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > answerLimit {
		return 0, errors.New("the answer is too long")
	}
	return l.Buffer.Write(b)
}

// errNoFolder means that the place is not there, which most remotes cannot tell from an
// empty one.
var errNoFolder = errors.New("there is no such folder")

// readOnly and full are what a file system would say of the same.
var (
	readOnly = errors.Join(errors.New("it may not be written to"), fs.ErrPermission)
	full     = errors.Join(errors.New("there is no room"), syscall.ENOSPC)
)

// signs are how rclone and those that it speaks to complain.
var signs = []remote.Sign{
	{Text: "unable to decrypt configuration", Means: remote.ErrLocked}, {Text: "couldn't decrypt configuration", Means: remote.ErrLocked},
	{Text: "didn't find section in config file", Means: remote.ErrUnknown}, {Text: "didn't find backend called", Means: remote.ErrUnknown},
	{Text: "nosuchbucket", Means: remote.ErrUnknown}, {Text: "unknown flag", Means: remote.ErrTooOld}, {Text: "unknown shorthand flag", Means: remote.ErrTooOld},
	{Text: "directory not found", Means: errNoFolder},
	{Text: "no space left on device", Means: full}, {Text: "quota", Means: full}, {Text: "insufficient storage", Means: full},
	{Text: "507 ", Means: full}, {Text: "file too large", Means: full},
	{Text: "expected element type", Means: remote.ErrPage}, {Text: "xml syntax error", Means: remote.ErrPage},
	{Text: "serializationerror", Means: remote.ErrPage}, {Text: "invalid character '<'", Means: remote.ErrPage},
	{Text: "accessdenied", Means: readOnly}, {Text: "access denied", Means: readOnly}, {Text: "forbidden", Means: readOnly},
	{Text: "permission denied", Means: readOnly}, {Text: "read-only file system", Means: readOnly}, {Text: "read only", Means: readOnly},
	{Text: "unauthorized", Means: remote.ErrLocked}, {Text: "unable to authenticate", Means: remote.ErrLocked}, {Text: "invalidaccesskeyid", Means: remote.ErrLocked},
	{Text: "signaturedoesnotmatch", Means: remote.ErrLocked}, {Text: "knownhosts: ", Means: remote.ErrLocked},
	{Text: "connection refused", Means: remote.ErrNoAnswer}, {Text: "no such host", Means: remote.ErrNoAnswer}, {Text: "timeout", Means: remote.ErrNoAnswer},
	{Text: "timed out", Means: remote.ErrNoAnswer}, {Text: "connection reset", Means: remote.ErrNoAnswer}, {Text: "network is unreachable", Means: remote.ErrNoAnswer},
}

// isSealText reports whether a path is that of a seal's text.
func isSealText(name string) bool {
	return strings.Contains(name, "/seals/") && strings.HasSuffix(name, ".txt")
}
