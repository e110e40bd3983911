package main

import (
	"encoding/base32"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"seedvault/cmd/seedvault/internal/say"
)

// opensIn counts the files below a folder that are opened while something is done.
func opensIn(t *testing.T, dir string, do func()) (n int) {
	t.Helper()
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_, err = unix.InotifyAddWatch(fd, p, unix.IN_OPEN)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	do()
	buf := make([]byte, 1<<20)
	for {
		got, err := unix.Read(fd, buf)
		if err != nil {
			return n
		}
		for at := 0; at < got; {
			e := (*unix.InotifyEvent)(unsafe.Pointer(&buf[at]))
			if e.Mask&unix.IN_ISDIR == 0 && e.Mask&unix.IN_OPEN != 0 {
				n++
			}
			at += unix.SizeofInotifyEvent + int(e.Len)
		}
	}
}

// TestCodeOpensFewFiles: to show one of a thousand codes again a dozen of the vault's files
// are opened, however many seals there are; and to restore or show one seed no more.
// Without an index all are, which is the control.
func TestCodeOpensFewFiles(t *testing.T) {
	w, out, errs := stage(t, time.Now())
	run := func(in string, args ...string) {
		t.Helper()
		out.Reset()
		w.In = strings.NewReader(in)
		if status := newApp(w).Run(args); status != say.StatusDone {
			t.Fatalf("%q ends with %d: %s", args, status, errs)
		}
	}
	var uris strings.Builder
	for n := range 1000 {
		secret := base32.StdEncoding.EncodeToString(fmt.Appendf(nil, "made up %012d", n))
		fmt.Fprintf(&uris, "otpauth://totp/Site%04d:me?secret=%s&issuer=Site%04d\n", n, secret, n)
	}
	file := filepath.Join(t.TempDir(), "uris.txt")
	if err := os.WriteFile(file, []byte(uris.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	run("", "init", "--device", "pc", "-r", "friend=age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg")
	run("", "import", file)
	for n := range 9 {
		secret := base32.StdEncoding.EncodeToString(fmt.Appendf(nil, "one more %011d", n))
		run(fmt.Sprintf("otpauth://totp/More%d:me?secret=%s\n", n, secret), "add", "-")
	}
	if n := len(placeOf(t, w).Memory().Recall().Seals); n < 2 {
		t.Fatalf("%d seals are live", n)
	}
	vault := placeOf(t, w).Path
	then := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(vault, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chtimes(p, then, then)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	code := func() { run("", "code", "Site0500") }
	if n := opensIn(t, vault, code); n < 1000 {
		t.Errorf("without an index %d files are opened, which cannot be", n)
	}
	first := out.String()
	if n := opensIn(t, vault, code); n > 12 || out.String() != first {
		t.Errorf("with an index %d files of the vault are opened; it says %q, and said %q", n, out, first)
	}
	for _, args := range [][]string{{"show", "Site0500"}, {"restore", "Site0500", "--uri"}, {"export", "Site0500", "--to", "uris", "--dry-run"}} {
		if n := opensIn(t, vault, func() { run("", args...) }); n > 12 {
			t.Errorf("%q opens %d files", args, n)
		}
	}
}
