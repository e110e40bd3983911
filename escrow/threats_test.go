package escrow

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
)

// What somebody can do who writes to a copy or to the folder that a sync tool
// carries, and who holds no key. THREATS.md has each attack's number.

// TestA01SwappedRecipient: nothing in the folder chooses the recipient that a
// deposit is encrypted to.
func TestA01SwappedRecipient(t *testing.T) {
	f := newFixture(t)
	thief, err := age.GenerateX25519Identity()
	must(t, err)
	for p, data := range f.files() {
		if strings.Contains(data, f.pin.Recipient) {
			t.Errorf("%s holds the vault recipient", p)
		}
	}
	theirs := thief.Recipient().String()
	for _, p := range []string{"recipient.txt", ".age-recipients", "recipients.txt", f.folder() + "/recipient.txt", f.folder() + "/seeds/recipients"} {
		must(t, os.WriteFile(f.path(p), []byte(theirs+"\n"), 0o600))
	}
	r := f.deposit(f.seed(1))
	if _, err := key.Decrypt([]byte(f.text(r.Path)), thief); !errors.Is(err, key.ErrNoMatch) {
		t.Errorf("the thief reads a deposit: %v", err)
	}
	if _, err := f.unlock().reader.pinnedKey().Decrypt([]byte(f.text(r.Path))); err != nil {
		t.Error("the vault does not")
	}
	// vault.txt itself, with their recipient's hash.
	d := *f.vault().view.Pinned().Desc
	d.RecipientSum = format.Sum([]byte(theirs))
	must(t, os.WriteFile(f.path(f.folder()+"/vault.txt"), d.Marshal(), 0o600))
	if _, err := f.vault().Deposit(f.seed(2)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a deposit by a changed vault.txt: %v", err)
	}
	// And the folder's name with it.
	must(t, os.Rename(f.path(f.folder()), f.path(format.EpochFolder(1, format.Sum(d.Marshal())))))
	var pin *PinError
	if _, err := Open(f.fsys, &f.pin); !errors.As(err, &pin) || pin.Want != f.pin.Fingerprint || len(pin.Have) != 1 || pin.Have[0] == pin.Want {
		t.Errorf("another vault.txt in another folder: %v", err)
	}
}

// TestA02ForgedSeeds: files put among the seeds by somebody who does not know the
// recipient, spliced of others' parts too, are no seeds and cost none.
func TestA02ForgedSeeds(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(4)
	var heads, bodies [][]byte
	for _, r := range rs {
		data := []byte(f.text(r.Path))
		at := bytes.Index(data, []byte("\n---"))
		at += 1 + bytes.IndexByte(data[at+1:], '\n') + 1
		heads, bodies = append(heads, data[:at]), append(bodies, data[at:])
	}
	thief, err := vaultkey.Generate(false)
	must(t, err)
	plain, err := f.seed(9).plaintext()
	must(t, err)
	foreign, err := thief.Encrypt(plain)
	must(t, err)
	forged := [][]byte{foreign}
	for i := range heads {
		for j := range bodies {
			if i != j {
				forged = append(forged, slices.Concat(heads[i], bodies[j]))
			}
		}
	}
	stanza := foreign[bytes.Index(foreign, []byte("\n->")):bytes.Index(foreign, []byte("\n---"))]
	one := []byte(f.text(rs[0].Path))
	at := bytes.Index(one, []byte("\n---"))
	forged = append(forged, slices.Concat(one[:at], stanza, one[at:])) // one more recipient
	for _, data := range forged {
		_, err := write(f.fsys, f.folder()+"/seeds", "", data)
		must(t, err)
	}
	entries, findings := seedsOf(t, f.unlock())
	if len(entries) != 4 || len(findings) != len(forged) {
		t.Errorf("%d entries, %d findings; want 4 and %d", len(entries), len(findings), len(forged))
	}
	for _, e := range entries {
		if e.Status != Accepted || e.Seed.Line() == f.seed(9).Line() {
			t.Error("a forgery is shown")
		}
	}
	if r := f.check(); r.Red() || r.Accepted != 4 {
		t.Errorf("check: %+v", r)
	}
}

