package key

import (
	"errors"
	"fmt"

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

// ErrQuorum is returned for a quorum of fewer than two, of more than there are
// members, of more than 32 members, or with two members of one name.
var ErrQuorum = errors.New("invalid quorum: 2 or more of at most 32 members, each with a name of its own")

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
