package remotetest

import (
	"context"
	"slices"

	"seedvault/escrow"
)

// Rotate gives the vault a new key, with the same holders.
func (m *Machine) Rotate() {
	m.T.Helper()
	o, err := m.vault().Unlock(m.paper)
	Must(m.T, err)
	p, err := o.PlanRotation(escrow.RotateOptions{})
	Must(m.T, err)
	for _, c := range p.Open() {
		Must(m.T, p.Answer(c.Key, true))
	}
	r, err := o.Rotate(context.Background(), p, Now)
	Must(m.T, err)
	m.Pin = r.Pin
}

// Follow confirms what other machines have rotated, as a person does who was told, and
// reports whether there was anything.
func (m *Machine) Follow() bool {
	m.T.Helper()
	followed := false
	for {
		v := m.vault()
		i := slices.IndexFunc(v.Epochs(), func(e escrow.Epoch) bool { return e.Successor && e.Sealed })
		if i < 0 {
			return followed
		}
		v, err := v.Confirm(v.Epochs()[i].Fingerprint, true)
		Must(m.T, err)
		o, err := v.Unlock(m.paper)
		Must(m.T, err)
		m.Pin, followed = o.Pin(), true
	}
}

// Lines are the seeds that the vault gives out, whatever stands beside them.
func (m *Machine) Lines() map[string]bool {
	m.T.Helper()
	_, entries := m.entries()
	lines := map[string]bool{}
	for _, e := range entries {
		lines[e.Seed.Line()] = true
	}
	return lines
}

// Added is how many seeds all machines of the vault have added.
func (m *Machine) Added() int {
	m.next.mu.Lock()
	defer m.next.mu.Unlock()
	return m.next.n
}
