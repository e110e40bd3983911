package copies

import (
	"cmp"
	"context"
	"io"

	"seedvault/escrow"
)

// Store holds the files of a copy, wherever they lie. [Dial] opens the one in a
// folder. One that holds back what is written is a [Publisher] too.
type Store interface {
	escrow.FS
	io.Closer
}

// Publisher is a [Store] that carries what was written to it all at once, to where
// only whole states are kept: a single file, a server.
type Publisher interface {
	// Publish makes durable what was written since the last call. After an error
	// the place holds what it held before, or a part of the new files, each whole.
	Publish(ctx context.Context) error
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
