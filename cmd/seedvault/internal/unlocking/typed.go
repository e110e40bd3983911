package unlocking

import (
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// Secret makes an identity of what was typed: a key if it has the form of one, else a
// passphrase.
func Secret(w *world.World, v *escrow.Vault, typed, holder string) (age.Identity, error) {
	if key.LooksLikeIdentity(typed) {
		return key.ParseIdentity(typed)
	}
	locked, err := v.PassphraseKeys(holder)
	if err != nil {
		return nil, err
	}
	defer w.Voice.Working(words.TryingPassphrase)()
	return locked.Unlock(typed)
}

// Typed does the same as [Secret] for what was typed at the prompt: if it is the first line of
// a sheet's key, it asks for the others.
func Typed(w *world.World, v *escrow.Vault, typed, holder string) (age.Identity, error) {
	if !key.LooksLikeIdentity(typed) {
		return Secret(w, v, typed, holder)
	}
	text, err := PaperKey(w, typed)
	if err != nil {
		return nil, err
	}
	return key.ParseIdentity(text)
}

// PaperKey reads the key of a sheet whose first line was typed. It asks for the other lines,
// and points out a mistyped line and asks for it again.
func PaperKey(w *world.World, typed string) (_ string, err error) {
	defer w.Hush()(&err)
	var lines []string
	for {
		text, err := key.ReadPaper(append(slices.Clone(lines), typed)...)
		var wrong *key.LineError
		switch {
		case err == nil:
			return text, nil
		case errors.Is(err, key.ErrLines):
			lines = append(lines, typed)
		case errors.As(err, &wrong):
			w.Voice.Tell(explain.Error(err))
		default:
			return "", err
		}
		t, err := w.Terminal()
		if err != nil {
			return "", err
		}
		typed, err = t.Secret(w.Voice.Text(words.AskKeyLine, len(lines)+1))
		t.Close()
		if err != nil {
			return "", err
		}
		if strings.TrimSpace(typed) == "" {
			return "", key.ErrLines
		}
	}
}
