package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
	"seedvault/qr/scan"
)

// explained is every error that the packages of [TestNoErrorIsForgotten] may hand to a
// command, but for those in [elsewhere].
var explained = map[string]error{
	"escrow.ErrNotHere":         escrow.ErrNotHere,
	"escrow.ErrFull":            escrow.ErrFull,
	"escrow.ErrExist":           escrow.ErrExist,
	"escrow.ErrNoHolders":       escrow.ErrNoHolders,
	"escrow.ErrTwice":           escrow.ErrTwice,
	"key.ErrMembers":            key.ErrMembers,
	"key.ErrQuorum":             key.ErrQuorum,
	"key.ErrShare":              key.ErrShare,
	"key.ErrShareLines":         key.ErrShareLines,
	"key.ErrShareForeign":       key.ErrShareForeign,
	"key.ErrShareAgain":         key.ErrShareAgain,
	"key.ErrShareWrong":         key.ErrShareWrong,
	"key.ErrShareSwapped":       key.ErrShareSwapped,
	"key.ErrShareMissing":       key.ErrShareMissing,
	"key.ErrShareJoin":          key.ErrShareJoin,
	"key.ErrNoMatch":            key.ErrNoMatch,
	"key.ErrUndecrypted":        key.ErrUndecrypted,
	"key.LineError":             &key.LineError{Line: 2},
	"scan.UnreadError":          &scan.UnreadError{Pixels: 2},
	"escrow.ErrNoRecipient":     escrow.ErrNoRecipient,
	"escrow.ErrDamaged":         escrow.ErrDamaged,
	"key.ErrIdentity":           key.ErrIdentity,
	"key.ErrRecipient":          key.ErrRecipient,
	"key.ErrSSHType":            key.ErrSSHType,
	"key.ErrShortRSA":           key.ErrShortRSA,
	"key.ErrPluginRecipient":    key.ErrPluginRecipient,
	"escrow.ErrNoMatch":         escrow.ErrNoMatch,
	"key.ErrPassphrase":         key.ErrPassphrase,
	"key.PassphraseError":       &key.PassphraseError{Words: 6, Unknown: 3},
	"words all known":           &key.PassphraseError{Words: 6},
	"too few words":             &key.PassphraseError{Words: 5},
	"key.ErrLines":              key.ErrLines,
	"escrow.ErrNoPassphrase":    escrow.ErrNoPassphrase,
	"escrow.ErrNoVault":         escrow.ErrNoVault,
	"escrow.ErrNotPinned":       escrow.ErrNotPinned,
	"escrow.ErrPageTaken":       escrow.ErrPageTaken,
	"escrow.ErrFingerprint":     escrow.ErrFingerprint,
	"escrow.ErrName":            escrow.ErrName,
	"key.ErrPassphraseShort":    key.ErrPassphraseShort,
	"key.PluginError":           &key.PluginError{Plugin: "hsm", Message: "no \x1b[2J key"},
	"a missing plugin":          &key.PluginError{Plugin: "hsm", Missing: true},
	"escrow.ChoiceError":        &escrow.ChoiceError{Names: []string{"a", "b"}},
	"escrow.PinError":           &escrow.PinError{},
	"escrow.NewerError":         &escrow.NewerError{Path: "1-ab/vault.txt"},
	"escrow.SuccessorError":     &escrow.SuccessorError{},
	"escrow.ErrSameHolder":      escrow.ErrSameHolder,
	"escrow.ForkError":          &escrow.ForkError{},
	"escrow.HolderError":        &escrow.HolderError{Name: "anna"},
	"escrow.UnknownNameError":   &escrow.UnknownNameError{Name: "anna"},
	"escrow.UnknownRecordError": &escrow.UnknownRecordError{Kind: "machine"},
	"escrow.ErrUnsealed":        escrow.ErrUnsealed,
	"escrow.ErrNoEpoch":         escrow.ErrNoEpoch,
	"escrow.ErrJoined":          escrow.ErrJoined,
	"escrow.ErrUnanswered":      escrow.ErrUnanswered,
	"escrow.ErrNoRenew":         escrow.ErrNoRenew,
	"escrow.ErrStaged":          escrow.ErrStaged,
	"escrow.ErrNobodyLeft":      escrow.ErrNobodyLeft,
	"escrow.ErrNoSuchAnswer":    escrow.ErrNoSuchAnswer,
	"otpauth.Error":             &otpauth.Error{Reason: otpauth.NoSecret},
	"qr.TooLongError":           &qr.TooLongError{},
	"qr.ErrEmpty":               qr.ErrEmpty,
	"qr.ErrNotASCII":            qr.ErrNotASCII,
	"qr.ErrNotReadable":         qr.ErrNotReadable,
	"scan.ErrNoCode":            scan.ErrNoCode,
	"scan.ErrFormat":            scan.ErrFormat,
	"scan.ErrDamaged":           scan.ErrDamaged,
	"scan.ErrPart":              scan.ErrPart,
	"scan.FormatError":          &scan.FormatError{Name: "SVG"},
	"scan.PartsError":           &scan.PartsError{Of: 2, Here: []int{1}, Missing: []int{2}},
	"an unread code, bent":      &scan.UnreadError{Pixels: 4, Try: []scan.Advice{scan.Flatter}},
	"an unread code, in glare":  &scan.UnreadError{Pixels: 4, Try: []scan.Advice{scan.Light}},
	"an unread code, blurred":   &scan.UnreadError{Pixels: 4, Try: []scan.Advice{scan.Clearer}},
	"scan.ErrTooBusy":           scan.ErrTooBusy,
	"scan.TooManyPixelsError":   &scan.TooManyPixelsError{},
	"scan.TooLargeError":        &scan.TooLargeError{},
	"local.ErrNoHome":           local.ErrNoHome,
	"local.ErrConfig":           local.ErrConfig,
	"console.ErrNoTerminal":     console.ErrNoTerminal,
	"escrow.ErrCopyName":        escrow.ErrCopyName,
	"escrow.ErrOlderFormat":     escrow.ErrOlderFormat,
	"escrow.ErrUnverified":      escrow.ErrUnverified,
	"escrow.MissingFilesError":  &escrow.MissingFilesError{Paths: []string{"1-e503a3b21e366b7c/seeds/a.age"}, Seals: 1},
	"escrow.MissingSealsError":  &escrow.MissingSealsError{Seals: []escrow.SealRef{{Number: 7, Hash: "b3vmnqlz5jy4kq6c2l7fmyyo2tfbwrgd"}}},
	"console.ErrInterrupted":    console.ErrInterrupted,
}

