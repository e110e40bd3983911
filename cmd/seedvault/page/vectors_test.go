package page

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"seedvault/escrow"
	"seedvault/escrow/key"
	"seedvault/testdata/everything"
)

// A vector is a vault with what opens it, out of testdata/vectors. What it says of a
// reader with a pin is not asked here: the page has none.
type vector struct {
	name       string
	head       map[string][]string
	files      map[string][]byte
	identities []byte // an SSH key
}

var vectorMember = regexp.MustCompile(`(?m)^-- (.+?)( base64)? --\n`)

func readVectors(t *testing.T) []vector {
	t.Helper()
	names, err := filepath.Glob("../../../testdata/vectors/*.txt")
	must(t, err)
	if len(names) < 100 {
		t.Fatalf("only %d vectors", len(names))
	}
	var all []vector
	for _, name := range names {
		all = append(all, readVector(t, name))
	}
	return all
}

func readVector(t *testing.T, file string) vector {
	t.Helper()
	text := string(read(t, file))
	at := vectorMember.FindAllStringSubmatchIndex(text, -1)
	v := vector{name: strings.TrimSuffix(filepath.Base(file), ".txt"), head: map[string][]string{}, files: map[string][]byte{}}
	for line := range strings.Lines(text[:at[0][0]]) {
		k, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		v.head[k] = append(v.head[k], value)
	}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		name, body := text[m[2]:m[3]], []byte(text[m[1]:end])
		if m[4] >= 0 {
			var err error
			body, err = base64.StdEncoding.DecodeString(strings.ReplaceAll(string(body), "\n", ""))
			must(t, err)
		}
		if path, ok := strings.CutPrefix(name, "vault/"); ok {
			v.files[path] = body
		} else {
			v.identities = body
		}
	}
	return v
}

// verdict is what a reader without a pin makes of a vault.
type verdict struct {
	Opens                                      string
	Newer, Unverified, Lost                    []string
	Missing, Untrue, Twice                     []string // seals and paths, by their epoch
	Accepted, NotAccepted, Unconfirmed, Fields []string
}

func (v *verdict) sorted() *verdict {
	for _, list := range []*[]string{&v.Newer, &v.Unverified, &v.Lost, &v.Missing, &v.Untrue, &v.Twice, &v.Accepted, &v.NotAccepted, &v.Unconfirmed, &v.Fields} {
		slices.Sort(*list)
	}
	return v
}

// programsAlone are the vectors that only the program opens.
var programsAlone = []string{"good-quorum-of-100", "good-quorum", "good-ssh-ed25519", "good-ssh-rsa", "quorum-share-damaged"}

// TestVectors has the page read vectors, and the program without a pin: they must say the
// same. Every third is read, or with everything asked for every one. What needs SSH keys,
// plugins or shares is left to the program, and the page must then open nothing and know the
// way in that there is.
func TestVectors(t *testing.T) {
	t.Parallel()
	p := (&person{t, useChromium(t)}).visited(t)
	agreed := 0
	var left []string
	for i, v := range readVectors(t) {
		if i%3 != 0 && !everything.Asked {
			continue
		}
		want := v.byProgram(t)
		got, ways := v.byPage(p)
		if want.Opens == "yes" && got.Opens == "no" && v.needsProgram() {
			if !slices.ContainsFunc(ways, func(w string) bool { return w != "age" }) {
				t.Errorf("%s: the page does not say that it needs the program", v.name)
			}
			left = append(left, v.name)
			continue
		}
		if g, w := string(jsonOf(got)), string(jsonOf(want)); g != w {
			t.Errorf("%s:\n the page says    %s\n the program says %s", v.name, g, w)
			continue
		}
		agreed++
	}
	t.Logf("%d vectors agreed", agreed)
	alone := slices.DeleteFunc(slices.Clone(left), func(name string) bool { return slices.Contains(programsAlone, name) })
	if len(alone) > 0 || everything.Asked && len(left) != len(programsAlone) {
		t.Errorf("to the program are left %q", left)
	}
}

// TestChangedVectors has both read vectors in which one to three files were changed as
// accidents and strangers change them, by a dice that always falls the same.
func TestChangedVectors(t *testing.T) {
	t.Parallel()
	p := (&person{t, useChromium(t)}).visited(t)
	all := readVectors(t)
	dice := rand.New(rand.NewPCG(21, 36))
	for i := range *changedVectors {
		v := all[dice.IntN(len(all))]
		if v.needsProgram() || len(v.head["passphrase"]) > 0 { // what a passphrase costs, TestVectors pays
			continue
		}
		v.files, v.head = maps.Clone(v.files), maps.Clone(v.head)
		delete(v.head, "missing") // what was changed may have changed that
		var done []string
		for range 1 + dice.IntN(3) {
			done = append(done, v.change(dice))
		}
		want := v.byProgram(t)
		got, _ := v.byPage(p)
		if g, w := string(jsonOf(got)), string(jsonOf(want)); g != w {
			t.Errorf("%d, %s, %s:\n the page says    %s\n the program says %s", i, v.name, strings.Join(done, ", "), g, w)
		}
	}
}

