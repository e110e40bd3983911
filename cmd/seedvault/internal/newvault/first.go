package newvault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// first is the conversation that makes a person's first vault while the seed waits to be
// saved: four questions, for which Enter is the right answer for one person alone. Nothing is
// written before the last one is answered.
type first struct {
	w      *world.World
	place  *place.Place
	t      *console.Terminal
	seeds  string      // what waits to be saved
	phrase string      // the passphrase, generated: a secret
	sheet  string      // the file of the sheet, "" for none
	copied *local.Copy // nil for none
	device bool        // this PC gets a key of its own
}

const questions = 4

// FirstRun leads a person through making their first vault, and returns it opened. It returns
// missing where there is no seed to save, and where nobody can be asked, an error that names
// init.
func FirstRun(ctx context.Context, w *world.World, choice place.Choice, seeds []escrow.Seed, missing error) (*session.Vault, *session.Writable, error) {
	p, err := place.Find(w, choice)
	if err != nil {
		return nil, nil, err
	}
	t, err := w.Terminal()
	switch {
	case len(seeds) == 0:
		return nil, nil, missing
	case err != nil:
		return nil, nil, say.Fail(words.NoVault, console.Safe(p.Path, 0)).WithHint(words.HintNoVaultToAdd)
	}
	defer t.Close()
	f := &first{w: w, place: p, t: t, seeds: titles(seeds)}
	var set *newholder.Set
	if err = f.askAll(); err == nil {
		set, err = Make(ctx, w, p, Wanted{}, f.holders)
	}
	if errors.Is(err, console.ErrInterrupted) {
		err = say.Fail(words.FirstStopped).WithHint(words.HintFirstStopped)
	}
	if err != nil {
		return nil, nil, err
	}
	v, err := session.OpenHome(p)
	if err != nil {
		return nil, nil, err
	}
	writable, err := f.open(v, set)
	if err != nil {
		v.Close()
		return nil, nil, err
	}
	return v, writable, nil
}

// askAll asks the questions in their order.
func (f *first) askAll() error {
	f.t.Tell(f.w.Voice.Text(words.FirstIntro, console.Safe(f.place.Path, 0)))
	for _, question := range []func() error{f.askPassphrase, f.askSheet, f.askCopy, f.askGo} {
		if err := question(); err != nil {
			return err
		}
	}
	return nil
}

// askPassphrase shows the passphrase on a screen that is cleared, and asks for two of its
// words, so that it turns out now if it was not written down.
func (f *first) askPassphrase() (err error) {
	if f.phrase, err = key.GeneratePassphrase(); err != nil {
		return err
	}
	parts := strings.Fields(f.phrase)
	view := f.t.View(f.w.Getenv)
	defer view.Close()
	remark := ""
	for {
		typed, err := f.askOn(view, f.w.Voice.Text(words.FirstPassphrase, f.seeds, 1, questions, f.phrase, remark), f.w.Voice.Text(words.FirstWritten))
		if err != nil {
			return err
		}
		if typed != "" && !world.IsYes(typed) {
			continue // it stays in sight until it is written down
		}
		missed, err := f.askBack(view, parts)
		if err != nil || missed == 0 {
			return err
		}
		if remark = ""; missed > 0 {
			remark = f.w.Voice.Text(words.FirstWordDiffers, missed)
		}
	}
}

// askBack asks for two of the words. It returns the number of a word that was answered
// wrongly, -1 if the person wants to see the words again, and 0 if both are right.
func (f *first) askBack(v console.View, parts []string) (missed int, err error) {
	for _, n := range []int{2, len(parts) - 1} {
		typed, err := f.askOn(v, f.w.Voice.Text(words.FirstProve), f.w.Voice.Text(words.FirstWord, n))
		switch {
		case err != nil:
			return 0, err
		case typed == "":
			return -1, nil
		case world.Folded(typed) != parts[n-1]:
			return n, nil
		}
	}
	return 0, nil
}

// askOn draws a text and asks a question below it.
func (f *first) askOn(v console.View, text, prompt string) (string, error) {
	columns, _ := v.Size()
	lines := console.WrapLines(strings.TrimRight(text, "\n"), columns)
	v.Draw(append(lines, "")...)
	return v.Ask(len(lines)+2, 1, prompt)
}

