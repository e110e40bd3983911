// Package remote is what copies over an outside program have in common: how such a
// place is named, how the program is run, and a file system over a listing.
//
// Start with [Parse], which reads an address; the packages gitstore and rclonestore
// open it. The package dials nothing itself, asks nobody and prints nothing. An
// address names where something lies and never holds a secret: [Parse] refuses one
// that does.
package remote

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"seedvault/escrow/roster"
	"seedvault/internal/lazy"
)

// Address is where a copy lies that a program carries: git:REMOTE[#BRANCH] or
// rclone:REMOTE:PATH.
type Address struct {
	Kind   string // roster.CopyGit or roster.CopyRclone
	Remote string // as the program takes it
	Branch string // of git; empty: the one that the remote calls its own
}

// String returns the address as a person types it.
func (a Address) String() string {
	if a.Branch != "" {
		return a.Kind + ":" + a.Remote + "#" + a.Branch
	}
	return a.Kind + ":" + a.Remote
}

// The errors of [Parse]. git may say ErrTransport too.
var (
	ErrFlag        = errors.New("invalid address: it looks like a flag")
	ErrTransport   = errors.New("invalid address: git would run a program for it")
	ErrCredentials = errors.New("invalid address: it holds a password or key")
	ErrAddress     = errors.New("invalid address: git:REMOTE[#BRANCH] or rclone:REMOTE:PATH")
)

// Is reports whether a text is meant as an address, and not as a folder.
func Is(text string) bool {
	return strings.HasPrefix(text, roster.CopyGit+":") || strings.HasPrefix(text, roster.CopyRclone+":")
}

// Parse reads an address. The error is one of those above, none of which quotes it.
func Parse(text string) (Address, error) {
	kind, rest, found := strings.Cut(text, ":")
	if !found || rest == "" || strings.ContainsFunc(text, unicode.IsControl) {
		return Address{}, ErrAddress
	}
	switch kind {
	case roster.CopyGit:
		return parseGit(rest)
	case roster.CopyRclone:
		return parseRclone(rest)
	}
	return Address{}, ErrAddress
}

var (
	helper = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
		return regexp.MustCompile(`^[A-Za-z0-9+.-]+::`)
	}}
	branchName = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
		return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_./+-]{0,199}$`)
	}}
	schemes = lazy.Value[map[string]bool]{Make: func() map[string]bool {
		return map[string]bool{"https": true, "http": true, "ssh": true, "git": true, "file": true, "git+ssh": true, "ssh+git": true}
	}}
)

// parseGit reads what follows "git:". A remote helper, ext:: above all, is a command in
// disguise, and a host that begins with a hyphen is a flag of ssh.
func parseGit(rest string) (Address, error) {
	a := Address{Kind: roster.CopyGit, Remote: rest}
	if i := strings.LastIndex(rest, "#"); i >= 0 {
		if a.Remote, a.Branch = rest[:i], rest[i+1:]; !isBranch(a.Branch) {
			return Address{}, ErrAddress
		}
	}
	switch {
	case a.Remote == "":
		return Address{}, ErrAddress
	case strings.HasPrefix(a.Remote, "-"):
		return Address{}, ErrFlag
	case helper.Get().MatchString(a.Remote):
		return Address{}, ErrTransport
	}
	if scheme, after, is := strings.Cut(a.Remote, "://"); is {
		if !schemes.Get()[scheme] {
			return Address{}, ErrTransport
		}
		return a, plainURL(scheme, after, a.Remote)
	}
	if host, _, is := strings.Cut(a.Remote, ":"); is && !strings.Contains(host, "/") {
		user, after, named := strings.Cut(host, "@")
		if strings.HasPrefix(after, "-") || strings.HasPrefix(user, "-") || named && after == "" {
			return Address{}, ErrFlag
		}
	}
	return a, nil
}

// isBranch reports whether git takes a name for a branch. Some that git would take are no
// branch here.
func isBranch(name string) bool {
	return branchName.Get().MatchString(name) && !strings.Contains(name, "..") && !strings.Contains(name, "//") &&
		!strings.HasSuffix(name, "/") && !strings.HasSuffix(name, ".") && !strings.HasSuffix(name, ".lock") && !strings.Contains(name, "/.")
}

// plainURL wants a URL that holds no secret and no flag of ssh. The user of an https URL is
// often a token.
func plainURL(scheme, after, whole string) error {
	u, err := url.Parse(whole)
	switch {
	case err != nil:
		return ErrAddress
	case strings.HasPrefix(after, "-"), strings.HasPrefix(u.Host, "-"):
		return ErrFlag
	case u.User != nil && strings.HasPrefix(u.User.Username(), "-"):
		return ErrFlag
	case u.RawQuery != "":
		return ErrCredentials
	case u.User != nil:
		if _, secret := u.User.Password(); secret || scheme == "https" || scheme == "http" {
			return ErrCredentials
		}
	}
	return nil
}

// secretKey is what rclone's options are called that hold secrets.
var secretKey = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)pass|secret|token|key|auth|cred|sas_url|cookie`)
}}

