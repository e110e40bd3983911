package transfer

import (
	"fmt"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
)

// passwords tries passwords on files: those of the password files and typed ones. A password
// that has opened one file is tried on the next ones.
type passwords struct {
	w     *world.World
	files []string // still to be read
	known func() []string
	typed func() string // the last one at the prompt
	shown map[string]bool
	tried func() // ends what shows that one is being tried
}

func newPasswords(w *world.World, files []string) *passwords {
	return &passwords{
		w: w, files: files, known: func() []string { return nil }, typed: func() string { return "" },
		shown: map[string]bool{}, tried: func() {},
	}
}

// ask returns the known passwords, one at each call, and then asks the person until one is
// right. Enter alone skips the file.
func (p *passwords) ask(about exchange.PasswordRequest) (string, error) {
	p.rest()
	if err := p.readFiles(); err != nil {
		return "", err
	}
	if known := p.known(); about.Tries < len(known) {
		return known[about.Tries], nil
	}
	without := &exchange.Error{Reason: exchange.NeedsPassword}
	if about.Tries > 0 {
		without.Reason = exchange.WrongPassword
	}
	t, err := p.w.Terminal()
	if err != nil {
		return "", without
	}
	defer t.Close()
	if p.typed() != "" {
		p.w.Voice.Remark(words.PasswordWrong)
	}
	typed, err := t.Secret(p.w.Voice.Text(words.AskPassword, console.Safe(about.Source, 60), appOf(about.Format)))
	if err != nil {
		return "", err
	}
	if p.keepTyped(typed); typed == "" {
		return "", without
	}
	return typed, nil
}

// readFiles reads the password files when the first password is needed.
func (p *passwords) readFiles() error {
	for _, file := range p.files {
		secret, err := unlocking.SecretFile(p.w, file)
		if err != nil {
			return err
		}
		p.know(secret)
	}
	p.files = nil
	return nil
}

func (p *passwords) know(secret string) {
	list := append(p.known(), secret)
	p.known = func() []string { return list }
}

func (p *passwords) keepTyped(secret string) { p.typed = func() string { return secret } }

// done ends the work on one file. If it was opened, the typed password is tried on the next
// ones.
func (p *passwords) done(opened bool) {
	p.rest()
	if secret := p.typed(); opened && secret != "" {
		p.know(secret)
	}
	p.keepTyped("")
}

// muchMemory is the number of bytes from which on the person is told how much memory trying a
// password takes.
const muchMemory = 64 << 20

// cost prints, once for each file, how much memory trying a password takes, if that is much.
func (p *passwords) cost(source string, c exchange.Cost) error {
	p.rest()
	if once := fmt.Sprint(source, c.Memory); c.Memory >= muchMemory && !p.shown[once] {
		p.shown[once] = true
		p.w.Voice.Remark(words.TakesMemory, console.Safe(source, 60), int(c.Memory>>20))
	}
	p.tried = p.w.Voice.Working(words.TryingPassword)
	return nil
}

func (p *passwords) rest() {
	p.tried()
	p.tried = func() {}
}

// appOf returns what a format's app is called.
func appOf(format string) string {
	f, err := formats.Named(format)
	if err != nil {
		return format
	}
	return f.App
}
