package seedlist

import (
	"io"
	"slices"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// Write writes a table of seeds.
func Write[E Listed](voice say.Voice, to io.Writer, entries []E) {
	rows := [][]string{{voice.Text(words.ColumnIssuer), voice.Text(words.ColumnAccount), voice.Text(words.ColumnName), voice.Text(words.ShowTags), voice.Text(words.ColumnAdded), voice.Text(words.ColumnReceipt), ""}}
	for _, e := range entries {
		i := e.Item()
		l := i.Label
		rows = append(rows, []string{namesOf(l), l.Account, l.Name, strings.Join(l.Tags, ", "), DayOrDash(l.Added), i.Receipts[0].String(), Marks(voice, i)})
	}
	voice.Table(to, WithoutEmpty(rows), words.ColumnAdded, words.ShowTags, words.ColumnReceipt)
}

// WithoutEmpty drops the columns of a table that have only a title, but for the last.
func WithoutEmpty(rows [][]string) [][]string {
	kept := make([][]string, len(rows))
	for column := range rows[0] {
		used := column == len(rows[0])-1 || slices.ContainsFunc(rows[1:], func(row []string) bool { return row[column] != "" })
		for i := range rows {
			if used {
				kept[i] = append(kept[i], rows[i][column])
			}
		}
	}
	return kept
}

// Namesakes returns the titles that more than one seed has, which have to be told apart by
// their receipts.
func Namesakes[E Listed](entries []E) map[string]bool {
	namesakes := make(map[string]bool, len(entries))
	for _, e := range entries {
		title := Title(e)
		_, seen := namesakes[title]
		namesakes[title] = seen
	}
	return namesakes
}

// Marks returns the mark behind a seed in a table; an accepted one has none.
func Marks[E Listed](voice say.Voice, of E) string {
	var marks []string
	e := of.Item()
	switch e.Status {
	case escrow.NotAccepted:
		marks = append(marks, voice.Text(words.MarkNotAccepted))
	case escrow.Late:
		marks = append(marks, voice.Text(words.MarkLate))
	case escrow.Unconfirmed:
		marks = append(marks, voice.Text(words.MarkUnconfirmed, e.Epoch))
	}
	if by := e.Label.By; by != "" && e.Status != escrow.Accepted { // it is for whoever accepts
		marks = append(marks, voice.Text(words.MarkBy, console.Safe(by, 40)))
	}
	if e.Differs {
		marks = append(marks, voice.Text(words.MarkDiffers))
	}
	for _, r := range e.Resemblances {
		if r.Same == escrow.SameSecret {
			marks = append(marks, voice.Text(words.MarkSameSecret, r.Other))
		} else {
			marks = append(marks, voice.Text(words.MarkSameID, r.Other))
		}
	}
	if len(e.ExposedTo) > 0 {
		marks = append(marks, voice.Text(words.MarkKnownTo, strings.Join(e.ExposedTo, ", ")))
	}
	return strings.Join(marks, ", ")
}

// listed is one seed in list --json.
type listed struct {
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Issuer    string            `json:"issuer"`
	Account   string            `json:"account"`
	Type      otpauth.Type      `json:"type"`
	Algorithm otpauth.Algorithm `json:"algorithm"`
	Digits    int               `json:"digits"`
	Period    int               `json:"period"`            // seconds
	Counter   *uint64           `json:"counter,omitempty"` // of a seed that counts: where the phone begins
	Tags      []string          `json:"tags"`
	Accepted  bool              `json:"accepted"`
	Added     string            `json:"added"` // RFC 3339, or ""
	By        string            `json:"by"`    // who or which machine, as it says of itself
	Receipt   string            `json:"receipt"`
	KnownTo   []string          `json:"known_to,omitempty"` // list --reenrol: who left and has known it
}

// WriteJSON writes seeds for a script.
func WriteJSON[E Listed](w *world.World, entries []E) error {
	list := []listed{}
	for _, e := range entries {
		list = append(list, listedOf(e.Item()))
	}
	return w.WriteJSON(list)
}

func listedOf(i escrow.Item) listed {
	label := i.Label // of another scheme: what concerns codes is empty
	l := listed{
		ID: label.ID, Name: label.Name, Issuer: label.Issuer, Account: label.Account,
		Type: label.Type, Algorithm: label.Algorithm, Digits: label.Digits, Period: int(label.Period.Seconds()),
		Tags: append([]string{}, label.Tags...), Accepted: i.Status == escrow.Accepted, Receipt: i.Receipts[0].String(),
		By: label.By, KnownTo: i.ExposedTo,
	}
	if label.Type == otpauth.HOTP {
		l.Counter = &label.Counter
	}
	if !label.Added.IsZero() {
		l.Added = label.Added.Format(time.RFC3339)
	}
	return l
}

// shown is one seed in show --json.
type shown struct {
	listed
	Notes         []string `json:"notes"`
	Ready         []string `json:"ready"`
	Origin        string   `json:"origin"`
	RecoveryCodes int      `json:"recovery_codes"` // how many there are
	Recovery      []string `json:"recovery,omitempty"`
}

// WriteJSONOf writes one seed for a script, with its recovery codes if they were asked
// for.
func WriteJSONOf(w *world.World, e escrow.Entry, codes bool) error {
	recovery := e.Seed.All("recovery")
	s := shown{
		listed: listedOf(e.Item()), Notes: append([]string{}, e.Seed.Notes()...), Ready: append([]string{}, e.Seed.All("ready")...),
		Origin: e.Seed.Origin(), RecoveryCodes: len(recovery),
	}
	if codes {
		s.Recovery = recovery
	}
	return w.WriteJSON(s)
}
