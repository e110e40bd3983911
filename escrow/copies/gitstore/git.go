package gitstore

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"seedvault/escrow/copies/remote"
)

const program = "git"

// settings are what every command runs with, whatever the user has configured: what is
// written survives a power cut, no hook is run, nothing goes on in the background, and a
// server that sends nothing for half a minute is given up.
var settings = []string{
	"core.fsync=all", "core.fsyncMethod=fsync",
	"core.hooksPath=/dev/null", "core.fsmonitor=false", "core.alternateRefsCommand=",
	"gc.auto=0", "maintenance.auto=false", "fetch.recurseSubmodules=false",
	"push.recurseSubmodules=no", "push.followTags=false", "push.gpgSign=false",
	"fetch.unpackLimit=1", "fastimport.unpackLimit=1", "fetch.writeCommitGraph=false",
	"protocol.ext.allow=never", "protocol.fd.allow=never",
	"http.lowSpeedLimit=1", "http.lowSpeedTime=30",
}

// protocols are what git may speak. ext, which runs a command, is not among them.
const protocols = "file:git:http:https:ssh"

// local are the variables that the environment may bring, as within a hook of another
// repository, and that would lead git into that one or have it say more.
var local = []string{
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_GRAFT_FILE",
	"GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS",
	"GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE", "GIT_QUARANTINE_PATH",
	"GIT_EXTERNAL_DIFF", "GIT_TEMPLATE_DIR", "GIT_TRACE", "GIT_TRACE_CURL", "GIT_CURL_VERBOSE", "GIT_DEFAULT_HASH",
}

