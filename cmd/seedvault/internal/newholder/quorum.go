package newholder

import (
	"errors"
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// paperShare is a member's share that is kept on paper only.
type paperShare struct {
	quorum, member string
	share          key.Share
}

// AddQuorum adds a holder that any m of its members open together.
func (set *Set) AddQuorum(name, m string, typed []string, pq bool) error {
	threshold, err := strconv.Atoi(m)
	if err != nil {
		return say.Usage(words.QuorumWhat).WithHint(words.HintQuorumWhat)
	}
	var members []key.Member
	for _, t := range typed {
		member, recipient, ok := strings.Cut(t, "=")
		if !ok {
			return say.Usage(words.QuorumWhat).WithHint(words.HintQuorumWhat)
		}
		members = append(members, key.Member{Name: member, Recipient: recipient})
	}
	h, err := set.quorumHolder(name, threshold, members, pq)
	set.Holders = append(set.Holders, h)
	return err
}

// quorumHolder makes a quorum's holder, and keeps the shares of members on paper.
func (set *Set) quorumHolder(name string, m int, members []key.Member, pq bool) (escrow.NewHolder, error) {
	var recipients []string
	for _, member := range members {
		recipients = append(recipients, member.Recipient)
	}
	if err := unlocking.Installed(key.PluginsOf(recipients...)); err != nil {
		return escrow.NewHolder{}, err
	}
	h, paper, err := escrow.QuorumHolder(name, m, members, pq, unlocking.Asker(set.world))
	for _, share := range paper {
		set.shares = append(set.shares, paperShare{name, share.Member(), share})
	}
	if len(paper) > 0 && set.sharesDir != "" {
		h = set.Sheets.noted(h)
	}
	return h, err
}

// RenewQuorum returns a function that makes a quorum's new key and shares in a rotation.
func (set *Set) RenewQuorum(pq bool) func(roster.Holder, []key.Member) (escrow.NewHolder, error) {
	return func(old roster.Holder, members []key.Member) (escrow.NewHolder, error) {
		return set.quorumHolder(old.Name, old.Threshold, members, pq)
	}
}

// secureShares writes the shares on paper to files, or returns them to be shown.
func (set *Set) secureShares(pin escrow.Pin) (show []string, err error) {
	for _, s := range set.shares {
		if set.sharesDir == "" {
			show = append(show, set.world.Voice.Text(words.ShowShare, s.member, s.quorum, strings.Join(s.share.Paper(), "\n    ")))
			continue
		}
		if err := set.writeShare(s, pin); err != nil {
			return nil, err
		}
	}
	return show, nil
}

// keyHolder makes a holder of a recipient that was typed. It fails if that needs a plugin which
// is not installed.
func (set *Set) keyHolder(name, recipient string) (escrow.NewHolder, error) {
	h, err := escrow.KeyHolder(name, recipient)
	if errors.Is(err, key.ErrPluginRecipient) {
		h, err = escrow.PluginHolder(name, recipient, unlocking.Asker(set.world))
	}
	if err == nil {
		err = unlocking.Installed(key.PluginsOf(h.Holder().Recipient))
	}
	return h, err
}
