package session

import (
	"context"
	"errors"
	"fmt"
	"os"

	"seedvault/cmd/seedvault/internal/kit"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// errCopyKind is returned for a copy of a kind that this version cannot open.
var errCopyKind = errors.New("a copy of a kind that this version does not know")

// openStore opens a copy by its kind. The caller closes it.
func (p *Place) openStore(ctx context.Context, c local.Copy) (copies.Store, error) {
	if isRemote(c) {
		return p.openRemote(ctx, c, p.world.Attended())
	}
	return openStore(ctx, c)
}

// openStore opens a copy that is a folder or a kit.
func openStore(ctx context.Context, c local.Copy) (copies.Store, error) {
	switch c.Kind {
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

// copyMeant returns the copy that --copy or a command names: the one of that name, else the
// one at that path or address.
func (p *Place) copyMeant(named string) (local.Copy, error) {
	switch c := p.CopyNamed(named); {
	case c != nil:
		return *c, nil
	case remote.Is(named):
		return remoteMeant(named)
	case isKit(named):
		return local.Copy{Kind: roster.CopyKit, Path: PathOf(named)}, nil
	}
	return local.Copy{Kind: roster.CopyFolder, Path: named}, nil
}

// inFolder reports whether a copy is a folder of this machine, which a person can move, link
// or empty; kits and remote copies are not.
func inFolder(c local.Copy) bool { return c.Kind == roster.CopyFolder }

// makePlace makes the folders, or the kit, that a copy is to be written to, and returns those
// that were not there before.
func makePlace(c local.Copy) ([]string, error) {
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