// parseRclone reads what follows "rclone:": REMOTE:PATH, or a connection string, which
// may run commands and so only counts where a person has typed it.
func parseRclone(rest string) (Address, error) {
	a := Address{Kind: roster.CopyRclone, Remote: rest}
	switch {
	case strings.HasPrefix(rest, "-"):
		return Address{}, ErrFlag
	case !strings.Contains(rest, ":") && !filepath.IsAbs(rest):
		return Address{}, ErrAddress
	}
	if options := connectionOptions(rest); secretKey.Get().MatchString(options) {
		return Address{}, ErrCredentials
	}
	return a, nil
}

// connectionOptions are the options in a connection string, "" for a plain name. What
// stands behind the colon that ends them is a path.
func connectionOptions(rest string) string {
	body := strings.TrimPrefix(rest, ":")
	name, options, found := strings.Cut(body, ",")
	if !found || !strings.HasPrefix(rest, ":") && strings.Contains(name, ":") {
		return ""
	}
	quoted := byte(0)
	for i := range len(options) {
		switch c := options[i]; {
		case quoted == 0 && (c == '"' || c == '\''):
			quoted = c
		case c == quoted:
			quoted = 0
		case quoted == 0 && c == ':':
			return options[:i]
		}
	}
	return options
}

// Shared returns the address as every machine may know it, "" for one that only means
// something on this machine, or that runs commands: a path, a connection string.
func (a Address) Shared() string {
	switch {
	case a.Kind == roster.CopyGit && strings.HasPrefix(a.Remote, "file:"):
		return ""
	case a.Kind == roster.CopyGit && strings.Contains(a.Remote, "://"):
		return a.String()
	case a.Kind == roster.CopyGit:
		host, _, named := strings.Cut(a.Remote, ":")
		if !named || strings.ContainsAny(host, `/\`) || len(host) < 2 {
			return ""
		}
		return a.String()
	}
	name, _, named := strings.Cut(a.Remote, ":")
	if !named || len(name) < 2 || strings.ContainsAny(name, `/\,`) {
		return ""
	}
	return a.String()
}

// Folder is the folder of this machine that an address names, "" for none: what is kept
// there is lost with it.
func (a Address) Folder() string {
	if a.Kind == roster.CopyRclone {
		if filepath.IsAbs(a.Remote) {
			return a.Remote
		}
		return ""
	}
	if rest, is := strings.CutPrefix(a.Remote, "file://"); is {
		_, path, _ := strings.Cut(rest, "/")
		return filepath.FromSlash("/" + path)
	}
	host, _, named := strings.Cut(a.Remote, ":")
	if named && !strings.ContainsAny(host, `/\`) && len(host) > 1 {
		return ""
	}
	return a.Remote
}

// Error is what a program that was run has said.
type Error struct {
	Program string
	Said    string // the line that tells most, without secrets
	Err     error  // what it means: one of those below, or of a file system, where that is known
}

// Error names the program, what it said and what that means.
func (e *Error) Error() string {
	if e.Said == "" {
		return fmt.Sprintf("%s: %v", e.Program, e.Err)
	}
	return fmt.Sprintf("%s: %v: %s", e.Program, e.Err, e.Said)
}

// Unwrap gives what it means.
func (e *Error) Unwrap() error { return e.Err }

// What an [Error] may mean. One about writing wraps the error that a file system has for it
// ([fs.ErrPermission], [syscall.ENOSPC]) instead.
var (
	ErrMissing  = errors.New("the program is not installed")
	ErrTooOld   = errors.New("the program is too old")
	ErrUnknown  = errors.New("nothing is there of that name")
	ErrBranch   = errors.New("there is no such branch")
	ErrLocked   = errors.New("a password or key is wanted, and nobody is there to be asked")
	ErrNoAnswer = errors.New("it does not answer")
	ErrPage     = errors.New("what answers is something else")
	ErrRaced    = errors.New("other machines were faster each time")
	ErrFailed   = errors.New("it failed")
)
