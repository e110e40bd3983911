package escrow

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/key"
)

// writeVectors makes the vectors that are missing. Vectors are only ever added:
// one that is there is never written again.
var writeVectors = flag.Bool("write-vectors", false, "write the vectors that testdata/vectors lacks")

const vectorDir = "../testdata/vectors"

// vector is one small vault with what a reader must make of it.
type vector struct {
	comment, rule string
	identity      string // one a line; or key, or passphrase
	key           string // an SSH private key, in a file of its own
	passphrase    string
	pin           string // "HEX64 RECIPIENT", or "" for none
	needs         string // an outside tool, for readers that use it
	opens         string // yes, no or newer
	lost          []string
	accepted      []string
	notAccepted   []string
	unconfirmed   []string
	show          string   // keys of the records whose values are compared too
	fields        []string // "KEY VALUE", the value as JSON
}

const keyFileName = "ssh.key"

// header writes vector.txt.
func (v vector) header() string {
	var b strings.Builder
	line := func(key string, values ...string) {
		for _, value := range values {
			if value != "" {
				b.WriteString(key + ": " + value + "\n")
			}
		}
	}
	line("comment", v.comment)
	line("rule", v.rule)
	line("needs", v.needs)
	line("identity", strings.Split(v.identity, "\n")...)
	line("passphrase", v.passphrase)
	line("pin", v.pin)
	line("show", v.show)
	line("expect", v.opens)
	line("lost", v.lost...)
	line("accepted", v.accepted...)
	line("not-accepted", v.notAccepted...)
	line("unconfirmed", v.unconfirmed...)
	line("field", v.fields...)
	return b.String()
}

func readVector(t *testing.T, dir string) vector {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "vector.txt"))
	must(t, err)
	var v vector
	for line := range strings.Lines(string(data)) {
		key, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		one := map[string]*string{"comment": &v.comment, "rule": &v.rule, "needs": &v.needs, "identity": &v.identity,
			"passphrase": &v.passphrase, "pin": &v.pin, "show": &v.show, "expect": &v.opens}[key]
		many := map[string]*[]string{"lost": &v.lost, "accepted": &v.accepted, "not-accepted": &v.notAccepted, "unconfirmed": &v.unconfirmed, "field": &v.fields}[key]
		switch {
		case key == "identity" && v.identity != "":
			v.identity += "\n" + value
		case ok && one != nil:
			*one = value
		case ok && many != nil:
			*many = append(*many, value)
		default:
			t.Fatalf("%s: a line that is not understood", dir)
		}
	}
	if key, err := os.ReadFile(filepath.Join(dir, keyFileName)); err == nil {
		v.key = string(key)
	}
	return v
}

// TestVectors reads every vector and compares all that it shows.
func TestVectors(t *testing.T) {
	if *writeVectors {
		makeVectors(t)
	}
	all, err := filepath.Glob(vectorDir + "/*/vector.txt")
	must(t, err)
	if len(all) < 25 {
		t.Fatalf("only %d vectors found", len(all))
	}
	for _, file := range all {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			want := readVector(t, dir)
			got := want
			got.opens, got.lost, got.accepted, got.notAccepted, got.unconfirmed, got.fields = "", nil, nil, nil, nil, nil
			got.read(t, filepath.Join(dir, "vault"))
			if got.header() != want.header() {
				t.Errorf("read\n%swant\n%s", got.header(), want.header())
			}
		})
	}
}

// read fills in what a reader makes of the vault.
func (v *vector) read(t *testing.T, dir string) {
	t.Helper()
	var pin *Pin
	if hex, recipient, ok := strings.Cut(v.pin, " "); ok {
		fp, err := ParseFingerprint(hex)
		must(t, err)
		pin = &Pin{Fingerprint: fp, Recipient: recipient}
	}
	vault, err := Open(openDir(t, dir), pin)
	var newer *NewerError
	if errors.As(err, &newer) {
		v.opens = "newer"
		return
	}
	must(t, err)
	o, err := v.unlock(vault)
	if errors.Is(err, ErrNoMatch) || errors.Is(err, key.ErrPassphrase) {
		v.opens = "no"
		return
	}
	must(t, err)
	v.opens = "yes"
	entries, _, err := o.Seeds(context.Background())
	must(t, err)
	for _, e := range entries {
		list := map[Status]*[]string{Accepted: &v.accepted, NotAccepted: &v.notAccepted, Late: &v.notAccepted, Unconfirmed: &v.unconfirmed}[e.Status]
		*list = append(*list, e.Seed.Line())
		v.showFields(t, e.Seed)
	}
	report, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	for _, f := range report.Findings {
		listed := strings.Contains(f.Path, "/") && !strings.Contains(f.Path, "/seals/") || f.Path == readmeName
		if (f.Code == CodeMissing || f.Code == CodeDamaged) && f.Red && listed {
			v.lost = append(v.lost, f.Path)
		}
	}
	for _, list := range []*[]string{&v.accepted, &v.notAccepted, &v.unconfirmed, &v.lost, &v.fields} {
		slices.Sort(*list)
	}
}

