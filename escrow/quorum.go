package escrow

import (
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// QuorumHolder makes a holder that any m of its members open together: a new key
// whose identity is shared among them and kept nowhere. A member with a recipient
// finds their share in the vault; those on paper are returned, secrets to be
// written down once. The error is that of [key.CheckQuorum], or [key.ErrMembers] for
// more members than the format has room for: some 80 with RSA keys of 3,072 bits, 27
// with post-quantum ones. A recipient that needs an age plugin is [key.ErrPluginRecipient]
// without an Asker, and is taken for nothing but what a person has typed or the
// sealed roster has.
func QuorumHolder(name string, m int, members []key.Member, postQuantum bool, ask key.Asker) (NewHolder, []key.Share, error) {
	if err := key.CheckQuorum(m, members); err != nil {
		return NewHolder{}, nil, err
	}
	h, pair, err := generatedHolder(name, KindQuorum, postQuantum)
	if err != nil {
		return NewHolder{}, nil, err
	}
	to := make([]age.Recipient, len(members))
	canonical := slices.Clone(members)
	for i, member := range members {
		if to[i], canonical[i].Recipient, err = key.MemberRecipient(member.Recipient, ask); err != nil {
			return NewHolder{}, nil, err
		}
	}
	h.holder.Threshold, h.holder.Members = m, canonical
	if err := h.holder.checkRoom(); err != nil {
		return NewHolder{}, nil, err
	}
	shares, err := key.Split(h.holder.ID, pair, m, canonical)
	if err != nil {
		return NewHolder{}, nil, err
	}
	return h.shared(shares, to)
}

// checkRoom returns [key.ErrMembers] unless the roster record of a new quorum has room
// for all that it will say, with a proof of the whole and of each member.
func (h Holder) checkRoom() error {
	word := strings.Repeat("-", len(format.Hash([32]byte{}))) // as long as a HASH, and as an id
	h.Kept, h.Sheets = word, []Sheet{{Digest: word}}
	h.Files, h.Proven = []string{word}, []Proof{{Copy: word, Seal: word}}
	for _, m := range h.Members {
		if !m.OnPaper() {
			h.Files = append(h.Files, word)
		}
		h.Proven = append(h.Proven, Proof{Copy: word, Seal: word, Member: m.Name})
	}
	if _, err := h.record().Marshal(); errors.Is(err, format.ErrRecordSize) {
		return key.ErrMembers
	}
	return nil
}

// shared gives the holder its share files, and returns the shares that have none.
func (h NewHolder) shared(shares []key.Share, to []age.Recipient) (NewHolder, []key.Share, error) {
	var paper []key.Share
	for i, share := range shares {
		if to[i] == nil {
			paper = append(paper, share)
			continue
		}
		file, err := share.Encrypt(to[i])
		if err != nil {
			return NewHolder{}, nil, err
		}
		h.own = append(h.own, ownFile{"share-" + share.Member() + "-", file})
	}
	return h, paper, nil
}

// FoundShare is a share that was opened, and where it belongs.
type FoundShare struct {
	Holder string // the quorum's name
	Path   string
	key.Share
}

// Shares opens the share files of the pinned epoch, or without a pin of every
// epoch, that identities open. What does not open or is no share is passed over.
func (v *Vault) Shares(ids ...age.Identity) []FoundShare {
	var found []FoundShare
	for _, h := range v.Holders() {
		for _, path := range h.Shares {
			data, err := readFile(v.view.fsys, path, format.KindShare.Limit())
			if err != nil {
				continue
			}
			if share, err := key.DecryptShare(data, ids...); err == nil {
				found = append(found, FoundShare{h.Name, path, share})
			}
		}
	}
	return found
}

// gathered are the identities of the quorums that identities open together.
func (v *Vault) gathered(ids []age.Identity) []age.Identity {
	var shares []key.Share
	for _, f := range v.Shares(ids...) {
		shares = append(shares, f.Share)
	}
	return key.Combine(shares)
}