var changedVectors = flag.Int("changed-vectors", 60, "how many changed vectors both readers read")

// change changes one file, and says what was done.
func (v vector) change(dice *rand.Rand) string {
	paths := slices.Sorted(maps.Keys(v.files))
	path := paths[dice.IntN(len(paths))]
	data := bytes.Clone(v.files[path])
	other := paths[dice.IntN(len(paths))]
	switch kind := dice.IntN(7); {
	case kind == 0 && len(data) > 0:
		data[dice.IntN(len(data))] ^= 1 << dice.IntN(8)
		v.files[path] = data
		return "a bit of " + path
	case kind == 1:
		v.files[path] = data[:dice.IntN(len(data)+1)]
		return "cut " + path
	case kind == 2:
		delete(v.files, path)
		return "without " + path
	case kind == 3:
		v.files[path] = bytes.Clone(v.files[other])
		return other + " in the place of " + path
	case kind == 4:
		v.files[path+" (1)"] = data
		return "twice " + path
	case kind == 5:
		delete(v.files, path)
		v.files[filepath.ToSlash(filepath.Join(filepath.Dir(path), "x"+filepath.Base(path)))] = data
		return "renamed " + path
	case strings.HasSuffix(path, ".age"): // whose bytes are no lines
		return "nothing"
	default:
		v.files[path] = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
		return "CR LF in " + path
	}
}

func (v vector) needsProgram() bool {
	return len(v.identities) > 0 || len(v.head["needs"]) > 0 || strings.Contains(v.name, "quorum") || strings.Contains(strings.Join(v.head["rule"], " "), "F66")
}

// byPage has the page's reader in its worker read the vault as the page does.
func (v vector) byPage(p *person) (*verdict, []string) {
	p.Helper()
	var answer struct {
		Ways   []string
		Result judgedVault
	}
	passphrase := strings.Join(v.head["passphrase"], "")
	identities := v.head["identity"]
	if identities == nil {
		identities = []string{}
	}
	var text string
	p.eval(p.T, readerScript+fmt.Sprintf(`const outline = await load(%s);
		let identities = %s.filter((i) => i.startsWith("AGE-SECRET-KEY-1") || i.startsWith("AGE-SECRET-KEY-PQ-1"));
		const passphrase = %s;
		if (passphrase !== "") identities = await ask({ task: "unlock", holder: outline.passphrases[0]?.name ?? "", typed: passphrase });
		const result = await ask({ task: "open", identities });
		return JSON.stringify({ ways: outline.ways, result }, plain);`, jsonOf(v.files), jsonOf(identities), jsonOf(passphrase)), &text)
	must(p.T, json.Unmarshal([]byte(text), &answer))
	r := &verdict{Opens: answer.Result.Opens}
	if r.Opens != "yes" {
		return r.sorted(), answer.Ways
	}
	for _, l := range answer.Result.Lost {
		r.Lost = append(r.Lost, l.Path)
	}
	for _, e := range answer.Result.Epochs {
		if e.State == "newer" || e.NewerWords {
			r.Newer = append(r.Newer, e.Folder)
		}
		if e.State == "unverified" {
			r.Unverified = append(r.Unverified, e.Folder)
		}
		if len(e.Missing) > 0 {
			r.Missing = append(r.Missing, fmt.Sprint(e.Folder, " ", len(e.Missing)))
			v.hasMissing(p.T, e.Missing)
		}
		for _, seal := range e.Untrue {
			r.Untrue = append(r.Untrue, e.Folder+" "+seal)
		}
		r.Twice = append(r.Twice, e.Twice...)
		for _, s := range e.Seeds {
			list := map[string]*[]string{"accepted": &r.Accepted, "not-accepted": &r.NotAccepted, "unconfirmed": &r.Unconfirmed}[s.Standing]
			*list = append(*list, s.Line)
			r.addFields(p.T, s.Fields)
		}
	}
	return r.sorted(), answer.Ways
}

