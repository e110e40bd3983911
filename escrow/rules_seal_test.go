package escrow

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/sshsig"
)

// The rules of FORMAT.md on seals, F25 to F33.

// sealText is a seal that parses, for folder 1-abcdef12.
const sealText = `# seedvault seal 0002 epoch 1 2026-11-22T10:00:00Z by paper
# due 2027-01-01
# includes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
# joined 3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9
# retired 1-abcdef12/seeds/b.age 3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9
# x-note anything
3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9  1-abcdef12/seeds/a.age
3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9  README.txt
`

const sumText = "3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9"

// edited says whether the text with one replacement is a valid seal's.
func edited(t *testing.T, what, old, new string, want bool) {
	t.Helper()
	text := strings.Replace(sealText, old, new, 1)
	if old != new && text == sealText {
		t.Fatalf("%s: nothing was replaced", what)
	}
	if _, err := format.ParseSeal([]byte(text), "1-abcdef12"); (err == nil) != want {
		t.Errorf("%s: %v", what, err)
	}
}

func TestRulesOfSeals(t *testing.T) {
	t.Run("F25", func(t *testing.T) {
		f := newFixture(t)
		r := f.deposit(f.seed(1))
		key := f.unlock().pinnedKey()
		other, err := generateVaultKey(false)
		must(t, err)
		for name, sign := range map[string]func(text []byte) []byte{
			"another key":       func(text []byte) []byte { return sshsig.Sign(other.sign, sealNamespace, text) },
			"another namespace": func(text []byte) []byte { return sshsig.Sign(key.sign, epochNamespace, text) },
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
		edited(t, "a retired file without a hash", "b.age "+sumText, "b.age", false)
		edited(t, "a comment of another form", "# x-note", "#x-note", false)
		edited(t, "nothing at all", sealText, "", false)

		f := newFixture(t)
		path := sealWith(f, func(*format.Seal) {})
		renamed := strings.Replace(path, "/0002-", "/0003-", 1)
		must(t, os.Rename(f.path(path), f.path(renamed)))
		must(t, os.Rename(f.path(path+".sig"), f.path(renamed+".sig")))
		if r := f.vault().Check(CheckOptions{Now: testTime}); r.SealNumber != 1 || !reports(r, CodeDamaged, renamed) {
			t.Errorf("a seal under another number: %+v", r)
		}
		f = newFixture(t)
		path = sealWith(f, func(*format.Seal) {})
		renamed = f.folder() + "/seals/" + format.SealFile(2, format.Hash(format.Sum([]byte("another text"))))
		must(t, os.Rename(f.path(path), f.path(renamed)))
		must(t, os.Rename(f.path(path+".sig"), f.path(renamed+".sig")))
		if r := f.vault().Check(CheckOptions{Now: testTime}); r.SealNumber != 1 || !reports(r, CodeDamaged, renamed) {
			t.Errorf("a seal under another HASH: %+v", r)
		}
	})
	t.Run("F27", func(t *testing.T) {
		for path, want := range map[string]bool{
			"README.txt": true, "photos/x y.jpg": true, "1-abcdef12/x": true, "open-1.html": true,
			"2-abcdef12/x": false, "1-abcdef13/x": false, "/etc/passwd": false, ".gitattributes": false, "../x": false, "a/../b": false,
			"a//b": false, "a/": false, "./a": false, `a\b`: false, "c:d": false, "a\x01b": false, "a\x7fb": false, "": false,
		} {
			edited(t, "path "+path, "  README.txt", "  "+path, want)
			if want {
				edited(t, "retired "+path, "retired 1-abcdef12/seeds/b.age", "retired "+path, path != "README.txt")
			} else if path != "" {
				edited(t, "retired "+path, "retired 1-abcdef12/seeds/b.age", "retired "+path, false)
			}
		}
		edited(t, "a path twice", "  README.txt\n", "  README.txt\n"+sumText+"  README.txt\n", false)
		edited(t, "a path twice with two hashes", "  README.txt\n", "  README.txt\n"+strings.Repeat("0", 64)+"  README.txt\n", false)
	})
	t.Run("F51", func(t *testing.T) {
		for _, line := range strings.SplitAfter(sealText, "\n")[1:5] {
			edited(t, "twice: "+line, line, line+line, false)
		}
		edited(t, "two due", "# due 2027-01-01\n", "# due 2027-01-01\n# due 2027-01-02\n", false)
		edited(t, "x- twice", "# x-note anything\n", "# x-note anything\n# x-note anything\n", true)
		edited(t, "listed and retired", "seeds/a.age", "seeds/b.age", false)
		edited(t, "retired, and listed with another content", sumText+"  1-abcdef12/seeds/a.age", strings.Repeat("0", 64)+"  1-abcdef12/seeds/b.age", true)
	})
	t.Run("F28", func(t *testing.T) {
		f := newFixture(t)
		a, b := f.deposit(f.seed(1)), f.deposit(f.seed(2))
		o := f.unlock()
		s := o.nextSeal(o.vault.pinned(), testTime)
		s.Accept(a)
		text := bytes.Replace(s.Marshal(), []byte("\n"), []byte("\n# later word\n"), 1)
		name := f.folder() + "/seals/" + format.SealFile(s.Number, format.Hash(format.Sum(text)))
		must(t, os.WriteFile(f.path(name), text, 0o600))
		must(t, os.WriteFile(f.path(name+".sig"), signSeal(o.pinnedKey(), text), 0o600))
		if got := f.standings(3); got[1][0] != Accepted || got[2][0] != NotAccepted {
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
		one, two := [32]byte{1}, [32]byte{2}
		listing := func(number int, tag byte, sum [32]byte) *format.Seal {
			s := format.NewSeal()
			s.Number, s.Sum = number, [32]byte{tag}
			s.Files["p"] = sum
			return s
		}
		for name, c := range map[string]struct {
			seals []*format.Seal
			want  [32]byte
		}{
			"the lower number":     {[]*format.Seal{listing(2, 0, two), listing(1, 9, one)}, one},
			"then the lower HASH":  {[]*format.Seal{listing(1, 9, two), listing(1, 0, one)}, one},
			"in whatever order":    {[]*format.Seal{listing(1, 0, one), listing(1, 9, two)}, one},
			"the number before it": {[]*format.Seal{listing(1, 9, one), listing(2, 0, two)}, one},
		} {
			ledger := judge.NewLedger(c.seals)
			if ledger.Status(format.Ref{Path: "p", Sum: c.want}) != Accepted || ledger.Status(format.Ref{Path: "p", Sum: two}) == Accepted || ledger.Status(format.Ref{Path: "q", Sum: one}) == Accepted {
				t.Errorf("%s: another hash counts", name)
			}
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
		must(t, os.WriteFile(f.path(name+".sig"), signSeal(o.pinnedKey(), text), 0o600))
		if got := f.standings(2); got[0] != nil || got[1] == nil {
			t.Errorf("standings: %v", got)
		}
		o = f.unlock()
		must(t, o.Accept(rs[0])) // nor does accepting it once more
		f.seal(o)
		if got := f.standings(2); got[0] != nil {
			t.Error("a retired file is accepted again")
		}
	})
	t.Run("F32", func(t *testing.T) {
		memory := newStage(t) // its second seal includes the first
		memory.fsys.Fail = func(_ int, op durabletest.Op) error {
			if op.Name == "open" && strings.Contains(op.Path, "/seals/0001-") {
				t.Errorf("%s is read, though it is included", op.Path)
			}
			return nil
		}
		seedsOf(t, memory.unlock(t))
		f := newFixture(t)
		f.sealed(2)
		o := f.unlock()
		must(t, o.Accept(f.deposit(f.seed(2))))
		f.seal(o)
		set := f.vault().seals(f.vault().pinned())
		if len(set.Seals()) != 1 || len(set.contained) != 2 {
			t.Errorf("%d seals are read, %d contained; want 1 and 2", len(set.Seals()), len(set.contained))
		}
		for _, n := range set.names[1:] {
			must(t, os.Remove(f.path(n.path)))
			must(t, os.Remove(f.path(n.path+".sig")))
		}
		if got := f.standings(3); len(got) != 3 || got[0][0] != Accepted || got[2][0] != Accepted {
			t.Errorf("without the included seals: %v", got)
		}
		if r := f.check(); r.Red() || r.Accepted != 3 {
			t.Errorf("check: %+v", r)
		}
	})
	t.Run("F33", func(t *testing.T) {
		a := newFixture(t)
		b := a.clone()
		a.sealed(1)
		r := b.deposit(b.seed(7))
		o := b.unlock()
		must(t, o.Accept(r))
		b.seal(o)
		overlay(t, a, b)
		o = a.unlock()
		must(t, o.Accept(a.deposit(a.seed(8))))
		if info := a.seal(o); info.Number != 3 {
			t.Errorf("seal %d, want 3", info.Number)
		}
		v := a.vault()
		heads := v.Seen(nil)
		top := v.seals(v.pinned()).Newest()
		if len(heads) != 1 || len(top.Includes) != 3 {
			t.Errorf("%d heads, %d included; want 1 and 3", len(heads), len(top.Includes))
		}
		// Every line of what it includes stands in it again, or is retired there.
		old, err := format.ParseSeal([]byte(sealText), "1-abcdef12")
		must(t, err)
		s := format.NewSeal()
		s.Include(old)
		text := string(s.Marshal())
		for _, line := range append(strings.SplitAfter(sealText, "\n")[1:], "# includes "+old.Hash()+"\n") {
			if !strings.Contains(text, line) {
				t.Errorf("it does not say %q", line)
			}
		}
		s = format.NewSeal()
		s.Retire(format.Ref{Path: "README.txt", Sum: old.Files["README.txt"]})
		s.Accept(format.Ref{Path: "1-abcdef12/seeds/a.age", Sum: [32]byte{1}})
		s.Include(old)
		if _, listed := s.Files["README.txt"]; listed || s.Files["1-abcdef12/seeds/a.age"] != [32]byte{1} {
			t.Error("it lists what is retired, or gives a path another content than its first")
		}
	})
}

// FuzzSeal: what parses is written back the same, but for order.
func FuzzSeal(f *testing.F) {
	f.Add([]byte(sealText))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := format.ParseSeal(text, "1-abcdef12")
		if err != nil || len(s.Unknown) > 0 {
			return
		}
		out := s.Marshal()
		again, err := format.ParseSeal(out, "1-abcdef12")
		if err != nil || len(again.Files) != len(s.Files) || len(again.Retired) != len(s.Retired) || len(again.Includes) != len(s.Includes) {
			t.Fatalf("what is written reads differently: %v", err)
		}
		if !bytes.Equal(again.Marshal(), out) {
			t.Fatal("the canonical text is not stable")
		}
	})
}
