package escrow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

// board is a quorum of members with keys of their own, and of some on paper.
type board struct {
	holder NewHolder
	ids    []age.Identity // of the members, nil for those on paper
	paper  []Share
}

func newBoard(t testing.TB, m int, postQuantum bool, onPaper ...bool) board {
	t.Helper()
	var b board
	var members []Member
	for i, paper := range onPaper {
		member := Member{Name: fmt.Sprintf("member%d", i+1), Recipient: OnPaper}
		var id age.Identity
		if !paper {
			x, err := age.GenerateX25519Identity()
			must(t, err)
			id, member.Recipient = x, x.Recipient().String()
		}
		b.ids, members = append(b.ids, id), append(members, member)
	}
	var err error
	b.holder, b.paper, err = QuorumHolder("board", m, members, postQuantum, nil)
	must(t, err)
	return b
}

// shareOfMember opens a member's share file.
func shareOfMember(t testing.TB, v *Vault, id age.Identity) Share {
	t.Helper()
	found := v.Shares(id)
	if len(found) != 1 {
		t.Fatalf("%d shares open", len(found))
	}
	return found[0].Share
}

// withBoard is a vault that a quorum is a holder of.
func withBoard(t *testing.T, b board) *fixture {
	t.Helper()
	f := newFixture(t)
	f.add(b.holder)
	return f
}

// TestEveryQuorum: of every quorum up to 3 of 5, every m members open the vault, and
// no m-1 do.
func TestEveryQuorum(t *testing.T) {
	for n := 2; n <= 5; n++ {
		for m := 2; m <= min(n, 3); m++ {
			b := newBoard(t, m, n == 3, make([]bool, n)...)
			f := withBoard(t, b)
			for set := range 1 << n {
				var ids []age.Identity
				for i := range n {
					if set>>i&1 == 1 {
						ids = append(ids, b.ids[i])
					}
				}
				o, err := f.vault().Unlock(ids...)
				if enough := len(ids) >= m; enough != (err == nil) {
					t.Errorf("%d of %d with %d: %v", m, n, len(ids), err)
				} else if enough && (o.Holder() != "board" || !o.Compared()) {
					t.Errorf("%d of %d opened as %q", m, n, o.Holder())
				}
			}
		}
	}
}