// call is one git command in the clone.
func (s *Store) call(args ...string) remote.Call {
	c := remote.Call{Name: program, Dir: filepath.Dir(s.o.Clone)}
	for _, setting := range settings {
		c.Args = append(c.Args, "-c", setting)
	}
	c.Args = append(append(c.Args, s.older...), args...)
	c.Env = append([]string{
		s.where(), "GIT_CEILING_DIRECTORIES=" + filepath.Dir(c.Dir), "GIT_ALLOW_PROTOCOL=" + protocols, "GIT_NO_REPLACE_OBJECTS=1",
		"GIT_OPTIONAL_LOCKS=0", "GIT_ATTR_NOSYSTEM=1", "LC_ALL=C", "LANGUAGE",
	}, without(local, "GIT_NO_REPLACE_OBJECTS")...)
	if !s.o.Attended {
		c.Env = append(c.Env, "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=true", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE=never", "GCM_INTERACTIVE=never")
	}
	return c
}

// where leads git to the clone. Before there is one it is in no repository at all.
func (s *Store) where() string {
	if s.format == "" {
		return "GIT_DIR"
	}
	return "GIT_DIR=" + s.o.Clone
}

func without(list []string, name string) (rest []string) {
	for _, l := range list {
		if l != name {
			rest = append(rest, l)
		}
	}
	return rest
}

// git runs a command that only concerns the clone.
func (s *Store) git(ctx context.Context, args ...string) ([]byte, error) {
	return s.run(ctx, s.call(args...))
}

func (s *Store) run(ctx context.Context, c remote.Call) ([]byte, error) {
	var out limited
	c.Stdout = &out
	said, err := s.o.Run.Run(ctx, c)
	return out.Bytes(), remote.Explain(ctx, program, said, err, signs)
}

// dial runs a command that speaks to the remote. Where nobody is there to be asked, ssh
// is told so; another program in its place, which may know no such options, finds no
// terminal.
func (s *Store) dial(ctx context.Context, args ...string) ([]byte, error) {
	c := s.call(args...)
	if !s.o.Attended && isSSH(s.o.Remote) {
		if command := s.sshCommand(ctx); isOpenSSH(command) {
			c.Env = append(c.Env, "GIT_SSH_COMMAND="+command+" -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=15 -o ServerAliveCountMax=2")
		}
	}
	return s.run(ctx, c)
}

// sshCommand is what git would run to reach a host, as a line for the shell: by the
// user's environment or configuration, in git's order (git(1), GIT_SSH).
func (s *Store) sshCommand(ctx context.Context) string {
	if command := s.o.Run.Getenv("GIT_SSH_COMMAND"); command != "" {
		return command
	}
	own, _ := s.git(ctx, "config", "--get", "core.sshCommand")
	if command := strings.TrimSpace(string(own)); command != "" {
		return command
	}
	if program := s.o.Run.Getenv("GIT_SSH"); program != "" {
		return "'" + strings.ReplaceAll(program, "'", `'\''`) + "'" // no line, but one file
	}
	return "ssh"
}

// isOpenSSH reports whether a command's program is OpenSSH's client, by its name.
func isOpenSSH(command string) bool {
	program, _, _ := strings.Cut(command, " ")
	for _, quote := range []string{"'", `"`} {
		if rest, quoted := strings.CutPrefix(command, quote); quoted {
			program, _, _ = strings.Cut(rest, quote)
		}
	}
	return strings.TrimSuffix(path.Base(filepath.ToSlash(program)), ".exe") == "ssh"
}

// isSSH reports whether a remote is reached by ssh.
func isSSH(name string) bool {
	scheme, _, is := strings.Cut(name, "://")
	if is {
		return strings.Contains(scheme, "ssh")
	}
	host, _, is := strings.Cut(name, ":")
	return is && !strings.ContainsAny(host, `/\`) && len(host) > 1
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

// readOnly and full also are what a file system would say of the same.
var (
	readOnly = errors.Join(errors.New("it may not be written to"), fs.ErrPermission)
	full     = errors.Join(errors.New("there is no room"), syscall.ENOSPC)
)

// signs are how git and those that it speaks to complain. The first that is found counts:
// "permission denied (publickey)" is ssh's and of a key that is missing, so it stands before
// the "permission denied" of a place that may not be written to.
var signs = []remote.Sign{
	{Text: "no space left on device", Means: full}, {Text: "quota exceeded", Means: full}, {Text: "disk quota", Means: full},
	{Text: "terminal prompts disabled", Means: remote.ErrLocked}, {Text: "could not read username", Means: remote.ErrLocked},
	{Text: "could not read password", Means: remote.ErrLocked}, {Text: "host key verification failed", Means: remote.ErrLocked},
	{Text: "permission denied (", Means: remote.ErrLocked}, {Text: "authentication failed", Means: remote.ErrLocked},
	{Text: "transport '", Means: remote.ErrTransport}, {Text: "unable to find remote helper", Means: remote.ErrTransport},
	{Text: "not a git repository: '", Means: errClone}, {Text: "bad config ", Means: errClone}, {Text: "not a valid object name", Means: errClone},
	{Text: "not a tree object", Means: errClone}, {Text: "bad object", Means: errClone}, {Text: "unable to read tree", Means: errClone},
	{Text: "does not appear to be a git repository", Means: remote.ErrUnknown}, {Text: "repository not found", Means: remote.ErrUnknown},
	{Text: "' not found", Means: remote.ErrUnknown}, {Text: "could not resolve host", Means: remote.ErrNoAnswer},
	{Text: "could not resolve hostname", Means: remote.ErrNoAnswer}, {Text: "connection refused", Means: remote.ErrNoAnswer},
	{Text: "connection timed out", Means: remote.ErrNoAnswer}, {Text: "no route to host", Means: remote.ErrNoAnswer},
	{Text: "couldn't connect to server", Means: remote.ErrNoAnswer}, {Text: "failed to connect", Means: remote.ErrNoAnswer},
	{Text: "valid smart http", Means: remote.ErrPage}, {Text: "invalid service response", Means: remote.ErrPage},
	{Text: "not valid: is this a git repository", Means: remote.ErrPage}, {Text: "protocol error: bad line length", Means: remote.ErrPage},
	{Text: "the requested url returned error: 403", Means: readOnly}, {Text: "insufficient permission", Means: readOnly},
	{Text: "permission to ", Means: readOnly}, {Text: "access denied", Means: readOnly}, {Text: "permission denied", Means: readOnly},
	{Text: "read-only file system", Means: readOnly},
}

// oldest is the first version, major and minor, that has all that is used here.
var oldest = [2]int{2, 30}

var versionOf = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`git version ([0-9]+)\.([0-9]+)`)
})

// checkVersion wants a git that is there and not too old.
func (s *Store) checkVersion(ctx context.Context) error {
	out, err := s.git(ctx, "version")
	if err != nil {
		return err
	}
	m := versionOf().FindSubmatch(out)
	if m == nil {
		return &remote.Error{Program: program, Err: remote.ErrTooOld}
	}
	major, _ := strconv.Atoi(string(m[1]))
	minor, _ := strconv.Atoi(string(m[2]))
	if major < oldest[0] || major == oldest[0] && minor < oldest[1] {
		return &remote.Error{Program: program, Said: string(m[0]), Err: remote.ErrTooOld}
	}
	if major == 2 && minor < 36 { // before core.fsync
		s.older = []string{"-c", "core.fsyncObjectFiles=true"}
	}
	return nil
}
