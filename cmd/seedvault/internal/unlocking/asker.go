package unlocking

import (
	"errors"
	"os/exec"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/key"
)

// Asker returns a [key.Asker] that asks the person at the terminal what an age plugin wants to
// know for a recipient.
func Asker(w *world.World) key.Asker { return asker{w: w} }

// Installed returns an error about the first plugin that is not on the PATH. A plugin in the
// current folder does not count, and age does not run it.
func Installed(plugins []string) error {
	for _, name := range plugins {
		if _, err := exec.LookPath("age-plugin-" + name); err != nil {
			return &key.PluginError{Plugin: name, Missing: true}
		}
	}
	return nil
}

// asker asks the person at the terminal what an age plugin or a locked key file wants to know.
type asker struct {
	w        *world.World
	file     string // the key file, "" for a recipient
	optional bool   // there is another way in, so that Enter alone passes this one over
}

// errPassedOver is returned when the person wants to open the vault in another way.
var errPassedOver = errors.New("passed over")

// passphraseTries is how often the passphrase of a key file may be typed.
const passphraseTries = 3

// Passphrase asks until a passphrase fits, three times at most. --passphrase-file
// is not used for it: that is the vault's, and trying it on every key file would
// give away which secrets are the same.
func (a asker) Passphrase(try func(string) error) (err error) {
	file, prompt := console.Safe(a.file, 0), words.AskFilePassphrase
	t, err := a.w.Terminal()
	switch {
	case a.optional && err != nil:
		return errPassedOver
	case err != nil:
		return say.Fail(words.IdentityLocked, file).WithHint(words.HintIdentityLocked)
	case a.optional:
		prompt = words.AskPassphraseOr
	}
	defer t.Close()
	defer t.Hush()(&err)
	for range passphraseTries {
		typed, err := t.Secret(a.w.Voice.Text(prompt, file))
		if err != nil {
			return err
		}
		if typed == "" && a.optional {
			return errPassedOver
		}
		if err = a.tried(try, typed); !errors.Is(err, key.ErrPassphrase) {
			return err
		}
		a.w.Voice.Remark(words.NotItsPassphrase, file)
	}
	return say.Fail(words.NoneItsPassphrase, file).WithHint(words.HintNoneItsPassphrase)
}

// tried tries a passphrase and shows that meanwhile; the error names the file if what the
// passphrase opens is no key.
func (a asker) tried(try func(string) error, typed string) error {
	defer a.w.Voice.Working(words.TryingPassphrase)()
	err := try(typed)
	if errors.Is(err, key.ErrIdentityFile) {
		return notAKeyFile(a.file)
	}
	return err
}

// Tell shows a plugin's message, with the plugin's name.
func (a asker) Tell(plugin, message string) {
	a.w.Voice.Remark(words.PluginSays, plugin, console.Safe(message, 0))
}

// Waiting shows that a plugin is being waited for.
func (a asker) Waiting(plugin string) { a.w.Voice.Remark(words.PluginWaits, plugin) }

// Value asks for what a plugin wants to know.
func (a asker) Value(plugin, prompt string, secret bool) (string, error) {
	t, err := a.question(plugin, prompt)
	if err != nil {
		return "", err
	}
	defer t.Close()
	if secret {
		return t.Secret(a.w.Voice.Text(words.AskSecretAnswer))
	}
	return t.Line(a.w.Voice.Text(words.AskAnswer))
}

// Choose asks for one of two answers; if there is only one, it waits for Enter.
func (a asker) Choose(plugin, prompt, yes, no string) (bool, error) {
	t, err := a.question(plugin, prompt)
	if err != nil {
		return false, err
	}
	defer t.Close()
	yes, no = console.Safe(yes, 0), console.Safe(no, 0)
	prompt = a.w.Voice.Text(words.AskChoice, yes, no)
	if no == "" {
		prompt = a.w.Voice.Text(words.AskEnter, yes)
	}
	for {
		typed, err := t.Line(prompt)
		if err != nil {
			return false, err
		}
		switch meant := world.Folded(typed); {
		case world.IsYes(typed), meant == world.Folded(yes), meant == "" && no == "", meant == "1" && no != "":
			return true, nil
		case world.IsNo(typed), no != "" && (meant == world.Folded(no) || meant == "2"):
			return false, nil
		}
	}
}

// question opens the terminal and shows a plugin's question. Without a terminal it fails at
// once.
func (a asker) question(plugin, prompt string) (*console.Terminal, error) {
	prompt = console.Safe(prompt, 0)
	t, err := a.w.Terminal()
	if err != nil {
		return nil, say.Fail(words.PluginUnanswered, plugin, prompt).WithHint(words.HintPluginUnanswered)
	}
	if err := t.Show(a.w.Voice.Text(words.PluginAsks, plugin, prompt)); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}
