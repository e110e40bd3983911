package unlocking

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/qr"
)

// rig is a vault that two sheets open, on a machine without a terminal.
type rig struct {
	w      *world.World
	said   *bytes.Buffer
	dir    string
	vault  *escrow.Vault
	secret string // on the first sheet
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{said: new(bytes.Buffer), dir: t.TempDir()}
	r.w = &world.World{
		Voice: say.Voice{Out: r.said, Err: r.said}, Getenv: func(string) string { return "" }, In: strings.NewReader(""),
		Terminal: func() (*console.Terminal, error) { return nil, console.ErrNoTerminal },
	}
	paper, secret, err := escrow.PaperHolder("paper", false)
	must(t, err)
	spare, _, err := escrow.PaperHolder("spare", false)
	must(t, err)
	r.secret = secret
	dir, err := escrow.OpenDir(t.TempDir())
	must(t, err)
	t.Cleanup(func() { dir.Close() })
	pin, err := escrow.Create(dir, escrow.CreateOptions{Holders: []escrow.NewHolder{paper, spare}, Now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)})
	must(t, err)
	r.vault, err = escrow.Open(dir, &pin)
	must(t, err)
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// file writes a file of this machine's.
func (r *rig) file(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(r.dir, name)
	must(t, os.WriteFile(path, content, 0o600))
	return path
}

// TestKeys: what was given opens the vault, what this machine has, and what has opened it in
// this run before; without any of these a person is asked.
func TestKeys(t *testing.T) {
	r := newRig(t)
	file := r.file(t, "paper.key", []byte(r.secret+"\n"))
	cache := &KeyCache{}
	for _, c := range []struct {
		about string
		keys  Keys
		opens bool
		err   error
	}{
		{"given", Keys{Given: Given{Identities: []string{file}}}, true, nil},
		{"configured", Keys{Configured: []string{file}}, true, nil},
		{"nothing, and nobody to ask", Keys{Given: Given{Cache: cache}}, false, console.ErrNoTerminal},
		{"given, and remembered", Keys{Given: Given{Identities: []string{file}, Cache: cache}}, true, nil},
		{"remembered", Keys{Given: Given{Cache: cache}}, true, nil},
	} {
		c.keys.World, c.keys.Vault = r.w, r.vault
		o, err := c.keys.Unlock()
		if (o != nil) != c.opens || !errors.Is(err, c.err) {
			t.Errorf("%s: opened %t, %v", c.about, o != nil, err)
		}
		if o, err := c.keys.UnlockAvailable(); (o != nil) != c.opens || err != nil {
			t.Errorf("%s, unasked: opened %t, %v", c.about, o != nil, err)
		}
	}
	if strings.Contains(r.said.String()+fmt.Sprintf("%v %+v", cache, cache), r.secret) {
		t.Error("the key is said")
	}
}

// TestFile: a key is read from its file, from the lines of a sheet that somebody copied, and
// from a picture of its code; anything else is said to be no key, by the file's name.
func TestFile(t *testing.T) {
	r := newRig(t)
	lines, err := key.Paper(r.secret)
	must(t, err)
	code, err := qr.New(r.secret)
	must(t, err)
	var drawing bytes.Buffer
	must(t, code.WritePNG(&drawing, 6))
	for name, content := range map[string][]byte{
		"identity.txt": []byte("# made up\n" + r.secret + "\n"),
		"sheet.txt":    []byte(strings.Join(lines, "\n") + "\n"),
		"code.png":     drawing.Bytes(),
	} {
		ids, err := File(r.w, r.file(t, name, content))
		if err != nil || len(ids) != 1 {
			t.Errorf("%s: %d keys, %v", name, len(ids), err)
			continue
		}
		if _, err := r.vault.Unlock(ids...); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for path, want := range map[string]words.Message{
		r.file(t, "letter.txt", []byte("dear anna")): words.NotAnIdentityFile,
		filepath.Join(r.dir, "gone.key"):             words.NoSuchFile,
	} {
		_, err := File(r.w, path)
		var e *say.Error
		if !errors.As(err, &e) || e.Message != want || !strings.Contains(e.Error(), filepath.Base(path)) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestSecretFile: a passphrase is all of its file but the line's end, whatever Windows saved
// it as; a file that is longer than any is refused.
func TestSecretFile(t *testing.T) {
	r := newRig(t)
	for content, want := range map[string]string{
		"correct horse":            "correct horse",
		"correct horse\n":          "correct horse",
		"correct horse\r\n":        "correct horse",
		" two lines\nare one ":     " two lines\nare one ",
		"\xef\xbb\xbfpaß\n":        "paß",
		"\xff\xfep\x00a\x00\n\x00": "pa",
	} {
		if got, err := SecretFile(r.w, r.file(t, "secret", []byte(content))); err != nil || got != want {
			t.Errorf("%q: %q, %v", content, got, err)
		}
	}
	if _, err := SecretFile(r.w, r.file(t, "long", make([]byte, secretLimit+1))); err == nil {
		t.Error("a file that is too long is read")
	}
}

// TestMistyped: typing once more helps where a slip was made, and not where something is
// missing.
func TestMistyped(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{key.ErrPassphrase, true}, {escrow.ErrNoMatch, true}, {&key.LineError{}, true}, {fmt.Errorf("wrapped: %w", key.ErrIdentity), true},
		{console.ErrNoTerminal, false}, {&key.PluginError{Plugin: "x"}, false}, {escrow.ErrDamaged, false},
	} {
		if Mistyped(c.err) != c.want {
			t.Errorf("%v: another try helps: %t", c.err, !c.want)
		}
	}
}

// TestPaperLines: a share in a file is its lines, without the words above and below.
func TestPaperLines(t *testing.T) {
	_, shares, err := escrow.QuorumHolder("board", 2, []key.Member{key.ParseMember("anna paper"), key.ParseMember("bob paper")}, false, nil)
	must(t, err)
	share := shares[0].Paper()
	for _, text := range []string{
		strings.Join(share, "\n"),
		"The share of anna.\n\n" + strings.Join(share, "\r\n") + "\r\n\r\nKeep it.\n",
	} {
		var got []string
		for _, line := range paperLines(text) {
			got = append(got, strings.TrimSpace(line))
		}
		if !slices.Equal(got, share) {
			t.Errorf("%q: %d lines, want %d", text[:10], len(got), len(share))
		}
	}
	if got := paperLines("no share\nat all"); !slices.Equal(got, []string{"no share", "at all"}) {
		t.Errorf("%q", got)
	}
}
