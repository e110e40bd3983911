package escrow

import (
	"context"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/roster"
)

// damage spoils or removes one file. What the others hold is shown all the same, and
// a check names the damage. In a rough history a seed or a record may stay damaged
// here while another machine has it whole; else it is healed from a copy.
func (m *machine) damage() {
	h := m.h
	before, files := m.see(), m.fsys.Files()
	var paths []string
	for p, data := range files {
		if strings.Contains(p, "/") && !needed(p) && h.whole[p] == data {
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 {
		return
	}
	slices.Sort(paths)
	p := paths[h.rand.IntN(len(paths))]
	bad, stays := h.spoil(files[p]), h.whole[p] == files[p]
	hurt := h.machine(m.name+" hurt", m.fsys.Clone(), m.pin)
	hurt.memory = m.memory
	h.replace(hurt.fsys, p, bad)
	h.log = append(h.log, m.name+": damage to "+p)
	h.steps["damage"]++
	delete(files, p)
	h.hidesNothing(before, hurt.see(), files)
	hurt.wantNamed(p, bad == nil)
	if !h.rough || !stays || !strings.Contains(p, "/seeds/") && !strings.Contains(p, "/roster/") {
		return
	}
	if slices.ContainsFunc(h.machines, func(other *machine) bool { return other != m && other.fsys.Files()[p] == h.whole[p] }) {
		h.log = append(h.log, "and stays so")
		h.steps["lasting damage"]++
		m.fsys, m.opened = hurt.fsys, nil
	}
}

// spoil returns a file's content with one bit changed or cut short, or nil.
func (h *history) spoil(data string) []byte {
	bad := []byte(data)
	switch h.rand.IntN(3) {
	case 0:
		return nil
	case 1:
		return bad[:len(bad)/2]
	}
	bad[h.rand.IntN(len(bad))] ^= 1
	return bad
}

// replace puts other content in a file's place, or nothing.
func (h *history) replace(fsys *durabletest.FS, p string, data []byte) {
	h.must(fsys.Remove(p))
	if data != nil {
		h.must(writeAt(fsys, p, data))
	}
}

// wantNamed wants that a check names a file that was damaged, and one that is missing
// and that is accepted. Strange epochs are nobody's concern.
func (m *machine) wantNamed(p string, missing bool) {
	o := m.open()
	var accepted, known bool
	for _, e := range o.reader.view.Epochs {
		if e.Folder == folderOfPath(p) {
			known = o.reader.view.Line()[e.Fingerprint]
			accepted = known && len(o.reader.seals(e).Accepted(p)) > 0
		}
	}
	if !known || missing && !accepted {
		return
	}
	r, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	m.h.must(err)
	p = strings.TrimSuffix(p, ".sig")
	if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return strings.TrimSuffix(f.Path, ".sig") == p && (f.Red || !accepted) }) {
		m.h.fail("no check names %s: %v", p, r.Findings)
	}
}

// refuse refuses one or all of the epochs that nobody here has confirmed.
func (m *machine) refuse(o *Opened) string {
	var strange []Fingerprint
	for _, e := range (&Vault{view: o.reader.view}).Epochs() {
		if e.Status == EpochUnconfirmed && !e.Refused && e.Sealed {
			strange = append(strange, e.Fingerprint)
		}
	}
	if len(strange) == 0 {
		return ""
	}
	if m.h.rand.IntN(2) == 0 {
		m.pin.Refused = append(slices.Clone(m.pin.Refused), strange[m.h.rand.IntN(len(strange))])
		return "refuse"
	}
	m.pin.Refused = append(slices.Clone(m.pin.Refused), strange...)
	v, err := Open(m.fsys, &m.pin)
	m.h.must(err)
	if err := mayWrite(v.view); err != nil {
		m.h.fail("all is refused, and %v", err)
	}
	return "refuse all"
}

// drill proves the paper key, if all that is accepted opens.
func (m *machine) drill(o *Opened) (string, map[[32]byte]bool, error) {
	m.h.hours++
	at := testTime.Add(time.Duration(m.h.hours) * time.Hour)
	d, err := o.Drill(context.Background(), at)
	m.h.must(err)
	holders, _ := o.Roster().Holders()
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.Name == d.Holder })
	if len(d.Failed) > 0 || i < 0 {
		return "", nil, nil
	}
	if err = o.Roster().Prove(holders[i].ID, d.Proof); err == nil {
		_, err = o.Seal(at)
	}
	if err == nil {
		m.h.proven[m.pin.Fingerprint] = at
	}
	return "drill", nil, err
}

// drillAtOnce lets all machines drill before any has the others' files. Those that
// write to one epoch agree afterwards.
func (h *history) drillAtOnce() {
	for _, m := range h.machines {
		m.step("drill")
	}
	for range 2 {
		for _, a := range h.machines {
			for _, b := range h.machines {
				h.copyInto(a.fsys, b.fsys.Files())
				a.opened = nil
			}
		}
	}
	h.log = append(h.log, "all get all files")
	for _, a := range h.machines {
		for _, b := range h.machines {
			if a.pin.Fingerprint == b.pin.Fingerprint && !a.see().proven.Equal(b.see().proven) {
				h.fail("%s and %s disagree on the last drill", a.name, b.name)
			}
		}
	}
}
