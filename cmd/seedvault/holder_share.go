package main

import (
	"context"
	"errors"
	"io"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/key"
)

// holderShare encrypts a member's share to the person who gathers the shares.
type holderShare struct {
	w      *world.World
	choice *place.Choice
	to     string
	yes    bool
}

func holderShareVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &holderShare{w: w, choice: choice}
	return &cli.Command{
		Name: "share", Names: cli.AnyNames(completion.Holders), Run: v.run,
		Flags: []cli.Flag{cli.Text(&v.to, "to", cli.Anything), cli.Switch(&v.yes, "yes"), copyFlag(choice)},
	}
}

func (v *holderShare) run(_ context.Context, names []string) error {
	if len(names) != 1 || v.to == "" {
		return cli.Misused(words.ShareWhat, "holder share")
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	quorum := names[0]
	share, err := v.own(vault, quorum)
	if err != nil {
		return err
	}
	to, text, err := v.gatherer(share)
	if err != nil {
		return err
	}
	v.w.Voice.Remark(words.ShareFor, console.Safe(v.to, 20), key.RecipientDigits(text))
	v.w.Voice.Remark(words.ShareAllows, share.Index(), share.Of(), quorum, share.Threshold()-1)
	unanswered := say.Fail(words.ShareUnanswered).WithHint(words.HintShareYes)
	if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskShare), unanswered); err != nil {
		return err
	}
	sealed, err := share.EncryptToSend(to)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(v.w.Voice.Out, sealed); err != nil {
		return err
	}
	v.w.Voice.Remark(words.ShareUse, quorum)
	return nil
}

// own returns the one share of a quorum that the person's keys open.
func (v *holderShare) own(vault *session.Vault, quorum string) (key.Share, error) {
	keys := vault.Keys()
	ids, err := keys.Identities()
	if err != nil {
		return key.Share{}, err
	}
	if len(ids) == 0 {
		silent, prompting := keys.FromConfig()
		ids = append(silent, prompting...)
	}
	if len(ids) == 0 {
		return key.Share{}, say.Usage(words.ShareWhose).WithHint(words.HintShareWhose, quorum)
	}
	for _, f := range vault.Files.Shares(ids...) {
		if f.Holder == quorum {
			return f.Share, nil
		}
	}
	return key.Share{}, say.Fail(words.NoShare, console.Safe(quorum, 32)).WithHint(words.HintNoShare)
}

// gatherer returns the recipient that a share is encrypted to: a member's, by name, or the one
// that was typed.
func (v *holderShare) gatherer(share key.Share) (age.Recipient, string, error) {
	named := v.to
	if recipient := share.RecipientOf(named); recipient == key.OnPaper {
		return nil, "", say.Fail(words.MemberOnPaper, named).WithHint(words.HintMemberOnPaper)
	} else if recipient != "" {
		named = recipient
	}
	to, text, err := key.ParseRecipient(named)
	if errors.Is(err, key.ErrPluginRecipient) {
		return key.PluginRecipient(named, unlocking.Asker(v.w))
	}
	return to, text, err
}
