package main

import (
	"io"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/roster"
)

// listedHolder is one holder in holder list --json.
type listedHolder struct {
	roster.Holder
	Late     bool   `json:"late"`               // of an older vault alone: it opens nothing that is added now
	Unlisted string `json:"unlisted,omitempty"` // the path of a way in that no list names: whose it is nobody says
}

// tableOfHolders writes a table of holders.
func tableOfHolders(voice say.Voice, to io.Writer, holders ...listedHolder) {
	rows := [][]string{{voice.Text(words.ColumnHolder), voice.Text(words.ColumnKind), voice.Text(words.ColumnKept), voice.Text(words.ColumnWho), voice.Text(words.ColumnRecipient)}}
	for _, h := range holders {
		row := []string{h.Name, voice.Text(words.HolderKinds.Of(string(h.Kind))), h.Kept, strings.Join(h.Who, ", "), shortRecipient(h.Holder)}
		if h.Late {
			row[4] = voice.Text(words.MarkLateHolder, shortRecipient(h.Holder))
		}
		if h.Unlisted != "" {
			row = []string{h.Name, "", "", "", voice.Text(words.ListedNowhere, h.Unlisted)}
		}
		rows = append(rows, row)
	}
	voice.Table(to, rows)
}

// shortRecipient returns as much of a recipient as tells it from others: a hybrid one has some
// 2,000 letters, and --json prints it whole.
func shortRecipient(h roster.Holder) string { return console.Safe(h.Recipient, 72) }
