//go:build linux

package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// stores hold the same seeds, each as its program keeps them, in one home.
type stores struct {
	dir       string
	env       []string
	n         int
	identity  string // a key file
	recipient string
	uris      string   // a file of all lines
	keyed     []string // the start of a command line that opens the vault with the key file
	device    []string // of one for the vault that this PC opens unasked, with one copy
	empty     []string // of one for a vault that holds nothing
}

const keepassPassword = "a password of no account"

// stores makes those of n seeds.
func (b *bencher) stores(n int) (*stores, error) {
	s := &stores{dir: filepath.Join(b.dir, fmt.Sprint(n)), n: n}
	s.identity, s.uris = s.path("key.txt"), s.path("uris")
	s.env = b.env(s.path("home"))
	if err := os.MkdirAll(s.path("home"), 0o700); err != nil {
		return nil, err
	}
	var lines strings.Builder
	for i := range n {
		fmt.Fprintln(&lines, seedNo(i).uri())
	}
	if err := os.WriteFile(s.uris, []byte(lines.String()), 0o600); err != nil {
		return nil, err
	}
	for _, make := range []func(*bencher) error{s.age, s.vaults, s.pass, s.keepass} {
		if err := make(b); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *stores) path(name string) string { return filepath.Join(s.dir, name) }

// age makes the keys, one file of all lines and one of the first.
func (s *stores) age(b *bencher) error {
	for _, key := range []string{s.identity, s.path("other.txt")} {
		if _, err := do(s.env, "", b.program("age-keygen"), "-o", key); err != nil {
			return err
		}
	}
	to, err := do(s.env, "", b.program("age-keygen"), "-y", s.identity)
	if err != nil {
		return err
	}
	s.recipient = strings.TrimSpace(to)
	if _, err := do(s.env, "", b.program("age"), "-r", s.recipient, "-o", s.path("all.age"), s.uris); err != nil {
		return err
	}
	_, err = do(s.env, seedNo(0).uri(), b.program("age"), "-r", s.recipient, "-o", s.path("one.age"))
	return err
}

// vaults makes one that a key file opens, one that this PC opens, and one that is empty.
func (s *stores) vaults(b *bencher) error {
	other, err := do(s.env, "", b.program("age-keygen"), "-y", s.path("other.txt"))
	if err != nil {
		return err
	}
	r := []string{"-r", "mine=" + s.recipient, "-r", "other=" + strings.TrimSpace(other)}
	at := func(name string) []string { return []string{b.program("seedvault"), "--vault", s.path(name)} }
	s.keyed, s.device, s.empty = append(at("keyed"), "-i", s.identity), at("device"), at("empty")
	for _, line := range [][]string{
		append(append(at("keyed"), "init", "--no-page"), r...),
		append(append(at("empty"), "init", "--no-page"), r...),
		append(append(at("device"), "init", "--no-page", "--device", "pc"), r...),
		append(at("keyed"), "import", s.uris),
		append(s.keyed[:len(s.keyed):len(s.keyed)], "accept", "--all", "--yes"),
		append(at("device"), "import", s.uris),
		append(at("device"), "accept", "--all", "--yes"),
		append(at("device"), "copy", "add", s.path("copy"), "--kept", "usb", "--as", "stick"),
	} {
		if _, err := do(s.env, "", line...); err != nil && !(strings.Contains(strings.Join(line, " "), "device accept")) {
			return err
		}
	}
	return nil
}

// pass makes a store for pass and pass-otp, all files in one call of gpg.
func (s *stores) pass(b *bencher) error {
	const id = "bench@example.com"
	home := filepath.Join(b.dir, "gpg")
	if _, err := os.Stat(home); err != nil {
		if err := os.Mkdir(home, 0o700); err != nil {
			return err
		}
		if _, err := do(s.env, "", "gpg", "--batch", "--passphrase", "", "--quick-gen-key", id, "future-default", "default", "never"); err != nil {
			return err
		}
	}
	store := filepath.Join(s.path("home"), "pass")
	if _, err := do(s.env, "", "pass", "init", id); err != nil {
		return err
	}
	for first := 0; first < s.n; first += 500 {
		args := []string{"gpg", "--batch", "-q", "--trust-model", "always", "-r", id, "--encrypt-files"}
		var names []string
		for i := first; i < min(first+500, s.n); i++ {
			name := filepath.Join(store, seedNo(i).name())
			if err := os.WriteFile(name, []byte(seedNo(i).uri()+"\n"), 0o600); err != nil {
				return err
			}
			names = append(names, name)
		}
		if _, err := do(s.env, "", append(args, names...)...); err != nil {
			return err
		}
		for _, name := range names {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepass makes a database; what turns its password into a key takes a tenth of a second,
// the least that it offers.
func (s *stores) keepass(*bencher) error {
	var text strings.Builder
	text.WriteString("<KeePassFile><Root><Group><Name>Root</Name>")
	for i := range s.n {
		text.WriteString("<Entry><String><Key>Title</Key><Value>" + seedNo(i).account + "</Value></String><String><Key>otp</Key><Value>")
		if err := xml.EscapeText(&text, []byte(seedNo(i).uri())); err != nil {
			return err
		}
		text.WriteString("</Value></String></Entry>")
	}
	text.WriteString("</Group></Root></KeePassFile>")
	if err := os.WriteFile(s.path("keepass.xml"), []byte(text.String()), 0o600); err != nil {
		return err
	}
	_, err := do(s.env, keepassPassword+"\n"+keepassPassword+"\n", "keepassxc-cli", "import", "-q", "-p", "-t", "100", s.path("keepass.xml"), s.path("keepass.kdbx"))
	return err
}