// showFields adds the values of the keys that the vector wants to be compared: a
// name, which may not repeat, at its first line, and the others at each.
func (v *vector) showFields(t *testing.T, s Seed) {
	t.Helper()
	for _, key := range strings.Fields(v.show) {
		values := s.All(key)
		if key == "name" {
			values = []string{s.Name()}
		}
		for _, value := range values {
			text, err := json.Marshal(value)
			must(t, err)
			v.fields = append(v.fields, key+" "+string(text))
		}
	}
}

func (v *vector) unlock(vault *Vault) (*Opened, error) {
	ids := []age.Identity(nil)
	switch {
	case v.passphrase != "":
		key, err := vault.PassphraseKeys("")
		if err != nil {
			return nil, err
		}
		id, err := key.Unlock(v.passphrase)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	default:
		var err error
		if ids, err = key.ParseIdentities(strings.NewReader(v.identity+v.key), nil); err != nil {
			return nil, err
		}
	}
	return vault.Unlock(ids...)
}

// vault is a fixture for a vector: small, with a sheet of paper and a passphrase.
func newVectorVault(t *testing.T, postQuantum bool) (*fixture, string) {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	f.fsys = openDir(t, f.dir)
	// A README of somebody's own is not sealed, which keeps vectors small.
	must(t, os.WriteFile(f.path(readmeName), []byte("A vector of the seedvault format; see FORMAT.md.\n"), 0o600))
	paper, secret, err := PaperHolder("paper", postQuantum)
	must(t, err)
	f.paper, err = key.ParseIdentity(secret)
	must(t, err)
	words, err := PassphraseHolder("words", passphrase, postQuantum)
	must(t, err)
	f.pin, err = Create(f.fsys, CreateOptions{Holders: []NewHolder{paper, words}, Now: testTime, PostQuantum: postQuantum})
	must(t, err)
	return f, secret
}

// makeVectors writes the vectors that are missing.
func makeVectors(t *testing.T) {
	t.Helper()
	for name, make := range vectorMakers {
		f, key := newVectorVault(t, name == "post-quantum")
		writeVector(t, name, f, key, make)
	}
	for name, make := range smallVectorMakers {
		f, key := newSmallVectorVault(t)
		writeVector(t, name, f, key, make)
	}
	for name, make := range quorumVectorMakers {
		f, key := newSmallVectorVault(t)
		writeVector(t, name, f, key, make)
	}
	for name, make := range rotationVectorMakers {
		f, key := newVectorVault(t, false)
		writeVector(t, name, f, key, make)
	}
}

func writeVector(t *testing.T, name string, f *fixture, key string, make func(*fixture, *vector)) {
	t.Helper()
	dir := filepath.Join(vectorDir, name)
	if _, err := os.Stat(dir); err == nil {
		return
	}
	v := vector{identity: key, pin: f.pin.Fingerprint.Hex() + " " + f.pin.Recipient}
	make(f, &v)
	v.read(t, f.dir)
	must(t, os.MkdirAll(dir, 0o755))
	must(t, os.CopyFS(filepath.Join(dir, "vault"), os.DirFS(f.dir)))
	must(t, os.WriteFile(filepath.Join(dir, "vector.txt"), []byte(v.header()), 0o644))
	if v.key != "" {
		must(t, os.WriteFile(filepath.Join(dir, keyFileName), []byte(v.key), 0o600))
	}
}

// change rewrites one file of the vector's vault.
func (f *fixture) change(rel string, edit func([]byte) []byte) {
	f.t.Helper()
	data, err := os.ReadFile(f.path(rel))
	must(f.t, err)
	must(f.t, os.WriteFile(f.path(rel), edit(data), 0o600))
}

func (f *fixture) glob(pattern string) string {
	f.t.Helper()
	found, err := filepath.Glob(f.path(f.folder() + "/" + pattern))
	must(f.t, err)
	rel, err := filepath.Rel(f.dir, found[len(found)-1])
	must(f.t, err)
	return filepath.ToSlash(rel)
}

func flip(data []byte) []byte {
	data = bytes.Clone(data)
	data[len(data)/2] ^= 1
	return data
}

// resign writes another signature beside a seal.
func (f *fixture) resign(path string, sign func(*vaultKey, []byte) []byte) {
	f.t.Helper()
	text, err := os.ReadFile(f.path(path))
	must(f.t, err)
	must(f.t, os.WriteFile(f.path(path+".sig"), sign(f.unlock().pinnedKey(), text), 0o600))
}
