package google

import "slices"

// Exports gathers the parts of exports, of several at once and in any
// order, and says what is missing. The zero value is ready; it keeps no secret.
type Exports struct {
	exports []gatheredExport
}

type gatheredExport struct {
	batch int32
	of    int
	have  map[int][][32]byte // the digests of what came as one part
}

// Export is an export that is not whole.
type Export struct {
	Of      int   // how many parts it has
	Missing []int // the parts that have not come, from 1
	// Clashing are the parts that have come with two different contents. Exports
	// have numbers by which to tell them apart, so that one of the two was changed.
	Clashing []int
}

// Add notes a part and reports whether it is new: false means that the same one was
// added before, however its link was spelled, and its keys with it.
func (g *Exports) Add(p Part) bool {
	if p.content == nil {
		return false
	}
	c := p.content()
	i := slices.IndexFunc(g.exports, func(e gatheredExport) bool { return e.batch == c.batch && e.of == p.Of })
	if i < 0 {
		i = len(g.exports)
		g.exports = append(g.exports, gatheredExport{c.batch, p.Of, map[int][][32]byte{}})
	}
	have := g.exports[i].have
	if slices.Contains(have[p.Number], c.digest) {
		return false
	}
	have[p.Number] = append(have[p.Number], c.digest)
	return true
}

// Incomplete returns the exports of which parts are missing, or clash, in the
// order in which they began to come. Codes of version 2 do not say to which
// export they belong: those with an equal number of parts are one item here, and
// a part is missing where fewer of it have come than of another.
func (g *Exports) Incomplete() []Export {
	var list []Export
	for _, e := range g.exports {
		if r := e.report(); len(r.Missing)+len(r.Clashing) > 0 {
			list = append(list, r)
		}
	}
	return list
}

func (e gatheredExport) report() Export {
	r := Export{Of: e.of}
	wanted := 1
	for _, contents := range e.have {
		if e.batch == 0 {
			wanted = max(wanted, len(contents))
		}
	}
	for n := 1; n <= e.of; n++ {
		switch {
		case len(e.have[n]) < wanted:
			r.Missing = append(r.Missing, n)
		case len(e.have[n]) > wanted:
			r.Clashing = append(r.Clashing, n)
		}
	}
	return r
}
