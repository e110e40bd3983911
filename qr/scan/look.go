package scan

import (
	"cmp"
	"context"
	"image"
	"slices"
)

// A pass is one way of looking for codes in a page. It gives what it has read even where it
// also returns an error.
type pass func(ctx context.Context, page *image.Gray) ([]Result, error)

// passes are run in this order, each to its end whatever the others have found: one screenshot
// may hold a code in black on white and another in white on black.
var passes = []pass{darkOnLight, lightOnDark}

// look runs all passes over a page and gives what they have found, each text once, in reading
// order. Its error is the first of theirs.
func look(ctx context.Context, page *image.Gray) (found []Result, err error) {
	for _, run := range passes {
		if ctx.Err() != nil {
			err = cmp.Or(err, stopped(ctx))
			break
		}
		results, passErr := run(ctx, page)
		found = append(found, results...)
		err = cmp.Or(err, passErr)
	}
	found = eachOnce(inReadingOrder(found))
	if len(found) == 0 && err == nil {
		err = ErrNoCode
	}
	return found, err
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
	slices.SortFunc(found, func(a, b Result) int { return cmp.Compare(a.Bounds.Min.Y, b.Bounds.Min.Y) })
	for rest := found; len(rest) > 0; {
		row := 1
		for row < len(rest) && middle(rest[row]) < rest[0].Bounds.Max.Y {
			row++
		}
		slices.SortFunc(rest[:row], func(a, b Result) int { return cmp.Compare(a.Bounds.Min.X, b.Bounds.Min.X) })
		rest = rest[row:]
	}
	return found
}

func middle(r Result) int { return (r.Bounds.Min.Y + r.Bounds.Max.Y) / 2 }
