package newholder

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/sheet"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// Sheets is what all sheets of one command have in common: everything except the secret.
type Sheets struct {
	voice    say.Voice
	at       time.Time
	vault    string // where it lies here
	copies   []roster.Copy
	paths    map[string]string // where this machine finds them, by id
	services []string
	page     string // the SHA-256 of the page that opens the vault, "" where there is none
}

// SheetsOf gathers what stands on the sheets. o is nil where the vault itself is only being
// made.
func SheetsOf(w *world.World, p *place.Place, o *escrow.Opened) Sheets {
	out := Sheets{voice: w.Voice, at: w.Now(), vault: p.Path, paths: map[string]string{}}
	if o != nil {
		for _, c := range o.Roster().Copies() {
			out.add(c)
		}
		if o.HasPage(upkeep.BuiltInPage()) {
			out.ShowPage()
		}
	}
	for _, c := range p.Copies() {
		out.paths[c.ID] = c.Path
	}
	return out
}

// Foresee adds a copy to the sheets that is about to be made.
func (sh *Sheets) Foresee(c local.Copy) {
	sh.add(roster.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept})
	sh.paths[c.ID] = c.Path
}

// add adds a copy to the sheets.
func (sh *Sheets) add(c roster.Copy) {
	sh.copies = append(sh.copies, c)
	if c.Kind == roster.CopyKit {
		sh.ShowPage()
	}
}

// ShowPage adds the digits to the sheets by which a person recognises the page that opens the
// vault in a browser.
func (sh *Sheets) ShowPage() { sh.page = page.Hash() }

// WithServices adds the names of the accounts to the sheets.
func (sh *Sheets) WithServices(ctx context.Context, o *escrow.Opened) error {
	entries, _, err := o.Seeds(ctx)
	for _, e := range entries {
		if e.Status == escrow.Accepted {
			sh.services = append(sh.services, seedlist.Title(e))
		}
	}
	slices.Sort(sh.services)
	return err
}

// noted returns a new holder whose record tells that it has a sheet, and what stands on it.
func (sh Sheets) noted(h escrow.NewHolder) escrow.NewHolder { return h.OnSheet(sh.at, sh.copies) }

// Facts returns what stands on one holder's sheet.
func (sh Sheets) Facts(holder string, pin escrow.Pin) sheet.Facts {
	f := sheet.Facts{Voice: sh.voice, Holder: holder, Pin: pin, Vault: sh.vault, Date: sh.at, Services: sh.services, Page: sh.page}
	for _, c := range sh.copies {
		f.Places = append(f.Places, sheet.Place{Name: c.Name, Kept: c.Kept, Where: sh.paths[c.ID]})
	}
	return f
}

// writePaper writes the sheet of a new paper key, completely, before the key opens anything.
func (set *Set) writePaper(pin escrow.Pin) error {
	if set.paperFile == "" {
		return nil
	}
	sh, err := sheet.Key(set.paper, set.Sheets.Facts(set.paperName, pin))
	if err != nil {
		return err
	}
	return set.WriteSheet(set.paperFile, sh)
}

// WriteSheet writes a sheet to a file: as a page to print if [IsPage] reports true for its
// name, else as text.
func (set *Set) WriteSheet(path string, sh sheet.Sheet) error {
	var b bytes.Buffer
	write := sh.Text
	if IsPage(path) {
		write = sh.HTML
	}
	if err := write(&b); err != nil {
		return err
	}
	if err := set.write(path, b.String(), local.WriteNew); err != nil {
		return err
	}
	set.sheets = append(set.sheets, path)
	return nil
}

// KeepSheets records the files of sheets in this machine's memory, once their keys open the
// vault, so that check can remind of those that were not removed.
func (set *Set) KeepSheets() {
	if len(set.sheets) == 0 {
		return
	}
	if err := set.memory.Printed(set.sheets...); err != nil {
		set.world.Voice.Remark(words.NotRemembered, explain.Error(err))
	}
}

// IsPage reports whether a file name ends like that of an HTML page.
func IsPage(path string) bool {
	return slices.Contains([]string{".html", ".htm"}, strings.ToLower(filepath.Ext(path)))
}

// writeShare writes the sheet of a member who keeps the share on paper.
func (set *Set) writeShare(s paperShare, pin escrow.Pin) error {
	ending := ".html"
	if set.asText {
		ending = ".txt"
	}
	path := filepath.Join(set.sharesDir, "share-"+s.quorum+"-"+s.member+ending)
	q := sheet.Quorum{Member: s.member, Threshold: s.share.Threshold(), Members: s.share.Members()}
	if err := set.WriteSheet(path, sheet.Share(s.share, q, set.Sheets.Facts(s.quorum, pin))); err != nil {
		return err
	}
	set.world.Voice.Remark(words.WroteShare, s.member, console.Safe(path, 0), console.RemoveLine(path))
	return nil
}

// SayPaper prints where the sheet with the paper key is, if there is one.
func (set *Set) SayPaper() {
	if set.paperFile != "" {
		set.world.Voice.Remark(words.WrotePaperKey, console.Safe(set.paperFile, 0), console.RemoveLine(set.paperFile))
	}
}
