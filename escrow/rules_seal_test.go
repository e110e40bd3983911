package escrow

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/vaultkey"
)

// The rules of FORMAT.md on seals, F25 to F31 and F51; sealgraph_test.go has those on
// how seals stand to each other.

// sealText is a seal that parses, for folder 1-abcdef1234567890.
const sealText = `# seedvault seal 0002 epoch 1 2026-11-22T10:00:00Z by paper
# after 0001-cccccccccccccccccccccccccccccccc
# closed 9d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9
# due 2027-01-01
# includes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# joined 3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9
# lost 0001-dddddddddddddddddddddddddddddddd
# retired 1-abcdef1234567890/seeds/b.age 3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9
# x-note anything
3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9  1-abcdef1234567890/seeds/a.age
3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9  README.txt
`

const sumText = "3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9"

// edited reports whether the text with one replacement is a valid seal's.
func edited(t *testing.T, what, old, new string, want bool) {
	t.Helper()
	text := strings.Replace(sealText, old, new, 1)
	if old != new && text == sealText {
		t.Fatalf("%s: nothing was replaced", what)
	}
	if _, err := format.ParseSeal([]byte(text), "1-abcdef1234567890"); (err == nil) != want {
		t.Errorf("%s: %v", what, err)
	}
}

func TestRulesOfSeals(t *testing.T) {
	t.Run("F25", func(t *testing.T) {
		f := newFixture(t)
		r := f.deposit(f.seed(1))
		key := f.unlock().reader.pinnedKey()
		other, err := vaultkey.Generate(false)
		must(t, err)
		for name, sign := range map[string]func(text []byte) []byte{
			"another key":       func(text []byte) []byte { return other.Sign(sealcache.Namespace, text) },
			"another namespace": func(text []byte) []byte { return key.Sign(epochs.Namespace, text) },
			"white space":       func(text []byte) []byte { return append(signSeal(key, text), '\n') },
			"another text":      func([]byte) []byte { return signSeal(key, []byte("x\n")) },
			"nothing":           func([]byte) []byte { return nil },
		} {
			path := sealWith(f, func(s *format.Seal) {
				s.Accept(r)
				s.Extra["# x-"+strings.ReplaceAll(name, " ", "-")+" y"] = true
			})
			text, err := os.ReadFile(f.path(path))
			must(t, err)
			must(t, os.WriteFile(f.path(path+".sig"), sign(text), 0o600))
			if e := f.entries(); e[0].Status != NotAccepted {
				t.Errorf("%s: the seal counts", name)
			}
			if c := f.vault().Check(CheckOptions{Now: testTime}); !reports(c, CodeDamaged, path) {
				t.Errorf("%s: not named as damaged", name)
			}
		}
		sealWith(f, func(s *format.Seal) { s.Accept(r) })
		if e := f.entries(); e[0].Status != Accepted {
			t.Error("a good seal does not count")
		}
	})
	t.Run("F26", func(t *testing.T) {
		edited(t, "as it is", "", "", true)
		edited(t, "no last line end", "README.txt\n", "README.txt", false)
		edited(t, "another epoch", "epoch 1", "epoch 2", false)
		edited(t, "a number of three digits", "0002", "002", false)
		edited(t, "a number with a zero too many", "0002", "00002", false)
		edited(t, "number 0", "0002", "0000", false)
		edited(t, "number 12345", "0002", "12345", true)
		edited(t, "no holder's name", "by paper", "by Paper", false)
		edited(t, "a device's name", "by paper", "by con", false)
		edited(t, "a name that begins with -", "by paper", "by -paper", false)
		edited(t, "no name", " by paper", "", false)
		edited(t, "no time", "2026-11-22T10:00:00Z", "2026-13-22T10:00:00Z", false)
		edited(t, "an empty line", "README.txt\n", "README.txt\n\n", false)
		edited(t, "a short hash", sumText+"  README", sumText[1:]+"  README", false)
		edited(t, "an upper-case hash", sumText+"  README", strings.ToUpper(sumText)+"  README", false)
		edited(t, "one space", "  README", " README", false)
		edited(t, "a bad include", "includes aaaa", "includes AAAA", false)
		edited(t, "a bad due", "due 2027-01-01", "due 2027-1-1", false)
		edited(t, "a bad joined", "joined 3d", "joined 3D", false)
		for _, word := range []string{"after", "lost"} {
			good := map[string]string{"after": "after 0001-cccc", "lost": "lost 0001-dddd"}[word]
			edited(t, word+" without a number", good, word+" "+good[len(good)-4:], false)
			edited(t, word+" with a number of three digits", good, strings.Replace(good, "0001", "001", 1), false)
			edited(t, word+" with number 0", good, strings.Replace(good, "0001", "0000", 1), false)
			edited(t, word+" with an upper-case hash", good, strings.ToUpper(good[:1])+good[1:], false)
			edited(t, word+" with a hash that is too long", good, good+"a", false)
			edited(t, word+" of nothing", good, word+" x "+good, false)
		}
		edited(t, "a bad closed", "closed 9d", "closed 9D", false)
		edited(t, "a closed that is too short", "closed 9d", "closed 9", false)
		edited(t, "an empty closed", "# closed 9d", "# closed\n# x-rest 9d", false)
		edited(t, "a retired file without a hash", "b.age "+sumText, "b.age", false)
		edited(t, "a comment of another form", "# x-note", "#x-note", false)
		edited(t, "nothing at all", sealText, "", false)

		f := newFixture(t)
		path := sealWith(f, func(*format.Seal) {})
		renamed := strings.Replace(path, "/0003-", "/0004-", 1)
		must(t, os.Rename(f.path(path), f.path(renamed)))
		must(t, os.Rename(f.path(path+".sig"), f.path(renamed+".sig")))
		if r := f.vault().Check(CheckOptions{Now: testTime}); r.SealNumber != 2 || !reports(r, CodeDamaged, renamed) {
			t.Errorf("a seal under another number: %+v", r)
		}
		f = newFixture(t)
		path = sealWith(f, func(*format.Seal) {})
		renamed = f.folder() + "/seals/" + format.SealFile(3, format.Hash(format.Sum([]byte("another text"))))
		must(t, os.Rename(f.path(path), f.path(renamed)))
		must(t, os.Rename(f.path(path+".sig"), f.path(renamed+".sig")))
		if r := f.vault().Check(CheckOptions{Now: testTime}); r.SealNumber != 2 || !reports(r, CodeDamaged, renamed) {
			t.Errorf("a seal under another HASH: %+v", r)
		}
	})
	t.Run("F27", func(t *testing.T) {
		for path, want := range map[string]bool{
			"README.txt": true, "photos/x y.jpg": true, "1-abcdef1234567890/x": true, "open-1.html": true,
			"2-abcdef1234567890/x": false, "1-abcdef1234567891/x": false, "/etc/passwd": false, ".gitattributes": false, "../x": false, "a/../b": false,
			"a//b": false, "a/": false, "./a": false, `a\b`: false, "c:d": false, "a\x01b": false, "a\x7fb": false, "": false,
		} {
			edited(t, "path "+path, "  README.txt", "  "+path, want)
			if want {
				edited(t, "retired "+path, "retired 1-abcdef1234567890/seeds/b.age", "retired "+path, path != "README.txt")
			} else if path != "" {
				edited(t, "retired "+path, "retired 1-abcdef1234567890/seeds/b.age", "retired "+path, false)
			}
		}
		edited(t, "a path twice", "  README.txt\n", "  README.txt\n"+sumText+"  README.txt\n", false)
		edited(t, "a path twice with two hashes", "  README.txt\n", "  README.txt\n"+strings.Repeat("0", 64)+"  README.txt\n", false)
	})
	t.Run("F51", func(t *testing.T) {
		for _, line := range strings.SplitAfter(sealText, "\n")[1:8] {
			edited(t, "twice: "+line, line, line+line, false)
		}
		edited(t, "after a HASH twice, by another number", "# after 0001-c", "# after 0002-cccccccccccccccccccccccccccccccc\n# after 0001-c", false)
		edited(t, "lost a HASH twice, by another number", "# lost 0001-d", "# lost 0002-dddddddddddddddddddddddddddddddd\n# lost 0001-d", false)
		edited(t, "after and includes of one HASH", "includes aaaa", "includes cccccccccccccccccccccccccccccccc\n# includes aaaa", true)
		edited(t, "two due", "# due 2027-01-01\n", "# due 2027-01-01\n# due 2027-01-02\n", false)
		edited(t, "x- twice", "# x-note anything\n", "# x-note anything\n# x-note anything\n", true)
		edited(t, "listed and retired", "seeds/a.age", "seeds/b.age", false)
		edited(t, "retired, and listed with another content", sumText+"  1-abcdef1234567890/seeds/a.age", strings.Repeat("0", 64)+"  1-abcdef1234567890/seeds/b.age", true)
	})
	t.Run("F28", func(t *testing.T) {
		f := newFixture(t)
		a, b := f.deposit(f.seed(1)), f.deposit(f.seed(2))
		o := f.unlock()
		s := o.changes.nextSeal(o.reader.view.Pinned(), testTime)
		s.Accept(a)
		text := bytes.Replace(s.Marshal(), []byte("\n"), []byte("\n# later word\n"), 1)
		name := f.folder() + "/seals/" + format.SealFile(s.Number, format.Hash(format.Sum(text)))
		must(t, os.WriteFile(f.path(name), text, 0o600))
		must(t, os.WriteFile(f.path(name+".sig"), signSeal(o.reader.pinnedKey(), text), 0o600))
		if got := f.statuses(3); got[1][0] != Accepted || got[2][0] != NotAccepted {
			t.Errorf("its other lines do not count: %v", got)
		}
		var newer *NewerError
		if err := f.unlock().Accept(b); !errors.As(err, &newer) || newer.Path != name {
			t.Errorf("accept: %v", err)
		}
		if f.vault().Newer() == nil || !reports(f.check(), CodeNewer, name) {
			t.Error("it is not named")
		}
		f.deposit(f.seed(3))
		edited(t, "x- is anybody's", "# x-note anything", "# x-other y", true)
		f = newFixture(t)
		sealWith(f, func(s *format.Seal) { s.Extra["# x-other y"] = true })
		if f.vault().Newer() != nil {
			t.Error("an x- word is taken for a newer program's")
		}
	})
	t.Run("F29", func(t *testing.T) {
		f := newFixture(t)
		r := f.deposit(f.seed(1))
		path := sealWith(f, func(s *format.Seal) { s.Accept(r) })
		must(t, os.Remove(f.path(path+".sig")))
		if e := f.entries(); e[0].Status != NotAccepted {
			t.Error("an unsigned list counts")
		}
		if c := f.check(); c.Red() || !reports(c, CodeUnfinished, path) {
			t.Errorf("check: %+v", c.Findings)
		}
	})
	t.Run("F30", func(t *testing.T) {
		f := newFixture(t)
		name := f.folder() + "/notes.txt"
		must(t, os.WriteFile(f.path(name), []byte("one\n"), 0o600))
		a := f.clone()
		sealWith(f, func(s *format.Seal) { s.Files[name] = format.Sum([]byte("one\n")) })
		sealWith(a, func(s *format.Seal) { s.Files[name] = format.Sum([]byte("two\n")) })
		overlay(t, f, a)
		seals := f.vault().view.Seals(f.vault().view.Pinned())
		for text, want := range map[string]Status{"one\n": Accepted, "two\n": Accepted, "three\n": NotAccepted} {
			if got := seals.Status(format.Ref{Path: name, Sum: format.Sum([]byte(text))}); got != want {
				t.Errorf("%q counts as %d, want %d", text, got, want)
			}
		}
		if r := f.check(); r.Red() || !reports(r, CodeTwoContents, name) {
			t.Errorf("check: %+v", r.Findings)
		}
		must(t, os.WriteFile(f.path(name), []byte("three\n"), 0o600)) // F52
		if r := f.check(); !reports(r, CodeDamaged, name) {
			t.Errorf("what fits neither: %+v", r.Findings)
		}
		sealWith(f, func(s *format.Seal) { s.Retire(format.Ref{Path: name, Sum: format.Sum([]byte("one\n"))}) })
		if r := f.check(); reports(r, CodeTwoContents, name) {
			t.Error("one of two is retired, and both are said to count")
		}
	})
	t.Run("F31", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(2)
		sealWith(f, func(s *format.Seal) { s.Retire(rs[0]) })
		// A later seal that lists it again, as a machine that was away would write it.
		o := f.unlock()
		late := format.NewSeal()
		late.Number, late.Epoch, late.Time, late.By = 9, 1, "2026-11-23T10:00:00Z", "paper"
		late.Files[rs[0].Path] = rs[0].Sum
		text := late.Marshal()
		name := f.folder() + "/seals/" + format.SealFile(9, late.Hash())
		must(t, os.WriteFile(f.path(name), text, 0o600))
		must(t, os.WriteFile(f.path(name+".sig"), signSeal(o.reader.pinnedKey(), text), 0o600))
		if got := f.statuses(2); got[0] != nil || got[1] == nil {
			t.Errorf("statuses: %v", got)
		}
		o = f.unlock()
		must(t, o.Accept(rs[0])) // nor does accepting it once more
		f.seal(o)
		if got := f.statuses(2); got[0] != nil {
			t.Error("a retired file is accepted again")
		}
	})
}

// FuzzSeal: what parses is written back the same, but for order.
func FuzzSeal(f *testing.F) {
	f.Add([]byte(sealText))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := format.ParseSeal(text, "1-abcdef1234567890")
		if err != nil || len(s.Unknown) > 0 {
			return
		}
		out := s.Marshal()
		again, err := format.ParseSeal(out, "1-abcdef1234567890")
		if err != nil || len(again.Files) != len(s.Files) || len(again.Retired) != len(s.Retired) || len(again.Includes) != len(s.Includes) {
			t.Fatalf("what is written reads differently: %v", err)
		}
		if !bytes.Equal(again.Marshal(), out) {
			t.Fatal("the canonical text is not stable")
		}
	})
}
