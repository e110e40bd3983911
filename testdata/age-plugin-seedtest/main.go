// Age-plugin-seedtest is an age plugin for tests. It keeps X25519 keys, and plays
// what hardware keys do: it asks, it waits for a yes, and it fails.
//
//	age-plugin-seedtest [-on-encrypt] [WORD...]
//
// makes a key and writes its identity file to standard output. The words say what
// the plugin does each time before it opens a file, or with -on-encrypt before it
// makes one:
//
//	says      shows a message, with an escape sequence in it
//	pin       asks for the PIN, which is 271828, without echo
//	serial    asks for the serial number, which is 42
//	touch     asks to press a button
//	choice    asks for yes or no
//	fails     says what is wrong, and fails
//	dies      ends in the middle
//	waits     waits for a touch that never comes
//	tag       (alone) the key is P-256, and its recipient age1tag1...
//	tagpq     (alone) the same, hybrid, and age1tagpq1...
package main

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"filippo.io/age/plugin"
)

const (
	name   = "seedtest"
	pin    = "271828"
	serial = "42"
)

// words are what it can be made to do; a set of them is a byte.
var words = []string{"says", "pin", "serial", "touch", "choice", "fails", "dies", "waits"}

func main() {
	p, err := plugin.New(name)
	if err != nil {
		panic(err)
	}
	p.RegisterFlags(nil)
	onEncrypt := flag.Bool("on-encrypt", false, "act when a file is made")
	flag.Parse()
	if f := flag.Lookup("age-plugin"); f.Value.String() == "" {
		if err := makeKey(flag.Args(), *onEncrypt); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	p.HandleRecipient(func(data []byte) (age.Recipient, error) {
		to, err := age.ParseX25519Recipient(string(data[1:]))
		return &recipient{to, acts{p, data[0]}}, err
	})
	p.HandleIdentity(func(data []byte) (age.Identity, error) {
		first, secret := data[0], string(data[1:])
		if !strings.HasPrefix(secret, "AGE-SECRET-KEY-") {
			return newTagIdentity(secret, first == hybrid)
		}
		key, err := age.ParseX25519Identity(secret)
		return &identity{key, acts{p, first}}, err
	})
	os.Exit(p.Main())
}

func makeKey(args []string, onEncrypt bool) error {
	var does byte
	for _, w := range args {
		at := slices.Index(words, w)
		switch {
		case w == "tag" || w == "tagpq":
			seed := rand.Text()
			return printTagKey(seed, w == "tagpq")
		case at < 0:
			return fmt.Errorf("unknown word %q; the words are %s", w, strings.Join(words, ", "))
		}
		does |= 1 << at
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	whileEncrypting, whileOpening := byte(0), does
	if onEncrypt {
		whileEncrypting, whileOpening = does, 0
	}
	printKey(plugin.EncodeRecipient(name, append([]byte{whileEncrypting}, key.Recipient().String()...)),
		append([]byte{whileOpening}, key.String()...))
	return nil
}

func printKey(recipient string, identity []byte) {
	fmt.Printf("# recipient: %s\n%s\n", recipient, plugin.EncodeIdentity(name, identity))
}

// acts are what the plugin does before its work.
type acts struct {
	p   *plugin.Plugin
	set byte
}

var errRefused = errors.New("the person said no")

func (a acts) play() error {
	does := map[string]func() error{
		"says":   func() error { return a.p.DisplayMessage("hold the key \x1b[2Jto the reader") },
		"pin":    func() error { return a.wants("PIN of the test key", true, pin) },
		"serial": func() error { return a.wants("serial number", false, serial) },
		"touch":  func() error { return a.confirm("press the button", "pressed", "") },
		"choice": func() error { return a.confirm("use the test key?", "use it", "leave it") },
		"fails":  func() error { return errors.New("the test key \x1b[2Jis not plugged in") },
		"dies":   func() error { os.Exit(9); return nil },
		"waits":  func() error { time.Sleep(time.Hour); return nil },
	}
	for i, w := range words {
		if a.set&(1<<i) != 0 {
			if err := does[w](); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a acts) wants(prompt string, secret bool, value string) error {
	got, err := a.p.RequestValue(prompt, secret)
	if err == nil && got != value {
		err = errors.New("that is not it")
	}
	return err
}

func (a acts) confirm(prompt, yes, no string) error {
	is, err := a.p.Confirm(prompt, yes, no)
	if err == nil && !is {
		err = errRefused
	}
	return err
}

// stanzaType is age's X25519 stanza under a name that only this plugin knows.
const stanzaType = "seedtest"

type recipient struct {
	to *age.X25519Recipient
	acts
}

func (r *recipient) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	if err := r.play(); err != nil {
		return nil, err
	}
	stanzas, err := r.to.Wrap(fileKey)
	for _, s := range stanzas {
		s.Type = stanzaType
	}
	return stanzas, err
}

type identity struct {
	key *age.X25519Identity
	acts
}

// Unwrap asks nothing about files that are for others.
func (i *identity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type != stanzaType {
			continue
		}
		key, err := i.key.Unwrap([]*age.Stanza{{Type: "X25519", Args: s.Args, Body: s.Body}})
		if errors.Is(err, age.ErrIncorrectIdentity) {
			continue
		}
		if err == nil {
			err = i.play()
		}
		return key, err
	}
	return nil, age.ErrIncorrectIdentity
}
