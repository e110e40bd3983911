package exchange

import "fmt"

// Item is one record that was found, taken or refused.
type Item struct {
	Source   string   // the file, as the caller names it
	Format   string   // the format's name
	Position Position // where in the file it stood
	Label    string   // issuer and account for a person; "" where it could hold the secret
	Record   Record   // of a refused item none
	Err      error    // why it is refused, nil if it is not: an [*Error], an [*otpauth.Error], or what a file could not be read for
	Notices  []Notice
}

// Position says where in a file a record stood: an entry of a list, a line, a row, a code of an
// export. N counts from 1, and is 0 for the file as a whole; Of is the account in a code
// or the one-time code in an entry that has several, else 0.
type Position struct {
	Kind PositionKind
	N    int
	Of   int
}

// PositionKind says how a position in a file is counted: by entry, line or code.
type PositionKind string

// What files consist of.
const (
	AtEntry PositionKind = "entry"
	AtLine  PositionKind = "line" // of a text, or where a row of a table begins
	AtCode  PositionKind = "code" // of an export over several codes
)

// String returns the position as a person counts, such as "line 3", or "file".
func (p Position) String() string {
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
	KeptInOther       Remark = "kept-in-other"       // has no place, kept under other
	Dropped           Remark = "dropped"             // too large for a seed, or of no use outside its app
	LeftBehind        Remark = "left-behind"         // passwords and the like, which are not for this vault
	PassedOver        Remark = "passed-over"         // items without a one-time code
	InRecycleBin      Remark = "in-recycle-bin"      // deleted items, not taken
	Trashed           Remark = "trashed"             // deleted in the app, and in its file all the same
	NoCodes           Remark = "no-codes"            // carried, but its codes are not computed here
	CounterUnsure     Remark = "counter-unsure"      // apps disagree about the counter in this format
	CounterTaken      Remark = "counter-taken"       // none in the file, which means 0 there
	DigitsTaken       Remark = "digits-taken"        // none in the file: six, as apps take it
	NamesDiffer       Remark = "names-differ"        // two issuers or accounts; the one that the app shows is taken
	NotCarriedDetails Remark = "not-carried-details" // of what goes into an export: what stays behind
	IncompleteFile    Remark = "incomplete-file"     // its app leaves out what it cannot read, without a word
)
