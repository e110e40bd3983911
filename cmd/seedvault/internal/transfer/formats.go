package transfer

import (
	"strings"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/exchange/apps"
	"seedvault/escrow/exchange/formats"
)

// WriteFormats lists the formats that can be read, and the known ones that cannot, with what
// to do instead.
func WriteFormats(voice say.Voice) {
	rows := [][]string{{voice.Text(words.ColumnFormat), voice.Text(words.ColumnForms), voice.Text(words.ColumnApp)}}
	for _, f := range formats.All() {
		switch {
		case !f.Reads():
			refused := voice.Text(words.InFile, f.App, voice.Text(words.Refusals.Of(string(f.Refused))))
			rows = append(rows, []string{f.Name, voice.Text(words.LedgerOutcomes.Of("refused")), refused})
		case len(f.Forms) > 0:
			rows = append(rows, []string{f.Name, strings.Join(formsOf(voice, f), ", "), f.App})
		}
	}
	voice.Table(voice.Out, rows)
}

// formsOf returns a format's forms, those with a password marked.
func formsOf(voice say.Voice, f *formats.Format) (forms []string) {
	for _, form := range f.Forms {
		name := form.Name
		if form.Encrypted && !strings.HasPrefix(name, "encrypted") {
			name = voice.Text(words.NoticeNames, name, voice.Text(words.FormEncrypted))
		}
		forms = append(forms, name)
	}
	return forms
}

// WriteTargets lists the formats that can be written, and the apps that import each.
func WriteTargets(voice say.Voice) {
	rows := [][]string{{voice.Text(words.ColumnFormat), voice.Text(words.ColumnApp), voice.Text(words.ColumnTakenBy)}}
	for _, f := range formats.All() {
		if f.Writes() {
			rows = append(rows, []string{f.Name, f.App, strings.Join(TakersOf(f.Name), ", ")})
		}
	}
	voice.Table(voice.Out, rows)
}

// TakersOf returns the apps that import a format.
func TakersOf(format string) (takers []string) {
	for _, a := range apps.All() {
		for _, name := range a.Imports {
			if name == format {
				takers = append(takers, a.Title)
			}
		}
	}
	return takers
}