// elsewhere are errors that are told where they happen, with what only that place
// knows.
var elsewhere = map[string]string{
	"key.EarlierShareError": "unlocking says it and goes on",
	"key.ErrIdentityFile":   "unlocking.File names the file",
	"key.ErrReadBack":       "bad memory has no remedy but the text itself",
	"key.ErrIdentityLocked": "unlocking asks, and names the file",
	"key.ErrPluginIdentity": "unlocking reads the file once more",
	"roster.ErrSheet":       "a line that tells of no sheet is passed over",
	"roster.ErrProof":       "a line that is no proof is passed over",
	"escrow.WriteError":     "TestWriteErrors",
	"say.ErrFound":          "a status alone",
	"say.Error":             "is the explanation",
}

// TestEveryErrorIsExplained: each has a message of its own and the next thing to
// type, wrapped or not.
func TestEveryErrorIsExplained(t *testing.T) {
	for name, err := range explained {
		for _, err := range []error{err, fmt.Errorf("failed to do this: %w", err)} {
			e := explain.Error(err)
			if e.Message == words.Unexpected || e.Hint == (words.Message{}) || strings.Contains(e.Error(), "%!") {
				t.Errorf("%s: %q, hint %q", name, e.Error(), e.Hint)
			}
		}
	}
}

