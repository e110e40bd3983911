package copies

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"syscall"

	"seedvault/escrow"
)

// errGone means that a copy was there and is not any more.
var errGone = errors.New("the place is gone")

// sum makes the result of what was found and done. finished is false where the end of the
// context, or a failure in the vault, ended the work.
func (s *syncing) sum(finished bool) {
	r := &s.r
	r.Given, r.Taken = count(s.there.added), count(s.home.added)
	r.Healed, r.HealedHere = s.there.healed, s.home.healed
	r.DamagedHere = s.home.broken
	for _, name := range s.there.broken {
		if s.onlyThere(name) {
			r.DamagedOnly = append(r.DamagedOnly, name)
		} else {
			r.Damaged = append(r.Damaged, name)
		}
	}
	r.Others, r.OtherEpochs = append(r.Others, s.there.others...), s.there.foreign
	for name := range s.there.waiting {
		if _, lies := s.there.files[name]; s.there.waiting[name] && !(lies && s.o.Thorough) {
			r.NotFetched = append(r.NotFetched, name)
		}
	}
	if name := s.unvouched(); name != "" {
		r.DamagedHere = append(r.DamagedHere, name)
	}
	r.Err = s.there.err
	r.Lost = s.lost()
	r.Left = s.lacking(s.there.write)
	for _, list := range []*[]string{&r.Healed, &r.HealedHere, &r.Damaged, &r.DamagedOnly, &r.DamagedHere, &r.Differs, &r.Skipped, &r.NotFetched, &r.Others, &r.Swapped, &r.SwappedHere} {
		slices.Sort(*list)
	}
	if s.there.write {
		r.Seen = s.seen(finished && r.Err == nil)
	}
	r.State = s.state()
}

// onlyThere reports whether the vault neither has something under a name nor a seal that lists
// it: then the copy lacks nothing by what is damaged there. Anybody who can write to it may have
// planted it.
func (s *syncing) onlyThere(name string) bool {
	_, here := s.home.files[name]
	return !here && !s.home.blocked[name] && !s.home.waiting[name] && !s.v.IsListed(name)
}

func count(names []string) Count {
	t := Count{Files: len(names)}
	holders := map[string]bool{}
	for _, name := range names {
		switch escrow.PartOf(name) {
		case escrow.PartSeed:
			t.Seeds++
		case escrow.PartSeal:
			if !strings.HasSuffix(name, ".sig") {
				t.Seals++
			}
		case escrow.PartHolder:
			holders[path.Base(path.Dir(name))] = true
		}
	}
	t.Holders = len(holders)
	return t
}

// lost counts what is remembered and was not listed; of what kind, only the vault's own
// files tell, and what these do not have is counted as Gone. It keeps the marks of what was
// listed for [syncing.seen].
func (s *syncing) lost() Count {
	was := maps.Clone(s.o.Seen.marks)
	s.marks = make(map[uint32]bool, len(s.there.files))
	for name := range s.there.files {
		m := mark(name)
		s.marks[m] = true
		delete(was, m)
	}
	for name := range s.there.waiting {
		delete(was, mark(name))
	}
	for _, name := range s.home.others {
		delete(was, mark(name))
	}
	var named []string
	if len(was) > 0 {
		for name := range s.home.files {
			if was[mark(name)] {
				named = append(named, name)
			}
		}
	}
	t := count(named)
	t.Files, s.r.Gone = len(was), len(was)-len(named)
	return t
}

// lacking counts the files of the vault that the copy lacks: after it was given what it is
// to get, where given says so, and else before.
func (s *syncing) lacking(given bool) int {
	have := map[string]bool{}
	for _, name := range s.there.added {
		have[name] = given
	}
	n := 0
	for name := range s.home.files {
		if _, listed := s.there.files[name]; !listed && !have[name] && s.travels(name) && !s.there.waiting[name] {
			n++
		}
	}
	return n
}

// travels reports whether a file of the vault is one that a copy should have: those that
// are damaged here are not, nor those that nothing vouches for.
func (s *syncing) travels(name string) bool {
	return !slices.Contains(s.home.broken, name) && !slices.Contains(s.home.others, name)
}

// seen remembers what lies there now, and what is to be there once a tool has fetched it.
// After a call that was stopped, what was there before stays remembered too.
func (s *syncing) seen(finished bool) Seen {
	foreign := func(name string) bool { // a file at the root that is somebody's own
		return escrow.PartOf(name).AtRoot() && slices.Contains(s.r.Differs, name)
	}
	for _, name := range s.r.Differs {
		if foreign(name) {
			delete(s.marks, mark(name))
		}
	}
	for _, name := range s.r.DamagedOnly {
		delete(s.marks, mark(name))
	}
	for _, name := range slices.Concat(s.there.added, s.there.healed, s.home.others, s.r.NotFetched) {
		if !foreign(name) {
			s.marks[mark(name)] = true
		}
	}
	if !finished {
		maps.Copy(s.marks, s.o.Seen.marks)
	}
	return Seen{s.marks}
}

func (s *syncing) state() State {
	r := &s.r
	switch {
	case r.Err != nil:
		return copyWriteState(r.Err)
	case len(r.Damaged) > 0 || s.unvouched() != "" || s.lacking(true) > 0: // as where a link lies in a file's place
		return Damaged
	case len(r.NotFetched) > 0:
		return NotFetched
	case r.Lost.Seals > 0 || r.Rewound:
		return Older
	case r.Lost.Files > 0:
		return LostFiles
	case len(r.Healed)+len(r.HealedHere) > 0:
		return Healed
	case len(s.there.epochs) == 0:
		return New
	case r.Taken.Files > 0:
		return Ahead
	case r.Given.Files > 0:
		return Behind
	}
	return Equal
}

// unvouched is the vault.txt of the pinned epoch where it is whole in neither place, else
// "": then nothing tells which seals are the vault's, and they do not travel.
func (s *syncing) unvouched() string {
	if s.o.Pin == nil || s.v == nil {
		return ""
	}
	for _, e := range s.v.Epochs() {
		if e.Fingerprint == s.o.Pin.Fingerprint {
			return ""
		}
	}
	for _, e := range s.home.epochs {
		if strings.HasSuffix(e, "-"+s.o.Pin.Fingerprint.Hex()[:16]) {
			return e + "/vault.txt"
		}
	}
	return ""
}

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
