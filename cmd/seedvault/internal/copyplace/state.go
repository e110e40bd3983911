package copyplace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"seedvault/cmd/seedvault/internal/kit"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// States of a copy that its folder or file alone tells. Nothing is written to such a copy, and
// it does not count.
const (
	Linked      copies.State = "linked"    // a link leads elsewhere
	OnRAMDisk   copies.State = "in-memory" // a power cut empties it
	VaultItself copies.State = "vault"     // the vault's own folder, or one in or around it
	Twin        copies.State = "twin"      // the folder of another copy
	NoKit       copies.State = "no-kit"    // in a kit's place lies something else
)

// Obstacle returns the state that keeps a copy's folder from being one, "" if nothing does.
func Obstacle(p *place.Place, c local.Copy) copies.State {
	if c.Kind == roster.CopyKit {
		return kitObstacle(p, c)
	}
	if !inFolder(c) {
		return ""
	}
	if local.LinkAt(c.Path) != "" {
		return Linked
	}
	if how, err := copies.OverlapOf(c.Path, p.Path); err == nil && how != copies.Apart {
		return VaultItself
	}
	for _, other := range p.Copies() {
		if other.ID == c.ID {
			break // the first of several counts
		}
		if !inFolder(other) {
			continue
		}
		if how, err := copies.OverlapOf(c.Path, other.Path); err == nil && how != copies.Apart {
			return Twin
		}
	}
	if p.World.OnRAMDisk(c.Path) {
		return OnRAMDisk
	}
	return ""
}

// kitObstacle returns the state that keeps a kit's file from being a copy, "" if nothing does.
func kitObstacle(p *place.Place, c local.Copy) copies.State {
	for _, other := range p.Copies() {
		if other.ID == c.ID {
			break // the first of several counts
		}
		if other.Kind == roster.CopyKit && sameFile(c.Path, other.Path) {
			return Twin
		}
	}
	if p.World.OnRAMDisk(filepath.Dir(c.Path)) {
		return OnRAMDisk
	}
	return ""
}

// UnopenedState returns the state of a copy whose folder could not be opened.
func UnopenedState(c local.Copy, err error) copies.State {
	if c.Kind == roster.CopyKit {
		return unopenedKitState(c, err)
	}
	if IsRemote(c) {
		return unopenedRemoteState(err)
	}
	if !inFolder(c) {
		return copies.Unreachable
	}
	if errors.Is(err, fs.ErrNotExist) && local.LinkAt(c.Path) != "" {
		return Linked
	}
	if errors.Is(err, fs.ErrNotExist) && local.Vanished(c.Path, c.Kept == keptInCloud) {
		return copies.Emptied
	}
	return copies.Unreachable
}

// unopenedKitState returns the state of a kit that could not be opened.
func unopenedKitState(c local.Copy, err error) copies.State {
	switch {
	case errors.Is(err, kit.ErrLink):
		return Linked
	case errors.Is(err, page.ErrNoKit), errors.Is(err, page.ErrKitSize), errors.Is(err, page.ErrCut):
		return NoKit
	case errors.Is(err, fs.ErrNotExist):
		entries, err := os.ReadDir(filepath.Dir(c.Path))
		if err == nil && (c.Kept == keptInCloud || len(entries) > 0) {
			return copies.Emptied
		}
	}
	return copies.Unreachable
}

// unopenedRemoteState returns the state of a remote copy that could not be opened. A server that
// answers but no longer has the vault is told apart from one that cannot be reached.
func unopenedRemoteState(err error) copies.State {
	for _, answered := range []error{remote.ErrUnknown, remote.ErrBranch, remote.ErrPage, remote.ErrFlag, remote.ErrTransport, remote.ErrCredentials, remote.ErrAddress} {
		if errors.Is(err, answered) {
			return copies.Failed
		}
	}
	return copies.Unreachable
}
