package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// site is one vault's place, with what this machine knows of it.
type site struct {
	path   string
	known  bool // there is a pin for the path
	conf   local.Vault
	pin    *escrow.Pin
	places local.Places
	config *local.Config
	copied bool // a copy is read, and nothing is written to it
	folder *escrow.Dir
	vault  *escrow.Vault

	reached []*escrow.Dir   // copies
	silent  map[string]bool // paths of copies that were waited for in vain
}

// vaultPath is where the vault lies that the command is about.
func (p *program) vaultPath(c *cli.Context) (string, error) {
	for _, named := range []string{c.String("vault"), p.env("SEEDVAULT_DIR")} {
		if path := p.vaultNamed(named); path != "" {
			return path, nil
		}
		if named != "" {
			return local.VaultPath(named)
		}
	}
	places, err := p.places()
	if err != nil {
		return "", err
	}
	return local.VaultPath(places.Data)
}

// locate finds the vault that the command is about, and what this machine knows
// of it, without opening it.
func (p *program) locate(c *cli.Context) (*site, error) {
	places, err := p.places()
	if err != nil {
		return nil, err
	}
	path, err := p.vaultPath(c)
	if err != nil {
		return nil, err
	}
	s := &site{path: path, places: places}
	if s.config, err = places.Load(); err != nil {
		return nil, err
	}
	if s.conf, s.known, err = s.config.Find(path); err != nil {
		return nil, err
	}
	if s.known {
		pin, err := s.conf.Pin()
		if err != nil {
			return nil, local.ErrConfig
		}
		s.pin = &pin
	}
	return s, nil
}

// memory is what this machine remembers of the vault.
func (s *site) memory() local.Memory { return s.places.Memory(s.path) }

