package copies

import (
	"cmp"
	"context"
	"io"
	"path"
	"slices"

	"seedvault/escrow"
)

// Store holds the files of a copy, wherever they lie. [Dial] opens the one in a folder. If
// it sends its writes later, it is a [Publisher] too.
type Store interface {
	escrow.FS
	io.Closer
}

// Publisher is implemented by a [Store] that sends its writes in one step, to a place that
// only keeps complete states: a single file, a server.
type Publisher interface {
	// Publish makes durable what was written since the last call. After an error the place
	// holds what it held before, and perhaps some of the new files; one of these that is
	// not complete the next sync replaces.
	Publish(ctx context.Context) error
}

// Fetcher is implemented by a [Store] that reads many files together at less cost than one
// by one.
type Fetcher interface {
	// FetchAll fetches files that are about to be opened. It may fail to fetch some: then
	// opening these fails, whatever the error said.
	FetchAll(ctx context.Context, names []string) error
}

// Voucher is implemented by a [Store] that knows hashes of its files without reading them.
type Voucher interface {
	// Vouches reports whether, by its hash, the file of that name has this content.
	Vouches(name string, data []byte) bool
}

// Rewinder is implemented by a [Store] whose place keeps its history, and that remembers
// which state it was last compared at.
type Rewinder interface {
	// Rewound reports whether that state is no longer in the history of the place.
	Rewound() bool
	// MarkSeen remembers the present state, for the next comparison.
	MarkSeen(ctx context.Context) error
}

// markSeen has later calls compare with what lies in the copy now. That its history was
// rewritten is said once, and what was missing has been given back.
func (s *syncing) markSeen() {
	r, can := s.there.store.(Rewinder)
	if can && s.there.write && s.there.err == nil && len(s.there.epochs)+len(s.there.added) > 0 {
		s.there.err = r.MarkSeen(s.ctx)
	}
}

// vouched reports whether a file of the vault need not be read in the copy, since the
// place says by a hash that it holds the same. What it says is taken for true no more
// than the sizes in its listing are: a thorough look reads everything.
func (s *syncing) vouched(name string, data []byte) bool {
	v, can := s.there.store.(Voucher)
	return can && !s.o.Thorough && v.Vouches(name, data)
}

// fetch has the files of a copy at hand that are about to be read, if it can. Reading one
// says what went wrong.
func (s *syncing) fetch(list [phases][]string) {
	f, can := s.there.store.(Fetcher)
	if !can {
		return
	}
	var there []string
	for _, name := range slices.Concat(list[:]...) {
		if _, listed := s.there.files[name]; listed && !s.spared(name) {
			there = append(there, name)
		}
		there = append(there, s.there.strays[name]...)
	}
	f.FetchAll(s.ctx, there)
}

// spared reports whether the place vouches for a file of the vault.
func (s *syncing) spared(name string) bool {
	if _, can := s.there.store.(Voucher); !can || s.o.Thorough {
		return false
	}
	data, is := s.home.read(name)
	return is == present && s.vouched(name, data)
}

// fetchNews has at hand what tells which vault the copy is and what is sealed there, as far
// as the vault does not have it: that is read first, file by file.
func (s *syncing) fetchNews() {
	f, can := s.there.store.(Fetcher)
	if !can {
		return
	}
	var news []string
	for _, epoch := range s.there.epochs {
		for _, dir := range []string{epoch, epoch + "/seals", epoch + "/older"} {
			entries, _ := s.there.fsys.ReadDir(dir)
			for _, entry := range entries {
				name := path.Join(dir, entry.Name())
				if _, err := s.home.fsys.Lstat(name); err != nil && entry.Type().IsRegular() {
					news = append(news, name)
				}
			}
		}
	}
	f.FetchAll(s.ctx, news)
}

// publish carries what was written to the copy. What could not be carried was not given.
func (s *syncing) publish() {
	p, holdsBack := s.there.store.(Publisher)
	if !holdsBack || !s.there.write || len(s.there.added)+len(s.there.healed) == 0 {
		return
	}
	err := s.ctx.Err()
	if err == nil {
		err = p.Publish(s.ctx)
	}
	if err != nil {
		s.there.err = cmp.Or(s.there.err, err)
		s.there.broken = append(s.there.broken, s.there.healed...)
		s.there.added, s.there.healed = nil, nil
	}
}