// TestNoErrorIsForgotten: each error that the source of these packages exports is explained,
// or is told elsewhere.
func TestNoErrorIsForgotten(t *testing.T) {
	for pkg, dir := range map[string]string{
		"escrow": "../../escrow", "key": "../../escrow/key", "roster": "../../escrow/roster", "otpauth": "../../escrow/otpauth", "qr": "../../qr", "scan": "../../qr/scan",
		"local": "internal/local", "say": "internal/say", "console": "internal/console",
	} {
		names := exportedErrors(t, dir)
		if len(names) == 0 {
			t.Errorf("no errors found in %s", dir)
		}
		for _, name := range names {
			if full := pkg + "." + name; explained[full] == nil && elsewhere[full] == "" {
				t.Errorf("%s is not explained", full)
			}
		}
	}
}

// exportedErrors lists variables called Err... and types called ...Error.
func exportedErrors(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(dir + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					if n := spec.Names[0].Name; g.Tok == token.VAR && strings.HasPrefix(n, "Err") {
						names = append(names, n)
					}
				case *ast.TypeSpec:
					if n := spec.Name.Name; strings.HasSuffix(n, "Error") && spec.Name.IsExported() {
						names = append(names, n)
					}
				}
			}
		}
	}
	return names
}

// failing is a folder where no file can be made.
type failing struct {
	escrow.FS
	err error
}

func (f failing) Create(name string) (escrow.File, error) {
	return nil, &fs.PathError{Op: "openat", Path: name, Err: f.err}
}

// TestWriteErrors: what the vault's folder answers is told apart, with the file.
func TestWriteErrors(t *testing.T) {
	holder, _, err := escrow.PaperHolder("paper", false)
	if err != nil {
		t.Fatal(err)
	}
	for errno, want := range map[error]words.Message{
		syscall.ENOSPC: words.DiskFull,
		syscall.EROFS:  words.ReadOnly,
		syscall.EACCES: words.ReadOnly,
		syscall.EIO:    words.WriteFailed,
	} {
		dir, err := escrow.OpenDir(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		_, err = escrow.Create(failing{dir, errno}, escrow.CreateOptions{Holders: []escrow.NewHolder{holder}})
		dir.Close()
		var w *escrow.WriteError
		if !errors.As(err, &w) {
			t.Fatalf("%v: %v is no WriteError", errno, err)
		}
		if e := explain.Error(err); e.Message != want || e.Hint == (words.Message{}) || strings.Count(e.Error(), ".gitattributes") != 1 {
			t.Errorf("%v: %s, %q", errno, e.Message, e.Error())
		}
		told(t, explain.Error(err))
	}
}

func TestErrorsOfTheSystem(t *testing.T) {
	at := func(errno error) error { return &fs.PathError{Op: "open", Path: "/p", Err: errno} }
	for _, c := range []struct {
		err  error
		want words.Message
	}{
		{at(syscall.ENOSPC), words.DiskFull},
		{at(syscall.EDQUOT), words.DiskFull},
		{at(syscall.EROFS), words.ReadOnly},
		{at(syscall.EACCES), words.Denied},
		{at(syscall.ENOENT), words.NoSuchFile},
		{at(syscall.EEXIST), words.FileExists},
		{at(syscall.ENOTDIR), words.PathTrouble},
		{&os.LinkError{Op: "rename", Old: "a", New: "/p", Err: syscall.EIO}, words.PathTrouble},
	} {
		e := explain.Error(c.err)
		if e.Message != c.want || e.Hint == (words.Message{}) || !strings.Contains(e.Error(), "/p") {
			t.Errorf("%v: %s, %q", c.err, e.Message, e.Error())
		}
		if strings.Count(e.Error(), "/p") != 1 {
			t.Errorf("%v: the path stands twice: %q", c.err, e.Error())
		}
		told(t, e)
	}
	if e := explain.Error(errors.New("x\x1b[31m")); e.Message != words.Unexpected || strings.Contains(e.Error(), "\x1b") {
		t.Errorf("unexpected: %q", e.Error())
	} else {
		told(t, e)
	}
}
