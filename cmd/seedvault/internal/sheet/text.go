package sheet

import (
	"fmt"
	"io"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
)

// textWidth is how wide a sheet of plain text is.
const textWidth = 78

// text writes lines that begin with #, so that age reads the file of a paper key as
// it is.
type text struct{ b strings.Builder }

func (t *text) line(s string) { t.b.WriteString(strings.TrimRight("# "+s, " ") + "\n") }

func (t *text) gap() { t.line("") }

// say writes a sentence in each language, each wrapped.
func (t *text) say(s said) {
	for _, one := range s {
		for _, line := range console.Wrap(one.Text, textWidth-2) {
			t.line(line)
		}
	}
}

// title writes a few words in all languages on one line.
func (t *text) title(s said) {
	if len(s) > 0 {
		t.gap()
		t.line(s.line())
	}
}

// line returns a few words in all languages.
func (s said) line() string {
	var texts []string
	for _, one := range s {
		texts = append(texts, one.Text)
	}
	return strings.Join(texts, " / ")
}

// Text writes the sheet as plain text. That of a paper key is an age identity file
// as well: the key stands on a line of its own, and # before everything else.
func (s Sheet) Text(w io.Writer) error {
	p, t := s.page(), &text{}
	t.line("seedvault · " + p.Title.line() + " · " + p.Name + " · " + p.Date)
	t.gap()
	t.say(p.What)
	t.secret(p)
	t.say(p.Type)
	t.facts(p)
	t.called(p)
	t.gap()
	t.say(p.Browser)
	t.gap()
	t.say(p.Open)
	for _, line := range p.OpenLines {
		t.line("  " + line)
	}
	t.byHand(p)
	t.title(p.ServicesTitle)
	for _, name := range p.Services {
		t.line("  " + name)
	}
	t.gap()
	for _, blank := range p.Blanks {
		t.line(blank.line() + ": " + strings.Repeat("_", 40))
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

// secret writes a key whole, as age takes it, and both kinds in lines with checks. The
// prefix of a key stands in the first form alone, so that scripts find one.
func (t *text) secret(p page) {
	t.gap()
	if len(p.Shells) > 0 {
		t.b.WriteString(p.secret + "\n")
		t.gap()
	}
	for _, l := range p.Lines {
		t.line("  " + l.Groups + "  |  " + l.Check)
	}
	t.gap()
}

func (t *text) facts(p page) {
	t.title(p.FingerprintTitle) // the lines below it are for scripts, too
	t.line("fingerprint  " + p.Fingerprint)
	t.title(p.RecipientTitle)
	t.line("recipient    " + p.Recipient)
	if p.Seal != "" {
		t.title(p.SealTitle)
		t.line("seal         " + p.Seal)
	}
	if p.PageDigits != "" {
		t.title(p.PageTitle)
		t.line("page         " + p.PageDigits)
	}
	t.title(p.PlacesTitle)
	for _, place := range p.Places {
		t.line("  " + place.String())
	}
	t.say(p.NoCopy)
	t.line("  " + strings.Repeat("_", 50))
}

// String returns a place on one line.
func (p Place) String() string {
	var parts []string
	for _, part := range []string{p.Name, p.Kept, p.Where} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

func (t *text) called(p page) {
	t.title(p.MembersTitle)
	for _, m := range p.Members {
		t.line("  " + m)
	}
	t.title(p.Called)
	for i, step := range p.CalledSteps {
		t.say(step.numbered(i + 1))
	}
}

func (s said) numbered(n int) (out said) {
	for _, one := range s {
		out = append(out, sentence{one.Lang, fmt.Sprintf("%d. %s", n, one.Text)})
	}
	return out
}

func (t *text) byHand(p page) {
	if len(p.ByHand) > 0 {
		t.gap()
		t.say(p.ByHand)
	}
	for _, shell := range p.Shells {
		t.gap()
		t.say(shell.Title)
		for _, line := range shell.Lines {
			t.line("  " + shell.Prompt + line)
		}
	}
	t.gap()
	t.say(p.Then)
}
