package exchange

import "fmt"

// Item is one record that was found, taken or refused.
type Item struct {
	Source  string // the file, as the caller names it
	Format  string // the format's name
	Place   Place  // where in the file it stood
	Label   string // issuer and account for a person; "" where it could hold the secret
	Record  Record // of a refused item none
	Err     error  // why it is refused: an *[Error] or an *[otpauth.Error]
	Notices []Notice
}

// Place says where a record stood: an entry of a list, a line, a row, a code of an
// export. N counts from 1; Of is the account in a code or the one-time code in an
// entry that has several, else 0.
type Place struct {
	Kind PlaceKind
	N    int
	Of   int
}

// PlaceKind is what a file consists of.
type PlaceKind string

// What files consist of.
const (
	AtEntry PlaceKind = "entry"
	AtLine  PlaceKind = "line" // of a text, or where a row of a table begins
	AtCode  PlaceKind = "code" // of an export over several codes
)

// String is the place as a person counts: the entry, the line or the row.
func (p Place) String() string {
	switch {
	case p.N == 0:
		return "file"
	case p.Of > 0:
		return fmt.Sprintf("%s %d, %d", p.Kind, p.N, p.Of)
	}
	return fmt.Sprintf("%s %d", p.Kind, p.N)
}

// Notice is something that a person should know about a record or a file that is
// taken all the same. Names says of which fields; it never holds their values.
type Notice struct {
	What  Remark
	Names []string
	Count int // of a file's notices: how many things it is about
}

// Remark is what a [Notice] says. It is a stable word, for whoever shows it in another
// language.
type Remark string

// What a notice may say.
const (
	KeptInOther    Remark = "kept-in-other"   // has no place, kept under other
	Dropped        Remark = "dropped"         // too large for a seed, or of no use outside its app
	LeftBehind     Remark = "left-behind"     // passwords and the like, which are not for this vault
	PassedOver     Remark = "passed-over"     // items without a one-time code
	InRecycleBin   Remark = "in-recycle-bin"  // deleted items, not taken
	Trashed        Remark = "trashed"         // deleted in the app, and in its file all the same
	NoCodes        Remark = "no-codes"        // carried, but its codes are not computed here
	CounterUnsure  Remark = "counter-unsure"  // apps disagree about the counter in this format
	CounterTaken   Remark = "counter-taken"   // none in the file, which means 0 there
	DigitsTaken    Remark = "digits-taken"    // none in the file: six, as apps take it
	NamesDiffer    Remark = "names-differ"    // two issuers or accounts; the one that the app shows is taken
	IncompleteFile Remark = "incomplete-file" // its app leaves out what it cannot read, without a word
)

// reading gathers what is found in one file.
type reading struct {
	source  string
	format  *Format
	options Options
	items   []Item
	visited int
	notices []Notice
	form    string
	rounds  int64 // spent on the present password
	work    int64
}

// add judges a draft and notes it as found.
func (r *reading) add(at Place, d draft) error {
	if len(r.items) >= MaxRecords {
		return refuse(TooMany)
	}
	if d.details.Origin == "" {
		d.details.Origin = r.format.Name
	}
	rec, notices, err := d.record()
	i := Item{Source: r.source, Format: r.format.Name, Place: at, Record: rec, Err: err}
	if err != nil {
		i.Label = d.label()
	} else {
		i.Label, i.Notices = rec.Label(), append(d.notices, notices...)
	}
	r.items = append(r.items, i)
	return nil
}

// refuseAt notes a record that was found and cannot be read.
func (r *reading) refuseAt(at Place, label string, err error) error {
	if len(r.items) >= MaxRecords {
		return refuse(TooMany)
	}
	r.items = append(r.items, Item{Source: r.source, Format: r.format.Name, Place: at, Label: label, Err: err})
	return nil
}

// visit counts whatever a file consists of, with one-time codes or without.
func (r *reading) visit() error {
	if r.visited++; r.visited > maxVisited {
		return refuse(TooMany)
	}
	return nil
}

// notice says something about the file, once for each kind.
func (r *reading) notice(what Remark, count int, names ...string) {
	for i, n := range r.notices {
		if n.What == what {
			r.notices[i].Count += count
			r.notices[i].Names = appendNew(n.Names, names...)
			return
		}
	}
	r.notices = append(r.notices, Notice{what, names, count})
}

func appendNew(list []string, more ...string) []string {
next:
	for _, m := range more {
		for _, have := range list {
			if have == m {
				continue next
			}
		}
		list = append(list, m)
	}
	return list
}
