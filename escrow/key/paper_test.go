package key

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// paperKeys are made up, one of each kind.
var paperKeys = []string{
	"AGE-SECRET-KEY-1GUTZ4RX9HH78S09Y037AYEJKQ4MKX2Q4847RFYM3YNNU30MTXALQN72GGA",
	"AGE-SECRET-KEY-PQ-1Q9S2J3HT2V245L0KP48UF2EW2A8ELT0VXRVLQZA5VU4SACFVXQ7QYXPY4U",
}

// typedWays are how one line or a whole key may be typed.
var typedWays = map[string]func(string) string{
	"as printed":     func(s string) string { return s },
	"lower case":     strings.ToLower,
	"without spaces": func(s string) string { return strings.ReplaceAll(s, " ", "") },
	"full width": func(s string) string {
		return strings.Map(func(r rune) rune {
			if r == ' ' {
				return '　'
			}
			return r + 0xFEE0
		}, s)
	},
	"O for 0 and B for 8": func(s string) string { return strings.NewReplacer("0", "O", "8", "B").Replace(s) },
}

// TestPaperKey is F70: it reads back what is printed, however it is typed.
func TestPaperKey(t *testing.T) {
	for _, key := range paperKeys {
		lines, err := Paper(key)
		must(t, err)
		if len(lines) != 3 {
			t.Fatalf("%d lines", len(lines))
		}
		prefix, data, _ := strings.Cut(key, "1")
		sum := sha256.Sum256([]byte("seedvault " + prefix + "1 line 2 " + data[:40]))
		check := base32.NewEncoding(bech32Alphabet).EncodeToString(sum[:])[:4]
		if !strings.HasSuffix(lines[1], "  "+check) {
			t.Errorf("line 2 is checked by other characters than %s", check)
		}
		bare := slices.Clone(lines)
		bare[0] = bare[0][strings.Index(bare[0], " "):]
		for way, typed := range typedWays {
			for _, as := range [][]string{{key}, lines, bare, {strings.Join(lines, " ")}, {"", lines[0] + " ", lines[1], "", lines[2]},
				unchecked(lines), unchecked(bare), {unchecked(lines)[0], lines[1], unchecked(lines)[2]}, append([]string{prefix + "1"}, bare...), append([]string{prefix + "1"}, unchecked(bare)...)} {
				var said []string
				for _, line := range as {
					said = append(said, typed(line))
				}
				if got, err := ReadPaper(said...); err != nil || got != key {
					t.Errorf("%s: %d lines are not read: %v", way, len(as), err)
				}
				if !LooksLikeIdentity(strings.Join(said, " ")) {
					t.Errorf("%s: %d lines do not look like a key", way, len(as))
				}
			}
			if _, err := ReadPaper(typed(lines[0])); !errors.Is(err, ErrLines) {
				t.Errorf("%s: the first line alone: %v", way, err)
			}
			if _, err := ReadPaper(typed(lines[0]), typed(lines[1])); !errors.Is(err, ErrLines) {
				t.Errorf("%s: two lines alone: %v", way, err)
			}
			if _, err := ReadPaper(typed(lines[0]), typed(lines[2])); !isLine(err, 2) {
				t.Errorf("%s: the third line for the second: %v", way, err)
			}
		}
		public, err := RecipientOf(key)
		must(t, err)
		if !strings.HasPrefix(public, "age1") {
			t.Error("no recipient")
		}
	}
	for _, typed := range []string{"", "correct horse battery staple", "age-old wisdom is a passphrase too", "age secret key lime pie recipes", paperKeys[0][:40]} {
		if _, err := ReadPaper(typed); err == nil {
			t.Errorf("%q is a key", typed)
		}
	}
	for _, typed := range []string{"", "correct horse battery staple", "age-old wisdom is a passphrase too", "age secret key lime pie recipes", "able acid also area army atom", "not the words of anybody"} {
		if LooksLikeIdentity(typed) {
			t.Errorf("%q looks like a key", typed)
		}
	}
	if _, err := Paper("AGE-SECRET-KEY-1"); !errors.Is(err, ErrIdentity) {
		t.Error(err)
	}
	if _, err := RecipientOf("AGE-SECRET-KEY-1"); !errors.Is(err, ErrIdentity) {
		t.Error(err)
	}
}

