package scan

import (
	"cmp"
	"context"
	"image"
	"iter"
	"slices"
)

// The page is looked at as it is and at half the size, a large one at each half down to a handy one;
// most pictures are done with then, and where two scales show nothing like a finder pattern there mostly
// is none. What is read beside that costs more, and is for pictures in which something was seen.

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

// look searches a picture and returns what it has found.
func (sc Scanner) look(ctx context.Context, pic picture) ([]Result, error) {
	s := search{ctx: ctx, thorough: sc.Thorough, record: sc.Explain != nil, onLook: sc.onLook}
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
			s.named("frame", view{page, 1, usual})
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
	sizes = append(sizes, sizes[first].half())
	for _, v := range sizes[first:] {
		s.named("first", v)
	}
	for i := first - 1; i >= 0; i-- { // a smaller code may be beside a large one
		s.named("larger", sizes[i])
	}
	for _, l := range looks {
		if s.over() {
			return
		}
		if !l.wants(s, pic) {
			continue
		}
		for v := range l.views(s.ctx, pic, sizes[first]) {
			s.named(l.name, v)
		}
	}
}

// named takes one look, unless the context has ended.
func (s *search) named(name string, v view) {
	if s.ctx.Err() != nil {
		return
	}
	if s.onLook != nil {
		s.onLook(name)
	}
	s.at(v)
}

// half returns the view at half its size.
func (v view) half() view { return view{v.plane.halved(), v.scale / 2, v.around} }

// over reports whether the search is: the context has ended, or something was read and nothing is left
// that looks like a code.
func (s *search) over() bool {
	return s.ctx.Err() != nil || len(s.read) > 0 && !s.promising() && !s.thorough
}

// promising reports whether a code is there beside those that were read: it was seen, or two finders of
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

// isRead reports whether what was seen and not read in one view was read in another.
func (s *search) isRead(u sighting) bool {
	return slices.ContainsFunc(s.read, func(r sighting) bool { return r.isAt(&u) })
}

// further is a look beyond the first, at one view or several.
type further struct {
	name  string
	wants func(s *search, pic picture) bool
	views func(ctx context.Context, pic picture, v view) iter.Seq[view]
}

// looks are taken in this order: what reads most for its time comes first. Each reads codes that
// none before it does, as TestEveryLookCounts has it.
var looks = []further{
	// White codes on a transparent ground are nothing on white.
	{"on black", func(_ *search, pic picture) bool { return pic.transparent }, mixes(onBlack)},
	// A shadow's edge is between fewer modules.
	{"near", orTiny, only(func(v view) view { return view{v.plane, v.scale, near} })},
	// Paper in a shadow is lighter than ink in the light.
	{"shadows", orTiny, only(func(v view) view { return view{v.lifted(), v.scale, usual} })},
	// Speckles go, and modules are larger than they.
	{"smoothed", orTiny, only(func(v view) view { return view{v.smoothed(), v.scale, usual} })},
	{"doubled", andSmall(orTiny), only(func(v view) view { return view{v.doubled(), 2 * v.scale, wide} })},
	{"smoothed twice", whereSeen, only(func(v view) view { return view{v.smoothed().smoothed(), v.scale, wide} })},
	{"doubled and smoothed", andSmall(whereSeen), only(func(v view) view { return view{v.doubled().smoothed(), 2 * v.scale, usual} })},
	// Two colours may be of one brightness. A large photograph is no drawing.
	{"colours", andHandy(orTiny), mixes(mix{65536, 0, 0, 255}, mix{0, 65536, 0, 255}, mix{0, 0, 65536, 255})},
}

// only makes a look at one view.
func only(of func(view) view) func(context.Context, picture, view) iter.Seq[view] {
	return func(_ context.Context, _ picture, v view) iter.Seq[view] {
		return func(yield func(view) bool) { yield(of(v)) }
	}
}

// mixes makes a look at other pages of the picture.
func mixes(list ...mix) func(context.Context, picture, view) iter.Seq[view] {
	return func(ctx context.Context, pic picture, _ view) iter.Seq[view] {
		return func(yield func(view) bool) {
			for _, m := range list {
				page, err := pic.mixed(ctx, m)
				if err != nil || !yield(view{page.stretched(), 1, usual}) {
					return
				}
			}
		}
	}
}

func andSmall(wants func(*search, picture) bool) func(*search, picture) bool {
	return func(s *search, pic picture) bool { return pic.pixels() <= smallPixels && wants(s, pic) }
}

func andHandy(wants func(*search, picture) bool) func(*search, picture) bool {
	return func(s *search, pic picture) bool { return pic.pixels() <= handyPixels && wants(s, pic) }
}

func (pic *picture) pixels() int { return pic.page.width * pic.page.height }

// whereSeen has a further look taken where something like a finder was seen, or all is wanted.
func whereSeen(s *search, _ picture) bool { return s.seen || s.thorough }

// orTiny has a further look taken as whereSeen does, and where it costs next to nothing.
func orTiny(s *search, pic picture) bool {
	return whereSeen(s, pic) || pic.pixels() <= tinyPixels
}

// mixed makes another page of the picture.
func (pic *picture) mixed(ctx context.Context, m mix) (*plane, error) {
	if pic.again != nil {
		return pic.again(ctx, m)
	}
	if pic.img == nil {
		return nil, ErrFormat
	}
	return mixed(ctx, pic.img, m)
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
