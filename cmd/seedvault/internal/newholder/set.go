// Package newholder makes ways into a vault: the holders that flags or answers ask
// for, and what has to be shown, written or printed before they may count.
//
// Start with [New], the Add methods, and [Set.Secure]. A [Set] holds secrets.
package newholder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/oskeyring"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// Set is a set of holders that are about to be made, with what has to be shown or written
// before they may open the vault.
type Set struct {
	Holders []escrow.NewHolder
	Sheets  Sheets // what stands on sheets beside the secret

	world      *world.World
	passphrase string // generated, to be shown
	paper      string // the paper key, to be shown or written
	paperName  string // its holder's
	paperFile  string
	device     string // the key kept on this PC: a secret
	deviceName string // what the system's keyring calls it
	deviceFile string // where it lies without a keyring
	inKeyring  bool   // it was secured there
	noKeyring  error  // why not
	shares     []paperShare
	sharesDir  string   // where they are written, "" to show them
	asText     bool     // the shares as plain text
	written    []string // files to take back if nothing comes of it
	sheets     []string // those of them that a person is to print and remove
	memory     local.Memory
}

const elided = "Set(elided)"

// Format keeps the secrets out of every verb.
func (set *Set) Format(f fmt.State, _ rune) { io.WriteString(f, elided) }

// New returns an empty set. o is nil where the vault itself is only being made.
func New(w *world.World, p *place.Place, o *escrow.Opened) *Set {
	return &Set{world: w, Sheets: SheetsOf(w, p, o), memory: p.Memory()}
}

// SharesTo sets where the shares on paper go: into a folder, as plain text or as pages to
// print, or if dir is "" onto the terminal.
func (set *Set) SharesTo(dir string, asText bool) { set.sharesDir, set.asText = dir, asText }

// Device returns where this PC's key is kept, once [Set.Secure] has stored it.
func (set *Set) Device() place.DeviceKey {
	switch {
	case set.inKeyring:
		return place.DeviceKey{InKeyring: set.deviceName}
	case set.device != "":
		return place.DeviceKey{File: set.deviceFile}
	}
	return place.DeviceKey{}
}

// HasDevice reports whether one of the holders is a key of this PC.
func (set *Set) HasDevice() bool { return set.device != "" }

// PaperKey returns the key for the sheet, "" if there is none. It is secret.
func (set *Set) PaperKey() string { return set.paper }

// Roster returns the records that the vault will have of the holders.
func (set *Set) Roster() (holders []roster.Holder) {
	for _, h := range set.Holders {
		holders = append(holders, h.Holder())
	}
	return holders
}

// AddRecipients adds holders for -r [NAME=]RECIPIENT; one without a name is called key1, key2...,
// by its place in the list.
func (set *Set) AddRecipients(recipients []string) error {
	for i, r := range recipients {
		name, text, ok := strings.Cut(r, "=")
		if !ok || strings.ContainsAny(name, " /+") {
			name, text = fmt.Sprintf("key%d", i+1), r
		}
		if err := set.AddRecipient(name, text); err != nil {
			return err
		}
	}
	return nil
}

// AddRecipient adds a holder with a recipient.
func (set *Set) AddRecipient(name, text string) error {
	h, err := set.keyHolder(name, text)
	set.Holders = append(set.Holders, h)
	return err
}

