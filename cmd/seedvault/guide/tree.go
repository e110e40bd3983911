package guide

import "strconv"

// numeral returns the number before a step.
func numeral(n int) string {
	const width = 3
	s := strconv.Itoa(n) + "."
	for len(s) < width+1 {
		s = " " + s
	}
	return s + " "
}

// Tree shows the questions of a page and where each leads, for whoever cannot be
// asked: on paper, or without a terminal.
func (v View) Tree(g *Guide, p *Page) string {
	s := v.sheet()
	s.heading(v.title(p, v.Language), "=")
	if p.Ask != nil {
		s.ask(p.Ask)
	}
	questions := g.Asked(p)
	if len(questions) > 0 {
		s.gap()
		s.block("", s.say(wordTree))
		s.gap()
	}
	for i, q := range questions {
		s.block(numeral(i+1), q.Ask.In(v.Language))
		s.ways(p, "     ", func(path *Path) bool { return path.If == q.ID }, wordYes)
	}
	s.ways(p, "- ", func(path *Path) bool { return path.If == IfUnknown }, wordUnknown)
	if len(questions) > 0 && len(questions) < len(p.Paths) {
		s.gap()
		s.block("", s.say(wordElse))
	}
	s.ways(p, "- ", func(path *Path) bool { _, asked := g.Question(path.If); return !asked && path.If != IfUnknown }, Text{"%s", "%s"})
	return s.String()
}

// ways names the paths of a page for which something holds.
func (s *sheet) ways(p *Page, prefix string, holds func(*Path) bool, word Text) {
	for i := range p.Paths {
		if path := &p.Paths[i]; holds(path) {
			s.block(prefix, s.say(word, s.say(wordWay, p.label(path), path.Title.In(s.language))))
		}
	}
}
