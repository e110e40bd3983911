package key

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

// deal parts a new key among members, member1 and so on, some of them on paper.
func deal(t testing.TB, m int, postQuantum bool, onPaper ...bool) (*Pair, []Share) {
	t.Helper()
	pair, err := Generate(postQuantum)
	must(t, err)
	members := make([]Member, len(onPaper))
	for i, paper := range onPaper {
		members[i] = Member{Name: fmt.Sprintf("member%d", i+1), Recipient: OnPaper}
		if !paper {
			own, err := Generate(false)
			must(t, err)
			members[i].Recipient = own.Public()
		}
	}
	shares, err := Split(fmt.Sprintf("%016x%016x", rand.Uint64(), rand.Uint64()), pair, m, members)
	must(t, err)
	return pair, shares
}

// typed is a share as it comes back from paper.
func typed(t testing.TB, s Share) Share {
	t.Helper()
	again, err := ReadPaperShare(s.Paper())
	must(t, err)
	return again
}

// F65: a share's text is read as it is written and no other way, and fits its own
// member's line.
func TestShareText(t *testing.T) {
	t.Run("F65", func(t *testing.T) {
		_, shares := deal(t, 2, false, false, false, true)
		s := shares[1]
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

// TestCombiner: each share is checked as it arrives, and what does not fit has its
// reason.
func TestCombiner(t *testing.T) {
	t.Run("F66", func(t *testing.T) {
		pair, shares := deal(t, 3, false, false, false, true, true)
		_, others := deal(t, 3, false, false, false, true, true)
		one, two, three, four := shares[0], shares[1], typed(t, shares[2]), typed(t, shares[3])
		isKey := func(id age.Identity, err error) {
			t.Helper()
			if err != nil || id.(fmt.Stringer).String() != pair.Secret() {
				t.Errorf("joined to another key: %v", err)
			}
		}
		var c Combiner
		if _, err := c.Identity(); !errors.Is(err, ErrShareMissing) || c.Missing() != 1 {
			t.Errorf("nothing yet: %v", err)
		}
		for _, step := range []struct {
			name  string
			share Share
			want  error
		}{
			{"first", one, nil},
			{"again", one, ErrShareAgain},
			{"another quorum", others[0], ErrShareForeign},
			{"another quorum's paper", typed(t, others[2]), ErrShareForeign},
			{"none", Share{}, ErrShare},
			{"paper", three, nil},
			{"paper again", three, ErrShareAgain},
			{"changed", changedShare(four, 4), ErrShareWrong},
			{"swapped", movedShare(four, 2), ErrShareSwapped},
			{"last", two, nil},
		} {
			if err := c.Add(step.share); !errors.Is(err, step.want) || step.want == nil && err != nil {
				t.Errorf("%s: %v, want %v", step.name, err, step.want)
			}
		}
		isKey(c.Identity())

		// From paper alone: what was taken is judged by the first that knows more.
		c = Combiner{}
		must(t, c.Add(changedShare(three, 3)))
		must(t, c.Add(four))
		var earlier *EarlierShareError
		if err := c.Add(one); !errors.As(err, &earlier) || earlier.Index != 3 || c.Missing() != 2 {
			t.Errorf("a wrong one from before: %v, %d missing", err, c.Missing())
		}
		must(t, c.Add(one))
		must(t, c.Add(three))
		isKey(c.Identity())

		// And where none does, by what they make.
		pair, shares = deal(t, 2, false, true, true)
		c = Combiner{}
		must(t, c.Add(changedShare(typed(t, shares[0]), 1)))
		must(t, c.Add(typed(t, shares[1])))
		if _, err := c.Identity(); !errors.Is(err, ErrShareJoin) {
			t.Errorf("two from paper, one changed: %v", err)
		}
		c = Combiner{}
		must(t, c.Add(typed(t, shares[0])))
		must(t, c.Add(typed(t, shares[1])))
		isKey(c.Identity())
	})
}

// dealtTwice deals the shares of two keys to the same members on paper: an old sheet
// and a new one of each, and the new key.
func dealtTwice(t *testing.T, m, n int) (older, newer []Share, pair *Pair) {
	t.Helper()
	members := make([]Member, n)
	for i := range members {
		members[i] = Member{Name: fmt.Sprintf("member%d", i+1), Recipient: OnPaper}
	}
	deals := make([][]Share, 2)
	for i := range deals {
		var err error
		pair, err = Generate(false)
		must(t, err)
		shares, err := Split(strings.Repeat("5f", 16), pair, m, members)
		must(t, err)
		for _, s := range shares {
			deals[i] = append(deals[i], typed(t, s))
		}
	}
	return deals[0], deals[1], pair
}

// TestTwoDealings: an old sheet and a new one are told apart as soon as both are
// there, and the old one has the blame when it is known which that is.
func TestTwoDealings(t *testing.T) {
	t.Run("F67", func(t *testing.T) {
		older, newer, pair := dealtTwice(t, 2, 3)
		isKey := func(c *Combiner) {
			t.Helper()
			if id, err := c.Identity(); err != nil || id.(fmt.Stringer).String() != pair.Secret() {
				t.Errorf("joined to another key: %v", err)
			}
		}
		if older[0].Dealing() == newer[0].Dealing() || newer[0].Dealing() != Dealing(pair.Public()) {
			t.Errorf("dealings %s and %s", older[0].Dealing(), newer[0].Dealing())
		}
		var c Combiner
		must(t, c.Add(newer[0]))
		if err := c.Add(older[1]); !errors.Is(err, ErrShareForeign) || c.Missing() != 1 {
			t.Errorf("the old one last: %v, %d missing", err, c.Missing())
		}
		must(t, c.Add(newer[1]))
		isKey(&c)

		c = Combiner{}
		must(t, c.Add(older[0]))
		var earlier *EarlierShareError
		if err := c.Add(newer[1]); !errors.Is(err, ErrShareForeign) || errors.As(err, &earlier) {
			t.Errorf("one of each: %v", err)
		}
		if err := c.Add(newer[2]); !errors.As(err, &earlier) || earlier.Index != 1 || !errors.Is(err, ErrShareForeign) {
			t.Errorf("the old one first, and two new ones: %v", err)
		}
		must(t, c.Add(newer[2]))
		isKey(&c)
		if err := c.Add(newer[1]); !errors.Is(err, ErrShareAgain) {
			t.Errorf("the one that was put aside was not taken: %v", err)
		}

		// Two old ones of the three that it takes give way to three new ones, one by one.
		older, newer, pair = dealtTwice(t, 3, 5)
		c = Combiner{}
		must(t, c.Add(older[3]))
		must(t, c.Add(older[4]))
		for _, s := range newer[:2] {
			if err := c.Add(s); !errors.Is(err, ErrShareForeign) || errors.As(err, &earlier) {
				t.Errorf("two of each: %v", err)
			}
		}
		var blamed []int
		err := c.Add(newer[2])
		for ; errors.As(err, &earlier); err = c.Add(newer[2]) {
			blamed = append(blamed, earlier.Index)
			earlier = nil
		}
		if err != nil || !slices.Equal(blamed, []int{4, 5}) {
			t.Errorf("%v, blamed %v", err, blamed)
		}
		isKey(&c)

		// A member's share file knows more than paper does, and is held against it.
		members := []Member{{Name: "a", Recipient: OnPaper}, {Name: "b", Recipient: OnPaper}}
		files, err := Split(strings.Repeat("5f", 16), pair, 2, members)
		must(t, err)
		old, _, _ := dealtTwice(t, 2, 2)
		c = Combiner{}
		must(t, c.Add(files[0]))
		if err := c.Add(old[1]); !errors.Is(err, ErrShareForeign) {
			t.Errorf("an old sheet beside a share file: %v", err)
		}
		must(t, c.Add(typed(t, files[1])))
		isKey(&c)
	})
}

// TestLinesOfTwoSheets: each line's check covers those before it, so that a line of
// another sheet fails where it is typed.
func TestLinesOfTwoSheets(t *testing.T) {
	t.Run("F67", func(t *testing.T) {
		older, newer, _ := dealtTwice(t, 2, 3)
		mine := newer[0].Paper()
		for name, other := range map[string][]string{"another member's": newer[1].Paper(), "the old sheet's": older[0].Paper()} {
			for i := range mine {
				said := slices.Clone(mine)
				said[i] = other[i]
				if err := CheckShareLines(said[:i+1]...); i > 0 && !isLine(err, i+1) || i == 0 && err != nil {
					t.Errorf("line %d is %s: %v", i+1, name, err)
				}
				if _, err := ReadPaperShare(said); !isLine(err, max(i+1, 2)) {
					t.Errorf("line %d of the whole is %s: %v", i+1, name, err)
				}
			}
		}
		// The definition, computed apart.
		var text string
		for i, line := range mine {
			data, check, _ := strings.Cut(line, "  ")
			text += strings.ReplaceAll(data, " ", "")
			sum := sha256.Sum256(fmt.Appendf(nil, "seedvault share line %d %s", i+1, text))
			if want := base32.StdEncoding.EncodeToString(sum[:])[:4]; check != want {
				t.Errorf("line %d is checked by %s, want %s", i+1, check, want)
			}
		}
		data, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(text)
		must(t, err)
		if got := hex.EncodeToString(data[4:12]); got != newer[0].Dealing() || len(data) != 12+int(data[3]) {
			t.Errorf("%d bytes, dealing %s", len(data), got)
		}
	})
}

// TestCombine: shares of several quorums sort themselves, and a planted one costs
// nothing.
func TestCombine(t *testing.T) {
	pair, shares := deal(t, 2, true, false, false, false)
	_, others := deal(t, 2, false, false, false)
	got := Combine([]Share{others[0], shares[2], shares[2], shares[0]})
	if len(got) != 1 || got[0].(fmt.Stringer).String() != pair.Secret() {
		t.Errorf("%d keys", len(got))
	}
	if got := Combine([]Share{{}, shares[0], others[0], {}}); len(got) != 0 {
		t.Errorf("%d keys of too few shares", len(got))
	}
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
		_, shares := deal(t, 2, false, true, true)
		lines := shares[0].Paper()
		if len(lines) != 6 {
			t.Errorf("%d lines: %q", len(lines), lines)
		}
		for i, typed := range [][]string{
			lines,
			strings.Split(strings.ToLower(strings.Join(lines, "\n\n")), "\n"),
			strings.Split(strings.NewReplacer("O", "0", "I", "1", "B", "8", " ", "　").Replace(strings.Join(lines, "\n")), "\n"),
			strings.Split(strings.ReplaceAll(strings.Join(lines, "\n"), " ", ""), "\n"),
		} {
			s, err := ReadPaperShare(typed)
			if err != nil || s.Index() != 1 || s.Threshold() != 2 || !s.read().equal(shares[0].read()) {
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
				if _, err := ReadPaperShare(typed); !errors.As(err, &bad) || bad.Line != n+1 {
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
		if _, err := ReadPaperShare(swapped); !errors.As(err, &bad) || bad.Line != 2 {
			t.Errorf("two lines swapped: %v", err)
		}
		if _, err := ReadPaperShare(lines[:5]); !errors.Is(err, ErrShareLines) {
			t.Errorf("a line missing: %v", err)
		}
		if _, err := ReadPaperShare(nil); !errors.Is(err, ErrShareLines) {
			t.Errorf("nothing: %v", err)
		}
		for _, typed := range []string{lines[0], strings.ToLower(lines[0]), "AEBA GSS2 WM4O IBA5 2HVB JIJV 44Z4", "aeba gss2 wm4o iba5 2hvb jijv | 44z4"} {
			if !LooksLikeShare(typed) {
				t.Error("no first line, though it may be mistyped")
			}
		}
		for _, typed := range []string{"correct horse battery staple", "able acid also arch away baby back", "BEBA GSS2 WM4O IBA5 2HVB JIJV 44Z4", "AEBA GSS2 WM4O IBA5 2HVB JIJV", ""} {
			if LooksLikeShare(typed) {
				t.Errorf("taken for a first line: %q", typed)
			}
		}
	})
}

// TestShareSent: a share travels encrypted to whoever combines.
func TestShareSent(t *testing.T) {
	_, shares := deal(t, 2, false, false, false)
	s := shares[0]
	combiner, err := age.GenerateX25519Identity()
	must(t, err)
	stranger, err := age.GenerateX25519Identity()
	must(t, err)
	text, err := s.EncryptToSend(combiner.Recipient())
	must(t, err)
	if !strings.HasPrefix(text, "-----BEGIN AGE ENCRYPTED FILE-----\n") || strings.Contains(text, "share") {
		t.Errorf("not armored: %q", text)
	}
	for _, arrived := range []string{text, strings.ReplaceAll("\n"+text+"\n\n", "\n", "\r\n"), s.Text()} {
		if got, err := OpenSentShare(arrived, combiner); err != nil || got.Text() != s.Text() {
			t.Errorf("opened: %v", err)
		}
	}
	if _, err := OpenSentShare(text, stranger); !errors.Is(err, ErrNoMatch) {
		t.Errorf("somebody else: %v", err)
	}
	for _, junk := range []string{"", "hello", text[:len(text)/2]} {
		if _, err := OpenSentShare(junk, combiner); err == nil {
			t.Errorf("%q is a share", junk)
		}
	}
	if got := RecipientDigits(combiner.Recipient().String()); len(got) != 19 {
		t.Errorf("digits to read aloud: %q", got)
	}
}

func TestSharesPrintNothing(t *testing.T) {
	_, shares := deal(t, 2, false, true, true)
	s := shares[0]
	secret := fmt.Sprintf("%x", s.read().part.Y)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		for _, v := range []any{s, &s, struct{ s Share }{s}, []Share{s}} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, secret[:16]) {
				t.Errorf("%s prints the share", verb)
			}
		}
	}
}
