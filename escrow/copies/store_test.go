package copies

import (
	"context"
	"errors"
	"maps"
	"syscall"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
)

// box keeps what is written to it apart until it is published.
type box struct {
	escrow.FS
	staged, kept *durabletest.FS
	fails        error
	published    int
}

func newBox(kept *durabletest.FS) *box {
	staged := kept.Clone()
	return &box{FS: staged, staged: staged, kept: kept}
}

func (b *box) Publish(context.Context) error {
	b.published++
	if b.fails == nil {
		b.kept = b.staged.Clone()
	}
	return b.fails
}

func TestPublish(t *testing.T) {
	m := newMachine(t, 3)
	b := newBox(durabletest.New())
	r := m.sync(b, Options{}, New)
	if b.published != 1 || !maps.Equal(b.kept.Files(), m.fsys.Files()) {
		t.Errorf("published %d times, %d files", b.published, len(b.kept.Files()))
	}
	if m.sync(b, Options{Seen: r.Seen}, Equal); b.published != 1 {
		t.Error("published without a change")
	}
	if _, err := Look(context.Background(), m.fsys, newBox(durabletest.New()), m.options()); err != nil || b.published != 1 {
		t.Errorf("a look: %v, published %d times", err, b.published)
	}
}

// TestPublishFails has nothing called given or healed that was not carried.
func TestPublishFails(t *testing.T) {
	m := newMachine(t, 3)
	b := newBox(durabletest.New())
	r := m.sync(b, Options{}, New)
	seed := find(t, b.staged, "/seeds/")
	plant(t, b.staged, seed, "half")
	b.kept = b.staged.Clone()
	m.add(2)

	b = newBox(b.kept)
	b.fails = syscall.ENOSPC
	o := m.options()
	o.Seen, o.Thorough = r.Seen, true
	failed, err := Sync(context.Background(), m.fsys, b, o)
	if err != nil || failed.State != Full || failed.Given.Files != 0 || failed.Left != 2 || len(failed.Healed) != 0 || len(failed.Damaged) != 1 {
		t.Errorf("%v, %+v", err, failed)
	}

	ctx, cancel := context.WithCancel(context.Background())
	o.Watch = func(done, total int) {
		if done == total {
			cancel()
		}
	}
	b = newBox(b.kept)
	if _, err := Sync(ctx, m.fsys, b, o); !errors.Is(err, context.Canceled) || b.published != 0 {
		t.Errorf("%v, published %d times", err, b.published)
	}

	b = newBox(b.kept)
	o.Watch, o.Seen = nil, failed.Seen
	r, err = Sync(context.Background(), m.fsys, b, o)
	if err != nil || r.State != Healed || r.Given.Files != 2 || len(r.Healed) != 1 || !maps.Equal(b.kept.Files(), m.fsys.Files()) {
		t.Errorf("%v, %+v", err, r)
	}
}
