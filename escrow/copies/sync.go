package copies

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"seedvault/escrow"
	"seedvault/escrow/disk"
)

const (
	// workers is how many files are looked at and written at once. A sync of a file waits
	// for the medium, and syncs that wait together are done together.
	workers = 8
	// batchFiles is how many files are looked at between two flushes.
	batchFiles = 512
)

// syncing is one call of Sync, Look or Bring.
type syncing struct {
	ctx         context.Context
	o           Options
	bring       bool
	home, there *side
	v           *escrow.Vault // what lies in either place
	toRead      map[string]bool
	marks       map[uint32]bool // of what was listed in the copy
	r           Result

	mu          sync.Mutex // of what reconcile writes
	done, total int
}

func newSyncing(ctx context.Context, home, there escrow.FS, o Options) *syncing {
	return &syncing{ctx: ctx, o: o, home: newSide(home), there: newSide(there), r: Result{Seen: o.Seen}}
}

func (s *syncing) run() (Result, error) {
	err := s.openHome()
	if err != nil {
		return s.r, err
	}
	if r, can := s.there.store.(Rewinder); can {
		s.r.Rewound = r.Rewound()
	}
	on, err := s.arrive()
	if on {
		err = s.reconcileAll()
		s.publish()
		s.markSeen()
		s.sum(err == nil)
	}
	return s.r, err
}

// openHome opens the vault.
func (s *syncing) openHome() (err error) {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	s.v, err = escrow.Reopen(s.home.fsys, s.o.Pin, s.o.Vault)
	if err != nil && !(s.bring && errors.Is(err, escrow.ErrNoVault)) {
		return err
	}
	if err := s.home.findEpochs(); err != nil {
		return fmt.Errorf("failed to read the vault: %w", err)
	}
	return nil
}

// arrive lists both places and reports whether to go on. The error is about the vault.
func (s *syncing) arrive() (bool, error) {
	if _, err := s.there.fsys.ReadDir("."); err != nil {
		s.r.State, s.r.Err = Unreachable, err
		return false, nil
	}
	if err := s.there.findEpochs(); err != nil {
		return s.unlisted(err), nil
	}
	common := slices.ContainsFunc(s.there.epochs, func(e string) bool { return slices.Contains(s.home.epochs, e) })
	if len(s.there.epochs) > 0 && len(s.home.epochs) > 0 && !common {
		s.r.State = Foreign
		return false, nil
	}
	s.fetchNews()
	s.look()
	if s.v == nil {
		s.r.State, s.r.Err = Failed, escrow.ErrNoVault
		return false, nil
	}
	r := ruleOf(s.v)
	if err := s.home.list(r); err != nil {
		return false, fmt.Errorf("failed to read the vault: %w", err)
	}
	if len(s.there.epochs) == 0 && s.o.Seen.Files() > 0 && !s.o.Refill {
		s.r.State, s.r.Lost.Files, s.r.Left = Emptied, s.o.Seen.Files(), len(s.home.files)
		return false, nil
	}
	if err := s.there.list(r); err != nil {
		return s.unlisted(err), nil
	}
	if !s.bring { // which leaves what lies there as it is
		if s.r.Shared = s.shared(); len(s.r.Shared) > 0 {
			s.r.State = Shared
			return false, nil
		}
	}
	s.toRead = s.choosing()
	return true, nil
}

