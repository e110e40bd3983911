package escrow

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"
	"filippo.io/age/plugin"

	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// pluginFolder is where the test plugin lies once it has been built.
var pluginFolder string

// buildPlugin builds the test plugin once and returns its folder.
var buildPlugin = sync.OnceValues(func() (string, error) {
	var err error
	if pluginFolder, err = os.MkdirTemp("", "plugin"); err != nil {
		return "", err
	}
	out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", pluginFolder, "../testdata/age-plugin-seedtest").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%v: %s", err, out)
	}
	return pluginFolder, nil
})

// withPlugin puts the test plugin on the PATH.
func withPlugin(t *testing.T) {
	t.Helper()
	dir, err := buildPlugin()
	must(t, err)
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// pluginKey has the test plugin make a key.
func pluginKey(t *testing.T, words ...string) (recipient, identity string) {
	t.Helper()
	withPlugin(t)
	out, err := exec.Command("age-plugin-seedtest", words...).Output()
	must(t, err)
	first, second, _ := strings.Cut(string(out), "\n")
	return strings.TrimPrefix(first, "# recipient: "), second
}

// person answers from lists, and notes what was asked.
type person struct {
	heard       []string
	passphrases []string
	values      []string
	yes         bool
	gone        error // what every question returns
}

func (p *person) Passphrase(try func(string) error) (err error) {
	p.heard = append(p.heard, "passphrase?")
	for _, typed := range p.passphrases {
		if err = try(typed); !errors.Is(err, key.ErrPassphrase) {
			return err
		}
	}
	return cmp.Or(p.gone, err)
}

func (p *person) Tell(plugin, message string) { p.heard = append(p.heard, plugin+": "+message) }

func (p *person) Value(plugin, prompt string, secret bool) (string, error) {
	p.heard = append(p.heard, fmt.Sprintf("%s: %s? %v", plugin, prompt, secret))
	if p.gone != nil || len(p.values) == 0 {
		return "", cmp.Or(p.gone, errors.New("no answer is left"))
	}
	value := p.values[0]
	p.values = p.values[1:]
	return value, nil
}

func (p *person) Choose(plugin, prompt, yes, no string) (bool, error) {
	p.heard = append(p.heard, fmt.Sprintf("%s: %s? %s/%s", plugin, prompt, yes, no))
	return p.yes, p.gone
}

func (p *person) Waiting(string) {}

// pluginVault is a vault with the test plugin's key as a holder beside others.
func pluginVault(t *testing.T, recipient string) *fixture {
	t.Helper()
	stick, err := PluginHolder("stick", recipient, &person{})
	must(t, err)
	return vaultWith(t, stick)
}

// vaultWith is a vault with a paper key, whose slot is tried first, and one more
// holder.
func vaultWith(t *testing.T, h NewHolder) *fixture {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	f.fsys = openDir(t, f.dir)
	paper, secret, err := PaperHolder("paper", false)
	must(t, err)
	f.paper, err = key.ParseIdentity(secret)
	must(t, err)
	f.pin, err = Create(f.fsys, CreateOptions{Holders: []NewHolder{paper, h}, Now: testTime})
	must(t, err)
	return f
}

func identitiesOf(t *testing.T, text string, ask key.Asker) []age.Identity {
	t.Helper()
	ids, err := key.ParseIdentities(strings.NewReader(text), ask)
	must(t, err)
	return ids
}

// TestPluginHolder: a holder behind a plugin opens the vault, with and without
// questions, and its recipient is in the sealed roster.
func TestPluginHolder(t *testing.T) {
	for words, p := range map[string]person{
		"":           {},
		"says":       {heard: []string{"seedtest: hold the key \x1b[2Jto the reader"}},
		"pin":        {values: []string{"271828"}, heard: []string{"seedtest: PIN of the test key? true"}},
		"serial pin": {values: []string{"271828", "42"}, heard: []string{"seedtest: PIN of the test key? true", "seedtest: serial number? false"}},
		"touch":      {yes: true, heard: []string{"seedtest: press the button? pressed/"}},
		"choice":     {yes: true, heard: []string{"seedtest: use the test key?? use it/leave it"}},
	} {
		t.Run(words, func(t *testing.T) {
			recipient, identity := pluginKey(t, strings.Fields(words)...)
			f := pluginVault(t, strings.ToUpper(recipient))
			want := p.heard
			p.heard = nil
			o, err := f.vault().Unlock(identitiesOf(t, identity, &p)...)
			must(t, err)
			if o.Holder() != "stick" || !slices.Equal(p.heard, want) {
				t.Errorf("%s opened it, and was asked %q, want %q", o.Holder(), p.heard, want)
			}
			holders, _ := o.Roster().Holders()
			if i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.Recipient == recipient }); i < 0 {
				t.Errorf("no holder has the recipient: %v", holders)
			}
			if got := key.PluginsOf(recipientsOf(holders)...); !slices.Equal(got, []string{"seedtest"}) {
				t.Errorf("needs %q", got)
			}
		})
	}
}