// unchecked leaves out the characters that check each line.
func unchecked(lines []string) (short []string) {
	for _, line := range lines {
		short = append(short, line[:strings.LastIndex(line, "  ")])
	}
	return short
}

// TestUnreadableCharacter: a character of which somebody typed a question mark costs its
// line, which is named at once, wherever in the line it stands, but in the prefix.
func TestUnreadableCharacter(t *testing.T) {
	for _, key := range paperKeys {
		lines, err := Paper(key)
		must(t, err)
		for _, way := range [][]string{lines, unchecked(lines)} {
			for n := range way {
				for at := range way[n] {
					if isMark(way[n][at]) || n == 0 && at < strings.Index(way[n], " ") {
						continue
					}
					typed := slices.Clone(way[:n+1])
					typed[n] = way[n][:at] + "?" + way[n][at+1:]
					if _, err := ReadPaper(typed...); !isLine(err, n+1) {
						t.Errorf("line %d has an unreadable character at %d: %v", n+1, at, err)
					}
				}
			}
		}
		if first := unchecked(lines)[0]; !LooksLikeIdentity(first[strings.Index(first, " "):]) {
			t.Error("a first line without prefix and check does not look like a key's")
		}
	}
}

func isLine(err error, number int) bool {
	var line *LineError
	return errors.As(err, &line) && line.Line == number
}

// TestLinesOfTwoKeys: a line of another key's sheet fails where it is typed.
func TestLinesOfTwoKeys(t *testing.T) {
	t.Run("F70", func(t *testing.T) {
		for _, postQuantum := range []bool{false, true} {
			var sheets [2][]string
			for i := range sheets {
				pair, err := Generate(postQuantum)
				must(t, err)
				sheets[i], err = Paper(pair.Secret())
				must(t, err)
			}
			for i := range sheets[0] {
				said := slices.Clone(sheets[0])
				said[i] = sheets[1][i]
				if _, err := ReadPaper(said...); !isLine(err, max(i+1, 2)) {
					t.Errorf("line %d is of another sheet: %v", i+1, err)
				}
			}
		}
	})
}

// TestPaperKeyMistyped types every line with each single wrong character, and with
// each two neighbours the wrong way round, and wants that line to be named.
func TestPaperKeyMistyped(t *testing.T) {
	for _, key := range paperKeys {
		lines, err := Paper(key)
		must(t, err)
		tried := 0
		wrong := func(number int, typed string) {
			t.Helper()
			tried++
			said := slices.Clone(lines)
			said[number-1] = typed
			if _, err := ReadPaper(said...); !isLine(err, number) {
				t.Errorf("line %d is mistyped, and the error is %v", number, err)
			}
			if number > 1 {
				return
			}
			if !LooksLikeIdentity(typed) {
				t.Error("the first line, mistyped, does not look like a key's")
			}
			if _, bare, _ := strings.Cut(lines[0], " "); strings.HasSuffix(typed, bare[4:]) && !LooksLikeIdentity("7"+bare[1:]) {
				t.Error("the first line without prefix, mistyped, does not look like a key's")
			}
			if _, err := ReadPaper(typed); !isLine(err, 1) {
				t.Errorf("the first line alone, mistyped: %v", err)
			}
		}
		for i, line := range lines {
			for at := range line {
				for _, c := range bech32Alphabet {
					if line[at] == ' ' || line[at] == '-' || meant(line[at]) == c {
						continue
					}
					wrong(i+1, line[:at]+string(c)+line[at+1:])
				}
			}
			for at := range len(line) - 1 {
				a, b := line[at], line[at+1]
				if isMark(a) || isMark(b) || meant(a) == meant(b) {
					continue
				}
				wrong(i+1, line[:at]+string(b)+string(a)+line[at+2:])
			}
		}
		if tried < 2000 {
			t.Errorf("only %d errors were made", tried)
		}
	}
}

func meant(c byte) rune {
	if r, ok := bech32Meant()[rune(c)]; ok {
		return r
	}
	return rune(c)
}

func isMark(c byte) bool { return !unicode.IsLetter(rune(c)) && !unicode.IsDigit(rune(c)) }
