package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/exchange"
)

// TestFitNamesWhatItDrops: of what is too much for a seed the longest goes first, and
// nothing goes without being named.
func TestFitNamesWhatItDrops(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 60<<10)
	for what, c := range map[string]struct {
		details exchange.Details
		dropped []string
	}{
		"another field": {exchange.Details{Notes: []string{"a"}, Other: []exchange.Field{{Name: "log", Value: long}, {Name: "pin", Value: "1"}}}, []string{"log"}},
		"a note":        {exchange.Details{Notes: []string{"a", long, "b"}, Tags: []string{"c"}}, []string{"note"}},
		"a tag":         {exchange.Details{Tags: []string{long, "a"}, Recovery: []string{"b"}}, []string{"tag"}},
		"a code":        {exchange.Details{Recovery: []string{long, "b"}}, []string{"recovery"}},
		"the name":      {exchange.Details{Name: long}, []string{"name"}},
		"nothing":       {exchange.Details{Name: "a", Notes: []string{"b"}}, nil},
	} {
		got, notices := c.details.Fit()
		var dropped []string
		for _, n := range notices {
			if n.What == exchange.Dropped {
				dropped = append(dropped, n.Names...)
			}
		}
		if !slices.Equal(dropped, c.dropped) {
			t.Errorf("%s: dropped %q, want %q", what, dropped, c.dropped)
		}
		left := strings.Join(slices.Concat(got.Notes, got.Tags, got.Recovery), " ") + got.Name
		for _, f := range got.Other {
			left += f.Value
		}
		all := strings.Join(slices.Concat(c.details.Notes, c.details.Tags, c.details.Recovery), " ") + c.details.Name
		for _, f := range c.details.Other {
			all += f.Value
		}
		if short := strings.ReplaceAll(strings.ReplaceAll(all, long, ""), "  ", " "); strings.TrimSpace(left) != strings.TrimSpace(short) {
			t.Errorf("%s: %q is left, want %q", what, left, short)
		}
	}
}
