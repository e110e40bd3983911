package escrow

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
)

// What names, modes, links and sizes of files can do. THREATS.md has each
// attack's number.

// TestA11SwappedNames: each seed's file under the name of the next.
func TestA11SwappedNames(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(3)
	before := lines(f.entries())
	data := []string{f.text(rs[0].Path), f.text(rs[1].Path), f.text(rs[2].Path)}
	for i, r := range rs {
		must(t, os.WriteFile(f.path(r.Path), []byte(data[(i+1)%3]), 0o600))
	}
	got := lines(f.entries())
	if len(got) != len(before) {
		t.Errorf("%d seeds of 3", len(got))
	}
	r := f.vault().Check(CheckOptions{Now: testTime})
	for _, file := range rs {
		if !reports(r, CodeDamaged, file.Path) {
			t.Errorf("%s is not named", file.Path)
		}
	}
}

// TestA12Metadata: what a finder without keys can read off the folder.
func TestA12Metadata(t *testing.T) {
	f := newFixture(t)
	sizes := map[int]bool{}
	for _, uri := range []string{exampleURI, exampleURI2} {
		s, err := NewSeed(uri, Details{Added: testTime, By: "laptop", Name: "a name of its own", Notes: []string{strings.Repeat("long ", 50)}})
		must(t, err)
		if uri == exampleURI {
			s, err = NewSeed(uri, Details{})
			must(t, err)
		}
		r := f.deposit(s)
		sizes[len(f.text(r.Path))] = true
		o := f.unlock()
		must(t, o.Accept(r))
		f.seal(o)
	}
	if len(sizes) != 1 {
		t.Errorf("seeds of different length make files of different sizes: %v", sizes)
	}
	for p, data := range f.files() {
		for _, clue := range []string{"ACME", "anna@", "Example", "laptop", "a name of its own", "JBSWY3DP", f.pin.Recipient, "age1"} {
			if p != readmeName && (strings.Contains(data, clue) || strings.Contains(p, clue)) {
				t.Errorf("%s tells %q", p, clue)
			}
		}
	}
}

// TestA25Modes: nobody else on the machine reads what lies in a vault.
func TestA25Modes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs modes")
	}
	f := newFixture(t)
	f.sealed(1)
	f.rotate(RotateOptions{})
	must(t, filepath.WalkDir(f.dir, func(p string, d fs.DirEntry, err error) error {
		must(t, err)
		info, err := d.Info()
		must(t, err)
		if p != f.dir && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %s", p, info.Mode())
		}
		return nil
	}))
}

// TestA39NamesThatFold: names that some file system takes for one another, put
// beside the real ones.
func TestA39NamesThatFold(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	other := newFixture(t)
	other.sealed(3)
	folder := f.folder()
	for _, odd := range []string{
		strings.ToUpper(folder), folder + ".", folder + " ", "0" + folder, "+" + folder, folder + "~1", folder + "\u200b",
	} {
		if odd == folder {
			continue // no letter in it
		}
		must(t, os.CopyFS(f.path(odd), os.DirFS(other.path(other.folder()))))
	}
	for _, odd := range []string{"Paper", "PAPER", "paper.", "paper ", "p\u0430per", "paper\u0301", "con", "..paper"} {
		must(t, os.CopyFS(f.path(folder+"/holders/"+odd), os.DirFS(other.path(other.folder()+"/holders/paper"))))
	}
	for _, odd := range []string{"Seeds", "SEEDS", "seeds.", "se\u0435ds"} {
		must(t, os.CopyFS(f.path(folder+"/"+odd), os.DirFS(f.path(folder+"/seeds"))))
	}
	for _, p := range f.under(folder + "/seeds/") {
		must(t, os.WriteFile(f.path(folder+"/seeds/"+strings.ToUpper(filepath.Base(p))), []byte(f.text(p)), 0o600))
	}
	v := f.vault()
	if len(v.Epochs()) != 1 || len(v.Holders()) != 3 {
		t.Errorf("%d epochs, %d holders", len(v.Epochs()), len(v.Holders()))
	}
	if got := f.statuses(3); len(got) != 2 || !slices.Equal(got[0], []Status{Accepted}) {
		t.Errorf("seeds: %v", got)
	}
	if r := f.check(); r.Red() || r.Accepted != 2 || r.NotAccepted != 0 {
		t.Errorf("check: %+v", r)
	}
	if _, err := f.vault().Unlock(other.paper); err != ErrNoMatch {
		t.Errorf("the other vault's holder: %v", err)
	}
}

