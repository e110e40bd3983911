package escrow

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/crypto/ssh"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

const filePassphrase = "the passphrase of the file"

// lockedKey is a locked identity file, and the recipient of what is in it.
type lockedKey struct{ file, recipient string }

func lockedByAge(t *testing.T, content string, armored bool, workFactor int) string {
	t.Helper()
	file := passphraseFile(t, content, filePassphrase, workFactor)
	if !armored {
		return string(file)
	}
	var b bytes.Buffer
	w := armor.NewWriter(&b)
	_, err := w.Write(file)
	must(t, err)
	must(t, w.Close())
	return b.String()
}

func lockedBySSH(t *testing.T, key crypto.Signer) lockedKey {
	t.Helper()
	var block *pem.Block
	var err error
	private := any(key)
	if ed, ok := key.(ed25519.PrivateKey); ok {
		private = &ed
	}
	block, err = ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte(filePassphrase))
	must(t, err)
	public, err := ssh.NewPublicKey(key.Public())
	must(t, err)
	return lockedKey{string(pem.EncodeToMemory(block)), string(ssh.MarshalAuthorizedKey(public))}
}

// lockedKeys are the kinds of file that a passphrase can lock.
func lockedKeys(t *testing.T) map[string]lockedKey {
	t.Helper()
	native, err := age.GenerateX25519Identity()
	must(t, err)
	text := "# a comment\n" + native.String() + "\n"
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	rsaFile := lockedBySSH(t, rsaKey)
	//lint:ignore SA1019 old keys are still about
	old, err := x509.EncryptPEMBlock(rand.Reader, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey), []byte(filePassphrase), x509.PEMCipherAES128)
	must(t, err)
	return map[string]lockedKey{
		"age":         {lockedByAge(t, text, false, 10), native.Recipient().String()},
		"age armored": {lockedByAge(t, text, true, 10), native.Recipient().String()},
		"ssh-ed25519": lockedBySSH(t, ed),
		"ssh-rsa":     rsaFile,
		"old ssh-rsa": {string(pem.EncodeToMemory(old)), rsaFile.recipient},
	}
}

// vaultOf is a vault with a paper key, and a recipient as one more holder.
func vaultOf(t *testing.T, recipient string) *fixture {
	t.Helper()
	h, err := KeyHolder("stick", recipient)
	must(t, err)
	return vaultWith(t, h)
}

// TestLockedFiles: each kind opens with its passphrase, asked for once, and not
// with another.
func TestLockedFiles(t *testing.T) {
	t.Parallel()
	gone := errors.New("the person has left")
	for kind, k := range lockedKeys(t) {
		t.Run(kind, func(t *testing.T) {
			f := vaultOf(t, k.recipient)
			if _, err := key.ParseIdentities(strings.NewReader(k.file), nil); !errors.Is(err, key.ErrIdentityLocked) {
				t.Error("without an Asker:", err)
			}
			for _, c := range []struct {
				passphrases []string
				gone, want  error
			}{
				{[]string{filePassphrase}, nil, nil},
				{[]string{"wrong", filePassphrase}, nil, nil},
				{[]string{"wrong", "", filePassphrase + " "}, nil, key.ErrPassphrase},
				{nil, nil, key.ErrPassphrase},
				{nil, gone, gone},
				{[]string{"wrong"}, gone, gone},
			} {
				p := &person{passphrases: c.passphrases, gone: c.gone}
				o, err := f.vault().Unlock(identitiesOf(t, k.file, p)...)
				if !errors.Is(err, c.want) || len(p.heard) != 1 {
					t.Errorf("%q: %v, asked %d times", c.passphrases, err, len(p.heard))
				}
				if err == nil && o.Holder() != "stick" {
					t.Errorf("%q: %s opened it", c.passphrases, o.Holder())
				}
			}
			p := &person{}
			if _, err := f.vault().Unlock(append(identitiesOf(t, k.file, p), f.paper)...); err != nil || len(p.heard) > 0 {
				t.Errorf("with another key: %v, asked %d times", err, len(p.heard))
			}
		})
	}
}

// TestLockedSSHIsLeftAlone where no slot is for it: the person is not asked.
func TestLockedSSHIsLeftAlone(t *testing.T) {
	t.Parallel()
	keys := lockedKeys(t)
	for _, c := range []struct{ key, vault string }{
		{"ssh-ed25519", "ssh-rsa"}, {"ssh-rsa", "ssh-ed25519"}, {"old ssh-rsa", "ssh-ed25519"}, {"ssh-rsa", "age"},
	} {
		p := &person{passphrases: []string{filePassphrase}}
		f := vaultOf(t, keys[c.vault].recipient)
		if _, err := f.vault().Unlock(identitiesOf(t, keys[c.key].file, p)...); !errors.Is(err, ErrNoMatch) || len(p.heard) > 0 {
			t.Errorf("%s for a vault of %s: %v, asked %d times", c.key, c.vault, err, len(p.heard))
		}
	}
	_, another, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	p := &person{passphrases: []string{filePassphrase}}
	f := vaultOf(t, keys["ssh-ed25519"].recipient)
	if _, err := f.vault().Unlock(identitiesOf(t, lockedBySSH(t, another).file, p)...); !errors.Is(err, ErrNoMatch) || len(p.heard) > 0 {
		t.Errorf("another key of the same kind: %v, asked %d times", err, len(p.heard))
	}
}

// TestLockedPlugin: a locked file may hold a plugin's identity.
func TestLockedPlugin(t *testing.T) {
	recipient, identity := pluginKey(t, "pin")
	f := pluginVault(t, recipient)
	p := &person{passphrases: []string{filePassphrase}, values: []string{"271828"}}
	_, err := f.vault().Unlock(identitiesOf(t, lockedByAge(t, identity, false, 10), p)...)
	if want := []string{"passphrase?", "seedtest: PIN of the test key? true"}; err != nil || !slices.Equal(p.heard, want) {
		t.Errorf("%v, asked %q", err, p.heard)
	}
}