// F65: a share's text is read as it is written and no other way, and fits its own
// member's line.
func TestShareText(t *testing.T) {
	t.Run("F65", func(t *testing.T) {
		b := newBoard(t, 2, false, false, false, true)
		f := withBoard(t, b)
		s := shareOfMember(t, f.vault(), b.ids[1])
		if s.Index() != 2 || s.Threshold() != 2 || s.Of() != 3 || s.Member() != "member2" {
			t.Errorf("share %d of %d, takes %d, %q", s.Index(), s.Of(), s.Threshold(), s.Member())
		}
		again, err := ParseShare(s.Text())
		if err != nil || again.Text() != s.Text() {
			t.Errorf("read again: %v", err)
		}
		for name, change := range map[string][2]string{
			"title":        {"seedvault share 1", "seedvault share 2"},
			"index":        {"\nindex 2\n", "\nindex 1\n"},
			"no index":     {"\nindex 2\n", "\n"},
			"zero":         {"\nindex 2\n", "\nindex 02\n"},
			"m":            {"\nm 2\n", "\nm 1\n"},
			"n":            {"\nn 3\n", "\nn 4\n"},
			"upper case":   {"\nshare ", "\nshare AA"},
			"member":       {"\nmember 3 member3 paper", "\nmember 3 Member3 paper"},
			"member order": {"\nmember 1 ", "\nmember 2 "},
			"more":         {"\nmember 1 ", "\nx-word y\nmember 1 "},
		} {
			text := strings.Replace(s.Text(), change[0], change[1], 1)
			if text == s.Text() {
				t.Fatalf("%s changes nothing", name)
			}
			if _, err := ParseShare(text); !errors.Is(err, ErrShare) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := ParseShare(strings.ReplaceAll(s.Text(), "\n", "\r\n")); err != nil {
			t.Errorf("line ends of Windows: %v", err)
		}
	})
}

// TestGathering: each share is checked as it arrives, and what does not fit has its
// reason.
func TestGathering(t *testing.T) {
	t.Run("F66", func(t *testing.T) {
		b := newBoard(t, 3, false, false, false, true, true)
		f := withBoard(t, b)
		one, two := shareOfMember(t, f.vault(), b.ids[0]), shareOfMember(t, f.vault(), b.ids[1])
		other := newBoard(t, 3, false, false, false, true, true)
		stranger := shareOfMember(t, withBoard(t, other).vault(), other.ids[0])
		typed := func(s Share) Share {
			again, err := ParsePaperShare(s.Paper())
			must(t, err)
			return again
		}
		three, four := typed(b.paper[0]), typed(b.paper[1])
		var g Gathering
		if _, err := g.Identity(); !errors.Is(err, ErrShareMissing) || g.Missing() != 1 {
			t.Errorf("nothing yet: %v", err)
		}
		for _, step := range []struct {
			name  string
			share Share
			want  error
		}{
			{"first", one, nil},
			{"again", one, ErrShareAgain},
			{"another quorum", stranger, ErrShareForeign},
			{"another quorum's paper", typed(other.paper[0]), ErrShareForeign},
			{"none", Share{}, ErrShare},
			{"paper", three, nil},
			{"paper again", three, ErrShareAgain},
			{"changed", changedShare(four, 4), ErrShareWrong},
			{"swapped", movedShare(four, 2), ErrShareSwapped},
			{"last", two, nil},
		} {
			if err := g.Add(step.share); !errors.Is(err, step.want) || step.want == nil && err != nil {
				t.Errorf("%s: %v, want %v", step.name, err, step.want)
			}
		}
		id, err := g.Identity()
		must(t, err)
		if o, err := f.vault().Unlock(id); err != nil || o.Holder() != "board" {
			t.Errorf("joined: %v", err)
		}

		// From paper alone: what was taken is judged by the first that knows more.
		g = Gathering{}
		must(t, g.Add(changedShare(three, 3)))
		must(t, g.Add(four))
		var earlier *EarlierShareError
		if err := g.Add(one); !errors.As(err, &earlier) || earlier.Index != 3 || g.Have() != 1 {
			t.Errorf("a wrong one from before: %v, %d left", err, g.Have())
		}
		must(t, g.Add(one))
		must(t, g.Add(three))
		if _, err := g.Identity(); err != nil {
			t.Error(err)
		}

		// And where none does, by what they make.
		p := newBoard(t, 2, false, true, true)
		g = Gathering{}
		must(t, g.Add(changedShare(typed(p.paper[0]), 1)))
		must(t, g.Add(typed(p.paper[1])))
		if _, err := g.Identity(); !errors.Is(err, ErrShareJoin) {
			t.Errorf("two from paper, one changed: %v", err)
		}
		g = Gathering{}
		must(t, g.Add(typed(p.paper[0])))
		must(t, g.Add(typed(p.paper[1])))
		id, err = g.Identity()
		must(t, err)
		if _, err := withBoard(t, p).vault().Unlock(id); err != nil {
			t.Error(err)
		}
	})
}

// changedShare has one bit flipped, in what is shared.
func changedShare(s Share, index int) Share {
	c := s.read()
	c.part.Y = slices.Clone(c.part.Y)
	c.part.Y[5] ^= 1
	c.part.X = byte(index)
	return shareOf(c)
}

// movedShare says that it is another member's.
func movedShare(s Share, index int) Share {
	c := s.read()
	c.part.X = byte(index)
	return shareOf(c)
}

// TestPaperShare: what is typed from paper is checked line by line, however it was
// typed.
func TestPaperShare(t *testing.T) {
	t.Run("F67", func(t *testing.T) {
		b := newBoard(t, 2, false, true, true)
		lines := b.paper[0].Paper()
		if len(lines) != 6 {
			t.Errorf("%d lines: %q", len(lines), lines)
		}
		for i, typed := range [][]string{
			lines,
			strings.Split(strings.ToLower(strings.Join(lines, "\n\n")), "\n"),
			strings.Split(strings.NewReplacer("O", "0", "I", "1", "B", "8", " ", "　").Replace(strings.Join(lines, "\n")), "\n"),
			strings.Split(strings.ReplaceAll(strings.Join(lines, "\n"), " ", ""), "\n"),
		} {
			s, err := ParsePaperShare(typed)
			if err != nil || s.Index() != 1 || s.Threshold() != 2 || !s.read().equal(b.paper[0].read()) {
				t.Errorf("typed in way %d: %v", i, err)
			}
		}
		// Every character typed wrongly is noticed, in its line.
		wrong := 0
		for n, line := range lines {
			for at, r := range line {
				if r == ' ' {
					continue
				}
				typed := slices.Clone(lines)
				other := byte('A')
				if r == 'A' {
					other = 'Z'
				}
				typed[n] = line[:at] + string(other) + line[at+1:]
				var bad *LineError
				if _, err := ParsePaperShare(typed); !errors.As(err, &bad) || bad.Line != n+1 {
					t.Errorf("line %d, character %d: %v", n+1, at, err)
				}
				wrong++
			}
		}
		if wrong < 100 {
			t.Errorf("only %d tried", wrong)
		}
		swapped := slices.Clone(lines)
		swapped[1], swapped[2] = swapped[2], swapped[1]
		var bad *LineError
		if _, err := ParsePaperShare(swapped); !errors.As(err, &bad) || bad.Line != 2 {
			t.Errorf("two lines swapped: %v", err)
		}
		if _, err := ParsePaperShare(lines[:5]); !errors.Is(err, ErrShareLength) {
			t.Errorf("a line missing: %v", err)
		}
		if _, err := ParsePaperShare(nil); !errors.Is(err, ErrShareLength) {
			t.Errorf("nothing: %v", err)
		}
		for _, typed := range []string{lines[0], strings.ToLower(lines[0]), "AEBA GSS2 WM4O IBA5 2HVB JIJV 44Z4", "aeba gss2 wm4o iba5 2hvb jijv | 44z4"} {
			if !LooksLikePaperShare(typed) {
				t.Error("no first line, though it may be mistyped")
			}
		}
		for _, typed := range []string{"correct horse battery staple", "able acid also arch away baby back", "BEBA GSS2 WM4O IBA5 2HVB JIJV 44Z4", "AEBA GSS2 WM4O IBA5 2HVB JIJV", ""} {
			if LooksLikePaperShare(typed) {
				t.Errorf("taken for a first line: %q", typed)
			}
		}
	})
}

// TestRemoteShare: a share travels encrypted to whoever gathers.
func TestRemoteShare(t *testing.T) {
	b := newBoard(t, 2, false, false, false)
	f := withBoard(t, b)
	s := shareOfMember(t, f.vault(), b.ids[0])
	gatherer, err := age.GenerateX25519Identity()
	must(t, err)
	text, err := SealShare(s, gatherer.Recipient())
	must(t, err)
	if !strings.HasPrefix(text, "-----BEGIN AGE ENCRYPTED FILE-----\n") || strings.Contains(text, "share") {
		t.Errorf("not armored: %q", text)
	}
	for _, arrived := range []string{text, strings.ReplaceAll("\n"+text+"\n\n", "\n", "\r\n"), s.Text()} {
		if got, err := OpenShare(arrived, gatherer); err != nil || got.Text() != s.Text() {
			t.Errorf("opened: %v", err)
		}
	}
	if _, err := OpenShare(text, b.ids[1]); !errors.Is(err, ErrNoMatch) {
		t.Errorf("somebody else: %v", err)
	}
	for _, junk := range []string{"", "hello", text[:len(text)/2]} {
		if _, err := OpenShare(junk, gatherer); err == nil {
			t.Errorf("%q is a share", junk)
		}
	}
	if got := RecipientDigits(gatherer.Recipient().String()); len(got) != 19 {
		t.Errorf("digits to read aloud: %q", got)
	}
}

func TestQuorumNumbers(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	must(t, err)
	r := id.Recipient().String()
	for name, c := range map[string]struct {
		m       int
		members []Member
		want    error
	}{
		"one":      {1, []Member{{"a", r}, {"b", r}}, ErrQuorum},
		"too many": {3, []Member{{"a", r}, {"b", r}}, ErrQuorum},
		"twice":    {2, []Member{{"a", r}, {"a", r}}, ErrQuorum},
		"name":     {2, []Member{{"a", r}, {"B", r}}, ErrName},
		"key":      {2, []Member{{"a", r}, {"b", "age1x"}}, ErrRecipient},
		"plugin":   {2, []Member{{"a", r}, {"b", "age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt"}}, ErrPluginRecipient},
		"33":       {2, slices.Repeat([]Member{{"a", r}}, 33), ErrQuorum},
	} {
		if _, _, err := QuorumHolder("board", c.m, c.members, false, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestQuorumInRoster: the roster knows the quorum, and its ways in.
func TestQuorumInRoster(t *testing.T) {
	f := withBoard(t, newBoard(t, 2, false, false, false, true))
	holders, findings := f.unlock().Roster()
	i := slices.IndexFunc(holders, func(h Holder) bool { return h.Kind == KindQuorum })
	if len(findings) > 0 || i < 0 {
		t.Fatalf("%v %v", holders, findings)
	}
	h := holders[i]
	if h.Threshold != 2 || h.Members != 3 || len(h.Seats) != 3 || !strings.HasPrefix(h.Seats[0], "member1 age1") || h.Seats[2] != "member3 paper" || len(h.Files) != 3 {
		t.Errorf("%+v", h)
	}
	if WaysIn([]Holder{h}) != 2 {
		t.Errorf("%d ways in", WaysIn([]Holder{h}))
	}
}

func TestSharesPrintNothing(t *testing.T) {
	b := newBoard(t, 2, false, true, true)
	s := b.paper[0]
	secret := fmt.Sprintf("%x", s.read().part.Y)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		for _, v := range []any{s, &s, struct{ s Share }{s}, FoundShare{Share: s}, []Share{s}} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, secret[:16]) {
				t.Errorf("%s prints the share", verb)
			}
		}
	}
}

// TestLostHolders: whichever holders' files are lost, the vault opens with each that
// is left, and with no other.
func TestLostHolders(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	b := newBoard(t, 2, false, false, false, false)
	key, keyID := freshKey(t, "bob")
	f.add(key, b.holder)
	words, err := f.vault().PassphraseKeys("words")
	must(t, err)
	wordsID, err := words.Unlock(passphrase)
	must(t, err)
	ways := map[string][]age.Identity{
		"words": {wordsID}, "paper": {f.paper}, "anna": {f.friend}, "bob": {keyID}, "board": {b.ids[0], b.ids[2]},
	}
	names := slices.Sorted(maps.Keys(ways))
	folder := f.folder()
	for lost := range 1 << len(names) {
		dir := t.TempDir()
		must(t, os.CopyFS(dir, os.DirFS(f.dir)))
		for i, name := range names {
			if lost>>i&1 == 1 {
				must(t, os.RemoveAll(filepath.Join(dir, folder, "holders", name)))
			}
		}
		v, err := Open(openDir(t, dir), &f.pin)
		must(t, err)
		for i, name := range names {
			o, err := v.Unlock(ways[name]...)
			if gone := lost>>i&1 == 1; gone != errors.Is(err, ErrNoMatch) {
				t.Errorf("without %05b, %s: %v", lost, name, err)
			} else if !gone {
				if entries, findings := seedsOf(t, o); len(entries) != 2 || len(findings) > 0 {
					t.Errorf("without %05b, %s: %d seeds", lost, name, len(entries))
				}
			}
		}
	}
}

// TestQuorumInCheck: a share that is damaged is named without a key, and with too few
// left the quorum is no way in.
func TestQuorumInCheck(t *testing.T) {
	b := newBoard(t, 2, false, false, false, true)
	f := withBoard(t, b)
	report := func() *Report {
		r, err := f.unlock().Check(context.Background(), CheckOptions{Now: testTime})
		must(t, err)
		return r
	}
	whole := report().Ways
	share := f.glob("holders/board/share-member1-*.age")
	f.change(share, flip)
	if r := f.vault().Check(CheckOptions{Now: testTime}); !reports(r, CodeDamaged, share) {
		t.Errorf("not named without a key: %+v", r.Findings)
	}
	if got := report().Ways; got != whole-1 {
		t.Errorf("%d ways in with one share damaged, %d with all", got, whole)
	}
	f.change(f.glob("holders/board/share-member2-*.age"), flip)
	if got := report().Ways; got != whole-2 {
		t.Errorf("%d ways in with one share left of the two that it takes, %d with all", got, whole)
	}
}

// TestClassicHolders: of a post-quantum vault, check names those whose keys are not.
func TestClassicHolders(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	must(t, err)
	pq, err := age.GenerateHybridIdentity()
	must(t, err)
	classic, err := KeyHolder("classic", id.Recipient().String())
	must(t, err)
	hybrid, err := KeyHolder("hybrid", pq.Recipient().String())
	must(t, err)
	paper, _, err := PaperHolder("paper", true)
	must(t, err)
	board, _, err := QuorumHolder("board", 2, []Member{{"a", OnPaper}, {"b", id.Recipient().String()}, {"c", OnPaper}}, true, nil)
	must(t, err)
	fsys := openDir(t, t.TempDir())
	pin, err := Create(fsys, CreateOptions{Holders: []NewHolder{classic, hybrid, paper, board}, PostQuantum: true, Now: testTime})
	must(t, err)
	v, err := Open(fsys, &pin)
	must(t, err)
	o, err := v.Unlock(pq)
	must(t, err)
	r, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	var named []string
	for _, f := range r.Findings {
		if f.Code == CodeClassic && !f.Red {
			named = append(named, f.Detail)
		}
	}
	slices.Sort(named)
	if !slices.Equal(named, []string{"board", "classic"}) {
		t.Errorf("named %v", named)
	}
}
