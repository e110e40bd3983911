package scan

import (
	"cmp"
	"fmt"
	"slices"
)

// PartsError means that a text is split over several codes (structured append, ISO/IEC 18004,
// clause 8) of which not all are here. Such parts are not given out: taken for the whole, a part
// of a secret would be a wrong secret. [JoinParts] puts those of several pictures together.
type PartsError struct {
	Of      int   // how many parts the text has
	Here    []int // the numbers of those that were read, from 1
	Missing []int // and of those that were not

	// parts are behind a function, which fmt cannot look into.
	parts func() []part
}

// Error says what is wrong, and nothing secret.
func (e *PartsError) Error() string {
	return fmt.Sprintf("qr codes hold parts %v of a text of %d", e.Here, e.Of)
}

// Is reports that the error is an [ErrPart].
func (e *PartsError) Is(target error) bool { return target == ErrPart }

// part is one code of a text that is split.
type part struct {
	content content
	sighting
}

// JoinParts combines the parts carried by several errors, of one picture or of several. It
// returns the complete texts, and what is still missing of the others.
func JoinParts(errs ...*PartsError) (whole []Result, missing []*PartsError) {
	var parts []part
	for _, e := range errs {
		parts = append(parts, e.parts()...)
	}
	return join(parts)
}

func join(parts []part) (whole []Result, missing []*PartsError) {
	byText := map[[2]int][]part{} // parts of one text have its number of parts and its parity
	var order [][2]int
	for _, p := range parts {
		key := [2]int{p.content.place.of, p.content.place.parity}
		if byText[key] == nil {
			order = append(order, key)
		}
		known := func(q part) bool { return q.content.place == p.content.place }
		if !slices.ContainsFunc(byText[key], known) {
			byText[key] = append(byText[key], p)
		}
	}
	for _, key := range order {
		list := byText[key]
		slices.SortFunc(list, func(a, b part) int { return cmp.Compare(a.content.place.number, b.content.place.number) })
		if len(list) < key[0] {
			missing = append(missing, missingOf(list, key[0]))
			continue
		}
		var segments []segment
		bounds := list[0].bounds()
		for _, p := range list {
			segments = append(segments, p.content.segments...)
			bounds = bounds.Union(p.bounds())
		}
		whole = append(whole, newResult(bounds, textOf(segments)))
	}
	return whole, missing
}

func missingOf(list []part, of int) *PartsError {
	e := &PartsError{Of: of, parts: func() []part { return list }}
	for n := range of {
		here := func(p part) bool { return p.content.place.number == n }
		if slices.ContainsFunc(list, here) {
			e.Here = append(e.Here, n+1)
		} else {
			e.Missing = append(e.Missing, n+1)
		}
	}
	return e
}