// TestA46HardLinks: every file of the vault is a second name of one outside, and
// the other way round. Nothing that is written reaches it.
func TestA46HardLinks(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	outside := t.TempDir()
	kept := map[string]string{}
	for p, data := range f.files() {
		at := filepath.Join(outside, strings.ReplaceAll(p, "/", "_"))
		if err := os.Link(f.path(p), at); err != nil {
			t.Skip("needs hard links")
		}
		kept[at] = data
	}
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	must(t, o.Accept(f.deposit(f.seed(5))))
	_, err := o.Edit(entries[0], entries[0].Seed.With("note", "x"))
	must(t, err)
	must(t, o.Retire(entries[1]))
	f.seal(o)
	f.rotate(RotateOptions{})
	for at, data := range kept {
		if now, err := os.ReadFile(at); err != nil || string(now) != data {
			t.Errorf("%s was changed", at)
		}
	}
}

// TestA47DeepAndHugeFolders: files far larger than any of the format's, and
// folders within folders, are neither read nor followed.
func TestA47DeepAndHugeFolders(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	for _, p := range []string{"seeds/" + strings.Repeat("a", 32) + ".age", "roster/x.age", "holders/paper/slot-" + strings.Repeat("a", 32) + ".age", "old.age", "vault.txt.sig", "older/x.txt", "seals/0009-" + strings.Repeat("a", 32) + ".txt"} {
		must(t, os.MkdirAll(filepath.Dir(f.path(f.folder()+"/"+p)), 0o700))
		must(t, os.WriteFile(f.path(f.folder()+"/"+p), nil, 0o600))
		must(t, os.Truncate(f.path(f.folder()+"/"+p), 1<<30)) // sparse
	}
	must(t, os.WriteFile(f.path(f.folder()+"/seals/0009-"+strings.Repeat("a", 32)+".txt.sig"), nil, 0o600))
	must(t, os.MkdirAll(f.path(f.folder()+"/seeds"+strings.Repeat("/deep", 100)), 0o700))
	if got := f.statuses(1); !slices.Equal(got[0], []Status{Accepted}) {
		t.Errorf("seeds: %v", got)
	}
	if r := f.check(); r.Accepted != 1 || !reports(r, CodeDamaged, f.folder()+"/seals/0009-"+strings.Repeat("a", 32)+".txt") {
		t.Errorf("check: %+v", r)
	}
	f.deposit(f.seed(2))
}

// TestA48ForgedVaultTxt: a folder's name holds 32 bits of the fingerprint, so that
// a patient writer finds a vault.txt of their own that fits it. Here it is the
// fingerprint that is made to fit.
func TestA48ForgedVaultTxt(t *testing.T) {
	for name, first := range map[string]string{"their recipient": "seedvault 1", "a newer format": "seedvault 2"} {
		f := newFixture(t)
		f.deposit(f.seed(1))
		d := *f.vault().view.Pinned().Desc
		d.RecipientSum = [32]byte{1}
		forged := []byte(strings.Replace(string(d.Marshal()), "seedvault 1", first, 1))
		fp := Fingerprint(format.Sum(forged))
		folder := format.EpochFolder(1, fp)
		must(t, os.Rename(f.path(f.folder()), f.path(folder)))
		must(t, os.WriteFile(f.path(folder+"/vault.txt"), forged, 0o600))
		fp[31] ^= 1
		f.pin.Fingerprint = fp

		if _, err := f.vault().Deposit(f.seed(2)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: a deposit: %v", name, err)
		}
		o := f.unlock()
		if entries, _ := seedsOf(t, o); !o.Compared() || len(entries) != 1 || entries[0].Status != NotAccepted {
			t.Errorf("%s: compared %t, %d entries", name, o.Compared(), len(entries))
		}
		if r := f.vault().Check(CheckOptions{Now: testTime}); !reports(r, CodeDamaged, folder+"/vault.txt") {
			t.Errorf("%s: %+v", name, r.Findings)
		}
	}
	// The same with the vault.txt of an older epoch: it is read by the new one's
	// old.age, and what is late there is shown.
	f := newFixture(t)
	f.sealed(1)
	l := f.follow()
	d := *f.vault().view.Pinned().Desc
	d.RecipientSum = [32]byte{1}
	forged := d.Marshal()
	fp := Fingerprint(format.Sum(forged))
	folder := format.EpochFolder(1, fp)
	fp[31] ^= 1
	l.previous = fp
	l.begin()
	l.finish()
	must(t, os.Rename(f.path(f.folder()), f.path(folder)))
	must(t, os.WriteFile(f.path(folder+"/vault.txt"), forged, 0o600))
	if got := l.pinned().statuses(1); !slices.Equal(got[0], []Status{Late}) {
		t.Errorf("an older epoch's: %v", got)
	}
}
