package key

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"seedvault/escrow/internal/holdername"
	"seedvault/escrow/internal/shamir"
)

// Share is one member's part of a quorum's secret key: a secret itself. Alone it
// says nothing of the key; who has gathered as many as the quorum takes has had
// the key whole. Printing one shows no secret.
type Share struct {
	content func() shareContent // a function, because fmt prints what fields hold
}

// shareContent is what a share says.
type shareContent struct {
	quorum    string // the holder's id; "" from paper
	recipient string // the quorum's; "" from paper
	dealing   string // which follows from the recipient
	m, n      int    // n is 0 from paper
	part      shamir.Share
	members   []string // "INDEX NAME RECIPIENT|paper SHA256", all of them; none from paper
}

func shareOf(c shareContent) Share { return Share{func() shareContent { return c }} }

func (s Share) read() shareContent {
	if s.content == nil {
		return shareContent{}
	}
	return s.content()
}

const elidedShare = "Share(elided)"

// Format keeps the secret out of every verb.
func (s Share) Format(f fmt.State, _ rune) { io.WriteString(f, elidedShare) }

// String keeps the secret out of text.
func (s Share) String() string { return elidedShare }

// LogValue keeps the secret out of structured logs.
func (s Share) LogValue() slog.Value { return slog.StringValue(elidedShare) }

// MarshalText keeps the secret out of JSON and other encodings.
func (s Share) MarshalText() ([]byte, error) { return []byte(elidedShare), nil }

// Dealing returns which [Dealing] of the quorum's key the share is of.
func (s Share) Dealing() string { return s.read().dealing }

// Index returns which of the quorum's shares it is, from 1.
func (s Share) Index() int { return int(s.read().part.X) }

// Threshold returns how many shares the quorum takes.
func (s Share) Threshold() int { return s.read().m }

// Of returns how many shares there are, 0 for a share from paper, which does not
// say.
func (s Share) Of() int { return s.read().n }

// Member returns the name of the member whose share it is, "" for a share from
// paper.
func (s Share) Member() string {
	c := s.read()
	for _, m := range c.members {
		if words := strings.Fields(m); words[0] == strconv.Itoa(int(c.part.X)) {
			return words[1]
		}
	}
	return ""
}

// Members returns the names of all members in the order of their shares, none for a
// share from paper.
func (s Share) Members() (names []string) {
	for _, m := range s.read().members {
		names = append(names, strings.Fields(m)[1])
	}
	return names
}

// RecipientOf returns a member's recipient or [OnPaper], "" for no member.
func (s Share) RecipientOf(member string) string {
	for _, m := range s.read().members {
		if words := strings.Fields(m); words[1] == member {
			return strings.Join(words[2:len(words)-1], " ")
		}
	}
	return ""
}

// fromPaper reports whether it was read from paper, and so knows no members.
func (s Share) fromPaper() bool { return len(s.read().members) == 0 }

// ErrShare is returned for what is no share, or one that was changed.
var ErrShare = errors.New("invalid share")

const shareTitle = "seedvault share 1"

// Text returns the share as it lies in a share file, with what is needed to check
// the others: the secret itself. A share from paper does not know all of that, and gives
// no share file.
func (s Share) Text() string {
	c := s.read()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nquorum %s\nrecipient %s\nm %d\nn %d\nindex %d\nshare %x\n", shareTitle, c.quorum, c.recipient, c.m, c.n, c.part.X, c.part.Y)
	for _, m := range c.members {
		b.WriteString("member " + m + "\n")
	}
	return b.String()
}

// ParseShare reads a share's text. It must be exactly as [Share.Text] writes it, but for
// CR LF and the last line's end, and fit its own member's line: the error is [ErrShare].
func ParseShare(text string) (Share, error) {
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
	if len(lines) < 9 || lines[0] != shareTitle {
		return Share{}, ErrShare
	}
	var c shareContent
	values := map[string]string{}
	for i, key := range []string{"quorum", "recipient", "m", "n", "index", "share"} {
		value, ok := strings.CutPrefix(lines[i+1], key+" ")
		if !ok {
			return Share{}, ErrShare
		}
		values[key] = value
	}
	number := func(key string) int { n, _ := strconv.Atoi(values[key]); return n }
	c.quorum, c.recipient, c.m, c.n = values["quorum"], values["recipient"], number("m"), number("n")
	c.dealing = Dealing(c.recipient)
	c.part.X = byte(number("index"))
	c.part.Y, _ = hex.DecodeString(values["share"])
	for _, line := range lines[7:] {
		member, ok := strings.CutPrefix(line, "member ")
		if !ok {
			return Share{}, ErrShare
		}
		c.members = append(c.members, member)
	}
	s := shareOf(c)
	if !c.valid() || s.Text() != strings.Join(lines, "\n")+"\n" {
		return Share{}, ErrShare
	}
	return s, nil
}

// valid reports whether the numbers fit each other, and the share the hash that all
// members have of it.
func (c shareContent) valid() bool {
	if c.m < 2 || c.n < c.m || c.n > shamir.MaxShares || len(c.members) != c.n || c.part.X < 1 || int(c.part.X) > c.n || len(c.part.Y) == 0 {
		return false
	}
	for i, line := range c.members {
		words := strings.Split(line, " ")
		if len(words) < 4 || words[0] != strconv.Itoa(i+1) || holdername.Check(words[1]) != nil || !isHexSum(words[len(words)-1]) {
			return false
		}
	}
	return c.hashOf(int(c.part.X)) == hexSum(c.part.Y)
}

// hashOf is the SHA-256 that a member line has of a share.
func (c shareContent) hashOf(index int) string {
	if index < 1 || index > len(c.members) {
		return ""
	}
	line := c.members[index-1]
	return line[strings.LastIndex(line, " ")+1:]
}

// isHexSum reports whether a word has the form that hexSum gives.
func isHexSum(word string) bool {
	return len(word) == 64 && strings.Trim(word, "0123456789abcdef") == ""
}

func hexSum(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }

// same reports whether two shares are of one splitting of one key.
func (c shareContent) same(other shareContent) bool {
	return c.quorum == other.quorum && c.recipient == other.recipient && c.m == other.m && c.n == other.n && slices.Equal(c.members, other.members)
}

// equal reports whether two shares are one.
func (c shareContent) equal(other shareContent) bool {
	return c.part.X == other.part.X && bytes.Equal(c.part.Y, other.part.Y)
}
