package escrow

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// writeVectors makes the vectors that are missing. Vectors are only ever added:
// one that is there is never written again.
var writeVectors = flag.Bool("write-vectors", false, "write the vectors that testdata/vectors lacks")

const vectorDir = "../testdata/vectors"

// vector is one small vault with what a reader must make of it. Each is one text: lines
// KEY: VALUE, then members as in a txtar archive, "-- PATH --" with a file's lines or
// "-- PATH base64 --" with its bytes.
type vector struct {
	comment, rule string
	identity      string // one a line; or key, or passphrase
	key           string // an SSH private key, in a member of its own
	passphrase    string
	pin           string              // "HEX64 RECIPIENT", or "" for none
	needs         string              // an outside tool, for readers that use it
	show          string              // keys of the records whose values are compared too
	opens         string              // yes, no or newer
	found         map[string][]string // by key, see verdictKeys
}

// verdictKeys are what a reader may say, in this order: of epochs and accepted files;
// with a pin of its seals and of other epochs; and then of the seeds.
var verdictKeys = []string{"newer", "unverified", "lost", "missing", "untrue", "twice", "due",
	"may-follow", "fork", "closed-fork", "stranger", "joins", "accepted", "not-accepted", "unconfirmed", "field"}

const keyFileName = "ssh.key"

// header writes what stands before the members.
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
	for _, key := range verdictKeys {
		line(key, v.found[key]...)
	}
	return b.String()
}

// member begins a file of a vector.
var member = regexp.MustCompile(`(?m)^-- (.+?)( base64)? --\n`)

// readVector unpacks a vector into a folder.
func readVector(t *testing.T, file, dir string) vector {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	text := string(data)
	at := member.FindAllStringSubmatchIndex(text, -1)
	if len(at) == 0 {
		t.Fatalf("%s: no members", file)
	}
	v := vector{found: map[string][]string{}}
	for line := range strings.Lines(text[:at[0][0]]) {
		v.parse(t, file, strings.TrimSuffix(line, "\n"))
	}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		name, body := text[m[2]:m[3]], []byte(text[m[1]:end])
		if m[4] >= 0 {
			body, err = base64.StdEncoding.DecodeString(strings.ReplaceAll(string(body), "\n", ""))
			must(t, err)
		}
		if name == keyFileName {
			v.key = string(body)
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, body, 0o600))
	}
	return v
}

func (v *vector) parse(t *testing.T, file, line string) {
	t.Helper()
	key, value, ok := strings.Cut(line, ": ")
	one := map[string]*string{"comment": &v.comment, "rule": &v.rule, "needs": &v.needs, "identity": &v.identity,
		"passphrase": &v.passphrase, "pin": &v.pin, "show": &v.show, "expect": &v.opens}[key]
	switch {
	case key == "identity" && v.identity != "":
		v.identity += "\n" + value
	case ok && one != nil:
		*one = value
	case ok && slices.Contains(verdictKeys, key):
		v.found[key] = append(v.found[key], value)
	default:
		t.Fatalf("%s: a line that is not understood", file)
	}
}

// pack writes a vector of the vault in a folder.
func (v vector) pack(t *testing.T, dir string) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(v.header())
	add := func(name string, data []byte) {
		plain := utf8.Valid(data) && !bytes.ContainsRune(data, '\r') && (len(data) == 0 || bytes.HasSuffix(data, []byte("\n"))) && !member.Match(data)
		if plain {
			fmt.Fprintf(&b, "-- %s --\n%s", name, data)
			return
		}
		fmt.Fprintf(&b, "-- %s base64 --\n", name)
		for chunk := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(data)), 76) {
			fmt.Fprintf(&b, "%s\n", chunk)
		}
	}
	if v.key != "" {
		add(keyFileName, []byte(v.key))
	}
	must(t, filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		add("vault/"+filepath.ToSlash(rel), data)
		return err
	}))
	return []byte(b.String())
}

func allVectors(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(vectorDir + "/*.txt")
	must(t, err)
	if len(all) < 100 {
		t.Fatalf("only %d vectors found", len(all))
	}
	return all
}

