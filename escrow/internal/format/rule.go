package format

import "strconv"

// Rule is the number of a rule of FORMAT.md: the reason for what it decides.
type Rule int

// String is how FORMAT.md names the rule: F30.
func (r Rule) String() string { return "F" + strconv.Itoa(int(r)) }

// SealError means that a text is no valid seal, and which rule says so.
type SealError struct{ Rule Rule }

// Error says what is wrong, and nothing secret.
func (e *SealError) Error() string { return "invalid seal (" + e.Rule.String() + ")" }

var (
	errForm  = &SealError{26} // line 1, or a line that does not parse
	errPath  = &SealError{27} // a path twice, or one that no seal may speak of
	errTwice = &SealError{51} // a line that may stand once
)
