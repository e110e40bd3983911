package sshsig

import (
	"bytes"
	"crypto/ed25519"
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
	for i, message := range [][]byte{nil, []byte("x"), []byte("line\nline\n"), bytes.Repeat([]byte("long "), 100000)} {
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
		bad := bytes.Clone(message)
		bad[i] ^= 1
		refuse("message changed", signer, namespace, bad, sig)
	}
	other := MarshalPublicKey(ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey))
	refuse("another signer", other, namespace, message, sig)
	refuse("another namespace", signer, "seedvault-epoch", message, sig)
	refuse("white space at the end", signer, namespace, message, append(bytes.Clone(sig), '\n'))
	refuse("white space before", signer, namespace, message, append([]byte(" "), sig...))
	refuse("CRLF", signer, namespace, message, bytes.ReplaceAll(sig, []byte("\n"), []byte("\r\n")))
	text := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(string(sig), begin), end), "\n", "")
	refuse("one long line", signer, namespace, message, []byte(begin+text+"\n"+end))
	refuse("empty", signer, namespace, message, nil)
}

func TestPublicKeyForm(t *testing.T) {
	_, signer := testKey()
	for _, bad := range []string{"", "ssh-ed25519", signer + " comment", signer + "\n", " " + signer, strings.Replace(signer, " ", "  ", 1),
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
	f.Add(Sign(key, namespace, message))
	f.Add([]byte(begin + end))
	f.Fuzz(func(t *testing.T, sig []byte) {
		if Verify(signer, namespace, message, sig) == nil && !bytes.Equal(sig, Sign(key, namespace, message)) {
			t.Fatal("a second signature file is accepted")
		}
	})
}
