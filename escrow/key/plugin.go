package key

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"filippo.io/age"
	"filippo.io/age/plugin"
)

// PluginError means that an age plugin could not be used.
type PluginError struct {
	Plugin  string // NAME, where the program is age-plugin-NAME
	Missing bool   // there is no such program on the PATH
	Message string // what it said, or how it ended: text from outside
}

// Error says what is wrong, and nothing secret.
func (e *PluginError) Error() string {
	if e.Missing {
		return "failed to start age-plugin-" + e.Plugin + ": not installed"
	}
	return "failed to use age-plugin-" + e.Plugin
}

// PluginRecipient reads the recipient of an age plugin, age1NAME1..., and returns
// its canonical text. Encrypting to it runs the program age-plugin-NAME, so it is
// for what a person has typed, or what the sealed roster has: never for a text
// that lay beside the vault. Without an Asker it is [ErrPluginRecipient], and what is no
// such text [ErrRecipient].
func PluginRecipient(s string, ask Asker) (r age.Recipient, text string, err error) {
	text = strings.ToLower(strings.TrimSpace(s))
	name, _, err := plugin.ParseRecipient(text)
	switch {
	case err != nil:
		return nil, "", ErrRecipient
	case ask == nil:
		return nil, "", ErrPluginRecipient
	}
	return &pluginRecipient{name, text, ask}, text, nil
}

// PluginOf returns the name of the plugin without which nothing can be encrypted to
// a recipient, "" for one that needs none.
func PluginOf(recipientText string) string {
	if _, _, err := ParseRecipient(recipientText); !errors.Is(err, ErrPluginRecipient) {
		return ""
	}
	name, _, _ := plugin.ParseRecipient(recipientText)
	return name
}

// PluginsOf returns the names of the plugins without which nothing can be encrypted to
// recipients: what to look for before work starts.
func PluginsOf(recipientTexts ...string) []string {
	var names []string
	for _, text := range recipientTexts {
		if name := PluginOf(text); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Plugins returns the names of the plugins that identities need, as far as
// that is known before a locked file is opened.
func Plugins(ids []age.Identity) []string {
	var names []string
	for _, id := range ids {
		if id, ok := id.(*pluginIdentity); ok {
			names = append(names, id.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// pluginRecipient runs the plugin anew for each file.
type pluginRecipient struct {
	name, text string
	ask        Asker
}

func (r *pluginRecipient) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	stanzas, _, err := r.WrapWithLabels(fileKey)
	return stanzas, err
}

func (r *pluginRecipient) WrapWithLabels(fileKey []byte) ([]*age.Stanza, []string, error) {
	t := &talk{ask: r.ask}
	client, err := plugin.NewRecipient(r.text, t.client())
	if err != nil {
		return nil, nil, ErrRecipient
	}
	stanzas, labels, err := client.WrapWithLabels(fileKey)
	return stanzas, labels, t.outcome(r.name, err)
}

// pluginIdentity runs the plugin anew for each file.
type pluginIdentity struct {
	name, text string // the text may be a secret
	ask        Asker
}

// Format shows the plugin's name alone.
func (i pluginIdentity) Format(f fmt.State, _ rune) {
	io.WriteString(f, "pluginIdentity("+i.name+")")
}

func parsePluginIdentity(text string, ask Asker) (*pluginIdentity, error) {
	name, _, err := plugin.ParseIdentity(text)
	if err != nil {
		return nil, ErrIdentityFile
	}
	return &pluginIdentity{name, text, ask}, nil
}

func (i *pluginIdentity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	t := &talk{ask: i.ask}
	client, err := plugin.NewIdentity(i.text, t.client())
	if err != nil {
		return nil, &askedError{ErrIdentityFile}
	}
	key, err := client.Unwrap(stanzas)
	if err := t.outcome(i.name, err); err != nil {
		return nil, err
	}
	return key, nil
}

// talk is the conversation with one run of a plugin.
type talk struct {
	ask        Asker
	unanswered error // age tells only the plugin of it, which may go on asking
}

func (t *talk) client() *plugin.ClientUI {
	return &plugin.ClientUI{
		DisplayMessage: func(name, message string) error {
			t.ask.Tell(name, message)
			return nil
		},
		RequestValue: func(name, prompt string, secret bool) (value string, err error) {
			if t.unanswered == nil {
				value, t.unanswered = t.ask.Value(name, prompt, secret)
			}
			return value, t.unanswered
		},
		Confirm: func(name, prompt, yes, no string) (is bool, err error) {
			if t.unanswered == nil {
				is, t.unanswered = t.ask.Choose(name, prompt, yes, no)
			}
			return is, t.unanswered
		},
		WaitTimer: t.ask.Waiting,
	}
}

// outcome is what a run of a plugin came to. An answer that was not given counts
// before anything that the plugin makes of that.
func (t *talk) outcome(name string, err error) error {
	var missing *plugin.NotFoundError
	switch {
	case t.unanswered != nil:
		return &askedError{t.unanswered}
	case err == nil, errors.Is(err, age.ErrIncorrectIdentity):
		return err
	case errors.As(err, &missing):
		return &askedError{&PluginError{Plugin: name, Missing: true}}
	}
	return &askedError{&PluginError{Plugin: name, Message: strings.TrimPrefix(err.Error(), name+" plugin: ")}}
}
