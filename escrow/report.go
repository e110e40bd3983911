package escrow

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"time"

	"seedvault/escrow/internal/vaultfs"
)

// FindingCode is a stable word for what a check found, fit for scripts.
type FindingCode string

// What a check finds. Which of them are red depends on the file they concern.
const (
	CodeDamaged     FindingCode = "damaged"            // content does not fit name, seal or signature
	CodeMissing     FindingCode = "missing"            // accepted, and not here
	CodeNoContent   FindingCode = "no-content"         // empty, or a synchronizing program's placeholder
	CodeNewer       FindingCode = "newer-format"       // a newer seedvault wrote it
	CodeForeign     FindingCode = "foreign"            // in a seed's place, and does not decrypt
	CodeUnreadable  FindingCode = "unreadable"         // decrypts, and is no record
	CodeUnknown     FindingCode = "unknown-file"       // fits no rule of the format
	CodeSpecial     FindingCode = "special-file"       // a link, pipe or device: not followed
	CodeOldTemp     FindingCode = "old-temporary"      // left behind by an interrupted write
	CodeDuplicate   FindingCode = "duplicate"          // known content under another name
	CodeLineEnds    FindingCode = "line-ends"          // CRLF where LF was; harmless, undone when reading
	CodeUnfinished  FindingCode = "unfinished-seal"    // a seal's text without its signature
	CodeNoSeal      FindingCode = "no-seal"            // nothing in this epoch is accepted
	CodeUnconfirmed FindingCode = "unconfirmed-epoch"  // nobody here has confirmed it
	CodeSuccessor   FindingCode = "successor-epoch"    // follows the pinned one and is signed by it
	CodeFork        FindingCode = "fork"               // grew beside the pinned one, and nobody has answered it
	CodeClosedForks FindingCode = "closed-forks"       // likewise, from epochs from which somebody was left out: how many
	CodeUnverified  FindingCode = "unverified-epoch"   // its signer is a key of a type that is not known here
	CodeOlderFormat FindingCode = "older-format"       // an epoch that was written before the format was settled
	CodeMissingSeal FindingCode = "missing-seal"       // named by a seal, and neither here nor contained in another: how many
	CodeLostSeal    FindingCode = "lost-seal"          // likewise, and a person has given it up
	CodeUntrueSeal  FindingCode = "untrue-seal"        // says that it contains another, and does not
	CodeTwoContents FindingCode = "two-contents"       // a path that seals accept with two contents
	CodeRolledBack  FindingCode = "older-than-seen"    // a seal that this machine has seen, or that the caller names, is not here
	CodeLostDeposit FindingCode = "lost-deposit"       // deposited by this machine, and not here
	CodeMemoryLost  FindingCode = "memory-lost"        // what this machine had seen cannot be read: not known from before the detail
	CodeJournalLost FindingCode = "journal-lost"       // likewise, what it had deposited
	CodeFewWays     FindingCode = "few-ways-in"        // fewer than two independent ways to open
	CodeUnlisted    FindingCode = "unlisted-way-in"    // a slot that no list of who can open the vault names
	CodeClassic     FindingCode = "classic-holder"     // of a post-quantum vault: its key, or a member's, is not
	CodeSheetOld    FindingCode = "sheet-out-of-date"  // says another fingerprint, recipient or other copies
	CodeSharesOld   FindingCode = "shares-out-of-date" // likewise, of the sheets of a quorum's members
	CodeDiffers     FindingCode = "differs"            // one id, two contents: a person must keep one
	CodeSameSeed    FindingCode = "same-seed"          // accepted, and one enrolment with the seed whose path is the detail
	CodeNoCode      FindingCode = "no-code"            // an accepted line that gives no code
	CodeSwappedPage FindingCode = "swapped-page"       // under a page's name, and not the page that was sealed or released
	CodeOverdue     FindingCode = "overdue"            // the first of the drills' proofs has run out
)

// Finding is one thing that a check found.
type Finding struct {
	Code   FindingCode `json:"code"`
	Path   string      `json:"path,omitempty"` // relative to the vault's folder
	Detail string      `json:"detail,omitempty"`
	Red    bool        `json:"red"` // needs a person
}

// Report is what a check can tell, with a key or without.
type Report struct {
	Opened      bool      `json:"opened"` // with a key: seeds were decrypted
	Findings    []Finding `json:"findings"`
	Epochs      []Epoch   `json:"-"`
	Accepted    int       `json:"accepted"`     // seeds in valid seals of the epoch written to
	NotAccepted int       `json:"not_accepted"` // intact seed files that no seal lists, with a key late ones too
	Ways        int       `json:"ways_in"`
	Unlisted    int       `json:"unlisted_ways_in"`       // slots that may open it and that no list of holders names
	WaysAtMost  bool      `json:"ways_at_most,omitempty"` // nothing here tells which of them are kept on this PC
	SealNumber  int       `json:"seal"`                   // of the newest valid one that lies here; 0 for none
	SealName    string    `json:"seal_name,omitempty"`    // NNNN-HASH8
	SealTime    string    `json:"seal_time,omitempty"`
	Due         string    `json:"due,omitempty"` // the day on which the first proof runs out

	MissingSeals []SealRef `json:"-"` // of the epoch written to; while there is one, it is not known to be complete
}

// Red reports whether at least one finding needs a person.
func (r *Report) Red() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Red })
}

// Incomplete reports whether something of the vault is missing or damaged here, whether or
// not anybody has accepted it.
func (r *Report) Incomplete() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code.Incomplete() })
}

// Incomplete reports whether a finding of this kind means that something is missing or
// damaged.
func (c FindingCode) Incomplete() bool {
	switch c {
	case CodeDamaged, CodeMissing, CodeNoContent, CodeUnreadable, CodeNoSeal, CodeRolledBack, CodeLostDeposit:
		return true
	}
	return false
}

func (r *Report) add(code FindingCode, path string, red bool) {
	r.Findings = append(r.Findings, Finding{Code: code, Path: path, Red: red})
}

// sort brings findings into one order and drops repetitions.
func (r *Report) sort() {
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		red := map[bool]int{true: 0, false: 1}
		return cmp.Or(cmp.Compare(red[a.Red], red[b.Red]), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Detail, b.Detail))
	})
	// One fact may be found in two ways; the red one comes first and stays.
	seen := map[Finding]bool{}
	r.Findings = slices.DeleteFunc(r.Findings, func(f Finding) bool {
		f.Red = false
		again := seen[f]
		seen[f] = true
		return again
	})
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
}

// CheckOptions bring what lies outside the vault: the time, and what this
// machine remembers.
type CheckOptions struct {
	Now     time.Time
	Memory  Memory
	MinSeal int // a newest seal below this number is red; 0 for no such bound
	// MinSealHash, the beginning of a HASH, is red unless a valid seal here is that
	// one or includes it.
	MinSealHash string
	// Pages are the SHA-256 of the pages that were released, by name. Without them
	// seals alone say what a page should be.
	Pages map[string][32]byte
}

// tempAge is how old a temporary file is before it is called left behind.
const tempAge = time.Hour

// lossAt says what became of a file that should lie at a path and does not, or not
// whole.
func lossAt(fsys FS, name string) FindingCode {
	info, err := fsys.Lstat(name)
	switch {
	case err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return CodeNoContent
	case err == nil:
		return CodeDamaged
	case !errors.Is(err, fs.ErrNotExist):
		return CodeDamaged
	case vaultfs.Exists(fsys, vaultfs.Placeholder(name)):
		return CodeNoContent
	}
	return CodeMissing
}
