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
func Write(voice say.Voice, to io.Writer, entries []escrow.Entry) {
	rows := [][]string{{voice.Text(words.ColumnIssuer), voice.Text(words.ColumnAccount), voice.Text(words.ColumnName), voice.Text(words.ShowTags), voice.Text(words.ColumnAdded), voice.Text(words.ColumnReceipt), ""}}
	for _, e := range entries {
		issuer, account := Names(e.Seed)
		rows = append(rows, []string{issuer, account, e.Seed.Name(), strings.Join(e.Seed.Tags(), ", "), Day(e.Seed.Added()), e.Receipts[0].String(), Marks(voice, e)})
	}
	voice.Table(to, WithoutEmpty(rows), words.ColumnAdded, words.ShowTags, words.ColumnReceipt)
}

// WithoutEmpty leaves out the columns of a table that have a title alone.
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

// Namesakes are the titles that more than one seed has: their receipts have to tell
// them apart.
func Namesakes(entries []escrow.Entry) map[string]bool {
	namesakes := make(map[string]bool, len(entries))
	for _, e := range entries {
		title := Title(e)
		_, seen := namesakes[title]
		namesakes[title] = seen
	}
	return namesakes
}

// Marks is the mark behind a seed in a table; an accepted one has none.
func Marks(voice say.Voice, e escrow.Entry) string {
	var marks []string
	switch e.Status {
	case escrow.NotAccepted:
		marks = append(marks, voice.Text(words.MarkNotAccepted))
	case escrow.Late:
		marks = append(marks, voice.Text(words.MarkLate))
	case escrow.Unconfirmed:
		marks = append(marks, voice.Text(words.MarkUnconfirmed, e.Epoch))
	}
	if by := e.Seed.By(); by != "" && e.Status != escrow.Accepted { // it is for whoever accepts
		marks = append(marks, voice.Text(words.MarkBy, console.Safe(by, 40)))
	}
	if e.Differs {
		marks = append(marks, voice.Text(words.MarkDiffers))
	}
	for _, claim := range e.Claims {
		if claim.Same == escrow.ClaimSecret {
			marks = append(marks, voice.Text(words.MarkSameSecret, claim.Other))
		} else {
			marks = append(marks, voice.Text(words.MarkSameID, claim.Other))
		}
	}
	if len(e.KnownTo) > 0 {
		marks = append(marks, voice.Text(words.MarkKnownTo, strings.Join(e.KnownTo, ", ")))
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
func WriteJSON(w *world.World, entries []escrow.Entry) error {
	list := []listed{}
	for _, e := range entries {
		list = append(list, listedOf(e))
	}
	return w.WriteJSON(list)
}

func listedOf(e escrow.Entry) listed {
	key, _ := e.Seed.Key() // of another scheme: all its fields are empty
	l := listed{
		ID: e.Seed.ID(), Name: e.Seed.Name(), Issuer: key.Issuer(), Account: key.Account(),
		Type: key.Type(), Algorithm: key.Algorithm(), Digits: key.Digits(), Period: int(key.Period().Seconds()),
		Tags: append([]string{}, e.Seed.Tags()...), Accepted: e.Status == escrow.Accepted, Receipt: e.Receipts[0].String(),
		By: e.Seed.By(), KnownTo: e.KnownTo,
	}
	if key.Type() == otpauth.HOTP {
		counter := key.Counter()
		l.Counter = &counter
	}
	if at := e.Seed.Added(); !at.IsZero() {
		l.Added = at.Format(time.RFC3339)
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
		listed: listedOf(e), Notes: append([]string{}, e.Seed.Notes()...), Ready: append([]string{}, e.Seed.All("ready")...),
		Origin: e.Seed.Origin(), RecoveryCodes: len(recovery),
	}
	if codes {
		s.Recovery = recovery
	}
	return w.WriteJSON(s)
}
