package key

import (
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/holdername"
	"seedvault/escrow/internal/shamir"
)

// OnPaper stands in the place of a member's recipient whose share is on paper and
// nowhere else.
const OnPaper = "paper"

// Member has one share of a quorum.
type Member struct {
	Name      string
	Recipient string // as [ParseRecipient] returns it, or [OnPaper]
}

// ParseMember reads what [Member.String] writes. A line without a recipient is a name
// alone.
func ParseMember(line string) Member {
	name, recipient, _ := strings.Cut(line, " ")
	return Member{name, recipient}
}

// String returns NAME RECIPIENT, or NAME paper.
func (m Member) String() string { return strings.TrimSuffix(m.Name+" "+m.Recipient, " ") }

// MarshalText returns what [Member.String] does.
func (m Member) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads it as [ParseMember] does. There is no error.
func (m *Member) UnmarshalText(text []byte) error { *m = ParseMember(string(text)); return nil }

// OnPaper reports whether the member's share is on paper and nowhere else.
func (m Member) OnPaper() bool { return m.Recipient == OnPaper }

var (
	// ErrQuorum is returned for a quorum of fewer than two, of more than there are
	// members, of more than 255 members, or with two members of one name.
	ErrQuorum = errors.New("invalid quorum: 2 or more of at most 255 members, each with a name of its own")
	// ErrMembers is returned for a quorum of so many members that what each is given, or
	// what is kept of them, would be longer than the format allows (FORMAT.md, F65).
	ErrMembers = errors.New("invalid quorum: too many members: what is kept of them is longer than may be read")
)

// CheckQuorum returns [ErrQuorum] unless m of the members can be asked for, and the
// error of a member's name.
func CheckQuorum(m int, members []Member) error {
	if m < 2 || m > len(members) || len(members) > shamir.MaxShares {
		return ErrQuorum
	}
	seen := map[string]bool{}
	for _, member := range members {
		if err := holdername.Check(member.Name); err != nil {
			return err
		}
		if seen[member.Name] {
			return ErrQuorum
		}
		seen[member.Name] = true
	}
	return nil
}

// MemberRecipient reads a member's recipient: the recipient to encrypt the share to
// and its canonical text, or nil and [OnPaper]. One of a plugin needs an [Asker] and
// comes with [PluginRecipient]'s warning.
func MemberRecipient(text string, ask Asker) (age.Recipient, string, error) {
	if text == OnPaper {
		return nil, OnPaper, nil
	}
	to, canonical, err := ParseRecipient(text)
	if errors.Is(err, ErrPluginRecipient) {
		return PluginRecipient(text, ask)
	}
	return to, canonical, err
}

// Split parts a key among members, so that any m of them join it again and fewer
// learn nothing: one share for each, in their order. id is what the quorum is known
// by, 32 hex digits. The error is that of [CheckQuorum].
func Split(id string, pair *Pair, m int, members []Member) ([]Share, error) {
	if err := CheckQuorum(m, members); err != nil {
		return nil, err
	}
	parts, err := shamir.Split([]byte(pair.Secret()), m, len(members))
	if err != nil {
		return nil, ErrQuorum
	}
	c := shareContent{quorum: id, recipient: pair.Public(), dealing: Dealing(pair.Public()), m: m, n: len(members)}
	for i, member := range members {
		c.members = append(c.members, fmt.Sprintf("%d %s %s %s", i+1, member.Name, member.Recipient, hexSum(parts[i].Y)))
	}
	shares := make([]Share, len(parts))
	for i, part := range parts {
		c.part = part
		shares[i] = shareOf(c)
	}
	return shares, nil
}
