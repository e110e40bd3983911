package sheet

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// page is everything that stands on a sheet, in the order in which it stands there.
// Both writers write what is here and nothing else.
type page struct {
	voice  say.Voice
	secret string // the QR code's text

	Lang        string
	Title, What said
	Name, Date  string

	Lines []secretLine
	Code  said // on the page alone, which has the QR code
	Type  said

	FingerprintTitle said
	Fingerprint      string
	RecipientTitle   said
	Recipient        string
	SealTitle        said // empty where there is no seal yet
	Seal             string

	PageTitle  said
	PageDigits string // "" where there is no page
	Browser    said

	PlacesTitle said
	Places      []Place
	NoCopy      said

	MembersTitle said
	Members      []string
	Called       said
	CalledSteps  []said

	Open      said
	OpenLines []string
	ByHand    said
	Shells    []shell
	Then      said

	ServicesTitle said
	Services      []string

	Blanks []said // what is written on the sheet by hand
}

// said is one sentence in every language.
type said []sentence

type sentence struct{ Lang, Text string }

// shell is what one kind of shell is told.
type shell struct {
	Prompt string // before each line of plain text
	Title  said
	Lines  []string
}

// languages returns all that a sheet speaks, that of the person first.
func (p *page) languages() []words.Language {
	if p.voice.Lang == words.Japanese {
		return []words.Language{words.Japanese, words.English}
	}
	return []words.Language{words.English, words.Japanese}
}

// codeOf returns what HTML calls a language.
func codeOf(l words.Language) string {
	if l == words.English {
		return "en"
	}
	return string(l)
}

func (p *page) say(m words.Message, args ...any) (s said) {
	for _, l := range p.languages() {
		voice := p.voice
		voice.Lang, voice.Vault = l, "" // a sheet is read at another machine
		s = append(s, sentence{codeOf(l), voice.Text(m, args...)})
	}
	return s
}

func (p *page) sheet() Sheet {
	made := *p
	return Sheet{func() page { return made }}
}

// page begins a page with what every sheet has.
func (f Facts) page(title words.Message, args ...any) *page {
	p := &page{voice: f.Voice, Lang: codeOf(f.Voice.Lang), Name: console.Safe(f.Holder, 0), Date: f.Date.Format(time.DateOnly)}
	p.Title = p.say(title, args...)
	p.FingerprintTitle, p.Fingerprint = p.say(words.OnSheetFingerprint), f.Pin.Fingerprint.String()
	p.RecipientTitle, p.Recipient = p.say(words.OnSheetRecipient), f.Pin.Recipient
	if f.hybrid() {
		p.RecipientTitle = p.say(words.OnSheetRecipientSum)
		p.Recipient = groupsOf(fmt.Sprintf("%x", sha256.Sum256([]byte(f.Pin.Recipient))))
	}
	if f.Seal != "" {
		p.SealTitle, p.Seal = p.say(words.OnSheetSeal), f.Seal
	}
	p.PlacesTitle, p.Places = p.say(words.OnSheetPlaces), f.places(p)
	if len(f.Places) == 0 {
		p.NoCopy = p.say(words.OnSheetNoCopy)
	}
	p.Open, p.OpenLines = p.say(words.OnSheetOpen), openLines
	if len(f.Services) > 0 {
		p.ServicesTitle, p.Services = p.say(words.OnSheetServices), safe(f.Services)
	}
	p.Blanks = []said{p.say(words.OnSheetKept), p.say(words.OnSheetReceived), p.say(words.OnSheetDate)}
	return p
}

// places returns where the vault itself lies, and then its copies.
func (f Facts) places(p *page) []Place {
	var places []Place
	if f.Vault != "" {
		var pc []string
		for _, s := range p.say(words.OnSheetThisPC) {
			pc = append(pc, s.Text)
		}
		places = append(places, Place{Kept: strings.Join(pc, " / "), Where: console.Safe(f.Vault, 0)})
	}
	for _, c := range f.Places {
		places = append(places, Place{console.Safe(c.Name, 0), console.Safe(c.Kept, 0), console.Safe(c.Where, 0)})
	}
	return places
}

// safe keeps names from being taken for lines of the sheet, or from turning them
// round.
func safe(names []string) (out []string) {
	for _, name := range names {
		out = append(out, console.Safe(name, 0))
	}
	return out
}
