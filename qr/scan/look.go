package scan

import (
	"cmp"
	"context"
	"image"
	"slices"
)

// The page is looked at as it is and at half the size; most pictures are done with then, and where
// two scales show nothing like a finder pattern there mostly is none. What is read beside that
// costs more, and is for pictures in which something was seen.

const (
	handyPixels = 6 << 20 // more and the search begins with a smaller picture
	smallPixels = 3 << 19 // fewer and it may go on with a larger one
	tinyPixels  = 1 << 20 // so few that a further look costs nothing
)

// What a pixel is compared with: some forty pixels around it, or half as many, or twice.
var (
	usual = surroundings{3, 2}
	near  = surroundings{2, 2}
	wide  = surroundings{3, 4}
)

// look searches a picture and says what was found.
func (sc Scanner) look(ctx context.Context, pic picture) ([]Result, error) {
	s := search{ctx: ctx, thorough: sc.Thorough, record: sc.Explain != nil}
	err := s.run(pic)
	if sc.Explain != nil {
		if e := s.explain(sc.Explain, pic.page); e != nil {
			err = cmp.Or(err, e)
		}
	}
	found, e := s.outcome(pic)
	return found, cmp.Or(err, e)
}

// run takes look after look until what there is has been read. Its error is a panic's, which no
// picture is known to bring about.
func (s *search) run(pic picture) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrDamaged
		}
	}()
	if pic.page.width < 11 || pic.page.height < 11 {
		return nil // half of the smallest code
	}
	s.page(pic)
	if len(s.read) == 0 && pic.frames != nil {
		for page := range pic.frames {
			s.at(view{page, 1, usual})
			if s.over() {
				break
			}
		}
	}
	return nil
}

// page searches one page.
func (s *search) page(pic picture) {
	sizes := []view{{pic.page, 1, usual}} // each half as large as the one before
	first := 0
	for sizes[first].width*sizes[first].height > handyPixels {
		sizes = append(sizes, sizes[first].half())
		first++
	}
	s.at(sizes[first])
	sizes = append(sizes, sizes[first].half())
	s.at(sizes[first+1])
	if s.over() {
		return
	}
	for i := first - 1; i >= 0 && !s.over(); i-- {
		s.at(sizes[i])
	}
	for _, l := range looks {
		if s.over() {
			return
		}
		if l.wants(s, pic) {
			l.take(s, pic, sizes[first])
		}
	}
}

// half returns the view at half its size.
func (v view) half() view { return view{v.plane.halved(), v.scale / 2, v.around} }

// over says that the search is: the context has ended, or something was read and nothing is left
// that looks like a code.
func (s *search) over() bool {
	return s.ctx.Err() != nil || len(s.read) > 0 && !s.promising() && !s.thorough
}

// promising says that a code is there beside those that were read: it was seen, or two finders of
// one size are left over.
func (s *search) promising() bool {
	if slices.ContainsFunc(s.unread, func(u sighting) bool { return !s.isRead(u) }) {
		return true
	}
	clear := 0
	for _, f := range s.loose {
		if f.quality >= 46 {
			clear++
		}
	}
	return clear >= 2
}

// isRead says that what was seen and not read in one view was read in another.
func (s *search) isRead(u sighting) bool {
	middle := u.corners[0].between(u.corners[2], 0.5)
	for _, r := range s.read {
		if inside(r.corners, middle) || inside(u.corners, r.corners[0].between(r.corners[2], 0.5)) {
			return true
		}
	}
	return false
}

// further is a look beyond the first.
type further struct {
	name  string
	wants func(s *search, pic picture) bool
	take  func(s *search, pic picture, v view)
}

