package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/exchange/formats"
)

// show says everything about a seed but its secret.
type show struct {
	w           *world.World
	choice      *place.Choice
	json, codes bool
}

func showVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &show{w: w, choice: choice}
	return &cli.Command{
		Name: "show", Names: cli.AnyNames(completion.Seeds), Run: v.run,
		Flags: []cli.Flag{copyFlag(choice), cli.Switch(&v.json, "json"), cli.Switch(&v.codes, "codes")},
	}
}

func (v *show) run(ctx context.Context, names []string) error {
	if len(names) != 1 {
		return cli.Misused(words.ShowWhat, "show")
	}
	l, err := contents.OpenListing(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer l.Close()
	e, err := l.Named(ctx, names[0])
	switch {
	case err != nil:
		return err
	case v.json:
		err = seedlist.WriteJSONOf(v.w, e, v.codes)
	default:
		v.table(l.Opened, e)
		err = v.recovery(e)
	}
	l.Vault.AcceptOwnIfDue(ctx, l.Opened)
	return err
}

// table writes what there is, a line for each.
func (v *show) table(o *escrow.Opened, e escrow.Entry) {
	voice := v.w.Voice
	issuer, account := seedlist.NamesOfSeed(e.Seed)
	var rows [][]string
	add := func(m words.Message, values ...string) {
		for _, value := range values {
			if value != "" {
				rows = append(rows, []string{voice.Text(m), value})
			}
		}
	}
	add(words.ColumnName, e.Seed.Name())
	add(words.ColumnIssuer, issuer)
	add(words.ColumnAccount, account)
	add(words.ShowTags, strings.Join(e.Seed.Tags(), ", "))
	add(words.ShowNote, e.Seed.Notes()...)
	add(words.ShowComputes, computes(e.Seed))
	switch n := len(e.Seed.All("recovery")); {
	case n > 0 && v.codes:
		add(words.ShowRecovery, strconv.Itoa(n))
	case n > 0:
		add(words.ShowRecovery, voice.Text(words.ShowHidden, n))
	}
	add(words.ShowReady, e.Seed.All("ready")...)
	add(words.ColumnAdded, added(e.Seed))
	add(words.ShowBy, e.Seed.By())
	add(words.ShowOrigin, origin(e.Seed))
	if names := others(e.Seed); len(names) > 0 {
		add(words.ShowOther, strings.Join(names, ", "))
	}
	add(words.ColumnReceipt, e.Receipts[0].String())
	add(words.ColumnState, seedlist.Marks(voice, e))
	for _, c := range o.Roster().Copies() {
		add(words.ColumnCopy, strings.TrimSpace(c.Name+" "+c.Kept))
	}
	voice.Table(voice.Out, rows)
}

// added returns when a seed was added, "" where nobody knows.
func added(seed escrow.Seed) string {
	if seed.Added().IsZero() {
		return ""
	}
	return seed.Added().Format(time.RFC3339)
}

// origin returns where a seed was imported from: the format, and its app.
func origin(seed escrow.Seed) string {
	name := seed.Origin()
	if f, err := formats.Named(name); err == nil && !strings.EqualFold(f.App, name) {
		return name + " (" + f.App + ")"
	}
	return name
}

// others returns the names of fields that an import had no place for. Their values may be as
// secret as the seed.
func others(seed escrow.Seed) (names []string) {
	for _, o := range seed.All("other") {
		name, _, _ := strings.Cut(o, " ")
		names = append(names, name)
	}
	return names
}

// computes returns what an app needs besides the secret to compute the same codes.
func computes(seed escrow.Seed) string {
	key, err := seed.Key()
	if err != nil {
		return ""
	}
	every := fmt.Sprintf("%ds", int(key.Period().Seconds()))
	if key.Period() == 0 {
		every = fmt.Sprintf("counter=%d", key.Counter())
	}
	return fmt.Sprintf("%s %s %d %s", key.Type(), key.Algorithm(), key.Digits(), every)
}

// recovery shows the recovery codes to who asks for them: on a screen where nothing of
// them stays, and else as the answer that was asked for.
func (v *show) recovery(e escrow.Entry) error {
	codes := e.Seed.All("recovery")
	if !v.codes || len(codes) == 0 {
		return nil
	}
	if _, _, onScreen := v.w.Screen(); !onScreen {
		_, err := fmt.Fprintln(v.w.Voice.Out, strings.Join(codes, "\n"))
		return err
	}
	t, err := v.w.Terminal()
	if err != nil {
		return say.Fail(words.NoTerminal).WithHint(words.HintNoTerminal)
	}
	defer t.Close()
	view := t.View(v.w.Getenv)
	defer view.Close()
	lines := []string{seedlist.Title(e), ""}
	for _, c := range codes {
		lines = append(lines, "  "+console.Safe(c, 0))
	}
	view.Draw(append(lines, "")...)
	_, err = view.Ask(len(lines)+2, 1, v.w.Voice.Text(words.ShowSeen))
	if errors.Is(err, console.ErrInterrupted) {
		return nil // they were seen; Ctrl-C is as good as Enter
	}
	return err
}
