package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// identityFile reads the identities of a file that the person named. A plugin that
// they need and that is not here is said before anything else is done.
func (p *program) identityFile(path string) ([]age.Identity, error) {
	f, err := p.openKeyFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	ids, err := identitiesIn(f, asker{p: p, file: path})
	if errors.Is(err, key.ErrIdentityFile) {
		if id, paper := p.identityFromPaper(f); id != nil || paper != nil {
			return []age.Identity{id}, paper
		}
	}
	if err == nil {
		err = installed(key.Plugins(ids))
	}
	return ids, err
}

// configuredIdentities reads the key files configured for the vault: those that
// open it unasked, and apart from them those that a person or a plugin has to help
// with.
func (p *program) configuredIdentities(s *site) (unasked, asking []age.Identity) {
	for _, path := range s.conf.Identities {
		ids, more, err := p.configuredFile(path)
		if err != nil {
			p.Remark(words.IdentityUnreadable, console.Safe(path, 0))
		}
		unasked, asking = append(unasked, ids...), append(asking, more...)
	}
	return unasked, asking
}

func (p *program) configuredFile(path string) (unasked, asking []age.Identity, err error) {
	f, err := p.openKeyFile(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	unasked, err = identitiesIn(f, nil)
	if !errors.Is(err, key.ErrIdentityLocked) && !errors.Is(err, key.ErrPluginIdentity) {
		return unasked, nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	asking, err = identitiesIn(f, asker{p: p, file: path, optional: true})
	return nil, asking, err
}

func (p *program) openKeyFile(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	p.warnIfShared(f)
	return f, nil
}

// identitiesIn reads a key file. Without an asker one that would have to ask is
// key.ErrIdentityLocked or key.ErrPluginIdentity.
func identitiesIn(f *os.File, ask key.Asker) ([]age.Identity, error) {
	ids, err := key.ParseIdentities(f, ask)
	if errors.Is(err, key.ErrIdentityFile) {
		return nil, notAKeyFile(f.Name())
	}
	return ids, err
}

// identityFromPaper reads a key that somebody copied from a sheet into a file line by
// line, or a picture of its QR code. It returns nothing for what is neither.
func (p *program) identityFromPaper(f *os.File) (age.Identity, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil
	}
	text, err := io.ReadAll(io.LimitReader(f, secretLimit))
	if err == nil && key.LooksLikeIdentity(firstLine(string(text))) {
		return identityOf(strings.Split(string(text), "\n")...)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil
	}
	for _, found := range p.scan(context.Background(), f.Name(), f) {
		if key.LooksLikeIdentity(found.text) {
			return identityOf(found.text)
		}
	}
	return nil, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// identityOf reads a key from paper.
func identityOf(lines ...string) (age.Identity, error) {
	typed, err := key.ReadPaper(lines...)
	if err != nil {
		return nil, err
	}
	return key.ParseIdentity(typed)
}

func notAKeyFile(path string) error {
	return say.Fail(words.NotAnIdentityFile, console.Safe(path, 0)).WithHint(words.HintIdentityFile).Wrapping(key.ErrIdentityFile)
}

// keyHolder makes a holder of a recipient that the person typed. A plugin that is
// needed to encrypt to it, and that is not here, is said before anything else.
func (p *program) keyHolder(name, recipient string) (escrow.NewHolder, error) {
	h, err := escrow.KeyHolder(name, recipient)
	if errors.Is(err, key.ErrPluginRecipient) {
		h, err = escrow.PluginHolder(name, recipient, asker{p: p})
	}
	if err == nil {
		err = installed(escrow.Plugins([]escrow.Holder{h.Holder()}))
	}
	return h, err
}

// installed fails at the first plugin that is not on the PATH. One that lies in the
// folder that the person happens to be in does not count, nor does age run it.
func installed(plugins []string) error {
	for _, name := range plugins {
		if _, err := exec.LookPath("age-plugin-" + name); err != nil {
			return &key.PluginError{Plugin: name, Missing: true}
		}
	}
	return nil
}

// asker asks the person on the terminal what a key wants to know.
type asker struct {
	p        *program
	file     string // the key file, "" for a recipient
	optional bool   // there is another way in, so that Enter alone passes this one over
}

// errPassedOver is returned where the person wants another way in.
var errPassedOver = errors.New("passed over")

// passphraseTries is how often the passphrase of a key file may be typed.
const passphraseTries = 3

// Passphrase asks until a passphrase fits, three times at most. --passphrase-file
// is not used for it: that is the vault's, and trying it on every key file would
// give away which secrets are the same.
func (a asker) Passphrase(try func(string) error) error {
	file, prompt := console.Safe(a.file, 0), words.AskFilePassphrase
	t, err := a.p.terminal()
	switch {
	case a.optional && err != nil:
		return errPassedOver
	case err != nil:
		return say.Fail(words.IdentityLocked, file).WithHint(words.HintIdentityLocked)
	case a.optional:
		prompt = words.AskPassphraseOr
	}
	defer t.Close()
	for range passphraseTries {
		typed, err := t.Secret(a.p.Text(prompt, file))
		if err != nil {
			return err
		}
		if typed == "" && a.optional {
			return errPassedOver
		}
		if err = a.tried(try, typed); !errors.Is(err, key.ErrPassphrase) {
			return err
		}
		a.p.Remark(words.NotItsPassphrase, file)
	}
	return say.Fail(words.NoneItsPassphrase, file).WithHint(words.HintNoneItsPassphrase)
}

// tried shows that a passphrase is tried, and names the file where it opens what is
// no key.
func (a asker) tried(try func(string) error, typed string) error {
	defer a.p.Working(words.TryingPassphrase)()
	err := try(typed)
	if errors.Is(err, key.ErrIdentityFile) {
		return notAKeyFile(a.file)
	}
	return err
}

// Tell says what a plugin has to say, and which one it is.
func (a asker) Tell(plugin, message string) {
	a.p.Remark(words.PluginSays, plugin, console.Safe(message, 0))
}

// Waiting says what is being waited for.
func (a asker) Waiting(plugin string) { a.p.Remark(words.PluginWaits, plugin) }

// Value asks for what a plugin wants to know.
func (a asker) Value(plugin, prompt string, secret bool) (string, error) {
	t, err := a.question(plugin, prompt)
	if err != nil {
		return "", err
	}
	defer t.Close()
	if secret {
		return t.Secret(a.p.Text(words.AskSecretAnswer))
	}
	return t.Line(a.p.Text(words.AskAnswer))
}

// Choose asks for one of two answers, or where there is but one waits for Enter.
func (a asker) Choose(plugin, prompt, yes, no string) (bool, error) {
	t, err := a.question(plugin, prompt)
	if err != nil {
		return false, err
	}
	defer t.Close()
	yes, no = console.Safe(yes, 0), console.Safe(no, 0)
	if no == "" {
		_, err := t.Line(a.p.Text(words.AskEnter, yes))
		return true, err
	}
	for {
		typed, err := t.Line(a.p.Text(words.AskChoice, yes, no))
		if err != nil {
			return false, err
		}
		switch norm.NFKC.String(typed) {
		case "1":
			return true, nil
		case "2":
			return false, nil
		}
	}
}

// question opens the terminal and puts a plugin's question there. Where there is
// no terminal it fails and does not wait.
func (a asker) question(plugin, prompt string) (*console.Terminal, error) {
	prompt = console.Safe(prompt, 0)
	t, err := a.p.terminal()
	if err != nil {
		return nil, say.Fail(words.PluginUnanswered, plugin, prompt).WithHint(words.HintPluginUnanswered)
	}
	if err := t.Show(a.p.Text(words.PluginAsks, plugin, prompt)); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}
