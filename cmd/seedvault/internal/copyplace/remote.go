package copyplace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/gitstore"
	"seedvault/escrow/copies/rclonestore"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// How long a copy may take that a program carries, over a network most of the time.
const (
	FarLook = time.Minute      // to be looked at
	FarWork = 30 * time.Minute // to be brought up to date, or read whole
)

// ErrSilent is the reason why work on a copy was given up: the copy no longer answered.
var ErrSilent = errors.New("nothing was heard of the copy any more")

// remoteByAddress returns the copy at an address that a person has typed.
func remoteByAddress(typed string) (local.Copy, error) {
	a, err := addressOf(typed)
	return local.Copy{Kind: a.Kind, Path: a.String()}, err
}

// addressOf parses an address. The path of a folder in it is made absolute.
func addressOf(typed string) (remote.Address, error) {
	a, err := remote.Parse(typed)
	if dir := a.Folder(); err == nil && dir != "" && !strings.HasPrefix(a.Remote, "file:") {
		a.Remote, err = local.VaultPath(dir)
	}
	return a, err
}

// OpenRemote opens a copy that git or rclone carries. Attended, the program may ask the person
// at the terminal for a password.
func OpenRemote(ctx context.Context, w *world.World, c local.Copy, attended bool) (copies.Store, error) {
	a, err := remote.Parse(c.Path)
	if err != nil {
		return nil, err
	}
	folders, err := w.Folders()
	if err != nil {
		return nil, err
	}
	run, cache := w.Programs(attended), filepath.Join(folders.State, "remotes")
	if a.Kind == roster.CopyGit {
		sum := sha256.Sum256([]byte(c.Path))
		clone := filepath.Join(cache, hex.EncodeToString(sum[:8])+".git")
		s, err := gitstore.Open(ctx, gitstore.Options{Run: run, Remote: a.Remote, Branch: a.Branch, Clone: clone, Now: w.Now, Attended: attended})
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	s, err := rclonestore.Open(ctx, rclonestore.Options{Run: run, Remote: a.Remote, Scratch: filepath.Join(cache, "rclone"), Attended: attended})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// ReadyToRead fetches the files of a remote copy that will be read next: all of the vault's,
// or only those that tell which vault it is and what its seals say.
func ReadyToRead(ctx context.Context, there copies.Store, all bool) {
	f, can := there.(copies.Fetcher)
	lister, lists := there.(interface{ Names() []string })
	if !can || !lists {
		return
	}
	f.FetchAll(ctx, slices.DeleteFunc(lister.Names(), func(name string) bool {
		part := escrow.PartOf(name)
		return part == escrow.PartNone || !all && part != escrow.PartEpoch && part != escrow.PartSeal
	}))
}

// remote returns the address where nothing lies there, or this vault does. It checks that
// before anything is written.
func (s site) remote(address string) (string, error) {
	shown := console.Safe(address, 0)
	for _, c := range s.place.Copies() {
		if c.Path == address {
			return "", say.Fail(words.RemoteTwice, shown, c.Name).WithHint(words.HintCopyTwice, c.Name)
		}
	}
	a, err := remote.Parse(address)
	if err != nil {
		return "", err
	}
	if dir := a.Folder(); dir != "" {
		if s.place.World.OnRAMDisk(dir) {
			return "", s.refuse(dir, OnRAMDisk)
		}
		if err := refuseOverlap(s.place.Path, dir); err != nil {
			return "", err
		}
	}
	ctx, cancel := context.WithTimeoutCause(context.Background(), FarLook, ErrSilent)
	defer cancel()
	store, err := OpenRemote(ctx, s.place.World, local.Copy{Kind: a.Kind, Path: address}, s.place.World.Attended())
	if err != nil {
		return "", err
	}
	defer store.Close()
	ReadyToRead(ctx, store, false)
	switch other, err := escrow.Open(store, nil); {
	case errors.Is(err, escrow.ErrNoVault) && holdsOthers(store):
		return "", say.Fail(words.RemoteTaken, shown).WithHint(words.HintRemoteTaken)
	case errors.Is(err, escrow.ErrNoVault):
		return address, nil
	case err != nil:
		return "", err
	case s.files == nil || !Related(s.files, other):
		return "", say.Fail(words.RemoteOfAnother, shown).WithHint(words.HintRemoteTaken)
	}
	return address, nil
}

// holdsOthers reports whether a place has anything that is not hidden, or cannot be listed.
func holdsOthers(there copies.Store) bool {
	entries, err := there.ReadDir(".")
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return true
		}
	}
	return err != nil
}
