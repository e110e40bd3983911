package say

import (
	"errors"
	"slices"

	"seedvault/cmd/seedvault/internal/words"
)

// ErrFound ends a command with [StatusFound] after it has printed everything.
var ErrFound = errors.New("something was found")

// Error is an error as a person reads it: what is wrong, and the next thing to type. Code
// tells errors apart by the sentinel that one wraps, if any.
type Error struct {
	Status   int // StatusFailed where it is zero
	Message  words.Message
	Args     []any
	Hint     words.Message
	HintArgs []any
	NoError  bool // the person wanted it so: the message is a remark
	cause    error
}

// Fail returns an error that ends with status 1.
func Fail(m words.Message, args ...any) *Error {
	return &Error{Status: StatusFailed, Message: m, Args: args}
}

// Usage returns an error that ends with status 2.
func Usage(m words.Message, args ...any) *Error {
	return &Error{Status: StatusUsage, Message: m, Args: args}
}

// Ended returns an error that ends with status 1 and is said as a remark, without a hint: the
// person wanted it so.
func Ended(m words.Message) *Error {
	return &Error{Status: StatusFailed, Message: m, NoError: true}
}

// WithHint returns the error with a hint: what to type next.
func (e *Error) WithHint(m words.Message, args ...any) *Error {
	e.Hint, e.HintArgs = m, args
	return e
}

// Wrapping returns the error with a cause that errors.Is and errors.As find.
func (e *Error) Wrapping(cause error) *Error {
	e.cause = cause
	return e
}

// In returns the error with the place where it happened, such as a file, in front of it; if
// the place is one of the error's arguments already, it returns the error as it is.
func (e *Error) In(place string) *Error {
	if slices.Contains(e.Args, any(place)) {
		return e
	}
	return &Error{Status: e.Status, Message: words.InFile, Args: []any{place, e}, Hint: e.Hint, HintArgs: e.HintArgs, cause: e.cause}
}

// Error returns the English text.
func (e *Error) Error() string { return Voice{}.Text(e.Message, e.Args...) }

// Unwrap returns the cause, nil if the error has none.
func (e *Error) Unwrap() error { return e.cause }

// Tell writes the error and its hint, of one with NoError only the message, and returns the
// exit status.
func (v Voice) Tell(e *Error) int {
	if e.NoError {
		v.Remark(e.Message, e.Args...)
		return e.Status
	}
	v.line(name + v.Text(words.TellError, e))
	if e.Hint != (words.Message{}) {
		v.line(name + v.Text(words.TellHint, v.Text(e.Hint, e.HintArgs...)))
	}
	if e.Status == 0 {
		return StatusFailed
	}
	return e.Status
}
