package gitstore

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"seedvault/escrow/copies/remote"
)

// remoteRefs is what the remote says that it has.
type remoteRefs struct {
	head   string            // the branch that it calls its own, "" if it does not say
	tips   map[string]string // branch -> commit
	format string            // of object names, "" where there are none
}

// refs asks the remote what it has: one request, without fetching anything.
func (s *Store) refs(ctx context.Context) (remoteRefs, error) {
	out, err := s.dial(ctx, "ls-remote", "-q", "--symref", "--end-of-options", s.o.Remote, "HEAD", "refs/heads/*")
	r := remoteRefs{tips: map[string]string{}}
	for line := range strings.Lines(string(out)) {
		left, name, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if target, is := strings.CutPrefix(left, "ref: refs/heads/"); is && name == "HEAD" {
			r.head = target
		}
		if branch, is := strings.CutPrefix(name, "refs/heads/"); is && isObject(left) {
			r.tips[branch] = left
			r.format = map[int]string{40: "sha1", 64: "sha256"}[len(left)]
		}
	}
	return r, err
}

// isObject reports whether a text is the name of an object.
func isObject(id string) bool {
	return (len(id) == 40 || len(id) == 64) && strings.Trim(id, "0123456789abcdef") == ""
}

// branch is the branch to be opened: the one that was named, or else the remote's own.
// A name that an empty repository does not have is one that is yet to be made.
func (r remoteRefs) branch(named string) (string, error) {
	_, there := r.tips[named]
	switch {
	case there, named != "" && len(r.tips) == 0:
		return named, nil
	case named != "":
		return "", &remote.Error{Program: program, Said: "there are: " + r.some(), Err: remote.ErrBranch}
	case r.tips[r.head] != "":
		return r.head, nil
	case len(r.tips) == 1:
		return slices.Collect(maps.Keys(r.tips))[0], nil
	case len(r.tips) > 1:
		return "", &remote.Error{Program: program, Said: "it names none of its own; there are: " + r.some(), Err: remote.ErrBranch}
	case r.head != "":
		return r.head, nil
	}
	return "main", nil
}

// some names a few branches.
func (r remoteRefs) some() string {
	names := slices.Sorted(maps.Keys(r.tips))
	return strings.Join(names[:min(len(names), 5)], ", ")
}

// fetch brings the branch into the clone, over whatever was there: a history that was
// rewritten is looked at like any other.
func (s *Store) fetch(ctx context.Context) error {
	_, err := s.dial(ctx, "fetch", "-q", "--force", "--no-tags", "--no-write-fetch-head", "--update-shallow",
		"--no-recurse-submodules", "--end-of-options", s.o.Remote, "+refs/heads/"+s.branch+":"+tipRef)
	return err
}

// revision is the object that a name stands for in the clone, "" for none.
func (s *Store) revision(ctx context.Context, name string) string {
	out, err := s.git(ctx, "rev-parse", "-q", "--verify", "--end-of-options", name)
	if id := strings.TrimSpace(string(out)); err == nil && isObject(id) {
		return id
	}
	return ""
}

// listTree lists the tip's files, links and submodules.
func (s *Store) listTree(ctx context.Context) (map[string]remote.Entry, error) {
	out, err := s.git(ctx, "ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", s.tip)
	if err != nil {
		return nil, err
	}
	files := map[string]remote.Entry{}
	for line := range bytes.SplitSeq(out, []byte{0}) {
		left, name, ok := strings.Cut(string(line), "\t")
		words := strings.Fields(left)
		if !ok || len(words) != 4 {
			continue
		}
		size, _ := strconv.ParseInt(words[3], 10, 64)
		files[name] = remote.Entry{Size: size, Mode: modeOf(words[0]), ID: words[2]}
	}
	return files, nil
}

// modeOf is what git's mode of an entry means. A submodule is no file.
func modeOf(mode string) fs.FileMode {
	switch mode {
	case "100644", "100755", "100664":
		return 0
	case "120000":
		return fs.ModeSymlink
	}
	return fs.ModeIrregular
}

// packs counts the packs of the clone.
func (s *Store) packs() (int, error) {
	names, err := filepath.Glob(filepath.Join(s.o.Clone, "objects", "pack", "*.pack"))
	return len(names), err
}