// open reads the vault's folder, or the copy that --copy names. The caller
// closes the site.
func (p *program) open(c *cli.Context) (*site, error) {
	s, err := p.locate(c)
	if err != nil {
		return nil, err
	}
	err = s.enter(c.String("copy"), func(dir escrow.FS) (*escrow.Vault, error) { return escrow.Open(dir, s.pin) })
	if err == nil {
		err = p.resume(s)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// enter opens the vault's folder, or the copy that is named, and reads the vault
// there.
func (s *site) enter(copied string, read func(escrow.FS) (*escrow.Vault, error)) error {
	dir := s.path
	if copied != "" {
		dir, s.copied = s.copyPath(copied), true
	}
	var err error
	if s.folder, err = escrow.OpenDir(dir); err != nil {
		return s.missing(dir, err)
	}
	s.vault, err = read(s.folder)
	if errors.Is(err, escrow.ErrNoVault) {
		return s.missing(dir, fs.ErrNotExist)
	}
	return err
}

// copyPath is the folder that --copy names: that of a copy of this name, else the
// name itself.
func (s *site) copyPath(named string) string {
	if c := s.copyNamed(named); c != nil {
		return c.Path
	}
	return named
}

// missing explains a vault that is not where it should be. One that was there is
// never taken for a place to begin anew.
func (s *site) missing(dir string, err error) error {
	switch {
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case s.copied:
		return say.Fail(words.NoCopy, console.Safe(dir, 0)).WithHint(words.HintNoCopy)
	case s.known:
		return say.Fail(words.VaultGone, console.Safe(dir, 0)).WithHint(words.HintVaultGone)
	}
	return say.Fail(words.NoVault, console.Safe(dir, 0)).WithHint(words.HintNoVault).Wrapping(errNoVaultYet)
}

// errNoVaultYet is wrapped by the error about a folder without a vault where this
// machine never knew of one.
var errNoVaultYet = errors.New("no vault yet")

// reachCopies opens the folders of the copies that are there, until the site is
// closed.
func (s *site) reachCopies(ctx context.Context) []escrow.FS {
	var list []escrow.FS
	for _, c := range s.conf.Copies {
		if dir, err := s.reach(ctx, c.Path); err == nil {
			s.reached = append(s.reached, dir)
			list = append(list, dir)
		}
	}
	return list
}

// Close releases the folders.
func (s *site) Close() {
	for _, dir := range s.reached {
		dir.Close()
	}
	s.reached = nil
	if s.folder != nil {
		s.folder.Close()
	}
}

// unlock opens the vault with what the person gave, else with what this machine
// has, else with what they type at one prompt.
func (p *program) unlock(c *cli.Context, s *site) (*escrow.Opened, error) {
	if o, err := p.unlockGiven(c, s); o != nil || err != nil {
		return o, err
	}
	if c.String("holder") == "" {
		if o, err := p.unlockConfigured(s); o != nil || err != nil {
			return o, err
		}
	}
	typed, err := p.ask(words.PromptKey)
	if err != nil {
		return nil, err
	}
	if key.LooksLikeShare(typed) {
		return p.unlockTogether(c, s, nil, []string{typed})
	}
	id, err := p.typedSecret(s, typed, c.String("holder"))
	if err != nil {
		return nil, err
	}
	return s.vault.Unlock(id)
}

// unlockToWrite opens the vault as the one that this machine has confirmed.
func (p *program) unlockToWrite(c *cli.Context, s *site) (*escrow.Opened, error) {
	o, err := p.unlock(c, s)
	if err == nil && !o.Compared() {
		return nil, escrow.ErrNotPinned
	}
	return o, err
}

// unlockUnasked opens the vault with the identities configured for it that ask
// nothing, and returns nil where they do not.
func (p *program) unlockUnasked(s *site) *escrow.Opened {
	ids, _ := p.configuredIdentities(s)
	return s.unlockWith(ids)
}

// unlockWith opens the vault, or returns nil.
func (s *site) unlockWith(ids []age.Identity) *escrow.Opened {
	if len(ids) == 0 {
		return nil
	}
	o, err := s.vault.Unlock(ids...)
	if err != nil {
		return nil
	}
	return o
}

// unlockConfigured opens the vault with the identities configured for it, and asks
// for those that are locked where the others do not open it. It returns nil where
// none does, or the person would rather type something else.
func (p *program) unlockConfigured(s *site) (*escrow.Opened, error) {
	unasked, asking := p.configuredIdentities(s)
	if o := s.unlockWith(unasked); o != nil || len(asking) == 0 {
		return o, nil
	}
	o, err := s.vault.Unlock(asking...)
	var broken *key.PluginError
	switch {
	case errors.As(err, &broken):
		p.Remark(words.KeyPassedOver, explain(err))
		return nil, nil
	case errors.Is(err, errPassedOver), errors.Is(err, escrow.ErrNoMatch):
		return nil, nil
	}
	return o, err
}

// unlockUnprompted opens the vault with what the person gave, else with what this
// machine has, and returns nil where there is neither: for commands that are
// worth having without a key.
func (p *program) unlockUnprompted(c *cli.Context, s *site) (*escrow.Opened, error) {
	if o, err := p.unlockGiven(c, s); o != nil || err != nil {
		return o, err
	}
	return p.unlockUnasked(s), nil
}

// unlockGiven opens the vault with the keys, the passphrase and the shares that the
// person gave, and returns nil where none was given.
func (p *program) unlockGiven(c *cli.Context, s *site) (*escrow.Opened, error) {
	given, err := p.givenIdentities(c, s)
	switch {
	case err != nil:
		return nil, err
	case c.IsSet("share"):
		return p.unlockTogether(c, s, given, nil)
	case len(given) == 0:
		return nil, nil
	}
	o, err := s.vault.Unlock(given...)
	if errors.Is(err, escrow.ErrNoMatch) && len(s.vault.Shares(given...)) > 0 {
		return p.unlockTogether(c, s, given, nil) // one member's key, and it takes more
	}
	return o, err
}

// givenIdentities reads -i and --passphrase-file.
func (p *program) givenIdentities(c *cli.Context, s *site) ([]age.Identity, error) {
	var ids []age.Identity
	for _, file := range c.StringSlice("identity") {
		more, err := p.identityFile(file)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	if file := c.String("passphrase-file"); file != "" {
		secret, err := p.secretFile(file)
		if err != nil {
			return nil, err
		}
		id, err := p.secretIdentity(s, secret, c.String("holder"))
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return say.Fail(words.NoSuchFile, console.Safe(path, 0)).WithHint(words.HintNoSuchFile)
	}
	return say.Fail(words.CannotRead, console.Safe(path, 0)).WithHint(words.HintCannotRead)
}

// warnIfShared remarks on a key file that others on this machine can read.
func (p *program) warnIfShared(f *os.File) {
	info, err := f.Stat()
	if err == nil && runtime.GOOS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		p.Remark(words.SharedKeyFile, console.Safe(f.Name(), 0), console.Safe(f.Name(), 0))
	}
}

const secretLimit = 4 << 10

// secretFile reads a passphrase or a key from a file; the line end after it is
// not part of it.
func (p *program) secretFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", unreadable(path, err)
	}
	defer f.Close()
	p.warnIfShared(f)
	text, err := readShort(f)
	return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"), err
}

// readShort reads a file that holds one passphrase, key or recipient.
func readShort(f *os.File) (string, error) { return readUpTo(f, secretLimit) }

// shareLimit is how long a share may be that somebody sends: armored, with the
// lines of 32 members.
const shareLimit = 128 << 10

func readUpTo(f *os.File, limit int) (string, error) {
	data, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err != nil || len(data) > limit {
		return "", say.Fail(words.CannotRead, console.Safe(f.Name(), 0)).WithHint(words.HintCannotRead)
	}
	return string(data), nil
}

// ask asks for one secret on the terminal.
func (p *program) ask(prompt words.Message) (string, error) {
	t, err := p.terminal()
	if err != nil {
		return "", err
	}
	defer t.Close()
	return t.Secret(p.Text(prompt))
}
