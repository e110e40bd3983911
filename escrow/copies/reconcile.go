package copies

import (
	"bytes"
	"strings"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/format"
)

// found is what lies at one path on one side.
type found struct {
	is    presence
	data  []byte // as it is to be handed on
	whole escrow.Integrity
	lies  []byte // as it lies there
}

// reconcile makes one path the same on both sides, as far as it is known what should
// lie there.
func (s *syncing) reconcile(name string) {
	if _, lies := s.there.files[name]; s.there.waiting[name] && !(lies && s.o.Thorough) {
		return // reading it may wait for the network, and writing would be in the tool's way
	}
	x := s.reconciler()
	here := x.find(s.home, name, found{})
	there := here
	if here.is != present || here.whole != escrow.Whole || !s.vouched(name, here.data) {
		there = x.find(s.there, name, here)
	}
	good := x.choose(name, here, there)
	if escrow.PartOf(name) == escrow.PartPage {
		good = s.pageFor(name, &here, &there, good)
	}
	s.mend(s.home, name, here, good)
	s.mend(s.there, name, there, good)
	if here.is == present && there.is == present && here.whole == there.whole && here.whole != escrow.Damaged && !bytes.Equal(here.data, there.data) {
		s.note(&s.r.Differs, name)
	}
	switch {
	case there.is == special:
		s.inTheWay(name, here)
	case here.is == present && there.is == absent && good.is != present && here.whole == escrow.Unjudged:
		s.note(&s.home.others, name)
	case there.is == tooLarge && here.is != absent && good.is != present:
		s.note(&s.there.broken, name)
	case there.is == tooLarge && here.is == absent, there.is == present && s.stays(name, here, there):
		s.note(&s.there.others, name)
	}
}

// stays reports whether a file of the copy is one that the vault has not and that nothing
// vouches for.
func (s *syncing) stays(name string, here, there found) bool {
	return there.whole == escrow.Unjudged && here.is == absent && len(there.data) > 0 && !isOtherSig(name) && !s.o.isReleased(name, there.data)
}

// inTheWay names a link, a folder or a device. In the place of a vault's own file
// it is damage that only a person can mend.
func (s *syncing) inTheWay(name string, here found) {
	if part := escrow.PartOf(name); part == escrow.PartNone || part.AtRoot() || here.whole == escrow.Whole {
		s.note(&s.r.Skipped, name)
	} else {
		s.note(&s.there.broken, name)
	}
}

// trusted reports whether a file that lies on both sides need not be read. What lies
// beside the epochs' folders is always read: it may be a person's.
func (s *syncing) trusted(name string) bool {
	a, listedA := s.home.files[name]
	b, listedB := s.there.files[name]
	if s.o.Thorough || s.toRead[name] || !listedA || !listedB {
		return false
	}
	return a.size == b.size && a.size > 0 && strings.Contains(name, "/")
}

// reconciler judges what lies at a path in two places by what the vault says that both hold
// together.
type reconciler struct {
	v           *escrow.Vault
	home, there *side
}

func (s *syncing) reconciler() reconciler { return reconciler{s.v, s.home, s.there} }

// find reads and judges what lies on a side. The judgement asks both places, so that of
// the same bytes as on the other side it is the same.
func (x reconciler) find(side *side, name string, other found) found {
	data, is := side.read(name)
	f := found{is: is, lies: data}
	switch {
	case is == present && other.is == present && bytes.Equal(data, other.lies):
		return other
	case is == present:
		f.data, f.whole = x.examine(name, data)
	case is == unreadable || is == tooLarge:
		f.whole = escrow.Damaged
	}
	return f
}

// examine asks the vault what it knows of bytes. The text that a signature is
// about may lie whole on either side.
func (x reconciler) examine(name string, data []byte) ([]byte, escrow.Integrity) {
	if hash := reservedHash(name); hash != "" {
		return data, fitsReserved(hash, data)
	}
	out, w := x.v.Examine(x.home.fsys, name, data)
	part := escrow.PartOf(name)
	if w == escrow.Unjudged && (part == escrow.PartSeal || part == escrow.PartEpoch) {
		out, w = x.v.Examine(x.there.fsys, name, data)
	}
	isText := part == escrow.PartSeal && strings.HasSuffix(name, ".txt")
	if w == escrow.Whole && (!hasForm(name, out) || isText && !x.signed(name, out)) {
		w = escrow.Unjudged
	}
	return out, w
}

// signed reports whether a signature in either place makes a text a seal.
func (x reconciler) signed(name string, text []byte) bool {
	for _, side := range []*side{x.home, x.there} {
		sig, err := durable.ReadFile(side.fsys, name+".sig", limitOf(name+".sig"))
		if err == nil && x.v.SealVerifies(name, text, sig) {
			return true
		}
	}
	return false
}

func fitsReserved(hash string, data []byte) escrow.Integrity {
	switch {
	case format.Hash(format.Sum(data)) != hash:
		return escrow.Damaged
	case !hasForm(".age", data):
		return escrow.Unjudged
	}
	return escrow.Whole
}

// choose returns the bytes that should lie at a path: whole ones, under a stray
// name too; found{} where there are none. Only of signatures that the format keeps for
// later nothing can be said: these are carried as they are to where there is none.
func (x reconciler) choose(name string, here, there found) found {
	for _, f := range []found{here, there} {
		if f.is == present && f.whole == escrow.Whole {
			return f
		}
	}
	for _, side := range []*side{x.home, x.there} {
		for _, stray := range side.strays[name] {
			if data, err := durable.ReadFile(side.fsys, stray, limitOf(name)); err == nil {
				if data, w := x.examine(name, data); w == escrow.Whole {
					return found{is: present, data: data, whole: w}
				}
			}
		}
	}
	for _, pair := range [][2]found{{here, there}, {there, here}} {
		if f := pair[1]; pair[0].is == absent && f.is == present && f.whole == escrow.Unjudged && len(f.data) > 0 && isOtherSig(name) {
			return f
		}
	}
	return found{}
}

// mend gives one side what it lacks, or replaces what is damaged.
func (s *syncing) mend(side *side, name string, have, good found) {
	switch {
	case have.is == unknown:
		s.fail(side, errGone)
	case have.is == absent && good.is == present:
		s.put(side, name, good.data, false)
	case have.whole != escrow.Damaged, side == s.there && have.is == tooLarge && good.is != present:
	case side == s.there && escrow.PartOf(name) == escrow.PartRoot && !s.o.Seen.has(name):
		s.note(&s.r.Differs, name) // a README of somebody's own
	case good.whole == escrow.Whole:
		s.put(side, name, good.data, true)
	default:
		s.note(&side.broken, name)
	}
}

// put writes a file, or only notes it where nothing is to be written. After a failure on a
// side nothing more is written there.
func (s *syncing) put(side *side, name string, data []byte, heals bool) {
	s.mu.Lock()
	failed := side.err != nil
	switch {
	case !side.write && heals:
		side.healed = append(side.healed, name)
	case !side.write:
		side.added = append(side.added, name)
	case heals:
		side.heals[name] = true
	}
	s.mu.Unlock()
	if !side.write || failed {
		return
	}
	if err := side.batch.Write(name, data); err != nil {
		s.fail(side, err)
	}
}

func (s *syncing) fail(side *side, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if side.err == nil {
		side.err = err
	}
}

func (s *syncing) note(list *[]string, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*list = append(*list, name)
}
