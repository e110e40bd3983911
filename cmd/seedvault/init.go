package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/speech"
	"seedvault/escrow"
)

func (p *program) initCommand() *cli.Command {
	return &cli.Command{
		Name: "init", CustomHelpTemplate: p.Text(speech.HelpInit) + "\n",
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "recipient", Aliases: []string{"r"}},
			&cli.StringFlag{Name: "passphrase"}, &cli.StringFlag{Name: "paper"}, &cli.StringFlag{Name: "device"},
			&cli.BoolFlag{Name: "post-quantum"}, &cli.StringFlag{Name: "out"},
		},
		Action: p.init,
	}
}

// setup is a vault that is about to be made: its holders, and what has to be
// shown or written before it may exist.
type setup struct {
	holders    []escrow.NewHolder
	passphrase string // generated, to be shown
	paper      string // the paper key, to be shown or written
	paperName  string // its holder's
	paperFile  string
	device     string // the key kept on this PC
	deviceFile string
	written    []string // files to take back if there will be no vault
}

func (p *program) init(c *cli.Context) error {
	if err := noNames(c); err != nil {
		return err
	}
	s, err := p.locate(c)
	if err != nil {
		return err
	}
	if s.known {
		return speech.Fail(speech.PinExists, speech.Safe(s.path, 0)).WithHint(speech.HintVaultExists)
	}
	made, err := local.MakeFolder(s.path)
	if err != nil {
		return err
	}
	defer s.Close()
	pin, set, err := p.create(c, s)
	if err != nil {
		s.Close() // Windows removes no folder that is open
		local.RemoveFolders(made)
		return err
	}
	return p.keepPin(s, set, pin)
}

// takePlace opens the folder that the vault is to lie in.
func (s *site) takePlace() (err error) {
	if s.folder, err = escrow.OpenDir(s.path); err != nil {
		return err
	}
	switch _, err = escrow.Open(s.folder, nil); {
	case err == nil:
		return escrow.ErrExist
	case errors.Is(err, escrow.ErrNoVault):
		return nil
	}
	return err
}

// create makes holders and the vault, and secures their secrets before it appears:
// a vault whose key was never written down must not come to be, nor must anybody
// write down what a plugin or a full disk then kept from opening anything.
func (p *program) create(c *cli.Context, s *site) (escrow.Pin, *setup, error) {
	if err := s.takePlace(); err != nil {
		return escrow.Pin{}, nil, err
	}
	set, err := p.setup(c, s)
	if err != nil {
		return escrow.Pin{}, nil, err
	}
	// A plugin may wait for a touch, and a person for the plugin: the first Ctrl-C
	// leaves nothing behind, a second one ends the program where it is.
	ctx, stop := signal.NotifyContext(c.Context, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)
	pin, err := escrow.Create(s.folder, escrow.CreateOptions{
		Holders: set.holders, PostQuantum: c.Bool("post-quantum"), Now: p.now(),
		Ready: func() error {
			if ctx.Err() != nil {
				return speech.ErrInterrupted
			}
			return p.secure(set)
		},
	})
	if err != nil && ctx.Err() != nil {
		err = speech.ErrInterrupted
	}
	var w *escrow.WriteError
	if errors.As(err, &w) && w.Saved {
		p.Remark(speech.NotDurable, speech.Safe(w.Path, 0))
		err = nil
	}
	if err != nil {
		for _, f := range set.written {
			os.Remove(f)
		}
		return escrow.Pin{}, nil, err
	}
	return pin, set, nil
}

// keepPin completes the sheet, writes the configuration and says what was made.
func (p *program) keepPin(s *site, set *setup, pin escrow.Pin) error {
	p.Say(speech.VaultMade, speech.Safe(s.path, 0), pin.Fingerprint)
	if set.paperFile != "" {
		if err := finishSheet(set.paperFile, p.Text(speech.SheetEnd, pin.Fingerprint, pin.Recipient, set.paperName)); err != nil {
			p.Remark(speech.SheetUnfinished, speech.Safe(set.paperFile, 0))
		}
		p.Remark(speech.WrotePaperKey, speech.Safe(set.paperFile, 0))
	}
	err := s.config.Update(s.path, func(v *local.Vault) {
		v.Follow(pin)
		if set.deviceFile != "" {
			v.Identities = []string{set.deviceFile}
		}
	})
	if err != nil {
		return speech.Fail(speech.PinNotKept, explain(err)).WithHint(speech.HintPinNotKept, pin.Fingerprint, pin.Recipient)
	}
	var holders []escrow.Holder
	for _, h := range set.holders {
		holders = append(holders, h.Holder())
	}
	if ways := escrow.WaysIn(holders); ways < 2 {
		p.Remark(speech.FewWays, ways)
	}
	return nil
}

