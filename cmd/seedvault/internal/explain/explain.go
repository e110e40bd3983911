// Package explain turns any error of a library into what a person reads and types
// next. Its rules are in one table for each subject; the first that fits is taken.
//
// Start with [Error]. To explain another error, add its line to the table of its
// subject.
package explain

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// rule returns the explanation of an error, nil if the rule is not about that error.
type rule func(error) *say.Error

// tables are the rules by subject, in the order in which they are asked.
var tables = []func() []rule{vaultRules, rotationRules, remoteRules, writingRules, shareRules, keyRules, seedRules, imageRules, machineRules}

// Error explains an error. An error that is explained already is returned as it is.
func Error(err error) *say.Error {
	var said *say.Error
	if errors.As(err, &said) {
		return said
	}
	if e := first(err, tables...); e != nil {
		return e
	}
	return say.Fail(words.Unexpected, console.Safe(err.Error(), 0)).WithHint(words.HintReport)
}

// first returns what the first fitting rule of the tables says, in their order.
func first(err error, tables ...func() []rule) *say.Error {
	for _, rules := range tables {
		for _, explain := range rules() {
			if e := explain(err); e != nil {
				return e
			}
		}
	}
	return nil
}

// is makes a rule for a sentinel.
func is(sentinel error, said *say.Error) rule {
	return func(err error) *say.Error {
		if errors.Is(err, sentinel) {
			return said
		}
		return nil
	}
}

// as makes a rule for errors of a type. If explain returns nil, the next rule is tried.
func as[E error](explain func(E) *say.Error) rule {
	return func(err error) *say.Error {
		var e E
		if errors.As(err, &e) {
			return explain(e)
		}
		return nil
	}
}

// culprit is the path that an error of the file system names, if it is one.
func culprit(err error) (path string, ok bool) {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Path, true
	case errors.As(err, &l):
		return l.New, true
	}
	return "", false
}

// Reason returns the operating system's description of an error, without the path, which the
// message has already.
func Reason(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return console.Safe(err.Error(), 0)
}

// Unreadable explains why a file that a person named cannot be read.
func Unreadable(path string, err error) *say.Error {
	if errors.Is(err, fs.ErrNotExist) {
		return noSuchFile(path)
	}
	return say.Fail(words.CannotRead, console.Safe(path, 0)).WithHint(words.HintNotRead)
}

// noSuchFile says that a file is not there, what is close by, and of an address that nothing is
// fetched.
func noSuchFile(path string) *say.Error {
	return looked(say.Fail(words.NoSuchFile, console.Safe(path, 0)).WithHint(words.HintNoSuchFile), path)
}

// isAddress reports whether what was given for a file is an address of the web.
func isAddress(path string) bool {
	return strings.Contains(path, "://") || strings.HasPrefix(path, "data:")
}

// NotMade explains why a file that a person named was not created: it exists, its folder does
// not, or it is a folder itself. Any other error is returned as it is.
func NotMade(path string, err error) error {
	if err == nil {
		return nil
	}
	shown := console.Safe(path, 0)
	switch info, e := os.Stat(path); {
	case e == nil && info.IsDir():
		return say.Fail(words.IsFolder, shown).WithHint(words.HintIsFolder)
	case errors.Is(err, fs.ErrExist):
		return say.Fail(words.FileExists, shown).WithHint(words.HintFileExists)
	}
	dir := filepath.Dir(path)
	if info, e := os.Stat(dir); e != nil || !info.IsDir() {
		return say.Fail(words.NoFolder, console.Safe(dir, 0)).WithHint(words.HintNoFolder)
	}
	return err
}

// UnreadSource explains why one of several input files cannot be read. The caller puts the
// file's name before it.
func UnreadSource(path string, err error) *say.Error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return looked(say.Fail(words.NotThere).WithHint(words.HintNoSuchFile), path)
	}
	return say.Fail(words.NotReadable, Reason(err)).WithHint(words.HintNotRead)
}
