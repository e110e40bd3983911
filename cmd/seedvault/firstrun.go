package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// firstRun makes the vault that there is none of yet, while the seed waits: four
// questions, whose first answers are right for one person alone. Nothing is
// written before the last of them has been answered.
type firstRun struct {
	*program
	s      *site
	t      *console.Terminal
	seeds  string      // what waits to be saved
	phrase string      // the passphrase, generated
	sheet  string      // the file of the sheet, "" for none
	copied *local.Copy // nil for none
}

const firstQuestions = 4

// beginVault leads a person through their first vault. Where nobody can be asked
// it fails with what was missing.
func (p *program) beginVault(c *cli.Context, offers []offer, missing error) (*site, *escrow.Opened, error) {
	t, err := p.terminal()
	if err != nil || len(offers) == 0 {
		return nil, nil, missing
	}
	defer t.Close()
	s, err := p.locate(c)
	if err != nil {
		return nil, nil, err
	}
	f := &firstRun{program: p, s: s, t: t, seeds: titles(offers)}
	var pin escrow.Pin
	var set *setup
	if err = f.askAll(); err == nil {
		pin, set, err = p.makeVault(c, s, f.holders)
	}
	if errors.Is(err, console.ErrInterrupted) {
		err = say.Fail(words.FirstStopped).WithHint(words.HintFirstStopped)
	}
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	o, err := f.settle(set, pin)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return s, o, nil
}

func (f *firstRun) askAll() error {
	f.t.Show(f.Text(words.FirstIntro, console.Safe(f.s.path, 0)))
	for _, question := range []func() error{f.askPassphrase, f.askSheet, f.askCopy, f.askGo} {
		if err := question(); err != nil {
			return err
		}
	}
	return nil
}

// askPassphrase shows the passphrase where nothing of it stays, and asks two of
// its words back: what was not written down is found out now.
func (f *firstRun) askPassphrase() (err error) {
	if f.phrase, err = key.GeneratePassphrase(); err != nil {
		return err
	}
	parts := strings.Fields(f.phrase)
	view := f.viewOn(f.t)
	defer view.Close()
	remark := ""
	for {
		if _, err := f.askOn(view, f.Text(words.FirstPassphrase, f.seeds, 1, firstQuestions, f.phrase, remark), f.Text(words.FirstWritten)); err != nil {
			return err
		}
		missed, err := f.askBack(view, parts)
		if err != nil || missed == 0 {
			return err
		}
		if remark = ""; missed > 0 {
			remark = f.Text(words.FirstWordDiffers, missed)
		}
	}
}

// askBack asks for two of the words and returns the number of one that is not the
// one that was shown, or -1 where the person would rather see them again.
func (f *firstRun) askBack(v view, parts []string) (missed int, err error) {
	for _, n := range []int{2, len(parts) - 1} {
		typed, err := f.askOn(v, f.Text(words.FirstProve), f.Text(words.FirstWord, n))
		switch {
		case err != nil:
			return 0, err
		case typed == "":
			return -1, nil
		case strings.ToLower(norm.NFKC.String(typed)) != parts[n-1]:
			return n, nil
		}
	}
	return 0, nil
}

// askOn draws a text and asks below it.
func (f *firstRun) askOn(v view, text, prompt string) (string, error) {
	columns, _ := v.Size()
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		lines = append(lines, console.Wrap(line, columns)...)
	}
	v.Draw(append(lines, "")...)
	return v.Ask(len(lines)+2, 1, prompt)
}

// askSheet asks where the page with the paper key is to be written.
func (f *firstRun) askSheet() error {
	f.t.Show(f.Text(words.FirstSheet, 2, firstQuestions))
	for suggested := f.freeSheet(); ; {
		typed, err := f.t.Line(f.Text(words.FirstSheetWhere, console.Safe(suggested, 0)))
		switch {
		case err != nil:
			return err
		case isNo(typed):
			f.t.Show(f.Text(words.FirstNoSheet))
			return nil
		case typed == "":
			f.sheet = suggested
			return nil
		}
		path := f.pastedPaths(typed)[0]
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			path = filepath.Join(path, filepath.Base(suggested))
		}
		if why, wrong := f.cannotWrite(path); wrong {
			f.t.Show(f.Text(why, console.Safe(path, 0)))
			continue
		}
		f.sheet = path
		return nil
	}
}

// freeSheet is a name for the sheet that is not taken, where a person looks for
// what they print.
func (f *firstRun) freeSheet() string {
	dir := f.env("HOME")
	if dir == "" {
		dir = f.env("USERPROFILE")
	}
	documents := filepath.Join(dir, "Documents")
	if _, wrong := f.cannotWrite(filepath.Join(documents, "x")); !wrong {
		dir = documents
	}
	for n := 1; ; n++ {
		name := "seedvault-sheet.html"
		if n > 1 {
			name = "seedvault-sheet-" + strconv.Itoa(n) + ".html"
		}
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			return filepath.Join(dir, name)
		}
	}
}

