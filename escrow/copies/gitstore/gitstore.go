// Package gitstore keeps a copy of a vault on a branch of a git repository.
//
// Start with [Open], which fetches the branch into a bare clone of its own and shows
// it as a [copies.Store]; [Store.Publish] adds one commit on the remote's tip and
// pushes it, and where another machine was first it does so again on the new tip. The
// clone has no work tree: files are read with cat-file and written with fast-import,
// so that attributes, filters, links and hooks of whoever else writes there do nothing.
// No history is ever rewritten or merged, and no file removed.
//
// git itself opens the connection, with the user's own configuration and keys.
package gitstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"seedvault/escrow/copies/remote"
)

// Options say which branch is opened, and where its clone lies.
type Options struct {
	Run      remote.Runner
	Remote   string // a URL, HOST:PATH or a folder
	Branch   string // "": the remote's own
	Clone    string // the folder of the clone, which is made if it is not there
	Now      func() time.Time
	Attended bool // a person is there to be asked for passwords
}

// Store is the branch as it was when it was opened, and what was written since.
type Store struct {
	remote.Tree
	o       Options
	branch  string
	tip     string // the commit that is shown, "" for none
	seen    string // the one that was compared with last, by an earlier store; "" for none
	blobs   *blobs
	format  string   // of object names: sha1 or sha256
	older   []string // settings of an older git
	rewound bool
}

// Open fetches the branch. The caller closes the store. An error is a [*remote.Error],
// about the clone's folder, or the end of the context.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{o: o}
	if err := os.MkdirAll(filepath.Dir(o.Clone), 0o700); err != nil {
		return nil, err
	}
	if err := s.checkVersion(ctx); err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		if !errors.Is(err, errClone) {
			return nil, err
		}
		// The clone is only a cache: one that was torn by a power cut is made anew.
		if err := os.RemoveAll(o.Clone); err != nil {
			return nil, err
		}
		if err := s.open(ctx); err != nil {
			return nil, err
		}
	}
	s.blobs = startBlobs(o.Run, s.call("cat-file", "--batch"))
	s.Tree.Fetch = func(_ string, e remote.Entry) ([]byte, error) { return s.blobs.read(e.ID) }
	return s, nil
}

// errClone means that git does not understand its own clone.
var errClone = errors.New("the clone is damaged")

// open asks the remote what it has, and brings that into the clone.
func (s *Store) open(ctx context.Context) error {
	s.format = "" // no clone
	refs, err := s.refs(ctx)
	if err != nil {
		return err
	}
	if s.branch, err = refs.branch(s.o.Branch); err != nil {
		return err
	}
	if err := s.makeClone(ctx, refs.format); err != nil {
		return err
	}
	removeLocks(s.o.Clone, s.o.Now())
	s.seen = s.revision(ctx, seenRef)
	if err := s.follow(ctx, refs.tips[s.branch]); err != nil {
		return err
	}
	s.rewound = s.seen != "" && s.seen != s.tip && !s.contains(ctx, s.seen)
	return nil
}

// Refs of the clone: the tip that was fetched last, and the one that was compared with last.
const (
	tipRef  = "refs/seedvault/tip"
	seenRef = "refs/seedvault/seen"
)

// follow shows a tip, and fetches it if it is not in the clone.
func (s *Store) follow(ctx context.Context, tip string) error {
	s.tip = tip
	if tip == "" {
		s.List(nil)
		return nil
	}
	if s.revision(ctx, tip+"^{commit}") == "" {
		if err := s.fetch(ctx); err != nil {
			return err
		}
		if s.tip = s.revision(ctx, tipRef); s.tip == "" {
			return errClone
		}
	}
	files, err := s.listTree(ctx)
	if err == nil {
		s.List(files)
	}
	return err
}

// contains reports whether the tip's history holds a commit.
func (s *Store) contains(ctx context.Context, commit string) bool {
	if s.tip == "" {
		return false
	}
	_, err := s.git(ctx, "merge-base", "--is-ancestor", commit, s.tip)
	return err == nil
}

// Rewound reports whether the branch no longer holds the commit that it held when it was
// last compared with: its history was rewritten, or it was reset or removed.
func (s *Store) Rewound() bool { return s.rewound }

// MarkSeen notes the tip, with which the next Open compares. A branch that is gone is not
// noted.
func (s *Store) MarkSeen(ctx context.Context) error {
	if s.tip == "" || s.tip == s.seen {
		return nil
	}
	_, err := s.git(ctx, "update-ref", seenRef, s.tip)
	return err
}

// Close ends the program that reads.
func (s *Store) Close() error {
	if s.blobs == nil {
		return nil
	}
	return s.blobs.close()
}

// makeClone makes the bare clone where there is none, whole or not at all. One for object
// names of another format is [errClone].
func (s *Store) makeClone(ctx context.Context, format string) error {
	if have, err := os.ReadFile(filepath.Join(s.o.Clone, "seedvault-format")); err == nil {
		if s.format = strings.TrimSpace(string(have)); format == "" || s.format == format {
			return nil
		}
		return errClone
	}
	if format == "" {
		format = "sha1"
	}
	temp, err := os.MkdirTemp(filepath.Dir(s.o.Clone), ".tmp-clone-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	c := s.call("init", "-q", "--bare", "--template=", "--object-format="+format, temp)
	said, err := s.o.Run.Run(ctx, c)
	if err != nil {
		return remote.Explain(ctx, program, said, err, signs)
	}
	if err := os.WriteFile(filepath.Join(temp, "seedvault-format"), []byte(format+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.RemoveAll(s.o.Clone); err != nil { // what is no clone is a torn one
		return err
	}
	s.format = format
	return os.Rename(temp, s.o.Clone)
}

// lockAge is after how long a lock is one that a killed program has left.
const lockAge = 10 * time.Minute

// removeLocks removes what programs have left behind that were killed: git would stop at
// these forever.
func removeLocks(clone string, now time.Time) {
	for _, pattern := range []string{"*.lock", "refs/seedvault/*.lock", "refs/seedvault/new-*", "objects/pack/tmp_*"} {
		names, _ := filepath.Glob(filepath.Join(clone, filepath.FromSlash(pattern)))
		for _, name := range names {
			if info, err := os.Lstat(name); err == nil && now.Sub(info.ModTime()) > lockAge {
				os.Remove(name)
			}
		}
	}
}
