package main

import (
	"cmp"
	"context"
	"path"
	"slices"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

func holderVerb(w *world.World, choice *place.Choice) *cli.Command {
	return &cli.Command{
		Name: "holder", Names: cli.AnyNames(cli.Nothing),
		Run:   func(context.Context, []string) error { return cli.Misused(words.HolderWhat, "holder") },
		Verbs: []*cli.Command{holderListVerb(w, choice), holderAddVerb(w, choice), holderEditVerb(w, choice), holderSheetVerb(w, choice), holderShareVerb(w, choice)},
	}
}

// holderCalled returns the holder that a person means: by its name, or if two have that name
// by its id or recipient.
func holderCalled(o *escrow.Opened, typed string) (roster.Holder, error) {
	holders, _ := o.Roster().Holders()
	called := slices.DeleteFunc(holders, func(h roster.Holder) bool {
		return h.Name != typed && h.ID != typed && h.Recipient != typed
	})
	switch len(called) {
	case 0:
		return roster.Holder{}, say.Fail(words.NobodyOfName, console.Safe(typed, 72)).WithHint(words.HintHolders)
	case 1:
		return called[0], nil
	}
	return roster.Holder{}, say.Fail(words.SeveralHolders, len(called), console.Safe(typed, 72)).WithHint(words.HintSeveralHolders)
}

// holderList shows who can open the vault, now or at a time.
type holderList struct {
	w      *world.World
	choice *place.Choice
	json   bool
	at     *string
}

func holderListVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &holderList{w: w, choice: choice}
	return &cli.Command{
		Name: "list", Names: cli.NoNames(), Run: v.run,
		Flags: []cli.Flag{copyFlag(choice), cli.Switch(&v.json, "json"), cli.Optional(&v.at, "at", cli.Anything)},
	}
}

func (v *holderList) run(ctx context.Context, _ []string) error {
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	o, err := vault.Keys().Unlock()
	switch {
	case err != nil:
		return err
	case v.at != nil:
		return v.then(o)
	}
	err = v.now(o)
	vault.AcceptOwnIfWritable(ctx, o)
	return err
}

// now shows who can open the vault.
func (v *holderList) now(o *escrow.Opened) error {
	sealed := o.Roster()
	holders, findings := sealed.Holders()
	for _, f := range findings {
		v.w.Voice.Remark(words.RecordUnreadable, console.Safe(f.Path, 0))
	}
	list := []listedHolder{}
	for _, h := range holders {
		list = append(list, listedHolder{Holder: h})
	}
	for _, h := range sealed.LateHolders() {
		list = append(list, listedHolder{Holder: h, Late: true})
	}
	for _, slot := range sealed.UnlistedSlots() {
		list = append(list, listedHolder{Holder: roster.Holder{Name: path.Base(path.Dir(slot))}, Unlisted: slot})
	}
	slices.SortStableFunc(list, func(a, b listedHolder) int { return cmp.Compare(a.Name, b.Name) })
	if v.json {
		return v.w.WriteJSON(list)
	}
	tableOfHolders(v.w.Voice, v.w.Voice.Out, list...)
	return nil
}

// formerHolder is one holder in holder list --at --json.
type formerHolder struct {
	roster.Holder
	From string `json:"from"`         // the first list of the vault that names it
	To   string `json:"to,omitempty"` // when those who stayed gave the vault a new key
}

// then prints who could open the vault at a time, according to its signed lists, and what no
// list can tell.
func (v *holderList) then(o *escrow.Opened) error {
	at, err := moment(*v.at)
	if err != nil {
		return err
	}
	voice := v.w.Voice
	list := []formerHolder{}
	rows := [][]string{{voice.Text(words.ColumnHolder), voice.Text(words.ColumnKind), voice.Text(words.ColumnFrom), voice.Text(words.ColumnTo), voice.Text(words.ColumnWho)}}
	for _, t := range o.Roster().Tenures() {
		if !t.At(at) {
			continue
		}
		h := formerHolder{Holder: t.Holder, From: t.From.UTC().Format(time.RFC3339)}
		to := voice.Text(words.UntilNow)
		if !t.To.IsZero() {
			h.To = t.To.UTC().Format(time.RFC3339)
			to = t.To.UTC().Format(time.DateOnly)
		}
		list = append(list, h)
		rows = append(rows, []string{t.Name, voice.Text(words.HolderKinds.Of(string(t.Kind))), t.From.UTC().Format(time.DateOnly), to, console.SafeList(t.Who)})
	}
	if v.json {
		err = v.w.WriteJSON(list)
	} else {
		voice.Say(words.AuditTitle, at.Format("2006-01-02 15:04"))
		voice.Table(voice.Out, rows)
	}
	voice.Remark(words.AuditClaims)
	voice.Remark(words.AuditCopies)
	return err
}

// moment parses a time; a date alone stands for its last second, UTC.
func moment(typed string) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, typed); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Second), nil
	}
	at, err := time.Parse(time.RFC3339, typed)
	if err != nil {
		return at, say.Usage(words.BadDate, console.Safe(typed, 40)).WithHint(words.HintBadDate)
	}
	return at.UTC(), nil
}

// holderEdit records where a holder is kept and who can reach it, which is what the verdict on
// losses is computed from, and prints the verdict.
type holderEdit struct {
	w      *world.World
	choice *place.Choice
	kept   *string
	who    []string
}

func holderEditVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &holderEdit{w: w, choice: choice}
	return &cli.Command{
		Name: "edit", Names: cli.AnyNames(completion.Holders), Run: v.run,
		Flags: []cli.Flag{cli.Optional(&v.kept, "kept", cli.Anything), cli.List(&v.who, "who", cli.Anything)},
	}
}

func (v *holderEdit) run(ctx context.Context, names []string) error {
	if len(names) != 1 || v.kept == nil && v.who == nil {
		return cli.Misused(words.HolderEditWhat, "holder edit")
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	writable, err := vault.UnlockToWrite()
	if err != nil {
		return err
	}
	h, err := holderCalled(writable.Opened, names[0])
	if err != nil {
		return err
	}
	if v.kept != nil {
		h.Kept = *v.kept
	}
	if v.who != nil {
		h.Who = nonEmpty(v.who...)
	}
	if err := writable.Opened.Roster().Describe(h.ID, h.Kept, h.Who); err != nil {
		return err
	}
	if err := writable.Seal(ctx); err != nil {
		return err
	}
	if v.kept != nil {
		noteKeyHere(vault, h)
	}
	tableOfHolders(v.w.Voice, v.w.Voice.Out, listedHolder{Holder: h})
	verdict.Remark(v.w, writable.Home.Situation(ctx, writable.Opened))
	return nil
}

// noteKeyHere records on this PC that a person here has said that a holder's key is kept on it.
// In the vault "this PC" is said of whichever PC its reader sits at.
func noteKeyHere(vault *session.Vault, h roster.Holder) {
	if h.Kept != roster.KeptThisPC {
		return
	}
	if err := vault.Place.NoteKeyHere(h); err != nil {
		vault.Place.World.Voice.Remark(words.NotRemembered, explain.Error(err))
	}
}
