package rclonestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"seedvault/escrow/copies/remote"
)

// errNotFetched means that the remote lists a file and does not give it.
var errNotFetched = errors.New("the remote does not give the file")

// fetch returns a file out of what was read, and else reads it alone.
func (s *Store) fetch(name string, e remote.Entry) ([]byte, error) {
	if data, ok := s.cached(name); ok {
		return data, nil
	}
	if err := s.FetchAll(s.ctx, []string{name}); err != nil {
		return nil, err
	}
	if data, ok := s.cached(name); ok {
		return data, nil
	}
	return nil, errNotFetched
}

func (s *Store) cached(name string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, ok := s.cache[name]
	return data, ok
}

// perPage is how many files most remotes list in one answer.
const perPage = 1000

// few reports whether asking for each of n files by its name is fewer requests than a
// listing of all.
func (s *Store) few(n int) bool { return n <= s.Len()/perPage+1 }

// FetchAll reads files with one program, so that they are at hand when they are
// opened. One that cannot be read is missing then. The error says that none could be
// read, or that the context has ended.
func (s *Store) FetchAll(ctx context.Context, names []string) error {
	names = s.wanted(names)
	if len(names) == 0 {
		return nil
	}
	size := int64(0)
	for _, name := range names {
		e, _ := s.Listed(name)
		size += e.Size
	}
	got, err := s.download(ctx, names, size)
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, data := range got {
		s.cache[name] = data
	}
	if len(got) > 0 && ctx.Err() == nil {
		return nil // the others are damaged, or gone
	}
	return err
}

// wanted are those of some names that are listed, not too large, and not at hand.
func (s *Store) wanted(names []string) (list []string) {
	for _, name := range names {
		e, listed := s.Listed(name)
		if _, have := s.cached(name); listed && !have && e.Size <= remote.MaxFile && !strings.ContainsAny(name, "\r\n") {
			list = append(list, name)
		}
	}
	return list
}

// download reads files of a size together into memory. A remote that sends far more is
// cut off.
func (s *Store) download(ctx context.Context, names []string, size int64) (map[string][]byte, error) {
	dir, err := s.folder("down")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	list, err := s.writeList(dir, names)
	if err != nil {
		return nil, err
	}
	to := filepath.Join(dir, "files")
	args := []string{"copy", "--files-from-raw", list, "--ignore-times", "--transfers=8", "--checkers=16",
		fmt.Sprintf("--max-transfer=%dB", size+remote.MaxFile), "--cutoff-mode=hard"}
	if s.few(len(names)) {
		args = append(args, "--no-traverse")
	} else {
		args = append(args, "--fast-list")
	}
	_, err = s.run(ctx, append(args, "--", s.o.Remote, to)...)
	got := map[string][]byte{}
	for _, name := range names {
		if data, err := readSmall(filepath.Join(to, filepath.FromSlash(name))); err == nil {
			got[name] = data
		}
	}
	return got, err
}

// readSmall reads a regular file that is not too large.
func readSmall(name string) ([]byte, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > remote.MaxFile {
		return nil, fs.ErrInvalid
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, remote.MaxFile))
}
