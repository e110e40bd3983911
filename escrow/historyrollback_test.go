package escrow

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"seedvault/escrow/internal/durable/durabletest"
)

// state is how a machine's folder was, for a folder that is put back.
type state struct {
	fsys *durabletest.FS
	pin  Fingerprint
}

// remember has a machine remember the seals that it sees, and keeps its folder as it is.
func (m *machine) remember(v *Vault) {
	m.memory = v.Remember(m.memory, testTime)
	if n := len(m.states); n == 0 || m.states[n-1].pin != m.pin.Fingerprint || len(m.states[n-1].fsys.Files()) != len(m.fsys.Files()) {
		m.states = append(m.states, state{m.fsys.Clone(), m.pin.Fingerprint})
	}
}

// putBack writes into the folder what the machine has seen and is no longer there, as the
// first command does that may write.
func (m *machine) putBack(v *Vault) {
	if len(v.Withheld()) == 0 {
		return
	}
	switch back, err := v.PutBack(); {
	case err != nil && !asks(err):
		m.h.fail("%s: seals are not put back: %v", m.name, err)
	case err == nil && len(back) > 0:
		m.h.log = append(m.h.log, fmt.Sprintf("%s puts %d seals back", m.name, len(back)))
		m.h.steps["put back"]++
		m.h.learn(m.fsys)
	}
}

// rollBack puts a machine's folder back to how it once was, as a restored backup does.
// What the machine has seen of the pinned epoch counts still: nothing that was retired
// comes back, nothing is accepted that was not, and what is accepted and no longer here
// is named as missing.
func (m *machine) rollBack() {
	h, before := m.h, m.see()
	earlier := slices.DeleteFunc(slices.Clone(m.states), func(s state) bool { return s.pin != m.pin.Fingerprint })
	if len(earlier) < 2 {
		return
	}
	sealed := m.opened.reader.seals(m.opened.reader.view.Pinned())
	m.fsys, m.opened = earlier[h.rand.IntN(len(earlier)-1)].fsys.Clone(), nil
	h.log = append(h.log, m.name+": the folder is put back to how it was")
	h.steps["roll back"]++
	delete(h.proven, m.pin.Fingerprint) // its records may be gone from everywhere
	h.forgetGone()
	after := m.see()
	m.wantRemoved()
	for _, f := range after.seeds { // before, it may have been missing
		if f.status == Accepted && !before.shown[f.what][Accepted] && len(sealed.Accepted(f.Path)) == 0 && !before.successions.Says(f.Ref().Hash()) {
			h.fail("%s: %s was not accepted and is, in an older folder", m.name, f.Path)
		}
	}
	m.wantMissing(before, after)
}

// forgetGone leaves out of what must be found at the end the seeds that no machine has a
// file of any more.
func (h *history) forgetGone() {
	here := map[[32]byte]bool{}
	for _, m := range h.machines {
		for _, f := range m.see().seeds {
			here[f.what] = true
		}
	}
	for what := range h.ever {
		if !here[what] {
			delete(h.ever, what)
		}
	}
}

// wantMissing wants that a check names every file of the pinned epoch that was accepted
// here and is no longer here.
func (m *machine) wantMissing(before, after sight) {
	r, err := m.open().Check(context.Background(), CheckOptions{Now: testTime, Memory: m.memory})
	m.h.must(err)
	files := m.fsys.Files()
	for _, f := range before.seeds {
		if f.status != Accepted || !strings.HasSuffix(folderOfPath(f.Path), "-"+m.pin.Fingerprint.Short()) {
			continue
		}
		if _, here := files[f.Path]; !here && !slices.ContainsFunc(r.Findings, func(x Finding) bool { return x.Path == f.Path && x.Red }) {
			m.h.fail("%s: no check names %s, which was accepted and is gone", m.name, f.Path)
		}
	}
}
