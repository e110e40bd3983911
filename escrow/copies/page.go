package copies

import (
	"crypto/sha256"

	"seedvault/escrow"
)

// A page that opens a vault asks for the passphrase: what lies under its name is to be
// the page that a seal lists or that was released, and anything else is named, and
// replaced by the page that the program carries. Where no seal lists it, it is put
// nowhere that it is not.

// isReleased reports whether bytes are the page that was released under a name.
func (o Options) isReleased(name string, data []byte) bool {
	sum, known := o.Pages[name]
	return known && sum == sha256.Sum256(data)
}

// pageFor judges what lies under a page's name on both sides, notes what is another
// page, and returns the one that should lie there: the one that was found, or the one
// that the program carries.
func (s *syncing) pageFor(name string, here, there *found, good found) found {
	s.judgePage(name, here, &s.r.SwappedHere)
	s.judgePage(name, there, &s.r.Swapped)
	p := s.o.Page
	if good.is == present || p == nil || p.Name != name {
		return good
	}
	switch data, whole := s.reconciler().examine(name, p.Text); {
	case whole == escrow.Whole:
		return found{is: present, data: data, whole: whole}
	case whole == escrow.Unjudged && s.o.isReleased(name, data):
		return found{data: data, whole: escrow.Whole} // replaces what was swapped, and is put nowhere else
	}
	return good // a seal lists another
}

// judgePage takes for damaged what is not the page that was released under its name,
// where no seal speaks of it, and notes what is another page. Of a number that is not
// known here, and that no seal lists, nothing tells what it should be: it is noted too,
// where the caller knows any pages, and left as it is.
func (s *syncing) judgePage(name string, f *found, swapped *[]string) {
	_, known := s.o.Pages[name]
	lies := f.is == present && len(f.data) > 0
	if lies && f.whole == escrow.Unjudged && known && !s.o.isReleased(name, f.data) {
		f.whole = escrow.Damaged
	}
	unknown := lies && f.whole == escrow.Unjudged && !known && s.o.Pages != nil
	if lies && f.whole == escrow.Damaged || unknown || f.is == special || f.is == tooLarge {
		s.note(swapped, name)
	}
}
