package newvault

import (
	"errors"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// askGo shows what will be made and asks whether to make it, and whether this PC gets a key
// that opens it without asking.
func (f *first) askGo() error {
	ways := words.FirstWayPassphrase
	if f.sheet != "" {
		ways = words.FirstWaysBoth
	}
	where := words.Part(words.FirstHereOnly)
	if f.copied != nil {
		where = words.Part(words.FirstHereAnd, console.Safe(f.copied.Path, 0))
	}
	f.t.Tell(f.w.Voice.Text(words.FirstGo, questions, questions, f.seeds, ways, where))
	for {
		typed, err := f.t.Line(f.w.Voice.Text(words.FirstAskGo))
		switch typed = world.Folded(typed); {
		case err != nil:
			return err
		case world.IsNo(typed):
			return console.ErrInterrupted
		case typed == "d":
			f.device = true
			return nil
		case typed == "" || world.IsYes(typed):
			return nil
		}
	}
}

// holders makes the holders: the passphrase, the sheet, and this PC's key if it was asked for.
func (f *first) holders() (*newholder.Set, error) {
	set := newholder.New(f.w, f.place, nil)
	set.Sheets.ShowPage()
	if f.copied != nil {
		set.Sheets.Foresee(*f.copied)
	}
	done := f.w.Voice.Working(words.MakingPassphrase)
	phrase, err := escrow.PassphraseHolder("words", f.phrase, false)
	done()
	if err != nil {
		return nil, err
	}
	set.Holders = append(set.Holders, phrase.KeptAt("head"))
	if f.sheet != "" {
		err = set.AddPaper("paper", f.sheet, false)
	}
	if f.device {
		err = errors.Join(err, set.AddDevice("pc", f.place, false))
	}
	return set, err
}

// open opens the new vault with a key that is still in memory, and records the copy.
func (f *first) open(v *session.Vault, set *newholder.Set) (*session.Writable, error) {
	typed := set.PaperKey()
	if typed == "" {
		typed = f.phrase
	}
	id, err := unlocking.Secret(f.w, v.Files, typed, "")
	if err != nil {
		return nil, err
	}
	o, err := v.Files.Unlock(id)
	if err != nil {
		return nil, err
	}
	writable, err := v.ToWrite(o)
	if err == nil && f.copied != nil {
		err = writable.AddCopy(*f.copied)
	}
	return writable, err
}

// titles returns the names of the seeds that are to be saved.
func titles(seeds []escrow.Seed) string {
	var names []string
	for _, seed := range seeds {
		names = append(names, seedlist.TitleOfSeed(seed, escrow.Receipt{}))
	}
	return strings.Join(names, ", ")
}
