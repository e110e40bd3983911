package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// setup is holders that are about to be made, and what has to be shown or written
// before they may count.
type setup struct {
	holders    []escrow.NewHolder
	passphrase string // generated, to be shown
	paper      string // the paper key, to be shown or written
	paperName  string // its holder's
	paperFile  string
	device     string // the key kept on this PC
	deviceFile string
	shares     []paperShare
	sharesDir  string   // where they are written, "" to show them
	asText     bool     // the shares as plain text
	sheets     sheets   // what stands on the sheets beside the secret
	written    []string // files to take back if nothing comes of it
}

// newSetup begins with where the shares go that are for paper, and what stands on
// sheets.
func (p *program) newSetup(c *cli.Context, s *site, o *escrow.Opened) *setup {
	return &setup{sharesDir: c.String("shares"), asText: c.Bool("text"), sheets: p.sheetsOf(s, o)}
}

// addRecipients reads -r [NAME=]RECIPIENT; those without a name are key1, key2...
func (p *program) addRecipients(set *setup, recipients []string) error {
	for i, r := range recipients {
		name, text, ok := strings.Cut(r, "=")
		if !ok || strings.ContainsAny(name, " /+") {
			name, text = fmt.Sprintf("key%d", i+1), r
		}
		if err := p.addRecipient(set, name, text); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) addRecipient(set *setup, name, text string) error {
	h, err := p.keyHolder(name, text)
	set.holders = append(set.holders, h)
	return err
}

// twice says that two holders would have one name. It is asked before anything
// is shown.
func (set *setup) twice(names ...string) bool {
	seen := map[string]bool{}
	for _, h := range set.holders {
		names = append(names, h.Holder().Name)
	}
	for _, n := range names {
		if n != "" && seen[n] {
			return true
		}
		seen[n] = true
	}
	return false
}

// addPassphrase makes a holder with an own passphrase from the file, or without one
// with a generated passphrase.
func (p *program) addPassphrase(set *setup, name, file string, pq bool) error {
	if err := escrow.CheckName(name); err != nil {
		return err
	}
	var secret string
	var err error
	if file != "" {
		secret, err = p.secretFile(file)
	} else {
		secret, err = key.GeneratePassphrase()
		set.passphrase = secret
	}
	if err != nil {
		return err
	}
	defer p.Working(words.MakingPassphrase)()
	h, err := escrow.PassphraseHolder(name, secret, pq)
	set.holders = append(set.holders, h)
	return err
}

// addPaper makes a holder whose key is shown, or written to the file as a sheet.
func (set *setup) addPaper(name, file string, pq bool) error {
	h, key, err := escrow.PaperHolder(name, pq)
	if file != "" {
		h = set.sheets.noted(h)
	}
	set.paper, set.paperName, set.paperFile = key, name, file
	set.holders = append(set.holders, h)
	return err
}

// addDevice makes a holder whose key is kept on this PC.
func (set *setup) addDevice(name string, places local.Places, pq bool) error {
	h, key, err := escrow.DeviceHolder(name, pq)
	if err != nil {
		return err
	}
	set.device, set.deviceFile = key, places.KeyFile(name+"-"+h.Holder().ID[:8])
	set.holders = append(set.holders, h)
	return nil
}

// secure writes keys to their files and shows on the terminal what is to be
// written down, last, so that nobody writes down what will open nothing. Nothing
// secret goes to standard output or a log. The pin is what stands on the sheets.
func (p *program) secure(set *setup, pin escrow.Pin) error {
	if err := set.writePaper(pin); err != nil {
		return err
	}
	if set.deviceFile != "" {
		if err := set.write(set.deviceFile, set.device+"\n", local.WriteNew); err != nil {
			return err
		}
	}
	show, err := p.secureShares(set, pin)
	if err != nil {
		return err
	}
	return p.showSecrets(set, show)
}

func (p *program) showSecrets(set *setup, show []string) error {
	if set.passphrase != "" {
		show = append(show, p.Text(words.ShowPassphrase, set.passphrase))
	}
	if set.paper != "" && set.paperFile == "" {
		show = append(show, p.Text(words.ShowPaperKey, set.paper))
	}
	if len(show) == 0 {
		return nil
	}
	t, err := p.terminal()
	if err == nil {
		defer t.Close()
		err = t.Show(strings.Join(show, "\n"))
	}
	if err != nil {
		return say.Fail(words.NoTerminalForSecret).WithHint(words.HintNoTerminalForSecret)
	}
	return nil
}

func (set *setup) write(path, text string, write func(string, []byte) error) error {
	err := write(path, []byte(text))
	if errors.Is(err, fs.ErrExist) {
		return say.Fail(words.FileExists, console.Safe(path, 0)).WithHint(words.HintFileExists)
	}
	if err == nil {
		set.written = append(set.written, path)
	}
	return err
}

// takeBack removes the files of holders that there will not be.
func (set *setup) takeBack() {
	for _, f := range set.written {
		os.Remove(f)
	}
}
