// Package copyplace knows where one copy of a vault may lie: a folder, a kit, or what git or
// rclone carries. It finds out what a person has named, opens what lies there, and refuses a
// place that would be lost together with the vault or that holds something else. What is written
// there is for package upkeep, which keeps a vault's copies equal to it.
//
// Start with [ByNameOrPath] and [Open] for a copy that is there, with [SpotTyped] and [New] for
// one that is to be made.
package copyplace

import (
	"context"
	"errors"
	"fmt"
	"os"

	"seedvault/cmd/seedvault/internal/kit"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// errCopyKind is returned for a copy of a kind that this version cannot open.
var errCopyKind = errors.New("a copy of a kind that this version does not know")

// Open opens a copy by its kind. The caller closes it.
func Open(ctx context.Context, w *world.World, c local.Copy) (copies.Store, error) {
	switch c.Kind {
	case roster.CopyGit, roster.CopyRclone:
		return OpenRemote(ctx, w, c, w.Attended())
	case roster.CopyFolder:
		dir, err := copies.Dial(ctx, c.Path)
		if err != nil {
			return nil, err // a nil *disk.Dir would be no nil Store
		}
		return dir, nil
	case roster.CopyKit:
		return openKit(ctx, c.Path)
	}
	return nil, fmt.Errorf("failed to open %q: %w", c.Kind, errCopyKind)
}

// ByNameOrPath returns the copy that --copy or a command names: the one of that name, else the
// one at that path or address.
func ByNameOrPath(p *place.Place, named string) (local.Copy, error) {
	switch c := p.CopyNamed(named); {
	case c != nil:
		return *c, nil
	case remote.Is(named):
		return remoteByAddress(named)
	case isKit(named):
		return local.Copy{Kind: roster.CopyKit, Path: pathOf(named)}, nil
	}
	return local.Copy{Kind: roster.CopyFolder, Path: named}, nil
}

// ByPath returns the copy at a path or address, which it does not look up among the names of
// those that this machine knows. A path is made absolute; the copy has no name yet.
func ByPath(from string) (c local.Copy, err error) {
	if remote.Is(from) {
		return remoteByAddress(from)
	}
	c.Kind = roster.CopyFolder
	if isKit(from) {
		c.Kind = roster.CopyKit
	}
	c.Path, err = local.VaultPath(pathOf(from))
	return c, err
}

// Make makes the folders, or the kit, that a copy is to be written to, and returns those
// that were not there before.
func Make(c local.Copy) ([]string, error) {
	if c.Kind == roster.CopyKit {
		if _, err := os.Lstat(c.Path); err == nil {
			return nil, nil
		}
		return []string{c.Path}, kit.Make(c.Path)
	}
	if !inFolder(c) {
		return nil, nil
	}
	return local.MakeFolder(c.Path)
}

// RosterCopy returns the record of a copy that the vault keeps for every machine. Of the place
// only that part is recorded that means the same on each of them.
func RosterCopy(c local.Copy) roster.Copy {
	shared := roster.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept}
	if a, err := remote.Parse(c.Path); IsRemote(c) && err == nil {
		shared.At = a.Shared()
	}
	return shared
}

// LiesAt reports whether a copy lies at the path or address that a person has typed.
func LiesAt(c local.Copy, named string) bool {
	if remote.Is(named) || IsRemote(c) {
		at, err := remoteByAddress(named)
		return err == nil && at.Path == c.Path
	}
	return sameFolder(c.Path, pathOf(named))
}