// cannotWrite returns why a new file cannot be made at a path, and reports whether
// there is such a reason.
func (f *firstRun) cannotWrite(path string) (why words.Message, wrong bool) {
	if _, err := os.Lstat(path); err == nil {
		return words.FileExists, true
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return words.FirstNoFolder, true
	}
	return words.Message{}, false
}

// askCopy asks for a place that does not fail together with this PC.
func (f *firstRun) askCopy() error {
	f.t.Show(f.Text(words.FirstCopy, 3, firstQuestions))
	for {
		found := f.elsewhere()
		for i, e := range found {
			kind := words.FirstSynced
			if e.Removable {
				kind = words.FirstRemovable
			}
			f.t.Show(f.Text(words.FirstPlace, i+1, console.Safe(e.Name, 30), f.Text(kind), console.Safe(e.Path, 0)))
		}
		prompt := words.FirstCopyWhere
		if len(found) == 0 {
			prompt = words.FirstCopyNone
		}
		typed, err := f.t.Line(f.Text(prompt))
		if err != nil {
			return err
		}
		if isNo(typed) {
			f.t.Show(f.Text(words.FirstNoCopy))
			return nil
		}
		if typed == "" && len(found) == 0 {
			continue // look again: a stick was plugged in meanwhile
		}
		c, err := f.chosen(typed, found)
		if err == nil {
			f.copied = c
			return nil
		}
		f.Tell(explain(err))
	}
}

// chosen is the copy that an answer means: a number, Enter for the first, or a
// folder, which must not fail together with the vault.
func (f *firstRun) chosen(typed string, found []local.Elsewhere) (*local.Copy, error) {
	typed = norm.NFKC.String(typed)
	if typed == "" {
		typed = "1"
	}
	if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(found) {
		return f.newCopy(f.s, placeFound(found[n-1]))
	}
	place, err := f.placeTyped(f.s, f.pastedPaths(typed)[0])
	if err != nil {
		return nil, err
	}
	c, err := f.newCopy(f.s, place)
	if err == nil && place.kept == escrow.KeptThisPC {
		err = say.Fail(words.FirstSameDisk, console.Safe(place.path, 0)).WithHint(words.HintFirstSameDisk)
	}
	return c, err
}

// askGo shows what will be made and asks for the word.
func (f *firstRun) askGo() error {
	ways := words.FirstWayPassphrase
	if f.sheet != "" {
		ways = words.FirstWaysBoth
	}
	where := words.Part(words.FirstHereOnly)
	if f.copied != nil {
		where = words.Part(words.FirstHereAnd, console.Safe(f.copied.Path, 0))
	}
	f.t.Show(f.Text(words.FirstGo, firstQuestions, firstQuestions, f.seeds, ways, where))
	answer, err := f.askWhether(f.Text(words.FirstAskGo), answerYes)
	if err == nil && answer == answerNo {
		err = console.ErrInterrupted
	}
	return err
}

// holders makes the passphrase's holder, and the sheet's.
func (f *firstRun) holders() (*setup, error) {
	done := f.Working(words.MakingPassphrase)
	holder, err := escrow.PassphraseHolder("words", f.phrase, false)
	done()
	if err != nil {
		return nil, err
	}
	set := &setup{holders: []escrow.NewHolder{holder.KeptAt("head")}, sheets: f.sheetsOf(f.s, nil)}
	if f.copied != nil {
		set.sheets.foresee(*f.copied)
	}
	if f.sheet != "" {
		err = set.addPaper("paper", f.sheet, false)
	}
	return set, err
}

// settle keeps the pin, opens the vault with a key that is still at hand, and
// takes up the copy.
func (f *firstRun) settle(set *setup, pin escrow.Pin) (*escrow.Opened, error) {
	if err := f.keepPin(f.s, set, pin); err != nil {
		return nil, err
	}
	if err := f.s.reopen(pin); err != nil {
		return nil, err
	}
	typed := set.paper
	if typed == "" {
		typed = f.phrase
	}
	id, err := f.secretIdentity(f.s, typed, "")
	if err != nil {
		return nil, err
	}
	o, err := f.s.vault.Unlock(id)
	if err == nil && f.copied != nil {
		err = f.takeCopy(f.s, o, *f.copied)
	}
	return o, err
}

// reopen reads the vault anew, as the one with the pin.
func (s *site) reopen(pin escrow.Pin) (err error) {
	s.pin = &pin
	if s.vault, err = escrow.Open(s.folder, s.pin); err != nil {
		return err
	}
	s.conf, s.known, err = s.config.Find(s.path)
	return err
}

// titles names what waits to be saved.
func titles(offers []offer) string {
	var names []string
	for _, of := range offers {
		names = append(names, title(escrow.Entry{Seed: of.seed, Receipts: make([]escrow.Receipt, 1)}))
	}
	return strings.Join(names, ", ")
}

// isNo says that an answer is a no.
func isNo(typed string) bool {
	switch strings.ToLower(norm.NFKC.String(typed)) {
	case "n", "no", "いいえ":
		return true
	}
	return false
}