// TestLockedFilesRefused: what no passphrase opens is refused without a question,
// and what a passphrase opens must be an identity file.
func TestLockedFilesRefused(t *testing.T) {
	f := newFixture(t)
	native, err := age.GenerateX25519Identity()
	must(t, err)
	toKey, err := key.Encrypt(native.Recipient(), []byte(native.String()))
	must(t, err)
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	for name, file := range map[string]string{
		"encrypted to a key": string(toKey),
		"torn armor":         lockedByAge(t, native.String(), true, 10)[:120],
		"of no use to age":   lockedBySSH(t, ec).file,
	} {
		p := &person{passphrases: []string{filePassphrase}}
		if _, err := key.ParseIdentities(strings.NewReader(file), p); !errors.Is(err, key.ErrIdentityFile) || len(p.heard) > 0 {
			t.Errorf("%s: %v, asked %d times", name, err, len(p.heard))
		}
	}
	for name, file := range map[string]string{
		"no identity in it": lockedByAge(t, "hello", false, 10),
		"too costly":        strings.Replace(lockedByAge(t, native.String(), false, 10), " 10\n", " 23\n", 1),
		"torn":              lockedByAge(t, native.String(), false, 10)[:150],
	} {
		p := &person{passphrases: []string{filePassphrase}}
		if _, err := f.vault().Unlock(identitiesOf(t, file, p)...); !errors.Is(err, key.ErrIdentityFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAskedForSealedSlotsFirst: whoever merely writes to the folder does not get
// the person asked, where a sealed slot opens.
func TestAskedForSealedSlotsFirst(t *testing.T) {
	recipient, identity := pluginKey(t, "says")
	f := pluginVault(t, recipient)
	to, _, err := key.PluginRecipient(recipient, &person{})
	must(t, err)
	forged, err := key.Encrypt(to, []byte("not a key"))
	must(t, err)
	dir := f.folder() + "/holders/a-friend"
	must(t, os.Mkdir(f.path(dir), 0o700))
	must(t, os.WriteFile(f.path(dir+"/slot-"+format.Hash(format.Sum(forged))+".age"), forged, 0o600))
	p := &person{}
	o, err := f.vault().Unlock(identitiesOf(t, identity, p)...)
	if err != nil || o.Holder() != "stick" || len(p.heard) != 1 {
		t.Errorf("%v, %d messages", err, len(p.heard))
	}
	f.remove(f.glob("holders/stick/slot-*.age"))
	if _, err = f.vault().Unlock(identitiesOf(t, identity, p)...); !errors.Is(err, ErrNoMatch) || len(p.heard) != 2 {
		t.Errorf("control: %v, %d messages", err, len(p.heard))
	}
}

// TestAskedOnce: older epochs open with what the pinned one holds, so nobody is
// asked again for those.
func TestAskedOnce(t *testing.T) {
	recipient, identity := pluginKey(t, "says")
	f := pluginVault(t, recipient)
	l := f.follow()
	l.begin()
	h, err := PluginHolder("stick", recipient, &person{})
	must(t, err)
	must(t, putHolder(l.builder, h, Pin{}))
	l.finish()
	p := &person{}
	o, err := l.pinned().vault().Unlock(identitiesOf(t, identity, p)...)
	must(t, err)
	if len(o.reader.keys) != 2 || !o.Compared() || len(p.heard) != 1 {
		t.Errorf("%d epochs are open, compared %v, %d messages", len(o.reader.keys), o.Compared(), len(p.heard))
	}
	// The next epoch is not confirmed here: what it holds is listed apart, after the
	// one that counts.
	p = &person{}
	if o, err = f.vault().Unlock(identitiesOf(t, identity, p)...); err != nil || len(o.reader.keys) != 2 || !o.Compared() {
		t.Errorf("%v, %d epochs are open", err, len(o.reader.keys))
	}
}

// TestPluginOfThePinnedEpochFails: that an older key opens something else is not
// taken for what the person asked for.
func TestPluginOfThePinnedEpochFails(t *testing.T) {
	recipient, identity := pluginKey(t, "fails")
	f := newFixture(t)
	l := f.follow()
	l.begin()
	h, err := PluginHolder("stick", recipient, &person{})
	must(t, err)
	must(t, putHolder(l.builder, h, Pin{}))
	l.finish()
	v := l.pinned().vault()
	if _, err := v.Unlock(append(identitiesOf(t, identity, &person{}), f.friend)...); pluginError(err).Plugin != "seedtest" {
		t.Error(err)
	}
	if o, err := v.Unlock(f.friend); err != nil || o.Compared() {
		t.Error("control:", err)
	}
}

// TestNotAskedForMore: where another key opens the epoch that counts, nobody is
// asked to open one that does not.
func TestNotAskedForMore(t *testing.T) {
	recipient, identity := pluginKey(t, "says")
	f := newFixture(t)
	l := f.follow()
	l.begin()
	h, err := PluginHolder("stick", recipient, &person{})
	must(t, err)
	must(t, putHolder(l.builder, h, Pin{}))
	l.finish()
	p := &person{}
	ids := identitiesOf(t, identity, p)
	if o, err := f.vault().Unlock(append(ids, f.friend)...); err != nil || !o.Compared() || len(p.heard) > 0 {
		t.Errorf("%v, %d messages", err, len(p.heard))
	}
	if _, err := f.vault().Unlock(ids...); err != nil || len(p.heard) == 0 {
		t.Errorf("control: %v, %d messages", err, len(p.heard))
	}
}