// looks are taken in this order: what reads most for its time comes first. Each reads codes that
// none before it does, as TestEveryLookCounts has it.
var looks = []further{
	{"on black", func(_ *search, pic picture) bool { return pic.transparent }, func(s *search, pic picture, _ view) {
		s.mixed(pic, onBlack) // white codes on a transparent ground are nothing on white
	}},
	{"close levels", orTiny, func(s *search, _ picture, v view) {
		s.at(view{v.plane, v.scale, near}) // a shadow's edge is between fewer modules
	}},
	{"shadows", orTiny, func(s *search, _ picture, v view) {
		s.at(view{v.lifted(), v.scale, usual}) // paper in a shadow is lighter than ink in the light
	}},
	{"smoothed", orTiny, func(s *search, _ picture, v view) {
		s.at(view{v.smoothed(), v.scale, v.around}) // speckles go, and modules are larger than they
	}},
	{"doubled", orTiny, func(s *search, _ picture, v view) {
		if v.width*v.height <= smallPixels {
			s.at(view{v.doubled(), 2 * v.scale, wide})
		}
	}},
	{"smoothed twice", whereSeen, func(s *search, _ picture, v view) {
		s.at(view{v.smoothed().smoothed(), v.scale, wide})
	}},
	{"a quarter", whereSeen, func(s *search, _ picture, v view) { s.at(v.half().half()) }},
	{"doubled and smoothed", whereSeen, func(s *search, _ picture, v view) {
		if v.width*v.height <= smallPixels {
			s.at(view{v.doubled().smoothed(), 2 * v.scale, usual})
		}
	}},
	{"colours", whereSeen, func(s *search, pic picture, _ view) {
		if pic.page.width*pic.page.height > handyPixels {
			return // a photograph of that size is no drawing
		}
		for _, m := range [3]mix{{65536, 0, 0, 255}, {0, 65536, 0, 255}, {0, 0, 65536, 255}} {
			s.mixed(pic, m) // two colours may be of one brightness
		}
	}},
}

// whereSeen has a further look taken where something like a finder was seen.
func whereSeen(s *search, _ picture) bool { return s.seen || s.thorough }

// orTiny has it taken where it costs next to nothing, too.
func orTiny(s *search, pic picture) bool {
	return whereSeen(s, pic) || pic.page.width*pic.page.height <= tinyPixels
}

// mixed searches another page of the picture.
func (s *search) mixed(pic picture, m mix) {
	var page *plane
	var err error
	switch {
	case pic.again != nil:
		page, err = pic.again(s.ctx, m)
	case pic.img != nil:
		page, err = mixed(s.ctx, pic.img, m)
	default:
		return
	}
	if err == nil {
		s.at(view{page.stretched(), 1, usual})
	}
}

// outcome says what was found: the whole texts in reading order, each once, and what there is
// beside them.
func (s *search) outcome(pic picture) (found []Result, err error) {
	size := image.Rect(0, 0, pic.page.width, pic.page.height)
	upright := func(list []sighting) {
		for i := range list {
			for j, c := range list[i].corners {
				list[i].corners[j] = pic.turn.turned(c, float64(size.Dx()), float64(size.Dy()))
			}
		}
	}
	s.unread = slices.DeleteFunc(s.unread, s.isRead)
	for i := range s.unread {
		s.unread[i].light(pic.page)
	}
	upright(s.read)
	upright(s.unread)
	if pic.turn >= 5 {
		size.Max.X, size.Max.Y = size.Max.Y, size.Max.X
	}
	var parts []part
	for _, r := range s.read {
		if r.content.place.of > 1 {
			parts = append(parts, part{r.content, r})
			continue
		}
		found = append(found, newResult(r.bounds(), textOf(r.content.segments)))
	}
	whole, missing := join(parts)
	found = append(found, whole...)
	found = slices.DeleteFunc(found, func(r Result) bool { return r.Text() == "" })
	for i := range found {
		found[i].Bounds = found[i].Bounds.Intersect(size)
	}
	found = eachOnce(inReadingOrder(found))
	switch {
	case len(missing) > 0:
		return found, missing[0]
	case s.ctx.Err() != nil:
		return found, stopped(s.ctx)
	case len(s.unread) > 0:
		u := slices.MaxFunc(s.unread, func(a, b sighting) int { return cmp.Compare(a.share, b.share) })
		return found, &UnreadError{Bounds: u.bounds().Intersect(size), Pixels: u.module, Try: u.advice()}
	case len(found) > 0:
		return found, nil
	case s.busy:
		return nil, ErrTooBusy
	}
	return nil, ErrNoCode
}
