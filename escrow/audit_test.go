package escrow

import (
	"slices"
	"testing"
	"time"
)

// TestTenures: a holder from the start, one who was added, and one whom a rotation
// left out, at the times that the seals claim.
func TestTenures(t *testing.T) {
	f := newFixture(t) // words, paper and anna, at testTime
	at := func(months int) time.Time { return testTime.AddDate(0, months, 0) }
	o := f.unlock()
	late, _, err := DeviceHolder("late", false)
	must(t, err)
	must(t, o.Roster().AddHolder(late))
	_, err = o.Seal(at(2))
	must(t, err)
	f.drill(at(3)) // a record that replaces another does not move the beginning
	o, p := f.plan(RotateOptions{Remove: []string{"anna"}})
	r, err := o.Rotate(t.Context(), p, at(6))
	must(t, err)
	f.pin = r.Pin

	tenures := f.unlock().Roster().Tenures()
	could := func(when time.Time) (names []string) {
		for _, te := range tenures {
			if te.At(when) {
				names = append(names, te.Name)
			}
		}
		return names
	}
	for _, c := range []struct {
		when time.Time
		want []string
	}{
		{testTime.Add(-time.Second), nil},
		{testTime, []string{"anna", "paper", "words"}},
		{at(1), []string{"anna", "paper", "words"}},
		{at(4), []string{"anna", "late", "paper", "words"}},
		{at(6), []string{"late", "paper", "words"}},
		{at(99), []string{"late", "paper", "words"}},
	} {
		if got := could(c.when); !slices.Equal(got, c.want) {
			t.Errorf("at %s: %v, want %v", c.when.Format(time.DateOnly), got, c.want)
		}
	}
}
