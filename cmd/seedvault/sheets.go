package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/sheet"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// sheets is what stands on every sheet that a command prints, apart from the secret.
type sheets struct {
	voice    say.Voice
	at       time.Time
	vault    string // where it lies here
	copies   []escrow.Copy
	paths    map[string]string // where this machine finds them, by id
	services []string
}

// sheetsOf gathers what stands on sheets. There is nothing opened yet where the vault
// is only being made.
func (p *program) sheetsOf(s *site, o *escrow.Opened) sheets {
	out := sheets{voice: p.Voice, at: p.now(), vault: s.path, paths: map[string]string{}}
	if o != nil {
		out.copies = o.Copies()
	}
	for _, c := range s.conf.Copies {
		out.paths[c.ID] = c.Path
	}
	return out
}

// foresee puts a copy on the sheets that is about to be made.
func (sh *sheets) foresee(c local.Copy) {
	sh.copies = append(sh.copies, escrow.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept})
	sh.paths[c.ID] = c.Path
}

// withServices puts the accounts on the sheets, for who asks for it.
func (sh *sheets) withServices(c *cli.Context, o *escrow.Opened) error {
	entries, _, err := o.Seeds(c.Context)
	for _, e := range entries {
		if e.Status == escrow.Accepted {
			sh.services = append(sh.services, title(e))
		}
	}
	slices.Sort(sh.services)
	return err
}

// noted has a new holder's record say that it has a sheet, and what stands on it.
func (sh sheets) noted(h escrow.NewHolder) escrow.NewHolder { return h.OnSheet(sh.at, sh.copies) }

// facts are what stands on one holder's sheet.
func (sh sheets) facts(holder string, pin escrow.Pin) sheet.Facts {
	f := sheet.Facts{Voice: sh.voice, Holder: holder, Pin: pin, Vault: sh.vault, Date: sh.at, Services: sh.services}
	for _, c := range sh.copies {
		f.Places = append(f.Places, sheet.Place{Name: c.Name, Kept: c.Kept, Where: sh.paths[c.ID]})
	}
	return f
}

// writePaper writes the sheet of a new paper key: whole, and before the key opens
// anything.
func (set *setup) writePaper(pin escrow.Pin) error {
	if set.paperFile == "" {
		return nil
	}
	sh, err := sheet.Key(set.paper, set.sheets.facts(set.paperName, pin))
	if err != nil {
		return err
	}
	return set.writeSheet(set.paperFile, sh)
}

// writeSheet writes a page to print where the name ends as one does, and else text.
func (set *setup) writeSheet(path string, sh sheet.Sheet) error {
	var b bytes.Buffer
	write := sh.Text
	if isPage(path) {
		write = sh.HTML
	}
	if err := write(&b); err != nil {
		return err
	}
	return set.write(path, b.String(), local.WriteNewHere)
}

func isPage(path string) bool {
	return slices.Contains([]string{".html", ".htm"}, strings.ToLower(filepath.Ext(path)))
}

// writeShare writes the sheet of a member who keeps the share on paper.
func (p *program) writeShare(set *setup, s paperShare, pin escrow.Pin) error {
	ending := ".html"
	if set.asText {
		ending = ".txt"
	}
	path := filepath.Join(set.sharesDir, "share-"+s.quorum+"-"+s.member+ending)
	q := sheet.Quorum{Member: s.member, Threshold: s.share.Threshold(), Members: s.share.Members()}
	if err := set.writeSheet(path, sheet.Share(s.share, q, set.sheets.facts(s.quorum, pin))); err != nil {
		return err
	}
	p.Remark(words.WroteShare, s.member, console.Safe(path, 0))
	return nil
}

// sayPaper says where the sheet of a paper key is.
func (p *program) sayPaper(set *setup) {
	if set.paperFile != "" {
		p.Remark(words.WrotePaperKey, console.Safe(set.paperFile, 0))
	}
}
