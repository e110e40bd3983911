package session

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
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/gitstore"
	"seedvault/escrow/copies/rclonestore"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// How long a copy may take that a program carries, over a network most of the time.
const (
	farLook = time.Minute      // to be looked at
	farWork = 30 * time.Minute // to be brought up to date, or read whole
)

// isRemote reports whether git or rclone carries the copy.
func isRemote(c local.Copy) bool { return c.Kind == roster.CopyGit || c.Kind == roster.CopyRclone }

// remoteMeant returns the copy at an address that a person has typed.
func remoteMeant(typed string) (local.Copy, error) {
	a, err := addressOf(typed)
	return local.Copy{Kind: a.Kind, Path: a.String()}, err
}

// addressOf reads an address. One that names a folder does so from anywhere.
func addressOf(typed string) (remote.Address, error) {
	a, err := remote.Parse(typed)
	if dir := a.Folder(); err == nil && dir != "" && !strings.HasPrefix(a.Remote, "file:") {
		a.Remote, err = local.VaultPath(dir)
	}
	return a, err
}

// openRemote opens a copy that git or rclone carries. Attended, the program may ask the person
// at the terminal for a password.
func (p *Place) openRemote(ctx context.Context, c local.Copy, attended bool) (copies.Store, error) {
	a, err := remote.Parse(c.Path)
	if err != nil {
		return nil, err
	}
	places, err := p.world.Places()
	if err != nil {
		return nil, err
	}
	run, cache := p.world.Programs(attended), filepath.Join(places.State, "remotes")
	if a.Kind == roster.CopyGit {
		sum := sha256.Sum256([]byte(c.Path))
		clone := filepath.Join(cache, hex.EncodeToString(sum[:8])+".git")
		s, err := gitstore.Open(ctx, gitstore.Options{Run: run, Remote: a.Remote, Branch: a.Branch, Clone: clone, Now: p.world.Now, Attended: attended})
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

// readyToRead fetches the files of a remote copy that will be read next: all of the vault's,
// or only those that tell which vault it is and what its seals say.
func readyToRead(ctx context.Context, there copies.Store, all bool) {
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

// spotRemote returns the remote copy that a person has named. Where it is kept only the person
// knows, unless it is a folder of this PC.
func (p *Place) spotRemote(typed string) (Spot, error) {
	a, err := addressOf(typed)
	if err != nil {
		return Spot{}, err
	}
	spot := Spot{Name: lastPart(a), Kind: a.Kind, Path: a.String()}
	if dir := a.Folder(); dir != "" && local.SameDisk(p.Path, dir) {
		spot.Kept = roster.KeptThisPC
	}
	return spot, nil
}

// lastPart returns the last part of an address, from which a name for the copy is made.
func lastPart(a remote.Address) string {
	parts := strings.FieldsFunc(a.Remote, func(r rune) bool { return strings.ContainsRune(`/\:`, r) })
	if len(parts) == 0 {
		return a.Kind
	}
	return strings.TrimSuffix(parts[len(parts)-1], ".git")
}

// remote returns the address where nothing lies there, or this vault does. It checks that
// before anything is written.
func (s site) remote(address string) (string, error) {
	shown := console.Safe(address, 0)
	for _, c := range s.place.conf.Copies {
		if c.Path == address {
			return "", say.Fail(words.RemoteTwice, shown, c.Name).WithHint(words.HintCopyTwice, c.Name)
		}
	}
	a, err := remote.Parse(address)
	if err != nil {
		return "", err
	}
	if dir := a.Folder(); dir != "" {
		if s.place.world.InMemory(dir) {
			return "", s.refuse(dir, InMemory)
		}
		if err := refuseOverlap(s.place.Path, dir); err != nil {
			return "", err
		}
	}
	ctx, cancel := context.WithTimeoutCause(context.Background(), farLook, errSilent)
	defer cancel()
	store, err := s.place.openRemote(ctx, local.Copy{Kind: a.Kind, Path: address}, s.place.world.Attended())
	if err != nil {
		return "", err
	}
	defer store.Close()
	readyToRead(ctx, store, false)
	switch other, err := escrow.Open(store, nil); {
	case errors.Is(err, escrow.ErrNoVault) && holdsOthers(store):
		return "", say.Fail(words.RemoteTaken, shown).WithHint(words.HintRemoteTaken)
	case errors.Is(err, escrow.ErrNoVault):
		return address, nil
	case err != nil:
		return "", err
	case s.files == nil || !related(s.files, other):
		return "", say.Fail(words.RemoteOfAnother, shown).WithHint(words.HintRemoteTaken)
	}
	return address, nil
}

// holdsOthers reports whether anything lies in a place that is not hidden.
func holdsOthers(there copies.Store) bool {
	entries, err := there.ReadDir(".")
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return true
		}
	}
	return err != nil
}

// onRemote runs work on a copy that git or rclone carries, for no longer than the limit.
func (cs *Copies) onRemote(ctx context.Context, c local.Copy, limit time.Duration, attended bool, work copyWork) (copies.Result, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errSilent)
	defer cancel()
	store, err := cs.home.vault.Place.openRemote(ctx, c, attended)
	if err != nil {
		return copies.Result{State: unopenedRemoteState(err), Err: err}, nil
	}
	if attended {
		cs.wasAsked(c.ID)
	}
	defer store.Close()
	stop := context.AfterFunc(ctx, func() { store.Close() }) // which ends what still reads
	defer stop()
	r, err := work(ctx, store, func() {})
	if cause := context.Cause(ctx); cause != nil && errors.Is(cause, errSilent) {
		return copies.Result{State: copies.Unreachable, Err: errSilent}, nil
	}
	return r, err
}

// wasAsked notes that a program has been able to ask the person at the terminal about a copy
// in this run.
func (cs *Copies) wasAsked(id string) {
	if cs.asked == nil {
		cs.asked = map[string]bool{}
	}
	cs.asked[id] = true
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

// RemoteTrouble returns what git or rclone has said when it could not carry a copy, nil if
// there was no such failure.
func RemoteTrouble(r copies.Result) error {
	if _, known := explain.RemoteReason(r.Err); known && !HoldsAll(r) {
		return r.Err
	}
	return nil
}

// whyNot returns why a copy was not reached or not brought up to date, where more is known
// than its state.
func whyNot(voice say.Voice, r copies.Result) string {
	state := voice.Text(words.CopyStates.Of(string(r.State)))
	if reason, known := explain.RemoteReason(r.Err); known {
		return voice.Text(words.CopyWhy, state, voice.Text(reason))
	}
	return state
}
