package copies

import (
	"bytes"
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
)

// damages are ways in which files are damaged: each changes the one that holds
// the text in its path.
var damages = []struct {
	name, part string
	change     func(data string) string
}{
	{"a seed lost its tail", "/seeds/", func(d string) string { return d[:len(d)-100] }},
	{"a seed is empty", "/seeds/", func(string) string { return "" }},
	{"a bit of a seed is flipped", "/seeds/", flip},
	{"zeros in a slot", "/slot-", func(d string) string { return d[:60] + strings.Repeat("\x00", len(d)-60) }},
	{"another's slot", "/slot-", func(string) string { return "age-encryption.org/v1\n" }},
	{"a record is longer", "/roster/", func(d string) string { return d + "more" }},
	{"a line is gone from vault.txt", "/vault.txt", func(d string) string { return d[:strings.LastIndex(d, "previous")] }},
	{"another number in vault.txt", "/vault.txt", func(d string) string { return strings.Replace(d, "epoch 1", "epoch 9", 1) }},
	{"a seal's text was edited", ".txt", func(d string) string { return strings.Replace(d, " by ", " by x", 1) }},
	{"a seal's signature is cut", ".txt.sig", func(d string) string { return d[:len(d)/2] }},
	{"a seal's signature is another's", ".txt.sig", func(d string) string { return strings.Replace(d, "-----BEGIN", "-----begin", 1) }},
	{"README.txt was edited", "README.txt", func(d string) string { return "send me your keys\n" + d }},
	{"README.txt lost its tail", "README.txt", func(d string) string { return d[:10] }},
}

func flip(d string) string {
	b := bytes.Clone([]byte(d))
	b[len(b)/2] ^= 4
	return string(b)
}

// damaged finds the file that a kind of damage is about.
func damaged(t *testing.T, f *durabletest.FS, part string) string {
	t.Helper()
	if strings.HasPrefix(part, ".txt") {
		for _, name := range slices.Sorted(maps.Keys(f.Files())) {
			if strings.Contains(name, "/seals/") && strings.HasSuffix(name, part) {
				return name
			}
		}
	}
	return find(t, f, part)
}

// TestDamageIsHealed damages the copy and heals it from the vault, and the other
// way round.
func TestDamageIsHealed(t *testing.T) {
	base := newMachine(t, 3)
	first := durabletest.New()
	seen := base.sync(first, Options{}, New).Seen
	good := base.fsys.Files()
	for _, d := range damages {
		for _, here := range []bool{false, true} {
			m, stick := base.twin(), first.Clone()
			bad := stick
			if here {
				bad = m.fsys
			}
			name := damaged(t, bad, d.part)
			if d.change(good[name]) == good[name] {
				t.Fatalf("%s: nothing is damaged", d.name)
			}
			plant(t, bad, name, d.change(good[name]))
			r := m.sync(stick, Options{Seen: seen, Thorough: true}, Healed)
			healed := r.Healed
			if here {
				healed = r.HealedHere
			}
			if !slices.Equal(healed, []string{name}) || len(r.Healed)+len(r.HealedHere) != 1 {
				t.Errorf("%s, in the vault %t: healed %v and %v", d.name, here, r.Healed, r.HealedHere)
			}
			if !maps.Equal(m.fsys.Files(), good) || !maps.Equal(stick.Files(), good) {
				t.Errorf("%s, in the vault %t: not as it was", d.name, here)
			}
			m.sync(stick, Options{Seen: r.Seen, Thorough: true}, Equal)
		}
	}
}

// TestQuickSyncHeals heals without being asked what a stick that was pulled out
// leaves, and what opens the vault, whatever became of it.
func TestQuickSyncHeals(t *testing.T) {
	for _, d := range damages {
		m, stick := newMachine(t, 2), durabletest.New()
		seen := m.sync(stick, Options{}, New).Seen
		name := damaged(t, stick, d.part)
		data := stick.Files()[name]
		plant(t, stick, name, d.change(data))
		m.sync(stick, Options{Seen: seen}, Healed)
		if stick.Files()[name] != data {
			t.Errorf("%s stays damaged", name)
		}
	}
}

// TestSampleReads has a quick sync of a large vault read the sample and no more, the
// newest files among it, and a thorough one everything.
func TestSampleReads(t *testing.T) {
	m, stick := newMachine(t, 200), durabletest.New()
	seen := m.sync(stick, Options{}, New).Seen
	for name, data := range stick.Files() {
		if escrow.PartOf(name) == escrow.PartSeed {
			plant(t, stick, name, flip(data))
		}
	}
	look, err := Look(context.Background(), m.fsys, stick, Options{Pin: &m.pin, Seen: seen})
	if err != nil || look.State != Healed || len(look.Healed) < sampleFiles-8 || len(look.Healed) > sampleFiles {
		t.Errorf("%v: %s, %d files were read", err, look.State, len(look.Healed))
	}
	look, err = Look(context.Background(), m.fsys, stick, Options{Pin: &m.pin, Seen: seen, Thorough: true})
	if err != nil || len(look.Healed) != 200 {
		t.Errorf("%v: %d of 200 found", err, len(look.Healed))
	}
}

