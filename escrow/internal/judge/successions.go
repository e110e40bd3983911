package judge

import "seedvault/escrow/internal/format"

// Successions say which files of the pinned epoch continue which older ones, as its sealed
// older lists have it: one map, from HASH to HASH, which everything asks that asks where a
// file has gone.
type Successions struct {
	lines  []format.OlderLine
	next   map[string][]string   // "" for what does not live on
	here   map[string]bool       // files of the pinned epoch that are here undamaged, and accepted or opened
	gone   map[string]bool       // that it retires
	listed map[string]format.Ref // that it accepts
}

// Successions unites the lists that the pinned epoch has sealed; others say nothing, and
// neither do lines of epochs that it does not follow.
func (f Facts) Successions() Successions {
	pinned := f.pinned()
	s := Successions{nil, map[string][]string{}, map[string]bool{}, map[string]bool{}, map[string]format.Ref{}}
	line := map[string]bool{}
	for fp := range f.Line() {
		line[fp.Short()] = line[fp.Short()] || fp != f.Pin // which does not follow itself
	}
	for _, l := range f.Lists {
		if pinned.Ledger.Status(l.Ref) != Accepted {
			continue
		}
		for _, x := range l.Lines {
			if _, fp16, _ := format.ParseEpochFolder(x.Folder); line[fp16] {
				s.lines = append(s.lines, x)
				s.next[x.From] = append(s.next[x.From], x.To)
			}
		}
	}
	for _, file := range f.Files {
		read := file.Plain != [32]byte{} // what cannot be read and is in no seal may be anybody's
		if file.Folder == pinned.Folder && (read || pinned.Ledger.Status(file.Ref) == Accepted) {
			s.here[file.Ref.Hash()] = true
		}
	}
	for ref := range pinned.Ledger.Retired() {
		s.gone[ref.Hash()] = true
	}
	for _, ref := range pinned.Ledger.Under("") {
		s.listed[ref.Hash()] = ref
	}
	return s
}

// ends are the files at which the lines that begin at an older file end.
type ends struct {
	dropped bool         // at a line that says that it does not live on
	arrived []string     // at files of the pinned epoch that are here or retired
	away    []format.Ref // at accepted ones that are not here
}

// follow walks the lines from a file, each HASH once. It stops at the first file of the
// pinned epoch, or where a line says that nothing lives on; lines that lead to neither have
// no end.
func (s Successions) follow(from string) (e ends) {
	seen := map[string]bool{from: true}
	for todo := []string{from}; len(todo) > 0; {
		at := todo[0]
		todo = todo[1:]
		for _, to := range s.next[at] {
			ref, listed := s.listed[to]
			switch {
			case to == "":
				e.dropped = true
			case listed && !s.here[to]:
				e.away = append(e.away, ref)
			case listed || s.here[to] || s.gone[to]:
				e.arrived = append(e.arrived, to)
			case !seen[to]:
				seen[to] = true
				todo = append(todo, to)
			}
		}
	}
	return e
}

// verdict on an older epoch's file, and whether its plaintext counts as removed. As
// long as what came of it has not arrived, the file itself stands, so that a
// half-copied epoch hides nothing.
func (s Successions) verdict(hash string) (v Verdict, removed bool) {
	e := s.follow(hash)
	switch {
	case len(e.away) > 0:
		return Verdict{Accepted, 40}, false
	case len(e.arrived) > 0:
		return Verdict{Hidden, 40}, false
	case e.dropped:
		return Verdict{Hidden, 40}, true
	}
	return Verdict{Late, 41}, false
}

// Gone reports whether all that is said of a file is that it does not live on.
func (s Successions) Gone(hash string) bool {
	_, removed := s.verdict(hash)
	return removed
}

// Says reports whether a line speaks of a file.
func (s Successions) Says(hash string) bool { return len(s.next[hash]) > 0 }

// Coming returns the accepted files of the pinned epoch that an older file leads to
// and that are not here.
func (s Successions) Coming(hash string) []format.Ref { return s.follow(hash).away }

// LeadsTo returns the files of the pinned epoch that an older one leads to, by HASH.
func (s Successions) LeadsTo(hash string) []string {
	e := s.follow(hash)
	to := e.arrived
	for _, ref := range e.away {
		to = append(to, ref.Hash())
	}
	return to
}

// Origins maps each file of the pinned epoch, by HASH, to the folders whose files lead to
// it, as the lines have them.
func (s Successions) Origins() map[string]map[string]bool {
	origins := map[string]map[string]bool{}
	for _, x := range s.lines {
		for _, to := range s.LeadsTo(x.From) {
			if origins[to] == nil {
				origins[to] = map[string]bool{}
			}
			origins[to][x.Folder] = true
		}
	}
	return origins
}

// Lines returns every line that counts.
func (s Successions) Lines() []format.OlderLine { return s.lines }