// shared lists the files that are one and the same in both places, so that they are
// damaged and lost together.
func (s *syncing) shared() (names []string) {
	for name, here := range s.home.files {
		if there := s.there.files[name]; here.info != nil && there.info != nil && disk.SameFile(here.info, there.info) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (s *syncing) unlisted(err error) bool {
	s.r.State, s.r.Err = Failed, fmt.Errorf("failed to read the copy: %w", err)
	return false
}

// look opens what lies in either place as one vault. Where that fails, the vault stays the
// one that was opened last.
func (s *syncing) look() {
	if v, err := escrow.Reopen(both{s.home.fsys, s.there.fsys}, s.o.Pin, s.v); err == nil {
		s.v = v
	}
}

// The phases in which files are reconciled. Whoever reads a copy that is being written
// finds no seal before all that it lists.
const (
	phaseVault   = iota // what tells which vault it is
	phaseNamed          // what names vouch for
	phaseKnown          // what only seals vouch for, where the vault has these
	phaseSeals          // seals, each after its signature
	phaseUnknown        // what only seals vouch for that were not there before
	phases
)

// phased sorts what is to be read into the order in which it is reconciled.
func (s *syncing) phased() (list [phases][]string) {
	seen := map[string]bool{}
	add := func(name string) {
		if !s.trusted(name) && !seen[name] {
			seen[name] = true
			n := s.phaseOf(name)
			list[n] = append(list[n], name)
		}
	}
	for name := range s.home.files {
		add(name)
	}
	for name := range s.there.files {
		if _, done := s.home.files[name]; !done {
			add(name)
		}
	}
	for _, side := range []*side{s.home, s.there} {
		for name := range side.strays {
			add(name)
		}
	}
	for name := range s.there.blocked {
		add(name)
	}
	if s.o.Page != nil {
		add(s.o.Page.Name)
	}
	for _, names := range list {
		slices.SortFunc(names, inOrder)
		s.total += len(names)
	}
	return list
}

func (s *syncing) phaseOf(name string) int {
	_, here := s.home.files[name]
	switch part := escrow.PartOf(name); {
	case part == escrow.PartEpoch && path.Base(name) == "vault.txt":
		return phaseVault
	case part == escrow.PartSeal:
		return phaseSeals
	case !part.AtRoot() && (part != escrow.PartEpoch || strings.Contains(name, "/older/")):
		return phaseNamed
	case here:
		return phaseKnown
	}
	return phaseUnknown
}

// inOrder sorts by path, all signatures of seals before all texts, and these by their
// numbers: what has come so far of a copy then lacks no seal that one of it names.
func inOrder(a, b string) int {
	order := map[bool]int{true: 0, false: 1}
	return cmp.Or(
		cmp.Compare(order[isSealSig(a)], order[isSealSig(b)]),
		cmp.Compare(digitsOf(a), digitsOf(b)),
		strings.Compare(a, b))
}

// digitsOf counts the digits of the number that a seal's name begins with, which has
// no zeros before it beyond four digits; it is 0 for another file.
func digitsOf(name string) int {
	if escrow.PartOf(name) != escrow.PartSeal {
		return 0
	}
	return strings.Index(path.Base(name), "-")
}

// isSealSig reports whether a file is a signature, of whatever word.
func isSealSig(name string) bool { return strings.Contains(path.Base(name), ".txt.sig") }

func (s *syncing) reconcileAll() error {
	list := s.phased()
	s.fetch(list)
	for n, names := range list {
		written := s.written()
		for chunk := range slices.Chunk(names, batchFiles) {
			s.reconcileChunk(chunk, n != phaseNamed)
			s.home.flush()
			s.there.flush()
			if err := s.ctx.Err(); err != nil {
				return err
			}
		}
		news := s.written() > written // else the vault is the one that was looked at
		if news && (n == phaseVault || n == phaseSeals && len(list[phaseUnknown]) > 0) {
			s.look()
		}
	}
	return s.home.err
}

// reconcileChunk reconciles files at once, or one by one where their order matters.
func (s *syncing) reconcileChunk(names []string, oneByOne bool) {
	var next atomic.Int64
	var wg sync.WaitGroup
	n := workers
	if oneByOne {
		n = 1
	}
	for range min(n, len(names)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(names)) && s.ctx.Err() == nil; i = next.Add(1) - 1 {
				s.reconcile(names[i])
				s.tell()
			}
		})
	}
	wg.Wait()
}

func (s *syncing) tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done++
	if s.o.Watch != nil {
		s.o.Watch(s.done, s.total)
	}
}

// written counts the files that this call has put in their places.
func (s *syncing) written() (n int) {
	for _, side := range []*side{s.home, s.there} {
		n += len(side.added) + len(side.healed)
	}
	return n
}

// copyWriteState names what stopped the writing.
func copyWriteState(err error) State {
	switch {
	case isFull(err):
		return Full
	case isReadOnly(err) || errors.Is(err, fs.ErrPermission):
		return ReadOnly
	}
	return Failed
}
