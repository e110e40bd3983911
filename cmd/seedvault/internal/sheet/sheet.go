// Package sheet makes the sheet of paper that opens a vault years later: with the
// key, what to compare the vault with, where it lies, and how somebody opens it who
// has never seen seedvault or age.
//
// Start with [Key] or [Share], then [Sheet.HTML] for a page to print or [Sheet.Text].
// Both say everything in every language, that of the person first. The page is one
// file that loads nothing. Package sheet writes no file and asks nobody; what it
// returns is as secret as what stands on it.
package sheet

import (
	"fmt"
	"io"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/byhand"
	"seedvault/escrow/key"
)

// Facts are what stands on a sheet apart from the secret.
type Facts struct {
	Voice    say.Voice  // its language comes first
	Holder   string     // the holder's name
	Pin      escrow.Pin // of the vault that it opens
	Seal     string     // the newest, as check shows it, "" where there is none yet
	Vault    string     // where the vault lies on the PC that prints it
	Places   []Place    // where the copies lie
	Date     time.Time
	Services []string // the accounts, where the person wants them on it
	Page     string   // the SHA-256 of the page that opens the vault in a browser, "" where there is none
}

// Place is where a copy of the vault lies.
type Place struct {
	Name  string // the copy's
	Kept  string // home, office, ...
	Where string // as far as the PC that prints it knows, else ""
}

// Sheet is what stands on one sheet of paper: a secret. Printing one shows no secret.
type Sheet struct{ page func() page }

const elided = "Sheet(elided)"

// Format keeps the secret out of every verb.
func (s Sheet) Format(f fmt.State, _ rune) { io.WriteString(f, elided) }

// Key makes the sheet of a paper key. The error is [key.ErrIdentity], or
// [escrow.ErrName] for a name that no holder can have.
func Key(identity string, f Facts) (Sheet, error) {
	if err := escrow.CheckName(f.Holder); err != nil { // it stands in lines for a shell
		return Sheet{}, err
	}
	lines, err := key.Paper(identity)
	if err != nil {
		return Sheet{}, err
	}
	p := f.page(words.OnSheetKey)
	p.What, p.Type = p.say(words.OnSheetWhat), p.say(words.OnSheetType)
	p.secret, p.Lines, p.Code = identity, secretLines(lines), p.say(words.OnSheetCodeKey)
	said := words.OnSheetByHand
	if strings.HasPrefix(identity, "AGE-SECRET-KEY-PQ-") || f.hybrid() {
		said = words.OnSheetByHandHybrid
	}
	p.ByHand, p.Then = p.say(said), p.say(words.OnSheetThen)
	p.Shells = []shell{{"$ ", p.say(words.OnSheetUnix), byHand()}}
	if f.Page != "" {
		p.PageTitle, p.PageDigits = p.say(words.OnSheetPage), groupsOf(f.Page[:32])
		p.Browser = p.say(words.OnSheetBrowser)
	}
	return p.sheet(), nil
}

// Quorum is what a member's sheet says of the others.
type Quorum struct {
	Member    string   // whose share it is
	Threshold int      // so many shares open the vault
	Members   []string // all of them, by name
}

// Share makes the sheet of one member's share of a quorum's key, for somebody who
// may have no computer.
func Share(share key.Share, q Quorum, f Facts) Sheet {
	p := f.page(words.OnSheetShare, share.Index(), len(q.Members))
	p.Name = console.Safe(q.Member+" · "+f.Holder, 0)
	p.What, p.Type = p.say(words.OnSheetShareWhat, q.Threshold, len(q.Members)), p.say(words.OnSheetShareType)
	lines := share.Paper()
	p.secret, p.Lines, p.Code = strings.Join(lines, "\n"), secretLines(lines), p.say(words.OnSheetCodeShare)
	p.Called = p.say(words.OnSheetCalled)
	for _, m := range []words.Message{words.OnSheetCalledWhy, words.OnSheetCalledWho, words.OnSheetCalledHow, words.OnSheetCalledThen} {
		p.CalledSteps = append(p.CalledSteps, p.say(m))
	}
	p.MembersTitle, p.Members = p.say(words.OnSheetMembers), safe(q.Members)
	p.Then = p.say(words.OnSheetShareByHand)
	return p.sheet()
}

func (f Facts) hybrid() bool { return f.Pin.PostQuantum() }

// byHand returns the lines that open the vault without seedvault, in its folder.
func byHand() (lines []string) {
	for _, step := range []byhand.Step{byhand.Begin, byhand.Compare, byhand.TypedKey, byhand.Open, byhand.Draw, byhand.End} {
		lines = append(lines, byhand.Unix(step)...)
	}
	return lines
}

// openLines open a copy with seedvault.
var openLines = []string{"seedvault open FOLDER", "seedvault restore"}

// secretLine is one line of a key or a share, with what checks it.
type secretLine struct {
	Prefix string // of a key's first line
	Groups string
	Check  string
}

func secretLines(lines []string) []secretLine {
	var out []secretLine
	for _, l := range lines {
		cut := strings.LastIndex(l, "  ")
		s := secretLine{Groups: l[:cut], Check: l[cut+2:]}
		if prefix, groups, ok := strings.Cut(s.Groups, "1 "); ok && strings.Contains(prefix, "-") {
			s.Prefix, s.Groups = prefix+"1", groups
		}
		out = append(out, s)
	}
	return out
}

// groupsOf cuts digits into groups of four, so that people compare them.
func groupsOf(digits string) string {
	var groups []string
	for len(digits) > 4 {
		groups, digits = append(groups, digits[:4]), digits[4:]
	}
	return strings.Join(append(groups, digits), " ")
}
