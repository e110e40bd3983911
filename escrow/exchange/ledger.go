package exchange

// Outcome is what became of something found.
type Outcome string

// The outcomes of a [Ledger]. Of an item that is undecided nothing is known yet; a closed
// ledger has none.
const (
	Undecided    Outcome = ""
	Added        Outcome = "added"
	AlreadyThere Outcome = "already-there"
	Refused      Outcome = "refused"
)

// Ledger accounts for all that was found in any number of files: each item ends as exactly
// one of added, already there and refused, so that the three sum to what was found. The
// zero value is ready.
//
// Use it in order: enter all items, mark those in [Ledger.Pending] that the vault has
// ([Ledger.MarkHeld]), save the others and mark each, then close.
type Ledger struct {
	lines []line
	first map[EnrolmentDigest]int // the line of what came first
}

type line struct {
	item    Item
	outcome Outcome
	err     error
	as      int // of what came before in another line: that line; else -1
}

// Enter records what was found in a file. An item equal to an earlier one that is not
// refused is already there.
func (l *Ledger) Enter(items ...Item) {
	if l.first == nil {
		l.first = map[EnrolmentDigest]int{}
	}
	for _, i := range items {
		e := line{item: i, as: -1}
		id := i.Record.EnrolmentDigest()
		first, again := l.first[id]
		switch {
		case i.Err != nil:
			e.outcome, e.err = Refused, i.Err
		case again && l.lines[first].outcome != Refused:
			e.outcome, e.as = AlreadyThere, first
		default:
			l.first[id] = len(l.lines)
		}
		l.lines = append(l.lines, e)
	}
}

// EnterRefused records a file of which nothing could be read, as one refused item.
func (l *Ledger) EnterRefused(source string, err error) {
	l.Enter(Item{Source: source, Err: err})
}

// Pending returns the numbers of the items that are still to be saved.
func (l *Ledger) Pending() []int {
	var list []int
	for n, e := range l.lines {
		if e.outcome == Undecided {
			list = append(list, n)
		}
	}
	return list
}

// Len returns how many items were found.
func (l *Ledger) Len() int { return len(l.lines) }

// Item returns the item with a number.
func (l *Ledger) Item(n int) Item { return l.lines[n].item }

// Outcome returns what became of the item with a number and, if it was refused, why.
func (l *Ledger) Outcome(n int) (Outcome, error) { return l.lines[n].outcome, l.lines[n].err }

// MarkSaved marks the item with a number as saved in the vault, durably. An item that is
// marked already stays as it is.
func (l *Ledger) MarkSaved(n int) { l.mark(n, Added, nil) }

// MarkHeld marks the item with a number as already in the vault, as was found out after it
// was entered.
func (l *Ledger) MarkHeld(n int) { l.mark(n, AlreadyThere, nil) }

// MarkRefused marks the item with a number as refused, and with it those that were already
// there only because of it.
func (l *Ledger) MarkRefused(n int, err error) { l.mark(n, Refused, err) }

func (l *Ledger) mark(n int, o Outcome, err error) {
	if l.lines[n].outcome != Undecided {
		return
	}
	l.lines[n].outcome, l.lines[n].err = o, err
	for i := n + 1; o == Refused && i < len(l.lines); i++ {
		if e := &l.lines[i]; e.as == n {
			e.outcome, e.err = Refused, err
		}
	}
}

// Close refuses with [NotSaved] what is still undecided, as after a failure on the way or a
// person's no.
func (l *Ledger) Close() {
	for n := range l.lines {
		l.mark(n, Refused, Refuse(NotSaved))
	}
}

// Counts says how many items ended how. Undecided is 0 once the ledger is closed.
type Counts struct{ Found, Added, AlreadyThere, Refused, Undecided int }

// Counts adds up the ledger.
func (l *Ledger) Counts() Counts {
	s := Counts{Found: len(l.lines)}
	for _, e := range l.lines {
		switch e.outcome {
		case Added:
			s.Added++
		case AlreadyThere:
			s.AlreadyThere++
		case Refused:
			s.Refused++
		default:
			s.Undecided++
		}
	}
	return s
}
