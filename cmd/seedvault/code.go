package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/clipboard"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// code prints the current codes.
type code struct {
	w                 *world.World
	choice            *place.Choice
	next, clip, watch bool
	include           contents.Include
	counter           string
}

func codeVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &code{w: w, choice: choice}
	return &cli.Command{
		Name: "code", Names: cli.OneName(completion.Seeds), Run: v.run,
		Flags: []cli.Flag{copyFlag(choice), cli.Switch(&v.next, "next"), cli.Text(&v.counter, "counter", cli.Anything), cli.Switch(&v.clip, "clip"), cli.Switch(&v.watch, "watch"), cli.Switch(&v.include.Removed, "removed"), cli.Switch(&v.include.Unaccepted, "unaccepted")},
	}
}

func (v *code) run(ctx context.Context, names []string) error {
	if len(names) == 0 && v.clip {
		return say.Usage(words.ClipWhat).WithHint(words.HintList)
	}
	if _, _, onScreen := v.w.Screen(); v.watch && (len(names) == 0 || !onScreen) {
		return say.Usage(words.WatchWhat).WithHint(words.SeeHelp, "seedvault code --help")
	}
	if len(names) > 0 {
		return v.named(ctx, names[0])
	}
	s, err := contents.OpenSeeds(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer s.Close()
	seedlist.RemarkClock(v.w)
	entries := s.Entries
	if v.include.Removed {
		if entries, err = s.Removed(ctx); err != nil {
			return err
		}
	}
	if s.RemarkLost(); len(entries)+len(s.Lost) == 0 {
		v.w.Voice.Remark(words.EmptyVault)
		s.RemarkElsewhere(ctx, "")
	} else {
		v.all(entries)
	}
	s.Vault.AcceptOwnIfDue(ctx, s.Opened)
	return nil
}

// named prints the code of the one seed that a name means.
func (v *code) named(ctx context.Context, name string) error {
	l, err := contents.OpenListing(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer l.Close()
	seedlist.RemarkClock(v.w)
	if err := v.one(ctx, l, name); err != nil {
		return err
	}
	l.Vault.AcceptOwnIfDue(ctx, l.Opened)
	return nil
}

// one prints the code of the one seed that a name means: alone for a pipe, and on a screen with
// the seconds left and the next one.
func (v *code) one(ctx context.Context, l *contents.Listing, name string) error {
	e, err := l.Choose(ctx, name, v.include)
	if err != nil {
		return err
	}
	key, err := e.Seed.Key()
	if err != nil {
		return err
	}
	text, err := v.of(key)
	if err != nil {
		return err
	}
	if v.clip {
		return clipboard.CopyBriefly(ctx, v.w, text)
	}
	present, next, left := seedlist.Codes(e.Seed, v.w.Now())
	_, _, onScreen := v.w.Screen()
	switch {
	case v.watch && left > 0:
		return v.countDown(ctx, e.Seed)
	case onScreen && text == present && left > 0:
		v.w.Voice.Say(words.CodeLeft, present, left, next)
	default:
		fmt.Fprintln(v.w.Voice.Out, text)
	}
	return nil
}

// countDown shows the code, the seconds that are left and the next code on one line until the
// person ends it, and then clears the line.
func (v *code) countDown(ctx context.Context, seed escrow.Seed) error {
	ctx, stop := console.Showing(ctx)
	defer stop()
	tick := time.NewTicker(time.Second / 4)
	defer tick.Stop()
	width := 0
	for {
		present, next, left := seedlist.Codes(seed, v.w.Now())
		line := v.w.Voice.Text(words.WatchKeys, present, left, next)
		fmt.Fprint(v.w.Voice.Out, "\r"+line+strings.Repeat(" ", max(width-console.Width(line), 0)))
		width = console.Width(line)
		select {
		case <-ctx.Done():
			_, err := fmt.Fprint(v.w.Voice.Out, "\r"+strings.Repeat(" ", width+2)+"\r")
			return err
		case <-tick.C:
		}
	}
}

// of returns the code of a seed: the present one, the next, or that of a counter.
func (v *code) of(key otpauth.Key) (string, error) {
	switch {
	case key.Type() == otpauth.HOTP:
		return v.counted(key)
	case v.next:
		return key.Next(v.w.Now())
	}
	return key.Code(v.w.Now())
}

// counted returns the code for the counter that was asked for; only the service knows which
// one is due.
func (v *code) counted(key otpauth.Key) (string, error) {
	if v.counter == "" {
		return "", say.Usage(words.WantsCounter).WithHint(words.HintWantsCounter, key.Counter())
	}
	counter, err := strconv.ParseUint(v.counter, 10, 64)
	if err != nil {
		return "", say.Usage(words.BadFlagValue).WithHint(words.HintWantsCounter, key.Counter())
	}
	return key.HOTP(counter)
}

// all prints a table of the current and next codes.
func (v *code) all(entries []escrow.Entry) {
	voice := v.w.Voice
	if len(entries) == 0 {
		return
	}
	now := v.w.Now()
	rows := [][]string{{voice.Text(words.ColumnCode), voice.Text(words.ColumnNext), voice.Text(words.ColumnSeconds), voice.Text(words.ColumnIssuer), voice.Text(words.ColumnAccount), voice.Text(words.ColumnName), ""}}
	namesakes := seedlist.Namesakes(entries)
	for _, e := range entries {
		issuer, account := seedlist.NamesOfSeed(e.Seed)
		present, next, left := seedlist.Codes(e.Seed, now)
		mark := seedlist.Marks(voice, e)
		if namesakes[seedlist.Title(e)] {
			mark = strings.TrimPrefix(mark+", "+e.Receipts[0].String(), ", ")
		}
		seconds := "-"
		if left > 0 {
			seconds = strconv.Itoa(left)
		}
		rows = append(rows, []string{present, next, seconds, issuer, account, e.Seed.Name(), mark})
	}
	drop := []words.Message{words.ColumnNext}
	if voice.Wide < 60 { // names matter more there
		drop = append(drop, words.ColumnSeconds)
	}
	voice.Table(voice.Out, seedlist.WithoutEmpty(rows), drop...)
}