// Twice reports whether two holders would have the same name. It is called before anything is
// shown.
func (set *Set) Twice(names ...string) bool {
	seen := map[string]bool{}
	for _, h := range set.Holders {
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

// AddPassphrase adds a holder with the passphrase in the file, or if file is "" with a
// generated one.
func (set *Set) AddPassphrase(name, file string, pq bool) error {
	if err := escrow.CheckName(name); err != nil {
		return err
	}
	var secret string
	var err error
	if file != "" {
		secret, err = unlocking.SecretFile(set.world, file)
	} else {
		secret, err = key.GeneratePassphrase()
		set.passphrase = secret
	}
	if err != nil {
		return err
	}
	defer set.world.Voice.Working(words.MakingPassphrase)()
	h, err := escrow.PassphraseHolder(name, secret, pq)
	set.Holders = append(set.Holders, h)
	return err
}

// AddPaper adds a holder whose key is shown, or written to a file as a sheet. If the file
// exists, it fails before anything is written.
func (set *Set) AddPaper(name, file string, pq bool) error {
	if _, err := os.Lstat(file); file != "" && err == nil {
		return explain.NotMade(file, fs.ErrExist)
	}
	h, secret, err := escrow.PaperHolder(name, pq)
	if file != "" {
		h = set.Sheets.noted(h)
	}
	set.paper, set.paperName, set.paperFile = secret, name, file
	set.Holders = append(set.Holders, h)
	return err
}

// AddDevice adds a holder whose key is kept on this PC.
func (set *Set) AddDevice(name string, p *place.Place, pq bool) error {
	h, secret, err := escrow.DeviceHolder(name, pq)
	if err != nil {
		return err
	}
	set.device, set.deviceName = secret, place.DeviceKeyName(h.Holder())
	set.deviceFile = p.KeyFile(set.deviceName)
	set.Holders = append(set.Holders, h)
	return nil
}

// Secure writes the keys to their files, and last shows on the terminal what is to be written
// down, so that nobody writes down a secret that will open nothing. No secret goes to standard
// output or a log. The pin stands on the sheets.
func (set *Set) Secure(pin escrow.Pin) error {
	if err := set.writePaper(pin); err != nil {
		return err
	}
	if err := set.secureDevice(); err != nil {
		return err
	}
	show, err := set.secureShares(pin)
	if err != nil {
		return err
	}
	return set.showSecrets(show)
}

// secureDevice stores this PC's key in the system's keyring, or in a file if no keyring takes
// it.
func (set *Set) secureDevice() error {
	if set.device == "" {
		return nil
	}
	err := set.world.Keyring.Set(set.deviceName, set.device)
	set.inKeyring = err == nil
	if set.inKeyring {
		return nil
	}
	set.noKeyring = err
	return set.write(set.deviceFile, set.device+"\n", local.WriteNewWithFolder)
}

// SayDevice prints where this PC's key is kept, if there is one.
func (set *Set) SayDevice() {
	voice := set.world.Voice
	switch {
	case set.device == "":
	case set.inKeyring:
		voice.Remark(words.DeviceInKeyring)
	case errors.Is(set.noKeyring, oskeyring.ErrLocked):
		voice.Remark(words.DeviceInFileLocked, console.Safe(set.deviceFile, 0))
	default:
		voice.Remark(words.DeviceInFile, console.Safe(set.deviceFile, 0))
	}
}

// showSecrets shows on the terminal what is to be written down.
func (set *Set) showSecrets(show []string) error {
	if set.passphrase != "" {
		show = append(show, set.world.Voice.Text(words.ShowPassphrase, set.passphrase))
	}
	if set.paper != "" && set.paperFile == "" {
		show = append(show, set.world.Voice.Text(words.ShowPaperKey, set.paper))
	}
	if len(show) == 0 {
		return nil
	}
	t, err := set.world.Terminal()
	if err == nil {
		defer t.Close()
		err = t.Show(strings.Join(show, "\n"))
	}
	if err != nil {
		return say.Fail(words.NoTerminalForSecret).WithHint(words.HintNoTerminalForSecret)
	}
	return nil
}

// write creates a file that must not exist yet, and notes it for [Set.TakeBack].
func (set *Set) write(path, text string, write func(string, []byte) error) error {
	if err := write(path, []byte(text)); err != nil {
		return explain.NotMade(path, err)
	}
	set.written = append(set.written, path)
	return nil
}

// TakeBack removes the files, and the key in the system's keyring, that were written for holders
// which were not made after all.
func (set *Set) TakeBack() {
	for _, f := range set.written {
		os.Remove(f)
	}
	if set.inKeyring {
		set.world.Keyring.Delete(set.deviceName)
	}
}