// askSheet asks where the page with the paper key is to be written.
func (f *first) askSheet() error {
	f.t.Tell(f.w.Voice.Text(words.FirstSheet, 2, questions))
	for suggested := f.freeSheet(); ; {
		typed, err := f.t.Line(f.w.Voice.Text(words.FirstSheetWhere, console.Safe(suggested, 0)))
		switch {
		case err != nil:
			return err
		case world.IsNo(typed):
			f.t.Tell(f.w.Voice.Text(words.FirstNoSheet))
			return nil
		case typed == "" || world.IsYes(typed):
			f.sheet = suggested
			return nil
		}
		path, named := f.sheetNamed(typed, suggested)
		if !named {
			f.t.Tell(f.w.Voice.Text(words.FirstNoName, console.Safe(typed, 40)))
			continue
		}
		if why, wrong := f.cannotWrite(path); wrong {
			f.t.Tell(f.w.Voice.Text(why, console.Safe(path, 0)))
			continue
		}
		f.sheet = path
		return nil
	}
}

// sheetNamed returns the file that an answer names; in a folder it chooses the name, and
// unless the name ends in .html, .htm or .txt it adds .html. It reports whether the answer
// looks like a file name at all: nobody would find a key in a file called ja.
func (f *first) sheetNamed(typed, suggested string) (path string, named bool) {
	path = f.w.PastedPaths(typed)[0]
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return filepath.Join(path, filepath.Base(suggested)), true
	}
	if !newholder.IsPage(path) && !strings.EqualFold(filepath.Ext(path), ".txt") {
		path += ".html"
	}
	return path, world.LooksLikePath(typed)
}

// freeSheet returns a file name for the sheet that does not exist yet, in the folder where
// people look for documents.
func (f *first) freeSheet() string {
	dir := f.w.Getenv("HOME")
	if dir == "" {
		dir = f.w.Getenv("USERPROFILE")
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

// cannotWrite returns why a new file cannot be created at a path, and reports whether there is
// such a reason.
func (f *first) cannotWrite(path string) (why words.Message, wrong bool) {
	if _, err := os.Lstat(path); err == nil {
		return words.FileExists, true
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return words.NoFolder, true
	}
	return words.Message{}, false
}

// askCopy asks for a place that does not fail together with this PC.
func (f *first) askCopy() error {
	f.t.Tell(f.w.Voice.Text(words.FirstCopy, 3, questions))
	for again := false; ; {
		found := f.w.CopySites()
		if again && len(found) == 0 {
			f.t.Tell(f.w.Voice.Text(words.FirstNoneFound))
		}
		for i, e := range found {
			kind := words.FirstSynced
			if e.Removable {
				kind = words.FirstRemovable
			}
			f.t.Tell(f.w.Voice.Text(words.FirstPlace, i+1, console.Safe(e.Name, 30), f.w.Voice.Text(kind), console.Safe(e.Path, 0)))
		}
		prompt := words.FirstCopyWhere
		if len(found) == 0 {
			prompt = words.FirstCopyNone
		}
		typed, err := f.t.Line(f.w.Voice.Text(prompt))
		if err != nil {
			return err
		}
		if world.IsNo(typed) {
			f.t.Tell(f.w.Voice.Text(words.FirstNoCopy))
			return nil
		}
		if (typed == "" || world.IsYes(typed)) && len(found) == 0 {
			again = true // a stick was plugged in meanwhile
			continue
		}
		again = false
		c, err := f.chosen(typed, found)
		if err == nil {
			f.copied = c
			return nil
		}
		f.w.Voice.Tell(explain.Error(err))
	}
}

// chosen returns the copy for an answer: a number, Enter for the first place found, or a
// folder, which must not be on the vault's disk.
func (f *first) chosen(typed string, found []local.CopySite) (*local.Copy, error) {
	typed = norm.NFKC.String(typed)
	if typed == "" || world.IsYes(typed) {
		typed = "1"
	}
	if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(found) {
		return copyplace.New(f.place, nil, copyplace.SpotFound(found[n-1]))
	}
	path := f.w.PastedPaths(typed)[0]
	if info, err := os.Stat(path); !world.LooksLikePath(typed) && (err != nil || !info.IsDir()) {
		return nil, say.Fail(words.FirstNoPlace, console.Safe(typed, 40)).WithHint(words.HintFirstNoPlace)
	}
	spot, err := copyplace.SpotTyped(f.place, path)
	if err != nil {
		return nil, err
	}
	c, err := copyplace.New(f.place, nil, spot)
	if err == nil && spot.Kept == roster.KeptThisPC {
		err = say.Fail(words.FirstSameDisk, console.Safe(spot.Path, 0)).WithHint(words.HintFirstSameDisk)
	}
	if err == nil && c.Kept == "" {
		c.Kept, err = copyplace.AskKept(f.w)
	}
	return c, err
}
