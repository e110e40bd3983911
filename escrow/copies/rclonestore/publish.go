package rclonestore

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"seedvault/escrow/copies/remote"
)

// errDiffers means that the remote holds something else than what was sent there.
var errDiffers = errors.New("it reads back as something else")

// Publish carries what was written: first all but the seals' texts, then these in the
// order of their numbers (F79), so that whoever reads meanwhile finds no seal before all
// that it lists. New files are only added; those that were there and damaged are
// replaced. An error may leave a part of them there, each whole or one that the next sync
// replaces.
func (s *Store) Publish(ctx context.Context) error {
	files := s.Staged()
	for _, group := range grouped(files) {
		if err := s.upload(ctx, group, files); err != nil {
			return err
		}
	}
	if err := s.verify(ctx, files); err != nil {
		return err
	}
	entries := map[string]remote.Entry{}
	for name, data := range files {
		entries[name] = remote.Entry{Size: int64(len(data)), ID: name}
		s.keep(name, data)
	}
	s.Carried(entries)
	return nil
}

func (s *Store) keep(name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache[name] = data
}

// grouped sorts names into what is carried one after the other: all but the texts of seals,
// and these by how many digits their numbers have. Only among as many does a name sort as
// its number does.
func grouped(files map[string][]byte) (groups [][]string) {
	byDigits := map[int][]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		digits := 0
		if isSealText(name) {
			digits = strings.Index(path.Base(name), "-")
		}
		byDigits[digits] = append(byDigits[digits], name)
	}
	for _, digits := range slices.Sorted(maps.Keys(byDigits)) {
		groups = append(groups, byDigits[digits])
	}
	return groups
}

// upload carries one group: what is new with one program, what is to be replaced with
// another.
func (s *Store) upload(ctx context.Context, names []string, files map[string][]byte) error {
	var fresh, damaged []string
	for _, name := range names {
		if _, listed := s.Listed(name); listed {
			damaged = append(damaged, name)
		} else {
			fresh = append(fresh, name)
		}
	}
	order := []string{"--transfers=8"}
	if isSealText(names[0]) { // in the order of their numbers, which rclone keeps once it has seen all
		order = []string{"--transfers=1", "--order-by=name", "--check-first"}
	}
	add := append([]string{"--ignore-existing", "--immutable"}, order...)
	if s.few(len(fresh)) {
		add = append(add, "--no-traverse")
	} else {
		add = append(add, "--fast-list")
	}
	if err := s.send(ctx, fresh, files, add...); err != nil {
		return err
	}
	return s.send(ctx, damaged, files, append([]string{"--ignore-times", "--no-check-dest"}, order...)...)
}

// send writes files beside and has rclone carry them.
func (s *Store) send(ctx context.Context, names []string, files map[string][]byte, flags ...string) error {
	if len(names) == 0 {
		return nil
	}
	dir, err := s.folder("up")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, name := range names {
		at := filepath.Join(dir, "files", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(at, files[name], 0o600); err != nil {
			return err
		}
	}
	list, err := s.writeList(dir, names)
	if err != nil {
		return err
	}
	args := append([]string{"copy", "--files-from-raw", list, "--checkers=16"}, flags...)
	_, err = s.run(ctx, append(args, "--", filepath.Join(dir, "files"), s.o.Remote)...)
	return err
}

// verify compares what lies in the remote now with what was sent: by hashes, and where
// the remote has none by reading back.
func (s *Store) verify(ctx context.Context, files map[string][]byte) error {
	names := slices.Sorted(maps.Keys(files))
	if len(names) == 0 {
		return nil
	}
	dir, err := s.folder("look")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	list, err := s.writeList(dir, names)
	if err != nil {
		return err
	}
	flags := append([]string{"--fast-list"}, hashFlags...)
	if s.few(len(names)) {
		flags[0] = "--no-traverse"
	}
	flags = append(flags, "--files-from-raw", list)
	there, err := s.list(ctx, flags...)
	if err != nil {
		return err
	}
	found := map[string]listedFile{}
	for _, f := range there {
		found[f.Path] = f
	}
	var unsure []string
	for _, name := range names {
		f, ok := found[name]
		switch good, known := fits(f, files[name]); {
		case !ok, !good:
			return &remote.Error{Program: program, Err: errDiffers}
		case !known:
			unsure = append(unsure, name)
		}
	}
	return s.readBack(ctx, unsure, files)
}

// fits compares a file with what the remote says of it. Known is false where it tells no
// hash that is known here.
func fits(f listedFile, data []byte) (good, known bool) {
	if f.Size >= 0 && f.Size != int64(len(data)) {
		return false, true
	}
	m, s := md5.Sum(data), sha1.Sum(data)
	for kind, sum := range map[string]string{"md5": hex.EncodeToString(m[:]), "sha1": hex.EncodeToString(s[:])} {
		if have := f.Hashes[kind]; have != "" {
			known = true
			if have != sum {
				return false, true
			}
		}
	}
	return true, known
}

// readBack reads what was sent, and compares it.
func (s *Store) readBack(ctx context.Context, names []string, files map[string][]byte) error {
	if len(names) == 0 {
		return nil
	}
	size := int64(0)
	for _, name := range names {
		size += int64(len(files[name]))
	}
	got, err := s.download(ctx, names, size)
	for _, name := range names {
		if !bytes.Equal(got[name], files[name]) || got[name] == nil {
			if err == nil {
				err = fmt.Errorf("failed to compare %s: %w", name, errDiffers)
			}
			return err
		}
	}
	return nil
}
