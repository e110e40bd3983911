package explain

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/key"
)

// TestError: an error is known through whatever wraps it, one that is explained stays as it
// is, and one that nobody knows is said with what to do about it.
func TestError(t *testing.T) {
	mine := say.Usage(words.AddWhat)
	for _, c := range []struct {
		err  error
		want words.Message
	}{
		{escrow.ErrNoMatch, Error(escrow.ErrNoMatch).Message},
		{fmt.Errorf("while unlocking: %w", escrow.ErrNoMatch), Error(escrow.ErrNoMatch).Message},
		{mine, words.AddWhat},
		{fmt.Errorf("again: %w", mine), words.AddWhat},
		{errors.New("what nobody knows"), words.Unexpected},
	} {
		got := Error(c.err)
		if got.Message != c.want {
			t.Errorf("%v: %s", c.err, got.Message.En)
		}
		if got.Message == words.Unexpected && (got.Hint != words.HintReport || got.Args[0] != "what nobody knows") {
			t.Errorf("%v: %v, %s", c.err, got.Args, got.Hint.En)
		}
	}
	if Error(escrow.ErrNoMatch).Message == words.Unexpected {
		t.Error("ErrNoMatch is explained by nothing")
	}
	if got := Error(errors.New("\x1b[2J\u202eodd")); strings.ContainsAny(got.Error(), "\x1b\u202e") {
		t.Errorf("what comes from outside is not made safe: %q", got.Error())
	}
}

// TestTables: every rule leaves alone what it is not about, so that the order matters only
// among those of one kind.
func TestTables(t *testing.T) {
	rules := 0
	for _, table := range tables {
		for _, explain := range table() {
			rules++
			if e := explain(errors.New("of no kind")); e != nil {
				t.Errorf("an error of no kind is %q", e.Message.En)
			}
		}
	}
	if rules < 50 {
		t.Errorf("only %d rules", rules)
	}
}

// TestRemote: what stops a program that carries a copy has its reason and its own hint,
// with the program's words where it said some.
func TestRemote(t *testing.T) {
	for _, c := range []struct {
		program string
		err     error
		said    string
		hint    words.Message
		reason  string // with what the program said
	}{
		{"git", remote.ErrMissing, "", words.HintRemoteMissing, say.Voice{}.Text(words.RemoteMissing)},
		{"git", remote.ErrUnknown, "fatal: who?", words.HintUnknownGit, say.Voice{}.Text(words.RemoteSaid, words.RemoteUnknown, "fatal: who?")},
		{"rclone", remote.ErrUnknown, "", words.HintUnknownRclone, say.Voice{}.Text(words.RemoteUnknown)},
		{"rclone", syscall.ENOSPC, "", words.HintRemoteFull, say.Voice{}.Text(words.RemoteFull)},
		{"git", fs.ErrPermission, "", words.HintRemoteDenied, say.Voice{}.Text(words.RemoteReadOnly)},
		{"git", errors.New("exit status 128"), "fatal: odd", words.HintRemoteFailed, "fatal: odd"},
	} {
		err := &remote.Error{Program: c.program, Err: c.err, Said: c.said}
		got := Error(fmt.Errorf("carrying: %w", err))
		if got.Message != words.RemoteFailed || got.Hint != c.hint || got.Args[0] != c.program || !strings.HasSuffix(got.Error(), c.reason) {
			t.Errorf("%s, %v: %s; %s", c.program, c.err, got.Error(), got.Hint.En)
		}
	}
	seen := map[words.Message]bool{}
	for _, r := range remoteTroubles() {
		reason, known := RemoteReason(&remote.Error{Program: "git", Err: r.means})
		if !known || reason != r.reason || seen[reason] || r.hint == (words.Message{}) {
			t.Errorf("%v: %s", r.means, reason.En)
		}
		seen[reason] = true
	}
	if _, known := RemoteReason(remote.ErrMissing); known {
		t.Error("an error of no program has a program's reason")
	}
}

// TestFiles: a file that a person named is not there, cannot be read or cannot be made: each
// has its own words, with the path.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(dir, "gone", "file")
	for _, c := range []struct {
		about string
		err   error
		want  words.Message
	}{
		{"not there", Unreadable(gone, fs.ErrNotExist), words.NoSuchFile},
		{"not readable", Unreadable(taken, fs.ErrPermission), words.CannotRead},
		{"there already", NotMade(taken, fs.ErrExist), words.FileExists},
		{"a folder", NotMade(dir, fs.ErrExist), words.IsFolder},
		{"in no folder", NotMade(gone, fs.ErrNotExist), words.NoFolder},
	} {
		var e *say.Error
		if !errors.As(c.err, &e) || e.Message != c.want || e.Hint == (words.Message{}) {
			t.Errorf("%s: %v", c.about, c.err)
		}
	}
	if NotMade(taken, nil) != nil {
		t.Error("nothing is an error")
	}
	if odd := errors.New("odd"); NotMade(filepath.Join(dir, "new"), odd) != odd {
		t.Error("another error does not stay as it is")
	}
}

// TestReason: the system's word for an error is given without the path, which stands in the
// message already.
func TestReason(t *testing.T) {
	err := &fs.PathError{Op: "open", Path: "/home/anna/secret", Err: syscall.EACCES}
	if got := Reason(err); got != syscall.EACCES.Error() {
		t.Errorf("%q", got)
	}
	if path, is := culprit(fmt.Errorf("wrapped: %w", err)); !is || path != "/home/anna/secret" {
		t.Errorf("the culprit is %q", path)
	}
	if _, is := culprit(key.ErrPassphrase); is {
		t.Error("an error of no file has a culprit")
	}
}
