package transfer

import (
	"errors"

	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/otpauth"
)

// told is the ledger of an import as JSON. Fields are only ever added.
type told struct {
	DryRun       bool         `json:"dry_run"`
	Found        int          `json:"found"`
	Added        int          `json:"added"` // in a dry run: would be
	AlreadyThere int          `json:"already_there"`
	Refused      int          `json:"refused"`
	Records      []toldRecord `json:"records"`
	Files        []toldFile   `json:"files"`
	Incomplete   []toldExport `json:"incomplete"` // exports of Google Authenticator
}

type toldRecord struct {
	Source  string       `json:"source"`
	Format  string       `json:"format"`
	Place   string       `json:"place"` // in English, as "entry 3"
	Label   string       `json:"label"` // issuer and account; "" where it could hold the secret
	Outcome string       `json:"outcome"`
	Receipt string       `json:"receipt,omitempty"`
	Reason  string       `json:"reason,omitempty"` // a stable word
	Notices []toldNotice `json:"notices"`
}

type toldFile struct {
	Source  string       `json:"source"`
	Format  string       `json:"format"`
	Form    string       `json:"form"`
	Reason  string       `json:"reason,omitempty"` // why nothing of it was taken
	Notices []toldNotice `json:"notices"`
}

type toldNotice struct {
	What  string   `json:"what"` // a stable word
	Names []string `json:"names"`
	Count int      `json:"count,omitempty"`
}

type toldExport struct {
	Of       int   `json:"of"`
	Missing  []int `json:"missing"`
	Clashing []int `json:"clashing"`
}

// WriteJSON writes the ledger for a script.
func (r Report) WriteJSON(w *world.World) error {
	l := &r.Found.Ledger
	counts := l.Counts()
	t := told{
		DryRun: r.DryRun, Found: counts.Found, Added: counts.Added + counts.Undecided, AlreadyThere: counts.AlreadyThere, Refused: counts.Refused,
		Records: []toldRecord{}, Files: []toldFile{}, Incomplete: []toldExport{},
	}
	for n := range l.Len() {
		became, err := l.Outcome(n)
		if became == exchange.Undecided { // of a dry run
			became = exchange.Added
		}
		item := l.Item(n)
		rec := toldRecord{Source: item.Source, Format: item.Format, Place: item.Position.String(), Label: item.Label, Outcome: string(became), Reason: Word(err), Notices: noticesOf(item.Notices)}
		if receipt, ok := r.Receipts[n]; ok {
			rec.Receipt = receipt.String()
		}
		t.Records = append(t.Records, rec)
	}
	for _, f := range r.Found.Files {
		t.Files = append(t.Files, toldFile{f.Source, f.Format, f.Form, Word(f.Err), noticesOf(f.Notices)})
	}
	for _, e := range r.Found.Exports.Incomplete() {
		t.Incomplete = append(t.Incomplete, toldExport{e.Of, append([]int{}, e.Missing...), append([]int{}, e.Clashing...)})
	}
	return w.WriteJSON(t)
}

func noticesOf(notices []exchange.Notice) []toldNotice {
	list := []toldNotice{}
	for _, n := range notices {
		list = append(list, toldNotice{string(n.What), append([]string{}, n.Names...), n.Count})
	}
	return list
}

// Word returns a stable word for scripts that says why something was refused, "" for nil.
func Word(err error) string {
	if err == nil {
		return ""
	}
	if r := refusal(err); r != "" {
		return r
	}
	return "other"
}

// refusal returns the reason of a library's error, "" for any other error.
func refusal(err error) string {
	var export *exchange.Error
	var uri *otpauth.Error
	switch {
	case errors.As(err, &export):
		return string(export.Reason)
	case errors.As(err, &uri):
		return string(uri.Reason)
	}
	return ""
}

// toldOut is the ledger of an export as JSON.
type toldOut struct {
	DryRun   bool        `json:"dry_run"`
	Format   string      `json:"format"`
	Chosen   int         `json:"chosen"`
	Exported int         `json:"exported"`
	Refused  int         `json:"refused"`
	Seeds    []toldGiven `json:"seeds"`
}

type toldGiven struct {
	Label   string       `json:"label"`
	Outcome string       `json:"outcome"`          // exported or refused
	Reason  string       `json:"reason,omitempty"` // a stable word
	Notices []toldNotice `json:"notices"`
}

// WriteExportJSON writes the ledger of an export for a script.
func WriteExportJSON(w *world.World, format string, dryRun bool, e formats.Export) error {
	t := toldOut{DryRun: dryRun, Format: format, Chosen: len(e.Items), Exported: e.Len(), Refused: len(e.Items) - e.Len(), Seeds: []toldGiven{}}
	for _, item := range e.Items {
		outcome := "exported"
		if item.Err != nil {
			outcome = string(exchange.Refused)
		}
		t.Seeds = append(t.Seeds, toldGiven{item.Label, outcome, Word(item.Err), noticesOf(item.Notices)})
	}
	return w.WriteJSON(t)
}
