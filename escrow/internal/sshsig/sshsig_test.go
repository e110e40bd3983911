package sshsig

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

const namespace = "seedvault-seal"

// testKey is made of a seed of counting bytes.
func testKey() (ed25519.PrivateKey, string) {
	seed := make([]byte, ed25519.SeedSize)
	for i := range seed {
		seed[i] = byte(i)
	}
	key := ed25519.NewKeyFromSeed(seed)
	return key, MarshalPublicKey(key.Public().(ed25519.PublicKey))
}

func TestVector(t *testing.T) {
	key, signer := testKey()
	const wantKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
	if signer != wantKey {
		t.Errorf("public key %s", signer)
	}
	// As OpenSSH 9.2's ssh-keygen -Y sign -n seedvault-seal writes it.
	const want = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgA6EHv/POEL4dcN0Y50vAmWfk1j
CbpQ1fHdyGZBJVMbgAAAAOc2VlZHZhdWx0LXNlYWwAAAAAAAAABnNoYTUxMgAAAFMAAAAL
c3NoLWVkMjU1MTkAAABAHPKUYsD5nynR2o7jEGXvq0g52hn1aryETXLAD1T3C5iwSN5Nvd
OX69fV7/pY6nWyiVsT7KKUCePgHEfnAF2nBQ==
-----END SSH SIGNATURE-----
`
	if sig := Sign(key, namespace, []byte("message\n")); string(sig) != want {
		t.Errorf("signature\n%s", sig)
	}
	if err := Verify(signer, namespace, []byte("message\n"), []byte(want)); err != nil {
		t.Error(err)
	}
}

// TestOpenSSH holds our signatures against ssh-keygen's, both ways.
func TestOpenSSH(t *testing.T) {
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		t.Skip("needs ssh-keygen")
	}
	key, signer := testKey()
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		t.Fatal(err)
	}
	private := file("key", pem.EncodeToMemory(block))
	signers := file("signers", []byte("v "+signer+"\n"))
	for i, c := range []struct {
		namespace string
		message   []byte
	}{
		{namespace, nil},
		{namespace, []byte("x")},
		{namespace, []byte("line\nline\n")},
		{namespace, bytes.Repeat([]byte("long "), 100000)},
		{"seedvault-epoch", []byte("x")},
		{strings.Repeat("n", 37), []byte("x")}, // the base64 text ends 4 characters before the end of a line,
		{strings.Repeat("n", 40), []byte("x")}, // with it,
		{strings.Repeat("n", 41), []byte("x")}, // and 4 characters after it
	} {
		namespace, message := c.namespace, c.message
		ours := Sign(key, namespace, message)
		verify := exec.Command("ssh-keygen", "-Y", "verify", "-f", signers, "-I", "v", "-n", namespace, "-s", file(fmt.Sprint("sig", i), ours))
		verify.Stdin = bytes.NewReader(message)
		if out, err := verify.CombinedOutput(); err != nil {
			t.Errorf("message %d: ssh-keygen refuses our signature: %s", i, out)
		}
		sign := exec.Command("ssh-keygen", "-Y", "sign", "-f", private, "-n", namespace)
		sign.Stdin = bytes.NewReader(message)
		theirs, err := sign.Output()
		if err != nil || !bytes.Equal(ours, theirs) {
			t.Errorf("message %d: ssh-keygen writes other bytes (%v)", i, err)
		}
	}
}

func TestEveryChangeIsSeen(t *testing.T) {
	key, signer := testKey()
	message := []byte("a message of some length\n")
	sig := Sign(key, namespace, message)
	refuse := func(what, signer, namespace string, message, sig []byte) {
		t.Helper()
		if err := Verify(signer, namespace, message, sig); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range sig {
		for bit := range 8 {
			bad := bytes.Clone(sig)
			bad[i] ^= 1 << bit
			refuse(fmt.Sprintf("bit %d of byte %d flipped", bit, i), signer, namespace, message, bad)
		}
		refuse(fmt.Sprintf("cut to %d bytes", i), signer, namespace, message, sig[:i])
	}
	for i := range message {
		for bit := range 8 {
			bad := bytes.Clone(message)
			bad[i] ^= 1 << bit
			refuse("message changed", signer, namespace, bad, sig)
		}
		refuse("message cut", signer, namespace, message[:i], sig)
	}
	refuse("message longer", signer, namespace, append(bytes.Clone(message), 0), sig)
	refuse("another namespace", signer, "seedvault-epoch", message, sig)
	refuse("empty", signer, namespace, message, nil)
	refuse("twice", signer, namespace, message, append(bytes.Clone(sig), sig...))
}

// form is a signature file field by field, to make honest signatures that differ
// from ours in one of them.
type form struct {
	version                                   uint32
	magic, keyType, namespace, reserved, hash string
	key, sigType, sigTail, tail               string
	sum                                       func([]byte) []byte
}

func ourForm(key ed25519.PrivateKey) form {
	return form{version: version, magic: magic, keyType: keyType, namespace: namespace, hash: hashType,
		key: string(key.Public().(ed25519.PublicKey)), sigType: keyType,
		sum: func(m []byte) []byte { h := sha512.Sum512(m); return h[:] }}
}

// pack puts strings together as SSH does.
func pack(fields ...string) string {
	var b []byte
	for _, f := range fields {
		b = appendString(b, []byte(f))
	}
	return string(b)
}

func (f form) sign(key ed25519.PrivateKey, message []byte) []byte {
	sig := ed25519.Sign(key, []byte(f.magic+pack(f.namespace, f.reserved, f.hash, string(f.sum(message)))))
	return []byte(f.magic + string(binary.BigEndian.AppendUint32(nil, f.version)) +
		pack(pack(f.keyType, f.key), f.namespace, f.reserved, f.hash, pack(f.sigType, string(sig)+f.sigTail)) + f.tail)
}

// others are signatures that are honest in other ways than ours, or ours in
// another form.
func others(t testing.TB, key ed25519.PrivateKey, message []byte) map[string][]byte {
	t.Helper()
	ours := ourForm(key).sign(key, message)
	if !bytes.Equal(armor(ours), Sign(key, namespace, message)) {
		t.Fatal("the forms of this test are not those of Sign")
	}
	stranger := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	all := map[string][]byte{
		"another signer":             Sign(stranger, namespace, message),
		"another signer's name on":   armor(ourForm(key).sign(stranger, message)),
		"another key's name on":      armor(ourForm(stranger).sign(key, message)),
		"an envelope cut in the key": armor(ours[:20]),
		"an empty envelope":          armor(nil),
	}
	for what, change := range map[string]func(*form){
		"version 2":              func(f *form) { f.version = 2 },
		"version 0":              func(f *form) { f.version = 0 },
		"another magic":          func(f *form) { f.magic = "SSHSIH" },
		"reserved is used":       func(f *form) { f.reserved = "x" },
		"sha256":                 func(f *form) { f.hash, f.sum = "sha256", func(m []byte) []byte { h := sha256.Sum256(m); return h[:] } },
		"sha512 named sha256":    func(f *form) { f.hash = "sha256" },
		"an ssh-rsa key":         func(f *form) { f.keyType = "ssh-rsa" },
		"an ssh-rsa signature":   func(f *form) { f.sigType = "ssh-rsa" },
		"another namespace in":   func(f *form) { f.namespace = "seedvault-epoch" },
		"a longer key":           func(f *form) { f.key += "x" },
		"a longer signature":     func(f *form) { f.sigTail = "x" },
		"data behind everything": func(f *form) { f.tail = "x" },
	} {
		f := ourForm(key)
		change(&f)
		all[what] = armor(f.sign(key, message))
	}
	sig := armor(ours)
	text := base64.StdEncoding.EncodeToString(ours)
	if !strings.HasSuffix(text, "Q==") {
		t.Fatalf("the signature ends in %s", text[len(text)-3:])
	}
	for what, s := range map[string]string{
		"white space at the end": string(sig) + "\n",
		"white space before":     " " + string(sig),
		"no line end at the end": strings.TrimSuffix(string(sig), "\n"),
		"an empty line inside":   strings.Replace(string(sig), "\n", "\n\n", 1),
		"a space inside":         strings.Replace(string(sig), "\n", " \n", 1),
		"CRLF":                   strings.ReplaceAll(string(sig), "\n", "\r\n"),
		"one long line":          begin + text + "\n" + end,
		"76 columns":             begin + text[:76] + "\n" + text[76:152] + "\n" + text[152:228] + "\n" + text[228:] + "\n" + end,
		"no padding":             strings.ReplaceAll(string(sig), "=", ""),
		"half the padding":       strings.Replace(string(sig), "=", "", 1),
		"bits behind the end":    strings.Replace(string(sig), "Q==", "R==", 1), // decodes to the same bytes
		"another PEM type":       strings.ReplaceAll(string(sig), "SSH SIGNATURE", "SSH2 SIGNATURE"),
	} {
		all[what] = []byte(s)
	}
	return all
}

func TestOtherForms(t *testing.T) {
	key, signer := testKey()
	message := []byte("message\n")
	for what, sig := range others(t, key, message) {
		if err := Verify(signer, namespace, message, sig); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestPublicKeyForm(t *testing.T) {
	_, signer := testKey()
	for _, bad := range []string{"", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 AAAA", signer + " comment", signer + "\n", " " + signer, strings.Replace(signer, " ", "  ", 1),
		strings.Replace(signer, "ssh-ed25519", "ssh-rsa", 1), signer[:len(signer)-4], signer + "AAAA", signer[:len(signer)-1] + "*"} {
		if _, err := ParsePublicKey(bad); !errors.Is(err, ErrKey) {
			t.Errorf("%q: %v", bad, err)
		}
		if err := Verify(bad, namespace, nil, nil); !errors.Is(err, ErrKey) {
			t.Errorf("verify with %q: %v", bad, err)
		}
	}
}

func FuzzVerify(f *testing.F) {
	key, signer := testKey()
	message := []byte("message\n")
	ours := Sign(key, namespace, message)
	f.Add(message, ours)
	f.Add([]byte(nil), []byte(begin+end))
	for _, sig := range others(f, key, message) {
		f.Add(message, sig)
	}
	f.Fuzz(func(t *testing.T, m, sig []byte) {
		accepted := Verify(signer, namespace, m, sig) == nil
		if accepted != bytes.Equal(sig, Sign(key, namespace, m)) {
			t.Fatalf("accepted %t: only the one signature file may be, and must", accepted)
		}
	})
}
