// Package rclonestore keeps a copy of a vault wherever rclone can put files.
//
// Start with [Open], which lists the place once and shows it as a [copies.Store];
// [Store.FetchAll] reads many files with one program, and [Store.Publish] carries what
// was written: new files are only added, damaged ones replaced, seals last. What was
// carried is compared afterwards, by its hash where the remote has one, and else by
// reading it back. Nothing is ever removed.
//
// rclone itself opens the connection, with the user's own configuration and keys.
package rclonestore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"seedvault/escrow/copies/remote"
)

// Options say which place is opened.
type Options struct {
	Run      remote.Runner
	Remote   string // as rclone takes it: REMOTE:PATH
	Scratch  string // a folder for what is on its way, which is made if it is not there
	Attended bool   // a person is there to be asked for the password of rclone's configuration
}

// Store is the place as it was when it was listed, and what was written since.
type Store struct {
	remote.Tree
	o       Options
	ctx     context.Context // of reading
	cancel  context.CancelFunc
	scratch string

	mu    sync.Mutex
	cache map[string][]byte     // what was read
	said  map[string]listedFile // what was listed
}

// Open lists the place. The caller closes the store. An error is a [*remote.Error],
// about the scratch folder, or the end of the context.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{o: o, cache: map[string][]byte{}}
	if err := os.MkdirAll(o.Scratch, 0o700); err != nil {
		return nil, err
	}
	removeLeft(o.Scratch)
	flags := []string{"--fast-list"}
	if s.hashes(ctx) {
		flags = append(flags, hashFlags...)
	}
	files, err := s.list(ctx, flags...)
	if err != nil {
		return nil, err
	}
	s.listed(files)
	if s.scratch, err = os.MkdirTemp(o.Scratch, "run-"); err != nil {
		return nil, err
	}
	s.ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.Tree.Fetch = s.fetch
	return s, nil
}

// removeLeft removes what a killed process has left of what was on its way.
func removeLeft(scratch string) {
	dirs, _ := filepath.Glob(filepath.Join(scratch, "run-*"))
	for _, dir := range dirs {
		if info, err := os.Lstat(dir); err == nil && time.Since(info.ModTime()) > leftAge {
			os.RemoveAll(dir)
		}
	}
}

// leftAge is after how long nothing uses such a folder any more.
const leftAge = 24 * time.Hour

// Close forgets what was read, and ends programs that still read.
func (s *Store) Close() error {
	s.cancel()
	return os.RemoveAll(s.scratch)
}

// listedFile is one file in the answer of lsjson.
type listedFile struct {
	Path   string
	Size   int64 // -1 where the remote does not say
	IsDir  bool
	Hashes map[string]string
}

// list asks for the files in the place. A place that is not there is an empty one.
func (s *Store) list(ctx context.Context, flags ...string) ([]listedFile, error) {
	args := append([]string{"lsjson", "-R", "--files-only", "--no-modtime", "--no-mimetype"}, flags...)
	out, err := s.run(ctx, append(args, "--", s.o.Remote)...)
	if errors.Is(err, errNoFolder) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []listedFile
	if err := json.Unmarshal(out, &files); err != nil {
		return nil, &remote.Error{Program: program, Said: "its listing cannot be read", Err: remote.ErrPage}
	}
	return files, nil
}

// listed takes a listing over.
func (s *Store) listed(files []listedFile) {
	entries := map[string]remote.Entry{}
	s.said = map[string]listedFile{}
	for _, f := range files {
		if _, twice := entries[f.Path]; !f.IsDir && !twice {
			entries[f.Path] = remote.Entry{Size: max(f.Size, 0), ID: f.Path}
			s.said[f.Path] = f
		}
	}
	s.List(entries)
}

// Vouches reports whether the remote lists a file with a hash that these bytes have.
func (s *Store) Vouches(name string, data []byte) bool {
	s.mu.Lock()
	f := s.said[name]
	s.mu.Unlock()
	good, known := fits(f, data)
	return good && known
}

var hashFlags = []string{"--hash", "--hash-type=md5", "--hash-type=sha1"}

// hashes reports whether the remote knows hashes at no cost: asking for them must not
// have it read every file. The answer is kept in the scratch folder, and not asked for
// again.
func (s *Store) hashes(ctx context.Context) bool {
	name, _, _ := strings.Cut(s.o.Remote, ":")
	sum := sha256.Sum256([]byte(name))
	file := filepath.Join(s.o.Scratch, "hashes-"+hex.EncodeToString(sum[:8]))
	if data, err := os.ReadFile(file); err == nil {
		return string(data) == "listed\n"
	}
	out, err := s.run(ctx, "backend", "features", "--", s.o.Remote)
	var told struct {
		Hashes   []string
		Features struct{ SlowHash bool }
	}
	if err != nil || json.Unmarshal(out, &told) != nil {
		return false
	}
	text := "read\n"
	if !told.Features.SlowHash && (slices.Contains(told.Hashes, "md5") || slices.Contains(told.Hashes, "sha1")) {
		text = "listed\n"
	}
	os.WriteFile(file, []byte(text), 0o600)
	return text == "listed\n"
}

// folder makes a new folder for what is on its way.
func (s *Store) folder(name string) (string, error) {
	return os.MkdirTemp(s.scratch, name+"-")
}

// writeList writes the names that rclone is to look at, one a line and as they are: no
// character in them means anything else (--files-from-raw).
func (s *Store) writeList(dir string, names []string) (string, error) {
	var list []byte
	for _, name := range names {
		list = append(append(list, name...), '\n')
	}
	file := filepath.Join(dir, "list")
	return file, os.WriteFile(file, list, 0o600)
}
