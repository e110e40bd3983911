package main

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// holderAdd makes another way into an existing vault: it writes a few small files and changes
// no seed.
type holderAdd struct {
	w                         *world.World
	choice                    *place.Choice
	shares                    shareFlags
	recipient, quorum         *string
	passphrase, paper, device bool
	own, out, kept            *string
	services, yes             bool
	who                       []string
}

func holderAddVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &holderAdd{w: w, choice: choice}
	return &cli.Command{
		Name: "add", Names: cli.AnyNames(cli.Anything), Run: v.run,
		Flags: append(v.shares.flags(),
			cli.Optional(&v.quorum, "quorum", cli.Anything), cli.Optional(&v.recipient, "recipient", cli.File).Or("r"),
			cli.Switch(&v.passphrase, "passphrase"), cli.Optional(&v.own, "own", cli.File),
			cli.Switch(&v.paper, "paper"), cli.Optional(&v.out, "out", cli.File), cli.Switch(&v.services, "services"), cli.Switch(&v.device, "device"),
			cli.Optional(&v.kept, "kept", cli.Anything), cli.List(&v.who, "who", cli.Anything), cli.Switch(&v.yes, "yes"),
		),
	}
}

func (v *holderAdd) run(ctx context.Context, names []string) error {
	if err := v.check(names); err != nil {
		return err
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	if err := vault.AskRotations(ctx, session.IsSuccessor); err != nil {
		return err
	}
	vault.RemarkRotations() // whoever is added now opens nothing that came of them
	writable, err := vault.UnlockToWrite()
	if err != nil {
		return err
	}
	if err := writable.Opened.Roster().AddHolder(); err != nil { // before anybody is asked about what may not be added
		return err
	}
	set, err := v.make(ctx, vault, writable.Opened, names[0])
	if err != nil {
		return err
	}
	v.show(writable.Opened, set)
	unanswered := say.Fail(words.HolderUnanswered).WithHint(words.HintHolderYes)
	if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskHolder), unanswered); err != nil {
		return err
	}
	if err := v.count(ctx, writable, set); err != nil {
		set.TakeBack()
		return err
	}
	return v.finish(vault, writable, set)
}

// check returns an error unless the command has one name, one kind of holder, and only flags
// for that kind.
func (v *holderAdd) check(names []string) error {
	for _, rule := range []struct {
		broken bool
		says   words.Message
	}{
		{len(names) != 1 || v.kinds() != 1, words.HolderAddWhat},
		{v.out != nil && !v.paper, words.OutWithoutPaper},
		{v.services && v.out == nil && v.shares.dir == nil, words.ServicesWithoutSheet},
		{v.own != nil && !v.passphrase, words.OwnWithoutPassphrase},
		{v.kept != nil && v.device, words.DeviceIsKept},
	} {
		if rule.broken {
			return cli.Misused(rule.says, "holder add")
		}
	}
	if v.shares.given() && v.quorum == nil {
		return say.Usage(words.QuorumWhat).WithHint(words.HintQuorumWhat)
	}
	return escrow.CheckName(names[0])
}

// kinds returns how many kinds of holder were asked for.
func (v *holderAdd) kinds() (n int) {
	for _, asked := range []bool{v.recipient != nil, v.passphrase, v.paper, v.device, v.quorum != nil} {
		if asked {
			n++
		}
	}
	return n
}

// make makes the holder that the flags ask for. Nothing of it is written yet.
func (v *holderAdd) make(ctx context.Context, vault *session.Vault, o *escrow.Opened, name string) (*newholder.Set, error) {
	set := newholder.New(v.w, vault.Place, o)
	v.shares.to(set)
	if v.services {
		if err := set.Sheets.WithServices(ctx, o); err != nil {
			return nil, err
		}
	}
	postQuantum := o.Pin().PostQuantum()
	var err error
	switch {
	case v.passphrase:
		err = set.AddPassphrase(name, text(v.own), postQuantum)
	case v.paper:
		err = set.AddPaper(name, text(v.out), postQuantum)
	case v.quorum != nil:
		err = set.AddQuorum(name, *v.quorum, v.shares.members, postQuantum)
	case v.device:
		err = set.AddDevice(name, vault.Place, postQuantum)
	default:
		err = set.AddRecipient(name, text(v.recipient))
	}
	if err != nil {
		return nil, err
	}
	h := &set.Holders[0]
	if v.kept != nil {
		*h = h.KeptAt(*v.kept)
	}
	*h = h.KnownTo(nonEmpty(v.who...)...)
	return set, nil
}

// show shows the holder that is about to be added, and says if another one has the same name.
func (v *holderAdd) show(o *escrow.Opened, set *newholder.Set) {
	h := set.Roster()[0]
	tableOfHolders(v.w.Voice, v.w.Voice.Err, listedHolder{Holder: h})
	holders, _ := o.Roster().Holders()
	if slices.ContainsFunc(holders, func(other roster.Holder) bool { return other.Name == h.Name }) {
		v.w.Voice.Remark(words.HolderBesides, h.Name, h.Name)
	}
}

// count writes the holder and seals it. Secrets are shown when everything is written, and
// before it is sealed.
func (v *holderAdd) count(ctx context.Context, writable *session.Writable, set *newholder.Set) error {
	err := writable.Opened.Roster().AddHolder(set.Holders...)
	if err == nil {
		err = set.Secure(writable.Opened.Pin())
	}
	if err == nil {
		err = writable.Seal(ctx)
	}
	return err
}

// finish stores this PC's own key in the configuration, and prints what to do next.
func (v *holderAdd) finish(vault *session.Vault, writable *session.Writable, set *newholder.Set) error {
	h := set.Roster()[0]
	v.w.Voice.Say(words.HolderAdded, h.Name)
	set.SayPaper()
	set.KeepSheets()
	set.SayDevice()
	if h.Kind == roster.KindKey && !set.HasDevice() {
		v.w.Voice.Remark(words.HolderConfirms, h.Name, writable.Opened.Pin().Fingerprint)
	}
	if v.kept != nil {
		noteKeyHere(vault, h)
	}
	vault.Place.RemindOfCopies()
	return vault.Place.AddDevice(set.Device())
}