// setup makes the holders that the flags ask for: a passphrase and a sheet of
// paper if they ask for none.
func (p *program) setup(c *cli.Context, s *site) (*setup, error) {
	words, paper, device := c.String("passphrase"), c.String("paper"), c.String("device")
	if words == "" && paper == "" && device == "" && len(c.StringSlice("recipient")) == 0 {
		words, paper = "words", "paper"
	}
	switch {
	case paper == "" && c.IsSet("out"):
		return nil, speech.Usage(speech.OutWithoutPaper).WithHint(speech.SeeHelp, "seedvault init --help")
	case words == "" && c.IsSet("passphrase-file"):
		return nil, speech.Usage(speech.PassphraseUnused).WithHint(speech.HintPassphraseUnused)
	}
	set := &setup{paperName: paper, paperFile: c.String("out")}
	pq := c.Bool("post-quantum")
	if err := p.addRecipients(set, c.StringSlice("recipient")); err != nil {
		return nil, err
	}
	if set.twice(words, paper, device) {
		return nil, escrow.ErrTwice
	}
	var h escrow.NewHolder
	var err error
	if words != "" {
		if h, err = p.passphraseHolder(c, set, words, pq); err != nil {
			return nil, err
		}
		set.holders = append(set.holders, h)
	}
	if paper != "" {
		if h, set.paper, err = escrow.PaperHolder(paper, pq); err != nil {
			return nil, err
		}
		set.holders = append(set.holders, h)
	}
	if device != "" {
		if h, set.device, err = escrow.DeviceHolder(device, pq); err != nil {
			return nil, err
		}
		set.deviceFile = s.places.KeyFile(device + "-" + h.Holder().ID[:8])
		set.holders = append(set.holders, h)
	}
	return set, nil
}

// addRecipients reads -r [NAME=]RECIPIENT; those without a name are key1, key2...
func (p *program) addRecipients(set *setup, recipients []string) error {
	for i, r := range recipients {
		name, text, ok := strings.Cut(r, "=")
		if !ok || strings.ContainsAny(name, " /+") {
			name, text = fmt.Sprintf("key%d", i+1), r
		}
		h, err := p.keyHolder(name, text)
		if err != nil {
			return err
		}
		set.holders = append(set.holders, h)
	}
	return nil
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

// passphraseHolder takes an own passphrase from a file, or generates one.
func (p *program) passphraseHolder(c *cli.Context, set *setup, name string, pq bool) (escrow.NewHolder, error) {
	if err := escrow.CheckName(name); err != nil {
		return escrow.NewHolder{}, err
	}
	if file := c.String("passphrase-file"); file != "" {
		own, err := p.secretFile(file)
		if err != nil {
			return escrow.NewHolder{}, err
		}
		defer p.Working(speech.MakingPassphrase)()
		return escrow.PassphraseHolder(name, own, pq)
	}
	var err error
	if set.passphrase, err = escrow.GeneratePassphrase(); err != nil {
		return escrow.NewHolder{}, err
	}
	defer p.Working(speech.MakingPassphrase)()
	return escrow.PassphraseHolder(name, set.passphrase, pq)
}

// secure writes keys to their files and shows on the terminal what is to be
// written down, last, so that nobody writes down what will open nothing. Nothing
// secret goes to standard output or a log.
func (p *program) secure(set *setup) error {
	if set.paperFile != "" {
		if err := set.write(set.paperFile, p.Text(speech.SheetStart, set.paper), local.WriteNewHere); err != nil {
			return err
		}
	}
	if set.deviceFile != "" {
		if err := set.write(set.deviceFile, set.device+"\n", local.WriteNew); err != nil {
			return err
		}
	}
	return p.showSecrets(set)
}

func (p *program) showSecrets(set *setup) error {
	var show []string
	if set.passphrase != "" {
		show = append(show, p.Text(speech.ShowPassphrase, set.passphrase))
	}
	if set.paper != "" && set.paperFile == "" {
		show = append(show, p.Text(speech.ShowPaperKey, set.paper))
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
		return speech.Fail(speech.NoTerminalForSecret).WithHint(speech.HintNoTerminalForSecret)
	}
	return nil
}

func (set *setup) write(path, text string, write func(string, []byte) error) error {
	err := write(path, []byte(text))
	if errors.Is(err, fs.ErrExist) {
		return speech.Fail(speech.FileExists, speech.Safe(path, 0)).WithHint(speech.HintFileExists)
	}
	if err == nil {
		set.written = append(set.written, path)
	}
	return err
}

// finishSheet adds what is known only once there is a vault.
func finishSheet(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err2 := f.Close(); err == nil {
		err = err2
	}
	return err
}
