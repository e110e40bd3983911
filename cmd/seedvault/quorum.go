package main

import (
	"strconv"
	"strings"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// paperShare is a member's share that lies nowhere but on paper.
type paperShare struct {
	quorum, member string
	share          key.Share
}

// quorumFlags are those of the verbs that make a quorum's shares.
func quorumFlags() []cli.Flag {
	return []cli.Flag{&cli.StringSliceFlag{Name: "member"}, &cli.StringFlag{Name: "shares"}, &cli.BoolFlag{Name: "text"}}
}

// addQuorum makes a holder that m of its members open together.
func (p *program) addQuorum(set *setup, name, m string, typed []string, pq bool) error {
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
	h, err := p.quorumHolder(set, name, threshold, members, pq)
	set.holders = append(set.holders, h)
	return err
}

// quorumHolder makes the holder, and keeps the shares that are for paper.
func (p *program) quorumHolder(set *setup, name string, m int, members []key.Member, pq bool) (escrow.NewHolder, error) {
	var roster []escrow.Holder
	for _, member := range members {
		roster = append(roster, escrow.Holder{Recipient: member.Recipient})
	}
	if err := installed(escrow.Plugins(roster)); err != nil {
		return escrow.NewHolder{}, err
	}
	h, paper, err := escrow.QuorumHolder(name, m, members, pq, asker{p: p})
	for _, share := range paper {
		set.shares = append(set.shares, paperShare{name, share.Member(), share})
	}
	if len(paper) > 0 && set.sharesDir != "" {
		h = set.sheets.noted(h)
	}
	return h, err
}

// renewQuorum makes a quorum's new key and shares in a rotation.
func (p *program) renewQuorum(set *setup, pq bool) func(escrow.Holder, []string) (escrow.NewHolder, error) {
	return func(old escrow.Holder, seats []string) (escrow.NewHolder, error) {
		var members []key.Member
		for _, seat := range seats {
			name, recipient, _ := strings.Cut(seat, " ")
			members = append(members, key.Member{Name: name, Recipient: recipient})
		}
		return p.quorumHolder(set, old.Name, old.Threshold, members, pq)
	}
}

// secureShares writes the shares for paper into files, or has them shown.
func (p *program) secureShares(set *setup, pin escrow.Pin) (show []string, err error) {
	for _, s := range set.shares {
		if set.sharesDir == "" {
			show = append(show, p.Text(words.ShowShare, s.member, s.quorum, strings.Join(s.share.Paper(), "\n    ")))
			continue
		}
		if err := p.writeShare(set, s, pin); err != nil {
			return nil, err
		}
	}
	return show, nil
}

func (p *program) holderShareCommand() *cli.Command {
	return &cli.Command{
		Name: "share", CustomHelpTemplate: p.Help("holder-share") + "\n",
		Flags:  []cli.Flag{&cli.StringFlag{Name: "to"}, &cli.BoolFlag{Name: "yes"}, copyFlag()},
		Action: p.holderShare,
	}
}

// holderShare passes a member's share on to whoever gathers, encrypted to them.
func (p *program) holderShare(c *cli.Context) error {
	if c.NArg() != 1 || c.String("to") == "" {
		return say.Usage(words.ShareWhat).WithHint(words.SeeHelp, "seedvault holder share --help")
	}
	s, err := p.open(c)
	if err != nil {
		return err
	}
	defer s.Close()
	quorum := c.Args().First()
	share, err := p.ownShare(c, s, quorum)
	if err != nil {
		return err
	}
	to, text, err := p.gatherer(share, c.String("to"))
	if err != nil {
		return err
	}
	p.Remark(words.ShareFor, console.Safe(c.String("to"), 20), key.Digits(text))
	p.Remark(words.ShareAllows, share.Index(), share.Of(), quorum, share.Threshold()-1)
	if !c.Bool("yes") {
		unanswered := say.Fail(words.ShareUnanswered).WithHint(words.HintShareYes)
		if err := p.confirm(p.Text(words.AskShare), unanswered); err != nil {
			return err
		}
	}
	sealed, err := share.EncryptTo(to)
	if err != nil {
		return err
	}
	if _, err := p.Out.Write([]byte(sealed)); err != nil {
		return err
	}
	p.Remark(words.ShareUse, quorum)
	return nil
}

// ownShare is the one share of a quorum that the person's keys open.
func (p *program) ownShare(c *cli.Context, s *site, quorum string) (key.Share, error) {
	ids, err := p.givenIdentities(c, s)
	if err != nil {
		return key.Share{}, err
	}
	if len(ids) == 0 {
		unasked, asking := p.configuredIdentities(s)
		ids = append(unasked, asking...)
	}
	if len(ids) == 0 {
		return key.Share{}, say.Usage(words.ShareWhose).WithHint(words.HintShareWhose, quorum)
	}
	for _, f := range s.vault.Shares(ids...) {
		if f.Holder == quorum {
			return f.Share, nil
		}
	}
	return key.Share{}, say.Fail(words.NoShare, console.Safe(quorum, 32)).WithHint(words.HintNoShare)
}

// gatherer finds whom a share is for: a member by name, or a recipient.
func (p *program) gatherer(share key.Share, named string) (age.Recipient, string, error) {
	if recipient := share.RecipientOf(named); recipient == key.OnPaper {
		return nil, "", say.Fail(words.MemberOnPaper, named).WithHint(words.HintMemberOnPaper)
	} else if recipient != "" {
		named = recipient
	}
	to, text, err := key.ParseRecipient(named)
	if err == key.ErrPluginRecipient {
		return key.PluginRecipient(named, asker{p: p})
	}
	return to, text, err
}
