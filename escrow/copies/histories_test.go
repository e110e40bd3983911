package copies

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable/durabletest"
)

// history is two machines and a stick that is carried between them, pulled out
// half-way, damaged by chance and put back to an older state.
type history struct {
	t        *testing.T
	r        *rand.Rand
	machines [2]*machine
	seen     [2]Seen
	stick    *durabletest.FS
	old      *durabletest.FS   // an older state of the stick
	written  map[string]string // every file that a machine ever wrote
}

func newHistory(t *testing.T, base *machine, seed uint64) *history {
	h := &history{t: t, r: rand.New(rand.NewPCG(seed, 1)), stick: durabletest.New(), old: durabletest.New(), written: map[string]string{}}
	h.machines = [2]*machine{base.twin(), base.twin()}
	return h
}

func (h *history) step() {
	n := h.r.IntN(2)
	m := h.machines[n]
	switch h.r.IntN(7) {
	case 0:
		m.add(1)
	case 1:
		if entries := m.seeds(); entries > 0 {
			m.seal()
		}
	case 2, 3:
		h.sync(n, h.r.IntN(4) == 0)
	case 4: // something fails from some call on
		after := h.r.IntN(60)
		f := h.stick
		if h.r.IntN(3) == 0 {
			f = m.fsys
		}
		start := len(f.Ops())
		f.Fail = func(i int, _ durabletest.Op) error {
			if i > start+after {
				return syscall.EIO
			}
			return nil
		}
		h.sync(n, false)
		f.Fail = nil
		if h.r.IntN(2) == 0 {
			h.stick = h.stick.Crash(h.r)
		}
	case 5: // a bad medium
		files := h.stick.Files()
		delete(files, ".gitattributes") // no seal vouches for it: whatever it holds may be a person's wish
		if names := slices.Sorted(maps.Keys(files)); len(names) > 0 {
			name := names[h.r.IntN(len(names))]
			data := h.stick.Files()[name]
			plant(h.t, h.stick, name, data[:h.r.IntN(len(data)+1)])
		}
	case 6: // an image of the stick is played back
		h.stick, h.old = h.old, h.stick.Clone()
	}
	for _, m := range h.machines {
		maps.Copy(h.written, withoutTemps(m.fsys))
	}
}

func (h *history) sync(n int, thorough bool) {
	m := h.machines[n]
	before, there := m.fsys.Files(), h.stick.Files()
	r, _ := Sync(context.Background(), m.fsys, h.stick, Options{Pin: &m.pin, Seen: h.seen[n], Thorough: thorough, Refill: true})
	h.seen[n] = r.Seen
	after := m.fsys.Files()
	for name, data := range before {
		if after[name] != data {
			h.t.Fatalf("machine %d: %s was lost or changed", n, name)
		}
	}
	for name, data := range h.stick.Files() {
		if data != there[name] && data != h.written[name] && data != after[name] {
			if _, known := h.written[name]; known {
				h.t.Fatalf("the stick: %s is torn", name)
			}
		}
	}
}

// TestHistoriesConverge plays random histories. In the end, once each machine has
// had the stick in peace, all three hold every file that was ever written.
func TestHistoriesConverge(t *testing.T) {
	base := newMachine(t, 1)
	for seed := range uint64(40) {
		h := newHistory(t, base, seed)
		for range 25 {
			h.step()
		}
		for _, n := range []int{0, 1, 0} {
			h.sync(n, true)
		}
		for _, f := range []*durabletest.FS{h.machines[0].fsys, h.machines[1].fsys, h.stick} {
			files := withoutTemps(f)
			for name, data := range h.written {
				if files[name] != data {
					t.Fatalf("history %d: %s is not everywhere", seed, name)
				}
			}
		}
		if a, b := h.machines[0].seeds(), h.machines[1].seeds(); a != b || a == 0 {
			t.Fatalf("history %d: %d and %d seeds", seed, a, b)
		}
	}
}
