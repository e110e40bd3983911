package page

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

// A maker writes vaults from FORMAT.md alone, right ones and wrong ones: the page is
// to be a second reader, so its tests take nothing of the program's own writing.
type maker struct {
	t      *testing.T
	files  map[string][]byte
	folder string
	vault  madeKey
	sealed map[string]bool // paths that the next seal lists
	seals  int
	last   string
}

// madeKey is a vault identity with all that follows from it.
type madeKey struct {
	identity  string
	recipient age.Recipient
	signer    ed25519.PrivateKey
	named     string // the recipient's text
}

const (
	madePassphrase = "correct horse battery staple of tests"
	madePaperKey   = "AGE-SECRET-KEY-1ESE0WRD0SFJ5KATW37HWKV6E2XCVX030J3X73L3SK9GN6FCYGRUSQRVUDN"
)

func newMadeKey(t *testing.T, postQuantum bool) madeKey {
	t.Helper()
	var k madeKey
	if postQuantum {
		id, err := age.GenerateHybridIdentity()
		must(t, err)
		k = madeKey{identity: id.String(), recipient: id.Recipient(), named: id.Recipient().String()}
	} else {
		id, err := age.GenerateX25519Identity()
		must(t, err)
		k = madeKey{identity: id.String(), recipient: id.Recipient(), named: id.Recipient().String()}
	}
	seed, err := hkdf.Key(sha256.New, []byte(k.identity), nil, "seedvault/v1 signing key ed25519", 32)
	must(t, err)
	k.signer = ed25519.NewKeyFromSeed(seed)
	return k
}

// newMaker begins a vault with one epoch, and writes its vault.txt.
func newMaker(t *testing.T) *maker {
	t.Helper()
	m := &maker{t: t, files: map[string][]byte{}}
	m.files["README.txt"] = []byte("A vault of the page's tests.\n")
	m.epoch(1, newMadeKey(t, false), "-")
	return m
}

// epoch begins another epoch; what is written from then on goes there.
func (m *maker) epoch(number int, key madeKey, previous string) {
	m.t.Helper()
	m.vault, m.seals, m.last, m.sealed = key, 0, "", map[string]bool{}
	sum := sha256.Sum256([]byte(key.named))
	text := fmt.Sprintf("seedvault 1\nepoch %d\nsigner %s\nrecipient-sha256 %x\nprevious %s\n", number, sshKey(key.signer), sum, previous)
	m.folder = fmt.Sprintf("%d-%s", number, sumOf([]byte(text))[:16])
	m.put("vault.txt", []byte(text))
}

// put writes a file of the epoch, which the next seal lists.
func (m *maker) put(rel string, data []byte) string {
	path := m.folder + "/" + rel
	m.files[path] = data
	m.sealed[path] = true
	return path
}

// putHashed writes a file whose name, with %s for the HASH, is that of its content.
func (m *maker) putHashed(rel string, data []byte) string {
	return m.put(fmt.Sprintf(rel, hashOf(data)), data)
}

// holder lets an identity open the epoch.
func (m *maker) holder(name string, r age.Recipient) string {
	m.t.Helper()
	return m.putHashed("holders/"+name+"/slot-%s.age", m.encrypt([]byte(m.vault.identity+"\n"), r))
}

// paper lets a key from a sheet open the epoch.
func (m *maker) paper() {
	m.t.Helper()
	id, err := age.ParseX25519Identity(madePaperKey)
	must(m.t, err)
	m.holder("paper", id.Recipient())
}

// words lets a passphrase open the epoch, for a work factor.
func (m *maker) words(name, passphrase string, factor int) string {
	m.t.Helper()
	id, err := age.GenerateX25519Identity()
	must(m.t, err)
	m.holder(name, id.Recipient())
	r, err := age.NewScryptRecipient(passphrase)
	must(m.t, err)
	r.SetWorkFactor(factor)
	return m.putHashed("holders/"+name+"/key-%s.age", m.encrypt([]byte(id.String()+"\n"), r))
}

// seed writes a record with more lines after the first.
func (m *maker) seed(line string, more ...string) string {
	m.t.Helper()
	plain := line + "\n" + strings.Join(append(more, ""), "\n") + "\n"
	plain += strings.Repeat("\n", (1024-len(plain)%1024)%1024)
	return m.putHashed("seeds/%s.age", m.encrypt([]byte(plain), m.vault.recipient))
}

// deposit writes a seed that no seal will list.
func (m *maker) deposit(line string) string {
	m.t.Helper()
	path := m.seed(line)
	delete(m.sealed, path)
	return path
}