// TestA04SubstitutedVault: a vault of somebody else's in the place of the real
// one, with a slot for a holder whose recipient is public.
func TestA04SubstitutedVault(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	h, err := KeyHolder("anna", f.friend.(*age.X25519Identity).Recipient().String())
	must(t, err)
	dir := t.TempDir()
	fsys := openDir(t, dir)
	theirs, err := Create(fsys, CreateOptions{Holders: []NewHolder{h}, Now: testTime})
	must(t, err)
	var pin *PinError
	if _, err := Open(fsys, &f.pin); !errors.As(err, &pin) || pin.Have[0] != theirs.Fingerprint {
		t.Errorf("with a pin: %v", err)
	}
	v, err := Open(fsys, nil)
	must(t, err)
	o, err := v.Unlock(f.friend)
	must(t, err)
	if o.Compared() {
		t.Error("on a machine that knows nothing, it passes for compared")
	}
	if _, err := v.Deposit(f.seed(1)); !errors.Is(err, ErrNotPinned) {
		t.Errorf("and takes a deposit: %v", err)
	}
	// Their epoch beside the real one, slots of the real one gone: F50 of
	// TestRulesOfWhatCounts. Their slots in the real one's folder: F15.
	theirFolder := format.EpochFolder(1, theirs.Fingerprint)
	must(t, os.CopyFS(f.path(theirFolder), os.DirFS(filepath.Join(dir, theirFolder))))
	o, err = f.vault().Unlock(f.friend)
	must(t, err)
	if entries, _ := seedsOf(t, o); !o.Compared() || len(entries) != 1 || entries[0].Status != Accepted {
		t.Errorf("beside the real one: compared %t, %d entries", o.Compared(), len(entries))
	}
}

// TestA05Rollback: an older copy in the vault's place, whole or file by file.
func TestA05Rollback(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	old := f.clone()
	o := f.unlock()
	must(t, o.Accept(f.deposit(f.seed(5))))
	f.seal(o)
	memory := Memory{Seals: f.vault().Remember(Memory{}, testTime).Seals}
	newest := f.glob("seals/*.txt")
	var number int
	if _, err := fmt.Sscanf(filepath.Base(newest), "%04d-", &number); err != nil {
		t.Fatal(err)
	}
	for name, roll := range map[string]func(c *fixture){
		"whole":           func(c *fixture) { *c = *old },
		"the newest seal": func(c *fixture) { c.remove(newest); c.remove(newest + ".sig") },
		"its text":        func(c *fixture) { c.remove(newest) },
		"its signature":   func(c *fixture) { c.remove(newest + ".sig") },
		"all seals":       func(c *fixture) { c.remove(c.folder() + "/seals") },
		"a stranger's": func(c *fixture) {
			must(t, os.WriteFile(c.path(newest+".sig"), []byte(f.text(f.glob("seals/0002-*.sig"))), 0o600))
		},
		"a link in a place": func(c *fixture) { c.remove(newest); must(t, os.Symlink("elsewhere", c.path(newest))) },
	} {
		c := f.clone()
		roll(c)
		r := c.vault().Check(CheckOptions{Now: testTime, Memory: memory})
		found := slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == CodeRolledBack && f.Red })
		if !found {
			t.Errorf("%s: not noticed by a machine that has seen more: %+v", name, r.Findings)
		}
		if r := c.vault().Check(CheckOptions{Now: testTime, MinSeal: number}); !reports(r, CodeRolledBack, "") {
			t.Errorf("%s: not noticed by the number on the sheet", name)
		}
		if again := c.vault().Remember(Memory{Seals: memory.Seals}, testTime).Seals; !slices.Contains(again, memory.Seals[0]) {
			t.Errorf("%s: it makes the machine forget", name)
		}
		overlay(t, c, f) // healed from another copy
		if r := c.vault().Check(CheckOptions{Now: testTime, Memory: memory, MinSeal: number}); name != "a link in a place" && r.Red() {
			t.Errorf("%s, healed: %+v", name, r.Findings)
		}
	}
	// To before a rotation.
	f.rotate(RotateOptions{})
	c := *old
	c.pin = f.pin
	var pin *PinError
	if _, err := Open(c.fsys, &c.pin); !errors.As(err, &pin) {
		t.Errorf("to before a rotation: %v", err)
	}
}