// TestPluginFails: what went wrong comes back as what it is, and nothing is left
// of a vault that could not be made.
func TestPluginFails(t *testing.T) {
	gone := errors.New("the person has left")
	for words, c := range map[string]struct {
		person
		want func(error) bool
	}{
		"fails":  {want: func(err error) bool { return pluginError(err).Message == "the test key \x1b[2Jis not plugged in" }},
		"dies":   {want: func(err error) bool { return pluginError(err).Message != "" && !pluginError(err).Missing }},
		"pin":    {person{gone: gone}, func(err error) bool { return err == gone }},
		"serial": {person{values: []string{"43"}}, func(err error) bool { return pluginError(err).Message == "that is not it" }},
		"choice": {person{}, func(err error) bool { return pluginError(err).Message == "the person said no" }},
		"touch":  {person{gone: gone}, func(err error) bool { return err == gone }},
	} {
		t.Run(words, func(t *testing.T) {
			recipient, identity := pluginKey(t, words)
			f := pluginVault(t, recipient)
			p := c.person
			if _, err := f.vault().Unlock(identitiesOf(t, identity, &p)...); !c.want(err) {
				t.Errorf("unlocking: %v", err)
			}
			p = c.person
			if _, err := f.vault().Unlock(append(identitiesOf(t, identity, &p), f.paper)...); err != nil || len(p.heard) > 0 {
				t.Errorf("with another key: %v, and asked %q", err, p.heard)
			}

			recipient, _ = pluginKey(t, "-on-encrypt", words)
			p = c.person
			h, err := PluginHolder("stick", recipient, &p)
			must(t, err)
			dir := t.TempDir()
			if _, err := Create(openDir(t, dir), CreateOptions{Holders: []NewHolder{h}, Now: testTime}); !c.want(err) {
				t.Errorf("creating: %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("creating leaves %v", left)
			}
		})
	}
}

func pluginError(err error) *key.PluginError {
	var broken *key.PluginError
	if errors.As(err, &broken) {
		return broken
	}
	return &key.PluginError{}
}

// TestPluginMissing: a program that is not there is named, and one in the folder
// that the person is in is not run.
func TestPluginMissing(t *testing.T) {
	recipient, identity := pluginKey(t)
	f := pluginVault(t, recipient)
	dir, err := buildPlugin()
	must(t, err)
	t.Chdir(dir)
	for path, want := range map[string]key.PluginError{
		t.TempDir(): {Plugin: "seedtest", Missing: true},
		"":          {Plugin: "seedtest", Missing: true},
		".":         {Plugin: "seedtest", Message: "current directory"},
	} {
		t.Setenv("PATH", path)
		_, err := f.vault().Unlock(identitiesOf(t, identity, &person{})...)
		got := *pluginError(err)
		if !strings.Contains(got.Message, want.Message) || want.Missing && got != want {
			t.Errorf("PATH=%s: %v, %+v", path, err, got)
		}
		if _, err := PluginHolder("stick", recipient, &person{}); err != nil {
			t.Error("reading a recipient starts a plugin:", err)
		}
	}
}

// TestNoPluginUnasked: without an Asker no plugin is read, let alone started, and
// what comes out of a vault never is.
func TestNoPluginUnasked(t *testing.T) {
	recipient, identity := pluginKey(t)
	if _, err := key.ParseIdentities(strings.NewReader(identity), nil); !errors.Is(err, key.ErrPluginIdentity) {
		t.Error("identity:", err)
	}
	if _, err := key.ParseIdentity(strings.TrimSpace(identity)); !errors.Is(err, key.ErrIdentity) {
		t.Error("typed:", err)
	}
	if _, _, err := key.ParseRecipient(recipient); !errors.Is(err, key.ErrPluginRecipient) {
		t.Error("recipient:", err)
	}
	if _, _, err := key.PluginRecipient(recipient, nil); !errors.Is(err, key.ErrPluginRecipient) {
		t.Error("recipient without an Asker:", err)
	}
	if _, err := KeyHolder("key", recipient); !errors.Is(err, key.ErrPluginRecipient) {
		t.Error("holder:", err)
	}
	if _, err := vaultkey.ParseAll([]byte(identity)); err == nil {
		t.Error("a vault identity")
	}
	if _, err := newFixture(t).vault().Join(recipient); !errors.Is(err, key.ErrRecipient) {
		t.Error("a vault recipient:", err)
	}
}

func TestPluginRecipientsAreRead(t *testing.T) {
	recipient, _ := pluginKey(t)
	wrong := mistyped(recipient)
	for text, want := range map[string]error{
		" " + strings.ToUpper(recipient) + "\n": nil,
		wrong:                                   key.ErrRecipient,
		"age1../evil1" + recipient[13:]:         key.ErrRecipient,
		"ssh-ed25519 AAAA":                      key.ErrRecipient,
		"":                                      key.ErrRecipient,
	} {
		_, got, err := key.PluginRecipient(text, &person{})
		if !errors.Is(err, want) || err == nil && got != recipient {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	if _, _, err := key.ParseRecipient(wrong); !errors.Is(err, key.ErrRecipient) {
		t.Error("a mistyped one:", err)
	}
}

// mistyped is text with another last letter: bech32 notices any one.
func mistyped(text string) string {
	last := len(text) - 1
	if text[last] == 'q' {
		return text[:last] + "p"
	}
	return text[:last] + "q"
}

func recipientsOf(holders []roster.Holder) (texts []string) {
	for _, h := range holders {
		texts = append(texts, h.Recipient)
	}
	return texts
}

func TestPluginNames(t *testing.T) {
	recipient, identity := pluginKey(t)
	native, err := age.GenerateX25519Identity()
	must(t, err)
	nosuch := plugin.EncodeRecipient("nosuch", []byte{1})
	holders := []roster.Holder{{Recipient: recipient}, {Recipient: nosuch}, {Recipient: recipient}, {Recipient: "age1nonsense"}, {}, {Recipient: native.Recipient().String()}}
	if got := key.PluginsOf(recipientsOf(holders)...); !slices.Equal(got, []string{"nosuch", "seedtest"}) {
		t.Errorf("holders need %q", got)
	}
	ids := identitiesOf(t, "# two of one kind\n"+identity+identity+native.String(), &person{})
	if got := key.Plugins(ids); !slices.Equal(got, []string{"seedtest"}) {
		t.Errorf("identities need %q", got)
	}
}

// TestTagRecipients: a hardware key's native recipient gets a slot whose stanza its
// plugin opens, in a classic vault and in a post-quantum one.
func TestTagRecipients(t *testing.T) {
	for kind, stanza := range map[string]string{"tag": "p256tag", "tagpq": "mlkem768p256tag"} {
		recipient, identity := pluginKey(t, kind)
		h, err := KeyHolder("stick", recipient)
		must(t, err)
		if got := key.PluginsOf(h.Holder().Recipient); len(got) > 0 || h.Holder().Recipient != recipient {
			t.Errorf("%s: encrypting needs %q", kind, got)
		}
		f := &fixture{t: t, dir: t.TempDir()}
		f.fsys = openDir(t, f.dir)
		f.pin, err = Create(f.fsys, CreateOptions{Holders: []NewHolder{h}, PostQuantum: kind == "tagpq", Now: testTime})
		must(t, err)
		slot, err := os.ReadFile(f.path(f.glob("holders/stick/slot-*.age")))
		must(t, err)
		if head := "age-encryption.org/v1\n-> " + stanza + " "; !bytes.HasPrefix(slot, []byte(head)) || bytes.Count(slot, []byte("\n-> ")) != 1 {
			t.Errorf("%s: the slot begins with %.60q", kind, slot)
		}
		o, err := f.vault().Unlock(identitiesOf(t, identity, &person{})...)
		must(t, err)
		if o.Holder() != "stick" {
			t.Errorf("%s: %s opened it", kind, o.Holder())
		}
		_, another := pluginKey(t, kind)
		if _, err := f.vault().Unlock(identitiesOf(t, another, &person{})...); !errors.Is(err, ErrNoMatch) {
			t.Errorf("%s: another key: %v", kind, err)
		}
	}
}

// TestKeysPrintNothing: an identity that needs a person shows neither itself nor
// what was unlocked.
func TestKeysPrintNothing(t *testing.T) {
	native, err := age.GenerateX25519Identity()
	must(t, err)
	f := vaultOf(t, native.Recipient().String())
	_, identity := pluginKey(t)
	p := &person{passphrases: []string{filePassphrase}}
	locked := identitiesOf(t, lockedByAge(t, native.String(), false, 10), p)
	_, err = f.vault().Unlock(locked...)
	must(t, err)
	secrets := []string{native.String(), strings.TrimSpace(identity), filePassphrase}
	for _, ids := range [][]age.Identity{locked, identitiesOf(t, identity, p)} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			noSecret(t, verb, fmt.Sprintf(verb, ids), secrets)
			noSecret(t, verb, fmt.Sprintf(verb, ids[0]), secrets)
		}
		for where, text := range logged(t, ids[0]) {
			noSecret(t, where, text, secrets)
		}
	}
}