// seal lists what was written since the last one, with more # lines.
func (m *maker) seal(more ...string) string {
	m.t.Helper()
	m.seals++
	if m.last != "" {
		more = append(more, "# after "+m.last)
	}
	slices.Sort(more)
	text := fmt.Sprintf("# seedvault seal %04d epoch %s 2026-11-22T10:00:00Z by paper\n", m.seals, strings.Split(m.folder, "-")[0])
	text += strings.Join(append(more, ""), "\n")
	for _, path := range slices.Sorted(maps.Keys(m.sealed)) {
		text += fmt.Sprintf("%s  %s\n", sumOf(m.files[path]), path)
	}
	m.sealed = map[string]bool{}
	return m.sign(m.seals, text)
}

// sign writes a text as the seal of that number.
func (m *maker) sign(number int, text string) string {
	m.last = fmt.Sprintf("%04d-%s", number, hashOf([]byte(text)))
	path := m.folder + "/seals/" + m.last + ".txt"
	m.files[path] = []byte(text)
	m.files[path+".sig"] = sshSign(m.vault.signer, "seedvault-seal", []byte(text))
	return path
}

func (m *maker) encrypt(plain []byte, r age.Recipient) []byte {
	m.t.Helper()
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	must(m.t, err)
	_, err = w.Write(plain)
	must(m.t, err)
	must(m.t, w.Close())
	return b.Bytes()
}

// write puts the vault into a folder, and returns it.
func (m *maker) write() string {
	m.t.Helper()
	dir := filepath.Join(m.t.TempDir(), "vault")
	for path, data := range m.files {
		file := filepath.Join(dir, filepath.FromSlash(path))
		must(m.t, os.MkdirAll(filepath.Dir(file), 0o700))
		must(m.t, os.WriteFile(file, data, 0o600))
	}
	return dir
}

// kit puts the vault into a kit, and returns its file.
func (m *maker) kit() string {
	m.t.Helper()
	kit, err := Kit(m.files)
	must(m.t, err)
	return writeFile(m.t, "kit.html", kit)
}

func writeFile(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(file, data, 0o600))
	return file
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sumOf(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func hashOf(data []byte) string {
	s := sha256.Sum256(data)
	return strings.ToLower(base32.StdEncoding.EncodeToString(s[:20]))
}

// The rest is OpenSSH's PROTOCOL.sshsig.

func sshString(s []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(s))), s...)
}

func sshBlob(key ed25519.PrivateKey) []byte {
	return append(sshString([]byte("ssh-ed25519")), sshString(key.Public().(ed25519.PublicKey))...)
}

func sshKey(key ed25519.PrivateKey) string {
	return "ssh-ed25519 " + base64.StdEncoding.EncodeToString(sshBlob(key))
}

func sshSign(key ed25519.PrivateKey, namespace string, message []byte) []byte {
	hash := sha512.Sum512(message)
	shared := slices.Concat(sshString([]byte(namespace)), sshString(nil), sshString([]byte("sha512")))
	sig := ed25519.Sign(key, slices.Concat([]byte("SSHSIG"), shared, sshString(hash[:])))
	inner := append(sshString([]byte("ssh-ed25519")), sshString(sig)...)
	text := base64.StdEncoding.EncodeToString(slices.Concat([]byte("SSHSIG\x00\x00\x00\x01"), sshString(sshBlob(key)), shared, sshString(inner)))
	var b strings.Builder
	b.WriteString("-----BEGIN SSH SIGNATURE-----\n")
	for ; len(text) > 70; text = text[70:] {
		b.WriteString(text[:70] + "\n")
	}
	b.WriteString(text + "\n-----END SSH SIGNATURE-----\n")
	return []byte(b.String())
}

// paperLines returns the lines of a sheet (F70).
func paperLines(identity string) []string {
	prefix := "AGE-SECRET-KEY-1"
	if strings.HasPrefix(identity, "AGE-SECRET-KEY-PQ-1") {
		prefix = "AGE-SECRET-KEY-PQ-1"
	}
	text := strings.TrimPrefix(identity, prefix)
	encoding := base32.NewEncoding("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")
	var lines []string
	for at := 0; at < len(text); at += 20 {
		end := min(at+20, len(text))
		sum := sha256.Sum256(fmt.Appendf(nil, "seedvault %s line %d %s", prefix, len(lines)+1, text[:end]))
		lines = append(lines, text[at:end]+" "+encoding.EncodeToString(sum[:5])[:4])
	}
	return lines
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	return data
}
