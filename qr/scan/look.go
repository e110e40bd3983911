package scan

import (
	"cmp"
	"context"
	"errors"
	"image"
	"slices"
)

// search is one reading of one picture: what was read, and what was seen and not read.
type search struct {
	found  []Result
	unread []UnreadError // in the coordinates of the page
	err    error         // the first that a stage gave
}

// testOnlyClimbed, where a test has set it, is told of each rung that is climbed.
var testOnlyClimbed func(rung string)

// look searches a picture, first as it is and then, while something is missing, rung by rung. It
// gives each text once, in reading order. Its error is the first of the stages'.
func look(ctx context.Context, img image.Image, page *image.Gray) ([]Result, error) {
	var s search
	s.at(ctx, whole(page), binarizeLocally)
	if errors.Is(s.err, ErrTooBusy) {
		return s.outcome() // every rung would be as busy
	}
	for _, r := range ladder {
		if !s.wants(r, page) {
			continue
		}
		if testOnlyClimbed != nil {
			testOnlyClimbed(r.name)
		}
		for v := range r.views(ctx, img, page) {
			if ctx.Err() != nil {
				break
			}
			for _, binarize := range r.binarizers {
				s.at(ctx, v, binarize)
			}
			if !s.wants(r, page) {
				break
			}
		}
		if ctx.Err() != nil { // it may have ended the rung
			s.err = cmp.Or(s.err, stopped(ctx))
			break
		}
	}
	return s.outcome()
}

// wants says whether another rung is worth climbing: while nothing was read, or a code was seen
// and not read, and a cheap rung may do it.
func (s *search) wants(r rung, page *image.Gray) bool {
	if r.fits != nil && !r.fits(page.Rect.Dx(), page.Rect.Dy()) {
		return false
	}
	return len(s.found) == 0 || len(s.unread) > 0 && r.cheap
}

// at searches one view of the page in both polarities, each to its end whatever the other has
// found: one screenshot may hold a code in black on white and another in white on black.
func (s *search) at(ctx context.Context, v view, binarize binarizer) {
	for _, page := range []*image.Gray{v.page, inverted(v.page)} {
		found, unread, err := read(ctx, page, binarize)
		for _, f := range found {
			f.Bounds = v.back(f.Bounds)
			s.found = append(s.found, f)
		}
		for _, u := range unread {
			u.Bounds, u.Pixels = v.back(u.Bounds), u.Pixels/v.scale
			s.unread = append(s.unread, u)
		}
		s.err = cmp.Or(s.err, err)
	}
	s.found = eachOnce(inReadingOrder(s.found))
	s.unread = slices.DeleteFunc(s.unread, func(u UnreadError) bool {
		return slices.ContainsFunc(s.found, func(f Result) bool { return f.Bounds.Overlaps(u.Bounds) })
	})
}

func (s *search) outcome() ([]Result, error) {
	switch {
	case s.err != nil:
		return s.found, s.err
	case len(s.unread) > 0:
		return s.found, &s.unread[0]
	case len(s.found) == 0:
		return nil, ErrNoCode
	}
	return s.found, nil
}

func eachOnce(found []Result) []Result {
	var once []Result
	for _, r := range found {
		known := slices.ContainsFunc(once, func(o Result) bool { return o.Text() == r.Text() })
		if !known {
			once = append(once, r)
		}
	}
	return once
}

// inReadingOrder sorts by rows, and within a row from left to right. A code belongs to a row if
// its middle lies within the height of the row's topmost code.
func inReadingOrder(found []Result) []Result {
	slices.SortStableFunc(found, func(a, b Result) int { return cmp.Compare(a.Bounds.Min.Y, b.Bounds.Min.Y) })
	for rest := found; len(rest) > 0; {
		row := 1
		for row < len(rest) && middle(rest[row]) < rest[0].Bounds.Max.Y {
			row++
		}
		slices.SortStableFunc(rest[:row], func(a, b Result) int { return cmp.Compare(a.Bounds.Min.X, b.Bounds.Min.X) })
		rest = rest[row:]
	}
	return found
}

func middle(r Result) int { return (r.Bounds.Min.Y + r.Bounds.Max.Y) / 2 }
