package guide

import "slices"

// Walk is where somebody is in a page. It holds ids only, nothing of an account,
// and its zero value is nowhere; as JSON it can be kept until the next day. Its
// methods return what follows and change nothing.
type Walk struct {
	Page    string   `json:"page"`
	Service string   `json:"service,omitempty"` // the domain, on the generic page
	Replies Replies  `json:"replies,omitempty"`
	Path    string   `json:"path"`
	Done    []string `json:"done,omitempty"`   // steps
	Failed  []string `json:"failed,omitempty"` // paths
}

// Place is what a Walk points at. Step is nil where every step of the path is
// done; Path is nil where no path is left.
type Place struct {
	Page    *Page
	Service *Service
	Path    *Path
	Step    *Step
	Number  int // of the step, from 1
}

// StartWalk begins a page at the first path that the replies leave.
func (g *Guide) StartWalk(f Found, replies Replies) Walk {
	w := Walk{Page: f.Page.ID, Replies: replies}
	if f.Service != nil {
		w.Service = f.Service.Domain
	}
	return w.to(firstOf(order(f.Page, replies)))
}

// Place returns where a walk is; false if the page or path is no longer in the
// guide, which a newer program may have cut otherwise. A step is open that is not
// done.
func (g *Guide) Place(w Walk) (Place, bool) {
	p, ok := g.pages[w.Page]
	if !ok {
		return Place{}, false
	}
	at := Place{Page: p}
	if w.Service != "" {
		at.Service, _ = g.Service(w.Service)
	}
	if w.Path == "" {
		return at, true
	}
	if at.Path, ok = p.Path(w.Path); !ok {
		return Place{}, false
	}
	for i := range at.Path.Steps {
		if s := &at.Path.Steps[i]; !slices.Contains(w.Done, s.ID) {
			at.Step, at.Number = s, i+1
			break
		}
	}
	return at, true
}

// Tick marks a step as done.
func (w Walk) Tick(step string) Walk {
	if !slices.Contains(w.Done, step) {
		w.Done = append(slices.Clone(w.Done), step)
	}
	return w
}

// Untick takes a step back, for whoever ticked it too early.
func (w Walk) Untick(step string) Walk {
	w.Done = slices.DeleteFunc(slices.Clone(w.Done), func(id string) bool { return id == step })
	return w
}

// Fail leaves a path that did not work and leads to the best one that was not
// tried. Where none is left the walk has no path.
func (g *Guide) Fail(w Walk) Walk {
	if w.Path != "" && !slices.Contains(w.Failed, w.Path) {
		w.Failed = append(slices.Clone(w.Failed), w.Path)
	}
	return w.to(firstOf(g.Left(w)))
}

// Left are the paths that a walk has not tried, the best first, its present one
// among them.
func (g *Guide) Left(w Walk) []*Path {
	p, ok := g.pages[w.Page]
	if !ok {
		return nil
	}
	return slices.DeleteFunc(order(p, w.Replies), func(path *Path) bool { return slices.Contains(w.Failed, path.ID) })
}

// On changes to a path of the person's own choice.
func (w Walk) On(path string) Walk {
	w.Failed = slices.DeleteFunc(slices.Clone(w.Failed), func(id string) bool { return id == path })
	w.Path = path
	return w
}

// to changes to a path, or to none.
func (w Walk) to(path *Path) Walk {
	w.Path = ""
	if path != nil {
		w.Path = path.ID
	}
	return w
}

func firstOf(list []*Path) *Path {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}