// TestDamageOnBothSides: one good side for each file is enough; a file that is
// damaged on both is named and stays, and nothing bad travels.
func TestDamageOnBothSides(t *testing.T) {
	m, stick := newMachine(t, 3), durabletest.New()
	seen := m.sync(stick, Options{}, New).Seen
	good := m.fsys.Files()
	seed, slot, text := find(t, m.fsys, "/seeds/"), find(t, m.fsys, "/slot-"), find(t, m.fsys, "/vault.txt")
	plant(t, m.fsys, text, "lost")
	plant(t, m.fsys, seed, "half here")
	plant(t, stick, seed, "half there")
	plant(t, stick, slot, flip(good[slot]))
	r := m.sync(stick, Options{Seen: seen, Thorough: true}, Damaged)
	if !slices.Equal(r.Damaged, []string{seed}) || !slices.Equal(r.DamagedHere, []string{seed}) || !slices.Equal(r.Healed, []string{slot}) || !slices.Equal(r.HealedHere, []string{text}) {
		t.Errorf("%+v", r)
	}
	if m.fsys.Files()[seed] != "half here" || stick.Files()[seed] != "half there" {
		t.Error("damage was changed")
	}
}

// TestTooLargeIsDamage: in the place of a seed that is damaged here lies something there
// that is larger than any seed. Nothing heals either, and the copy is damaged, too.
func TestTooLargeIsDamage(t *testing.T) {
	m, stick := newMachine(t, 3), durabletest.New()
	seen := m.sync(stick, Options{}, New).Seen
	good := m.fsys.Files()
	seed := find(t, m.fsys, "/seeds/")
	plant(t, m.fsys, seed, strings.Repeat("\x00", len(good[seed])))
	plant(t, stick, seed, strings.Repeat("page", 1<<20))
	for _, thorough := range []bool{false, true} {
		r := m.sync(stick, Options{Seen: seen, Thorough: thorough}, Damaged)
		if !slices.Equal(r.Damaged, []string{seed}) || !slices.Equal(r.DamagedHere, []string{seed}) {
			t.Errorf("thorough %t: %+v", thorough, r)
		}
	}
	plant(t, m.fsys, seed, good[seed])
	if r := m.sync(stick, Options{Seen: seen}, Healed); !slices.Equal(r.Healed, []string{seed}) || stick.Files()[seed] != good[seed] {
		t.Errorf("%+v", r)
	}
}

// TestDamageIsNotSpread: a half-written deposit of another machine stays where it
// is until the whole one comes.
func TestDamageIsNotSpread(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	seen := m.sync(stick, Options{}, New).Seen
	other := m.twin()
	other.add(2)
	var fresh []string
	for name := range other.fsys.Files() {
		if m.fsys.Files()[name] == "" {
			fresh = append(fresh, name)
		}
	}
	slices.Sort(fresh)
	plant(t, stick, fresh[0], "")
	plant(t, stick, fresh[1], other.fsys.Files()[fresh[1]][:50])
	r := m.sync(stick, Options{Seen: seen}, Equal)
	if !slices.Equal(r.DamagedOnly, fresh) || len(r.Damaged) > 0 || r.Taken.Files != 0 || m.seeds() != 1 {
		t.Errorf("%+v", r)
	}
	if r := other.sync(stick, Options{}, Healed); !slices.Equal(r.Healed, fresh) {
		t.Errorf("%+v", r)
	}
	m.sync(stick, Options{Seen: r.Seen}, Ahead)
	if m.seeds() != 3 {
		t.Errorf("%d seeds", m.seeds())
	}
}

// TestStraysRescue takes what only lies under a tool's name.
func TestStraysRescue(t *testing.T) {
	vault := newMachine(t, 2)
	first := durabletest.New()
	seen := vault.sync(first, Options{}, New).Seen
	seed, slot := find(t, vault.fsys, "/seeds/"), find(t, vault.fsys, "/slot-")
	for _, name := range []string{seed, slot} {
		dir, base := path.Split(name)
		stem := strings.TrimSuffix(base, ".age")
		for _, stray := range []string{stem + " (alice's conflicted copy 2026-11-22).age", stem + ".sync-conflict-20261122-101112-ABCDEFG.age", "Copy of " + stem + ".age", stem + "-PC.age", strings.ToUpper(stem) + ".AGE"} {
			m, stick := vault.twin(), first.Clone()
			data := stick.Files()[name]
			must(t, m.fsys.Remove(name))
			must(t, stick.Rename(name, dir+stray))
			r := m.sync(stick, Options{Seen: seen}, LostFiles)
			if m.fsys.Files()[name] != data || stick.Files()[name] != data || stick.Files()[dir+stray] != data {
				t.Errorf("%s: %+v", stray, r)
			}
			if _, spread := m.fsys.Files()[dir+stray]; spread {
				t.Errorf("%s travels", stray)
			}
		}
	}
}
