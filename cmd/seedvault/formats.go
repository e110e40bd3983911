package main

import (
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/exchange"
)

// writeFormats lists the formats that are read, and those that are known and refused with
// what to do instead.
func writeFormats(w *world.World) error {
	voice := w.Voice
	rows := [][]string{{voice.Text(words.ColumnFormat), voice.Text(words.ColumnForms), voice.Text(words.ColumnApp)}}
	for _, f := range exchange.Formats() {
		switch {
		case !f.Reads():
			refused := voice.Text(words.InFile, f.App, voice.Text(words.Refusals.Of(string(f.Refused))))
			rows = append(rows, []string{f.Name, voice.Text(words.LedgerOutcomes.Of("refused")), refused})
		case len(f.Forms) > 0:
			rows = append(rows, []string{f.Name, strings.Join(formsOf(w, f), ", "), f.App})
		}
	}
	voice.Table(voice.Out, rows)
	return nil
}

// formsOf are a format's forms, those with a password marked.
func formsOf(w *world.World, f *exchange.Format) (forms []string) {
	for _, form := range f.Forms {
		name := form.Name
		if form.Encrypted && !strings.HasPrefix(name, "encrypted") {
			name = w.Voice.Text(words.NoticeNames, name, w.Voice.Text(words.FormEncrypted))
		}
		forms = append(forms, name)
	}
	return forms
}

// writeTargets lists the formats that are written, and the apps that take each.
func writeTargets(w *world.World) error {
	voice := w.Voice
	rows := [][]string{{voice.Text(words.ColumnFormat), voice.Text(words.ColumnApp), voice.Text(words.ColumnTakenBy)}}
	for _, f := range exchange.Formats() {
		if f.Writes() {
			rows = append(rows, []string{f.Name, f.App, strings.Join(takersOf(f.Name), ", ")})
		}
	}
	voice.Table(voice.Out, rows)
	return nil
}

// takersOf are the apps that import a format.
func takersOf(format string) (apps []string) {
	for _, a := range exchange.Apps() {
		for _, name := range a.Imports {
			if name == format {
				apps = append(apps, a.Title)
			}
		}
	}
	return apps
}

// Kinds of words of moving in and out.
const (
	readFormats    cli.Kind = "format that is read"
	writtenFormats cli.Kind = "format that is written"
	knownApps      cli.Kind = "app"
)

// fittingFormats completes words that need no vault; ok tells that the kind is one of
// them.
func fittingFormats(k cli.Kind) (list []cli.Candidate, ok bool) {
	switch k {
	case readFormats, writtenFormats:
		for _, f := range exchange.Formats() {
			if k == readFormats && f.Reads() || k == writtenFormats && f.Writes() {
				list = append(list, cli.Candidate{Word: f.Name, About: f.App})
			}
		}
	case knownApps:
		for _, a := range exchange.Apps() {
			list = append(list, cli.Candidate{Word: a.Name, About: a.Title})
		}
	default:
		return nil, false
	}
	return list, true
}
