package unlocking

import (
	"errors"
	"os"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// keyTries is how often a key or a passphrase may be typed at the prompt.
const keyTries = 3

// UnlockOrPass opens the vault as [Keys.Unlock] does, and returns nil where nobody can be
// asked or the person types nothing: for commands that do more with a key.
func (k *Keys) UnlockOrPass() (*escrow.Opened, error) {
	o, err := k.UnlockAvailable()
	if o != nil || err != nil || !k.World.Attended() {
		return o, err
	}
	if o, err := k.unlockConfigured(); o != nil || err != nil {
		return o, err
	}
	return k.prompt(words.PromptKeyOrPass, true)
}

// prompt asks for a key or a passphrase until it opens the vault, [keyTries] times at most:
// whoever is sent back to the shell too early types the secret there. If it is optional, Enter
// alone ends it.
func (k *Keys) prompt(question words.Message, optional bool) (_ *escrow.Opened, err error) {
	t, err := k.World.Terminal()
	if err != nil {
		return nil, err
	}
	defer t.Close()
	defer t.Hush()(&err)
	meant := ""
	for n := 1; ; n++ {
		typed, err := k.ask(t, question, meant)
		if err != nil || optional && strings.TrimSpace(typed) == "" {
			return nil, err
		}
		o, err := k.unlockTyped(typed)
		if err == nil || n == keyTries || !Mistyped(err) {
			return o, err
		}
		k.World.Voice.Tell(explain.Error(err))
		meant = meantInstead(k.World, typed, err)
	}
}

// ask asks for a key or a passphrase. meant, the words that may have been meant the last time,
// is a part of the passphrase, so it is shown only where nothing of it stays on the screen.
func (k *Keys) ask(t *console.Terminal, question words.Message, meant string) (string, error) {
	prompt := k.World.Voice.Text(question)
	if meant == "" || console.Dumb(k.World.Getenv) {
		return t.Secret(prompt)
	}
	s := t.Screen()
	defer s.Close()
	columns, _ := s.Size()
	return s.Secret(prompt, console.Wrap(meant, columns)...)
}

// unlockTyped opens the vault with what was typed: the name of a file with a key or of
// a picture of a sheet, a share, a key from paper, or a passphrase.
func (k *Keys) unlockTyped(typed string) (*escrow.Opened, error) {
	switch path := fileTyped(k.World, typed); {
	case strings.TrimSpace(typed) == "":
		return nil, say.Fail(words.NothingTyped).WithHint(words.HintNothingTyped).Wrapping(key.ErrPassphrase)
	case path != "":
		ids, err := File(k.World, path)
		if err != nil {
			return nil, err
		}
		return k.unlockOwn(ids)
	case key.LooksLikeShare(typed):
		return k.unlockTogether(nil, typed)
	}
	id, err := Typed(k.World, k.Vault, typed, k.Given.Holder)
	if err != nil {
		return nil, err
	}
	return k.open(id)
}

// fileTyped returns the path of the file that was typed or dropped at a prompt, "" if no such
// file exists.
func fileTyped(w *world.World, typed string) string {
	typed = strings.TrimSpace(typed)
	if !world.LooksLikePath(typed) {
		return ""
	}
	path := w.PastedPaths(typed)[0]
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return path
}

// Mistyped reports whether an error may come from a typing mistake, so that asking again may
// help.
func Mistyped(err error) bool {
	var line *key.LineError
	return errors.As(err, &line) || slices.ContainsFunc([]error{
		key.ErrPassphrase, key.ErrIdentity, key.ErrLines, key.ErrShareForeign, key.ErrNoMatch, key.ErrIdentityFile,
		escrow.ErrNoMatch, escrow.ErrNoPassphrase,
	}, func(e error) bool { return errors.Is(err, e) })
}

// meantInstead returns which words may have been meant, where one that was typed is no word of
// a passphrase, "" if there are none.
func meantInstead(w *world.World, typed string, err error) string {
	var wrong *key.PassphraseError
	if !errors.As(err, &wrong) || wrong.Unknown == 0 {
		return ""
	}
	meant := key.MeantWords(typed, wrong.Unknown)
	if len(meant) == 0 {
		return ""
	}
	return w.Voice.Text(words.MeantWords, wrong.Unknown, strings.Join(meant, ", "))
}