// TestVectors reads every vector and compares all that it shows.
func TestVectors(t *testing.T) {
	if *writeVectors {
		makeVectors(t)
	}
	for _, makers := range []map[string]func(*fixture, *vector){vectorMakers, smallVectorMakers, quorumVectorMakers, sealVectorMakers, epochVectorMakers, edgeVectorMakers, rotationVectorMakers} {
		for _, name := range makerNames(makers) {
			if _, err := os.Stat(filepath.Join(vectorDir, name+".txt")); err != nil {
				t.Errorf("%s is made and not among the vectors", name)
			}
		}
	}
	for _, file := range allVectors(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			want := readVector(t, file, dir)
			got := want
			got.opens, got.found = "", map[string][]string{}
			got.read(t, filepath.Join(dir, "vault"))
			if got.header() != want.header() {
				t.Errorf("read\n%swant\n%s", got.header(), want.header())
			}
			if packed, err := os.ReadFile(file); err != nil || !bytes.Equal(want.pack(t, filepath.Join(dir, "vault")), packed) {
				t.Errorf("packed again it is another text: %v", err)
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
	var newer *NewerError
	vault, err := Open(openDir(t, dir), pin)
	var o *Opened
	if err == nil {
		o, err = v.unlock(vault)
	}
	if errors.As(err, &newer) {
		v.opens = "newer"
		return
	}
	if errors.Is(err, ErrNoMatch) || errors.Is(err, key.ErrPassphrase) {
		v.opens = "no"
		return
	}
	must(t, err)
	v.opens = "yes"
	entries, _, err := o.Seeds(context.Background())
	must(t, err)
	for _, e := range entries {
		key := map[Status]string{Accepted: "accepted", NotAccepted: "not-accepted", Late: "not-accepted", Unconfirmed: "unconfirmed"}[e.Status]
		v.say(key, e.Seed.Line())
		v.showFields(t, e.Seed)
	}
	report, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	for _, f := range report.Findings {
		listed := strings.Contains(f.Path, "/") && !strings.Contains(f.Path, "/seals/") || f.Path == readmeName
		if (f.Code == CodeMissing || f.Code == CodeDamaged) && f.Red && listed {
			v.say("lost", f.Path)
		}
	}
	for _, e := range vault.view.Epochs {
		if e.Newer != nil {
			v.say("newer", e.Folder)
		}
		if e.Desc != nil && e.Desc.Unverified {
			v.say("unverified", e.Folder)
		}
	}
	if pin != nil {
		v.remarks(vault, o)
	}
	holders, _ := o.Roster().Holders()
	for _, h := range holders {
		v.showRoster(t, h)
	}
	for _, list := range v.found {
		slices.Sort(list)
	}
}

func (v *vector) say(key string, values ...string) {
	if v.found == nil {
		v.found = map[string][]string{}
	}
	v.found[key] = append(v.found[key], values...)
}

// remarks says what the pinned epoch's seals say of themselves, and how other epochs
// stand to it.
func (v *vector) remarks(vault *Vault, o *Opened) {
	for _, e := range vault.view.Epochs {
		if e != vault.view.Pinned() {
			continue
		}
		seals := o.reader.seals(e)
		for _, r := range seals.Missing() {
			v.say("missing", strings.TrimSuffix(format.SealFile(r.Number, r.Hash), ".txt"))
		}
		for _, s := range seals.Untrue() {
			v.say("untrue", strings.TrimSuffix(format.SealFile(s.Number, s.Hash()), ".txt"))
		}
		v.say("twice", seals.Twice()...)
		if due := seals.Due(); due != "" {
			v.say("due", due)
		}
	}
	facts := vault.view.Facts(o.reader.attested)
	line := facts.Line()
	relations := facts.Relations(line)
	for _, e := range facts.Epochs {
		r, other := relations[e.Folder]
		switch {
		case !other:
			continue
		case r.Successor:
			v.say("may-follow", e.Folder)
		case !r.ComesFrom:
			v.say("stranger", e.Folder)
		case r.Closed && e.Ledger.Sealed():
			v.say("closed-fork", e.Folder)
		case r.Fork && e.Ledger.Sealed():
			v.say("fork", e.Folder)
		}
		for _, x := range facts.Epochs {
			if e.SignedBy[x.Fingerprint] && x.Number < e.Number && e.Ledger.Joined()[x.Fingerprint] {
				v.say("joins", e.Folder+" "+x.Folder)
			}
		}
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
		v.sayFields(t, key, values)
	}
}

// showRoster adds the values of the keys roster.KEY, of one holder as the records of one id
// tell it.
func (v *vector) showRoster(t *testing.T, h roster.Holder) {
	t.Helper()
	for _, key := range strings.Fields(v.show) {
		if name, ok := strings.CutPrefix(key, "roster."); ok {
			v.sayFields(t, key, h.Record().All(name))
		}
	}
}

func (v *vector) sayFields(t *testing.T, key string, values []string) {
	t.Helper()
	for _, value := range values {
		text, err := json.Marshal(strings.ToValidUTF8(value, "\ufffd"))
		must(t, err)
		v.say("field", key+" "+string(text))
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
	for _, name := range makerNames(vectorMakers) {
		f, key := newVectorVault(t, name == "post-quantum")
		writeVector(t, name, f, key, vectorMakers[name])
	}
	for _, makers := range []map[string]func(*fixture, *vector){smallVectorMakers, quorumVectorMakers, sealVectorMakers, epochVectorMakers, edgeVectorMakers} {
		for _, name := range makerNames(makers) {
			f, key := newSmallVectorVault(t)
			writeVector(t, name, f, key, makers[name])
		}
	}
	for _, name := range makerNames(rotationVectorMakers) {
		f, key := newVectorVault(t, false)
		writeVector(t, name, f, key, rotationVectorMakers[name])
	}
	for _, name := range makerNames(sampleMakers) {
		f, key := newVectorVault(t, name == "post-quantum")
		writeSample(t, name, f, key, sampleMakers[name])
	}
}

func writeVector(t *testing.T, name string, f *fixture, key string, make func(*fixture, *vector)) {
	t.Helper()
	file := filepath.Join(vectorDir, name+".txt")
	if _, err := os.Stat(file); err == nil {
		return
	}
	v := vector{identity: key, pin: f.pin.Fingerprint.Hex() + " " + f.pin.Recipient, found: map[string][]string{}}
	make(f, &v)
	v.read(t, f.dir)
	must(t, os.WriteFile(file, v.pack(t, f.dir), 0o644))
}

const sampleDir = "../testdata/vaults"

// writeSample writes a vault unpacked, with what opens it and what to make of it in a
// text beside its folder.
func writeSample(t *testing.T, name string, f *fixture, key string, make func(*fixture, *vector)) {
	t.Helper()
	dir := filepath.Join(sampleDir, name)
	if _, err := os.Stat(dir); err == nil {
		return
	}
	v := vector{identity: key, pin: f.pin.Fingerprint.Hex() + " " + f.pin.Recipient, found: map[string][]string{}}
	make(f, &v)
	v.read(t, f.dir)
	must(t, os.MkdirAll(sampleDir, 0o755))
	must(t, os.CopyFS(dir, os.DirFS(f.dir)))
	must(t, os.WriteFile(dir+".txt", []byte(v.header()), 0o644))
}

// TestSampleVaults reads the vaults that lie unpacked, writes to copies of them, and
// finds all that it does not know still there.
func TestSampleVaults(t *testing.T) {
	all, err := filepath.Glob(sampleDir + "/*.txt")
	must(t, err)
	if len(all) < 4 {
		t.Fatalf("only %d sample vaults found", len(all))
	}
	for _, file := range all {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			must(t, err)
			want := vector{found: map[string][]string{}}
			for line := range strings.Lines(string(data)) {
				want.parse(t, file, strings.TrimSuffix(line, "\n"))
			}
			dir := t.TempDir()
			must(t, os.CopyFS(dir, os.DirFS(strings.TrimSuffix(file, ".txt"))))
			got := want
			got.opens, got.found = "", map[string][]string{}
			got.read(t, dir)
			if got.header() != want.header() {
				t.Errorf("read\n%swant\n%s", got.header(), want.header())
			}
			f := &fixture{t: t, dir: dir, fsys: openDir(t, dir)}
			hex, recipient, _ := strings.Cut(want.pin, " ")
			fp, err := ParseFingerprint(hex)
			must(t, err)
			f.pin = Pin{Fingerprint: fp, Recipient: recipient}
			f.paper, err = key.ParseIdentity(want.identity)
			must(t, err)
			f.keepsGrease()
		})
	}
}

// keepsGrease edits the seed with unknown keys, seals, and rotates.
func (f *fixture) keepsGrease() {
	f.t.Helper()
	o := f.unlock()
	entries, _ := seedsOf(f.t, o)
	i := slices.IndexFunc(entries, func(e Entry) bool { return e.Seed.ID() == "7" })
	_, err := o.Edit(entries[i], entries[i].Seed.With("note", "edited"))
	must(f.t, err)
	f.seal(o)
	if live := o.reader.view.Seals(o.reader.view.Pinned()).Live(); !slices.ContainsFunc(live, func(s *format.Seal) bool { return s.Extra["# x-later word"] && s.Extra["# x-alone"] }) {
		f.t.Error("no live seal has the x- lines")
	}
	f.rotate(RotateOptions{})
	o = f.unlock()
	entries, _ = seedsOf(f.t, o)
	i = slices.IndexFunc(entries, func(e Entry) bool { return e.Seed.ID() == "7" })
	if s := entries[i].Seed; !slices.Equal(s.All("x-later"), []string{"kept"}) || !slices.Equal(s.All("other"), []string{"battery 3 of 4"}) || !slices.Equal(s.All("sig"), []string{"reserved"}) {
		f.t.Error("an edit and a rotation have lost keys of a seed")
	}
	records, _ := o.reader.records(o.reader.view.Pinned(), o.reader.pinnedKey())
	kept := map[string]string{}
	for _, r := range records {
		kept[r.Line] += string(bytes.TrimRight(r.Plain, "\n"))
	}
	if kept["x-later"] != "x-later\nid 9\nx-later y" || !strings.Contains(kept["copy"], "kind pigeon\nkept moon\nat coop\nx-later y") {
		f.t.Errorf("records are not carried byte for byte: %q", kept)
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
func (f *fixture) resign(path string, sign func(*vaultkey.Key, []byte) []byte) {
	f.t.Helper()
	text, err := os.ReadFile(f.path(path))
	must(f.t, err)
	must(f.t, os.WriteFile(f.path(path+".sig"), sign(f.unlock().reader.pinnedKey(), text), 0o600))
}