// hasMissing wants the page to show each seal that a vector has as missing under the number
// that the vector gives it: the lowest.
func (v vector) hasMissing(t *testing.T, shown []string) {
	t.Helper()
	for _, name := range shown {
		at := slices.IndexFunc(v.head["missing"], func(want string) bool { return want[strings.Index(want, "-"):] == name[strings.Index(name, "-"):] })
		if at >= 0 && v.head["missing"][at] != name {
			t.Errorf("%s: the page misses %s, want %s", v.name, name, v.head["missing"][at])
		}
	}
}

// addFields keeps what the page read of the keys that both readers show.
func (r *verdict) addFields(t *testing.T, fields [][2]json.RawMessage) {
	t.Helper()
	for _, f := range fields {
		var name string
		var values []string
		must(t, json.Unmarshal(f[0], &name))
		must(t, json.Unmarshal(f[1], &values))
		for _, value := range values {
			if slices.Contains(comparedFields, name) {
				r.Fields = append(r.Fields, name+" "+value)
			}
		}
	}
}

var comparedFields = []string{"id", "added", "by", "note", "tag", "recovery", "other", "known", "ready"}

// byProgram reads the vault with the program's own reader, without a pin.
func (v vector) byProgram(t *testing.T) *verdict {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "vault")
	for path, data := range v.files {
		file := filepath.Join(folder, filepath.FromSlash(path))
		must(t, os.MkdirAll(filepath.Dir(file), 0o700))
		must(t, os.WriteFile(file, data, 0o600))
	}
	dir, err := escrow.OpenDir(folder)
	must(t, err)
	defer dir.Close()
	vault, err := escrow.Open(dir, nil)
	var o *escrow.Opened
	if err == nil {
		o, err = v.unlock(vault)
	}
	var newer *escrow.NewerError
	switch {
	case errors.As(err, &newer):
		return (&verdict{Opens: "newer"}).sorted()
	case errors.Is(err, escrow.ErrNoMatch) || errors.Is(err, key.ErrPassphrase):
		return (&verdict{Opens: "no"}).sorted()
	}
	must(t, err)
	r := &verdict{Opens: "yes"}
	entries, _, err := o.Seeds(context.Background())
	must(t, err)
	for _, e := range entries {
		list := map[escrow.Status]*[]string{escrow.Accepted: &r.Accepted, escrow.NotAccepted: &r.NotAccepted, escrow.Late: &r.NotAccepted, escrow.Unconfirmed: &r.Unconfirmed}[e.Status]
		*list = append(*list, e.Seed.Line())
		for _, name := range comparedFields {
			for _, value := range e.Seed.All(name) {
				r.Fields = append(r.Fields, name+" "+strings.ToValidUTF8(value, "\ufffd"))
			}
		}
	}
	report, err := o.Check(context.Background(), escrow.CheckOptions{Now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)})
	must(t, err)
	for _, e := range vault.Epochs() {
		if e.Unverified {
			r.Unverified = append(r.Unverified, e.Folder)
		}
	}
	for _, f := range report.Findings {
		folder, rest, _ := strings.Cut(f.Path, "/")
		switch f.Code {
		case escrow.CodeNewer:
			if !slices.Contains(r.Newer, folder) {
				r.Newer = append(r.Newer, folder)
			}
		case escrow.CodeMissingSeal:
			r.Missing = append(r.Missing, folder+" "+f.Detail)
		case escrow.CodeUntrueSeal:
			name := strings.TrimPrefix(rest, "seals/")
			r.Untrue = append(r.Untrue, folder+" "+name[:strings.Index(name, "-")+9])
		case escrow.CodeTwoContents:
			r.Twice = append(r.Twice, f.Path)
		}
		listed := strings.Contains(f.Path, "/") && !strings.Contains(f.Path, "/seals/") || f.Path == "README.txt"
		if (f.Code == escrow.CodeMissing || f.Code == escrow.CodeDamaged) && f.Red && listed {
			r.Lost = append(r.Lost, f.Path)
		}
	}
	return r.sorted()
}

func (v vector) unlock(vault *escrow.Vault) (*escrow.Opened, error) {
	if passphrase := strings.Join(v.head["passphrase"], ""); passphrase != "" {
		keys, err := vault.PassphraseKeys("")
		if err != nil {
			return nil, err
		}
		id, err := keys.Unlock(passphrase)
		if err != nil {
			return nil, err
		}
		return vault.Unlock([]age.Identity{id}...)
	}
	file := string(v.identities)
	for _, identity := range v.head["identity"] {
		file += identity + "\n"
	}
	ids, err := key.ParseIdentities(strings.NewReader(file), nil)
	if err != nil {
		return nil, err
	}
	return vault.Unlock(ids...)
}
