package guide

import "slices"

// Reply is an answer to one question of the triage.
type Reply string

// The replies. No reply at all means that the question was not asked yet.
const (
	Yes     Reply = "yes"
	No      Reply = "no"
	Unknown Reply = "unknown"
)

// Replies are answers by the questions' ids.
type Replies map[string]Reply

// A path with one of these conditions is not asked about: support is there for
// everybody, what remains stands at the end, and one is for those who answered most
// questions with "don't know".
const (
	IfSupport = "support"
	IfLast    = "last"
	IfUnknown = "unknown"
)

// Triage is where the questions about a page stand: what to ask next, and the
// paths that are left, the best first.
type Triage struct {
	Next  *Question // nil when a path holds, or nothing is left to ask
	Paths []*Path
}

// Asked returns the questions of a page in the order in which they are asked:
// that of its paths.
func (g *Guide) Asked(p *Page) []Question {
	var list []Question
	for _, path := range p.Paths {
		q, asked := g.Question(path.If)
		if asked && !slices.ContainsFunc(list, func(other Question) bool { return other.ID == q.ID }) {
			list = append(list, q)
		}
	}
	return list
}

// Triage asks until the first path holds and no further. Paths of questions that
// were answered with no are left out. Whoever does not know most of the answers is
// first led to what finds them out: after that they can be asked again.
func (g *Guide) Triage(p *Page, replies Replies) Triage {
	t := Triage{Paths: order(p, replies)}
	asked, unknown := g.Asked(p), 0
	for _, q := range asked {
		switch replies[q.ID] {
		case Yes:
			return t
		case No:
		case Unknown:
			unknown++
		default:
			t.Next = &q
			return t
		}
	}
	if find := g.findOut(); find != nil && 2*unknown > len(asked) {
		t.Paths = append([]*Path{find}, t.Paths...)
	}
	return t
}

// findOut returns the path for those who do not know, nil where there is none. It is one
// for all pages, and stands on the page for any service.
func (g *Guide) findOut() *Path {
	generic, ok := g.Page(Generic)
	if !ok {
		return nil
	}
	for i := range generic.Paths {
		if generic.Paths[i].If == IfUnknown {
			return &generic.Paths[i]
		}
	}
	return nil
}

// PathOf returns the path with an id that somebody walks along on a page: its own,
// or the one for those who do not know.
func (g *Guide) PathOf(p *Page, id string) (*Path, bool) {
	if path, ok := p.Path(id); ok {
		return path, true
	}
	find := g.findOut()
	return find, find != nil && find.ID == id
}

// order puts the paths of a page in the order in which to try them: those that
// hold; those worth a try, since nobody knew; those not asked about; support; what
// remains. Within each the page's own order stands.
func order(p *Page, replies Replies) []*Path {
	var classes [5][]*Path
	for i := range p.Paths {
		path := &p.Paths[i]
		if class, left := classOf(path.If, replies); left {
			classes[class] = append(classes[class], path)
		}
	}
	return slices.Concat(classes[:]...)
}

func classOf(condition string, replies Replies) (class int, left bool) {
	switch condition {
	case "":
		return 0, true
	case IfSupport:
		return 3, true
	case IfLast:
		return 4, true
	case IfUnknown:
		return 0, false
	}
	switch replies[condition] {
	case Yes:
		return 0, true
	case No:
		return 0, false
	case Unknown:
		return 1, true
	}
	return 2, true
}