// TestA07LostDeposit: a fresh deposit, in no seal yet, is taken away from the
// machine that made it.
func TestA07LostDeposit(t *testing.T) {
	for name, c := range map[string]struct {
		take func(at string) error
		lost bool
	}{
		"deleted":              {os.Remove, true},
		"replaced by a link":   {func(at string) error { return errors.Join(os.Remove(at), os.Symlink("/dev/null", at)) }, true},
		"replaced by a folder": {func(at string) error { return errors.Join(os.Remove(at), os.Mkdir(at, 0o700)) }, true},
		"emptied":              {func(at string) error { return os.WriteFile(at, nil, 0o600) }, true},
		"half":                 {func(at string) error { return os.Truncate(at, 500) }, true},
		"renamed":              {func(at string) error { return os.Rename(at, strings.TrimSuffix(at, ".age")+" (1).age") }, false},
		"in another folder": {func(at string) error {
			return os.Rename(at, filepath.Join(filepath.Dir(filepath.Dir(at)), "roster", filepath.Base(at)))
		}, true},
	} {
		f := newFixture(t)
		own := f.deposit(f.seed(1))
		must(t, c.take(f.path(own.Path)))
		r := f.vault().Check(CheckOptions{Now: testTime, Memory: Memory{Deposits: []Receipt{own}}})
		if reports(r, CodeLostDeposit, own.Path) != c.lost {
			t.Errorf("%s: %+v", name, r.Findings)
		}
	}
}

// TestA24LinksEverywhere puts a link in the place of every file and folder of a
// vault, each pointing at what was there: nothing is reached through it, what is
// missing is named, and nothing is written where it points.
func TestA24LinksEverywhere(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	folders := []string{f.folder()}
	for _, d := range []string{"seeds", "roster", "seals", "holders", "holders/paper"} {
		folders = append(folders, f.folder()+"/"+d)
	}
	for _, p := range append(folders, f.under(f.folder()+"/")...) {
		for _, outside := range []bool{false, true} {
			c := f.clone()
			target := c.path("elsewhere")
			if outside {
				target = filepath.Join(t.TempDir(), "elsewhere")
			}
			must(t, os.Rename(c.path(p), target))
			to := target
			if !outside {
				rel, err := filepath.Rel(filepath.Dir(c.path(p)), target)
				must(t, err)
				to = rel
			}
			must(t, os.Symlink(to, c.path(p)))
			before := tree(t, target)
			c.behindLink(p)
			if after := tree(t, target); after != before {
				t.Errorf("%s, outside %t: what the link points at was changed", p, outside)
			}
		}
	}
}

// behindLink reads, checks and deposits where p is a link.
func (f *fixture) behindLink(p string) {
	v, err := Open(f.fsys, &f.pin)
	if err != nil { // the epoch's folder itself
		if !errors.Is(err, ErrNoVault) {
			f.t.Errorf("%s: %v", p, err)
		}
		return
	}
	sealed := strings.HasSuffix(p, ".age") || strings.HasSuffix(p, "vault.txt") || !strings.Contains(filepath.Base(p), ".")
	if r := v.Check(CheckOptions{Now: testTime, MinSeal: 2}); sealed && !r.Red() {
		f.t.Errorf("%s: check finds nothing: %+v", p, r.Findings)
	}
	v.Deposit(f.seed(3))
	for _, id := range []age.Identity{f.paper, f.friend} {
		o, err := v.Unlock(id)
		if err != nil {
			continue
		}
		if entries, _, err := o.Seeds(f.t.Context()); err == nil && len(entries) > 0 {
			o.Edit(entries[0], entries[0].Seed.With("note", "x"))
			o.Seal(testTime)
		}
	}
}

// tree is everything below a place, as one text.
func tree(t *testing.T, root string) string {
	t.Helper()
	var b strings.Builder
	must(t, filepath.Walk(root, func(p string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		fmt.Fprintln(&b, p, info.Size(), info.ModTime())
		return nil
	}))
	return b.String()
}
