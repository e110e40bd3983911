package main

import (
	"cmp"
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/copies"
)

func copyVerb(w *world.World, choice *place.Choice) *cli.Command {
	return &cli.Command{
		Name: "copy", Names: cli.AnyNames(cli.Nothing),
		Run:   func(context.Context, []string) error { return cli.Misused(words.CopyWhat, "copy") },
		Verbs: []*cli.Command{copyAddVerb(w, choice), copyListVerb(w, choice), copyEditVerb(w, choice), copySyncVerb(w, choice), copyRemoveVerb(w, choice)},
	}
}

// copyList shows the state of each copy.
type copyList struct {
	w      *world.World
	choice *place.Choice
	json   bool
}

func copyListVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &copyList{w: w, choice: choice}
	return &cli.Command{Name: "list", Names: cli.NoNames(), Run: v.run, Flags: []cli.Flag{cli.Switch(&v.json, "json")}}
}

// listedCopy is one copy in copy list --json.
type listedCopy struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Kept   string       `json:"kept"`
	Path   string       `json:"path,omitempty"` // of a copy that this machine keeps
	At     string       `json:"at,omitempty"`   // where other machines keep one that this one does not
	State  copies.State `json:"state"`
	Counts bool         `json:"counts"`            // in what the seeds survive
	Why    string       `json:"why,omitempty"`     // it does not count
	Synced string       `json:"synced,omitempty"`  // when it last held everything
	Seen   string       `json:"reached,omitempty"` // when it was last there
	Read   string       `json:"read,omitempty"`    // when every file of it was last read
}

// copyUnlocated is the state of a copy that the vault knows and this machine does
// not.
const copyUnlocated copies.State = "elsewhere"

func (v *copyList) run(ctx context.Context, _ []string) error {
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	list, err := v.listed(ctx, vault)
	if err != nil {
		return err
	}
	switch {
	case v.json:
		return v.w.WriteJSON(list)
	case len(list) == 0:
		v.w.Voice.Say(words.NoCopies)
		v.w.Voice.Remark(words.HintNoCopies)
		return nil
	}
	v.table(list)
	return nil
}

// listed returns the copies in this machine's configuration, and if the vault opens with the
// keys of the flags or without asking, those in its records too.
func (v *copyList) listed(ctx context.Context, vault *session.Vault) ([]listedCopy, error) {
	list := []listedCopy{}
	if home, ok := vault.Home(); ok {
		for _, s := range home.Copies().Statuses(ctx, upkeep.ReadSample) {
			list = append(list, listedCopy{
				ID: s.Copy.ID, Name: s.Copy.Name, Kept: s.Copy.Kept, Path: s.Copy.Path, State: s.State, Counts: s.Whole, Why: s.Why,
				Synced: say.Day(s.Synced), Seen: say.Day(s.Reached), Read: say.Day(s.Read),
			})
		}
	}
	o, err := vault.Keys().UnlockAvailable()
	if o == nil || err != nil {
		return list, err
	}
	for _, far := range o.Roster().Copies() {
		if !slices.ContainsFunc(list, func(l listedCopy) bool { return l.ID == far.ID }) {
			list = append(list, listedCopy{ID: far.ID, Name: far.Name, Kept: far.Kept, At: far.At, State: copyUnlocated})
		}
	}
	return list, nil
}

// table writes the list for a person.
func (v *copyList) table(list []listedCopy) {
	voice := v.w.Voice
	rows := [][]string{{voice.Text(words.ColumnCopy), voice.Text(words.ColumnKept), voice.Text(words.ColumnState), voice.Text(words.ColumnSynced), voice.Text(words.ColumnWhere)}}
	for _, l := range list {
		synced := cmp.Or(l.Synced, voice.Text(words.CopyNotYet))
		rows = append(rows, []string{l.Name, l.Kept, voice.Text(words.CopyStates.Of(string(l.State))), synced, cmp.Or(l.Path, l.At)})
	}
	voice.Table(voice.Out, rows, words.ColumnSynced)
	for _, l := range list {
		if l.At != "" {
			voice.Remark(words.CopyElsewhere, l.Name, console.Safe(l.At, 0), console.ShellWord(l.At), l.Name)
		}
	}
}
