package transfer

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
)

// Report shows what became of all that was found.
type Report struct {
	Found    *Found
	Receipts map[int]escrow.Receipt // of what was added, by the item's number
	DryRun   bool
}

// rows are the outcomes in the order in which they are printed: what the person has to look
// after stands last.
var rows = []exchange.Outcome{exchange.Added, exchange.Undecided, exchange.AlreadyThere, exchange.Refused}

// Write writes the ledger, a line for each record.
func (r Report) Write(voice say.Voice, to io.Writer) {
	l := &r.Found.Ledger
	var table [][]string
	for _, outcome := range rows {
		for n := range l.Len() {
			became, err := l.Outcome(n)
			if became != outcome {
				continue
			}
			item := l.Item(n)
			why := ""
			switch {
			case err != nil:
				why = Reason(voice, err)
			case became == exchange.Added:
				why = r.Receipts[n].String()
			}
			table = append(table, []string{voice.Text(words.LedgerOutcomes.Of(string(became))), titleOf(item), WhereOf(voice, item), why})
		}
	}
	voice.Table(to, table)
}

// WriteReceipts writes a line for each seed that was added, as add does.
func (r Report) WriteReceipts(to io.Writer) {
	for n := range r.Found.Ledger.Len() {
		if receipt, ok := r.Receipts[n]; ok {
			fmt.Fprintf(to, "%s\t%s\n", receipt, console.Safe(titleOf(r.Found.Ledger.Item(n)), 60))
		}
	}
}

// RemarkRefused prints what was refused, for an answer that is not the ledger itself.
func (r Report) RemarkRefused(voice say.Voice) {
	for n := range r.Found.Ledger.Len() {
		item := r.Found.Ledger.Item(n)
		where := WhereOf(voice, item)
		if title := titleOf(item); title != "" {
			where = voice.Text(words.NoticeNames, where, console.Safe(title, 60))
		}
		if became, err := r.Found.Ledger.Outcome(n); became == exchange.Refused {
			voice.Remark(words.Refused, where, Reason(voice, err))
		}
	}
}

// Remark prints what the person should know about the files and about what was taken, and the
// sums of the ledger.
func (r Report) Remark(voice say.Voice) {
	for _, f := range r.Found.Files {
		if f.Err == nil && f.Format != "" {
			m := words.FileFound
			if f.isEncrypted() {
				m = words.FileOpened
			}
			voice.Remark(m, console.Safe(f.Source, 60), appOf(f.Format), r.Found.count(f.Source))
		}
		for _, n := range f.Notices {
			text := noticeText(voice, n)
			if n.Count > 0 {
				text = voice.Text(words.NoticeCount, text, n.Count)
			}
			voice.Remark(words.InFile, console.Safe(f.Source, 60), text)
		}
	}
	RemarkNotices(voice, r.taken())
	for _, e := range r.Found.Exports.Incomplete() {
		if len(e.Missing) > 0 {
			voice.Remark(words.ExportMissing, numbers(e.Missing), e.Of)
		}
		if len(e.Clashing) > 0 {
			voice.Remark(words.ExportClashes, numbers(e.Clashing), e.Of)
		}
	}
	s, m := r.Found.Ledger.Counts(), words.ImportLedger
	if r.DryRun {
		s.Added, m = s.Undecided, words.ImportDry
	}
	voice.Remark(m, s.Found, s.Added, s.AlreadyThere, s.Refused)
}

// taken returns the items that were not refused.
func (r Report) taken() (items []exchange.Item) {
	for n := range r.Found.Ledger.Len() {
		if became, _ := r.Found.Ledger.Outcome(n); became != exchange.Refused {
			items = append(items, r.Found.Ledger.Item(n))
		}
	}
	return items
}

// isEncrypted reports whether a file was read in a form that a password protects.
func (f File) isEncrypted() bool {
	format, err := formats.Named(f.Format)
	return err == nil && slices.ContainsFunc(format.Forms, func(form formats.Form) bool { return form.Name == f.Form && form.Encrypted })
}

// count returns how many records were found in a file.
func (f *Found) count(source string) (n int) {
	for i := range f.Ledger.Len() {
		if f.Ledger.Item(i).Source == source {
			n++
		}
	}
	return n
}

// RemarkNotices prints each kind of notice once, with the seeds that it is about.
func RemarkNotices(voice say.Voice, items []exchange.Item) {
	type kind struct{ what, names string }
	about := map[kind][]string{}
	var order []kind
	first := map[kind]exchange.Notice{}
	for _, item := range items {
		for _, n := range item.Notices {
			k := kind{string(n.What), strings.Join(n.Names, " ")}
			if about[k] == nil {
				order, first[k] = append(order, k), n
			}
			about[k] = append(about[k], labelOf(voice, item))
		}
	}
	for _, k := range order {
		voice.Remark(words.InFile, some(voice, about[k]), noticeText(voice, first[k]))
	}
}

// some returns the first few of several labels, and how many more there are.
func some(voice say.Voice, labels []string) string {
	const few = 3
	if len(labels) <= few+1 {
		return strings.Join(labels, ", ")
	}
	return voice.Text(words.AndMore, strings.Join(labels[:few], ", "), len(labels)-few)
}

// noticeText returns a notice with the fields that it is about.
func noticeText(voice say.Voice, n exchange.Notice) string {
	text := voice.Text(words.ExchangeRemarks.Of(string(n.What)))
	if len(n.Names) == 0 {
		return text
	}
	return voice.Text(words.NoticeNames, text, console.Safe(strings.Join(n.Names, ", "), 0))
}

func labelOf(voice say.Voice, item exchange.Item) string {
	if title := titleOf(item); title != "" {
		return console.Safe(title, 60)
	}
	return WhereOf(voice, item)
}

// titleOf returns what a person calls an item: its issuer and account as other commands have
// them. A label that could hold the secret is empty, and stays so.
func titleOf(item exchange.Item) string {
	key := item.Record.Key()
	if item.Label == "" || key.Issuer() == "" || key.Account() == "" {
		return item.Label
	}
	return key.Issuer() + " " + key.Account()
}

// WhereOf returns where an item stood.
func WhereOf(voice say.Voice, item exchange.Item) string {
	p, where := item.Position, console.Safe(item.Source, 60)
	if p.N == 0 {
		return where
	}
	m, of := words.PlaceEntry, words.PlaceEntryOf
	switch p.Kind {
	case exchange.AtLine:
		m, of = words.PlaceLine, words.PlaceLineOf
	case exchange.AtCode:
		m, of = words.PlaceCode, words.PlaceCodeOf
	}
	place := voice.Text(m, p.N)
	if p.Of > 0 {
		place = voice.Text(of, p.N, p.Of)
	}
	if where == "" {
		return place
	}
	return where + ", " + place
}

// Reason returns in a few words why something was refused.
func Reason(voice say.Voice, err error) string {
	if r := refusal(err); r != "" {
		return voice.Text(words.Refusals.Of(r))
	}
	e := explain.Error(err)
	return voice.Text(e.Message, e.Args...)
}

// numbers joins numbers with commas.
func numbers(list []int) string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(list)), ", "), "[]")
}
