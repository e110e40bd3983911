package durabletest

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
)

// Crash returns what a power cut now may leave: every name and every content that
// was synced and has not changed since, and of the rest whatever chance takes. Folders
// are not ordered against each other, nor names against contents. What Crash returns
// neither fails nor lies, and has survived already.
func (f *FS) Crash(r *rand.Rand) *FS {
	return &FS{root: f.root.crash(r, map[*node]*node{})}
}

// crash draws one state. A node with two names, the old and the new one, gets
// one content, which done holds.
func (n *node) crash(r *rand.Rand, done map[*node]*node) *node {
	if c := done[n]; c != nil {
		return c
	}
	if n.entries == nil {
		c := &node{mode: n.mode, data: n.survivor(r)}
		c.synced = append([]byte{}, c.data...)
		done[n] = c
		return c
	}
	c := newDir()
	done[n] = c
	names := maps.Clone(n.durable)
	for _, change := range n.pending {
		if r.IntN(2) == 0 {
			change.apply(names)
		}
	}
	for _, base := range slices.Sorted(maps.Keys(names)) {
		c.entries[base] = names[base].crash(r, done)
	}
	c.durable = maps.Clone(c.entries)
	return c
}

// survivor chooses the content of a file: all of it once it is synced, else
// what was synced before, nothing, a part, or all.
func (n *node) survivor(r *rand.Rand) []byte {
	if n.synced != nil && bytes.Equal(n.synced, n.data) {
		return bytes.Clone(n.data)
	}
	switch r.IntN(4) {
	case 0:
		return bytes.Clone(n.synced)
	case 1:
		return nil
	case 2:
		return bytes.Clone(n.data[:r.IntN(len(n.data)+1)])
	}
	return bytes.Clone(n.data)
}

// Clone returns a copy, synced or not as it is, which neither fails nor lies.
func (f *FS) Clone() *FS { return &FS{root: f.root.clone(map[*node]*node{})} }

func (n *node) clone(done map[*node]*node) *node {
	if n == nil || done[n] != nil {
		return done[n]
	}
	c := &node{mode: n.mode, data: bytes.Clone(n.data), synced: bytes.Clone(n.synced), forgotten: n.forgotten}
	done[n] = c
	c.entries, c.durable = cloneNames(n.entries, done), cloneNames(n.durable, done)
	for _, p := range n.pending {
		c.pending = append(c.pending, change{p.from, p.to, p.node.clone(done)})
	}
	return c
}

func cloneNames(names map[string]*node, done map[*node]*node) map[string]*node {
	if names == nil {
		return nil
	}
	c := make(map[string]*node, len(names))
	for base, n := range names {
		c[base] = n.clone(done)
	}
	return c
}
