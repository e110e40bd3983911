package main

import (
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/key"
)

// secretIdentity turns what was typed into an identity: a key is recognised, and
// anything else is a passphrase.
func (p *program) secretIdentity(s *site, typed, holder string) (age.Identity, error) {
	if key.LooksLikeIdentity(typed) {
		return key.ParseIdentity(typed)
	}
	key, err := s.vault.PassphraseKeys(holder)
	if err != nil {
		return nil, err
	}
	defer p.Working(words.TryingPassphrase)()
	return key.Unlock(typed)
}

// typedSecret does so for what was typed at the prompt: of a key from paper the other
// lines are asked for, and what may be wrong with a passphrase is shown there.
func (p *program) typedSecret(s *site, typed, holder string) (age.Identity, error) {
	if key.LooksLikeIdentity(typed) {
		identity, err := p.keyInLines(typed)
		if err != nil {
			return nil, err
		}
		return key.ParseIdentity(identity)
	}
	id, err := p.secretIdentity(s, typed, holder)
	var doubt *key.PassphraseError
	if errors.As(err, &doubt) {
		p.showMeant(typed, doubt.Unknown)
	}
	return id, err
}

// showMeant shows which words may have been meant, on the terminal alone: they are
// part of the passphrase.
func (p *program) showMeant(typed string, word int) {
	meant := key.MeantWords(typed, word)
	if t, err := p.terminal(); err == nil && len(meant) > 0 {
		defer t.Close()
		t.Show(p.Text(words.MeantWords, word, strings.Join(meant, ", ")))
	}
}

// keyInLines reads a key from paper that begins with what was typed. A line that is
// mistyped is pointed out and asked for again.
func (p *program) keyInLines(typed string) (string, error) {
	var lines []string
	for {
		identity, err := key.ReadPaper(append(slices.Clone(lines), typed)...)
		var wrong *key.LineError
		switch {
		case err == nil:
			return identity, nil
		case errors.Is(err, key.ErrLines):
			lines = append(lines, typed)
		case errors.As(err, &wrong):
			p.Tell(explain(err))
		default:
			return "", err
		}
		t, err := p.terminal()
		if err != nil {
			return "", err
		}
		typed, err = t.Secret(p.Text(words.AskKeyLine, len(lines)+1))
		t.Close()
		if err != nil {
			return "", err
		}
		if strings.TrimSpace(typed) == "" {
			return "", key.ErrLines
		}
	}
}
