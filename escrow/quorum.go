package escrow

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"seedvault/escrow/internal/shamir"
)

// OnPaper stands in the place of a member's recipient whose share is on paper and
// nowhere else.
const OnPaper = "paper"

// Member has one share of a quorum.
type Member struct {
	Name      string
	Recipient string // age1..., an SSH key, or [OnPaper]
}

// ErrQuorum is returned for a quorum of fewer than two, of more than there are
// members, of more than 32 members, or with two members of one name.
var ErrQuorum = errors.New("invalid quorum: 2 or more of at most 32 members, each with a name of its own")

// QuorumHolder makes a holder that any m of its members open together: a new key
// whose identity is shared among them and kept nowhere. A member with a recipient
// finds their share in the vault; those on paper are returned, secrets to be
// written down once. A recipient that needs an age plugin is [ErrPluginRecipient]
// without an Asker, and is taken for nothing but what a person has typed or the
// sealed roster has.
func QuorumHolder(name string, m int, members []Member, postQuantum bool, ask Asker) (NewHolder, []Share, error) {
	if m < 2 || m > len(members) || len(members) > shamir.MaxShares {
		return NewHolder{}, nil, ErrQuorum
	}
	h, identity, err := generatedHolder(name, KindQuorum, postQuantum)
	if err != nil {
		return NewHolder{}, nil, err
	}
	parts, err := shamir.Split([]byte(identity), m, len(members))
	if err != nil {
		return NewHolder{}, nil, ErrQuorum
	}
	c := shareContent{quorum: h.holder.ID, recipient: h.holder.Recipient, m: m, n: len(members)}
	to := make([]age.Recipient, len(members))
	seen := map[string]bool{}
	for i, member := range members {
		if err := CheckName(member.Name); err != nil {
			return NewHolder{}, nil, err
		}
		if seen[member.Name] {
			return NewHolder{}, nil, ErrQuorum
		}
		seen[member.Name] = true
		text := OnPaper
		if member.Recipient != OnPaper {
			if to[i], text, err = memberRecipient(member.Recipient, ask); err != nil {
				return NewHolder{}, nil, err
			}
		}
		h.holder.Seats = append(h.holder.Seats, member.Name+" "+text)
		c.members = append(c.members, fmt.Sprintf("%d %s %s %s", i+1, member.Name, text, hexSum(parts[i].Y)))
	}
	h.holder.Threshold, h.holder.Members = m, len(members)
	return h.shared(c, parts, members, to)
}

func memberRecipient(text string, ask Asker) (age.Recipient, string, error) {
	to, canonical, err := ParseRecipient(text)
	if errors.Is(err, ErrPluginRecipient) {
		return PluginRecipient(text, ask)
	}
	return to, canonical, err
}

// shared gives the holder its share files, and returns the shares that have none.
func (h NewHolder) shared(c shareContent, parts []shamir.Share, members []Member, to []age.Recipient) (NewHolder, []Share, error) {
	var paper []Share
	for i, part := range parts {
		c.part = part
		share := shareOf(c)
		if to[i] == nil {
			paper = append(paper, share)
			continue
		}
		file, err := encrypt(to[i], []byte(share.Text()))
		if err != nil {
			return NewHolder{}, nil, err
		}
		h.own = append(h.own, ownFile{"share-" + members[i].Name + "-", file})
	}
	return h, paper, nil
}

// FoundShare is a share that was opened, and where it belongs.
type FoundShare struct {
	Holder string // the quorum's name
	Path   string
	Share
}

// Shares opens the share files of the pinned epoch, or without a pin of every
// epoch, that identities open. What does not open or is no share is passed over.
func (v *Vault) Shares(ids ...age.Identity) []FoundShare {
	var found []FoundShare
	for _, h := range v.Holders() {
		for _, path := range h.Shares {
			data, err := readFile(v.fsys, path, kindShare.limit())
			if err != nil {
				continue
			}
			plain, err := decrypt(data, ids...)
			if err != nil {
				continue
			}
			if share, err := ParseShare(string(plain)); err == nil {
				found = append(found, FoundShare{h.Name, path, share})
			}
		}
	}
	return found
}

// gathered are the identities of the quorums that identities open together.
func (v *Vault) gathered(ids []age.Identity) []age.Identity {
	var quorums []age.Identity
	gatherings := map[string]*Gathering{}
	for _, f := range v.Shares(ids...) {
		c := f.read()
		key := fmt.Sprintf("%s %s %d %d %q", c.quorum, c.recipient, c.m, c.n, c.members) // a planted share keeps to itself
		if gatherings[key] == nil {
			gatherings[key] = &Gathering{}
		}
		g := gatherings[key]
		if g.Add(f.Share) != nil || g.Missing() > 0 {
			continue
		}
		if id, err := g.Identity(); err == nil {
			quorums = append(quorums, id)
		}
	}
	return quorums
}

// SealShare encrypts a share to whoever gathers, armored so that it can be sent
// as text. Whoever opens it and as many others as the quorum takes has the key.
func SealShare(s Share, to age.Recipient) (string, error) {
	var text strings.Builder
	armored := armor.NewWriter(&text)
	w, err := age.Encrypt(armored, to)
	if err == nil {
		_, err = io.WriteString(w, s.Text())
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil {
		err = armored.Close()
	}
	if err != nil {
		return "", errEncrypt
	}
	return text.String(), nil
}

// OpenShare opens what [SealShare] made, or reads a share's own text. The error is
// [ErrNoMatch] where no identity opens it, and [ErrShare].
func OpenShare(text string, ids ...age.Identity) (Share, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if strings.HasPrefix(text, shareTitle) {
		return ParseShare(text + "\n")
	}
	if !strings.HasPrefix(text, armor.Header) {
		return Share{}, ErrShare
	}
	r, err := age.Decrypt(armor.NewReader(strings.NewReader(text)), ids...)
	if err != nil {
		return Share{}, ErrNoMatch
	}
	plain, err := io.ReadAll(io.LimitReader(r, kindShare.limit()))
	if err != nil {
		return Share{}, ErrShare
	}
	return ParseShare(string(plain))
}

// RecipientDigits returns the first 16 digits of a recipient's SHA-256, in groups
// of four: enough to read aloud and be sure that a share is for the right key.
func RecipientDigits(recipientText string) string {
	sum := sum256([]byte(recipientText))
	digits := fmt.Sprintf("%x", sum[:8])
	return strings.Join([]string{digits[:4], digits[4:8], digits[8:12], digits[12:]}, " ")
}
