package escrow

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// The rules of FORMAT.md on the folder and on vault.txt, F1 to F15. Each test
// holds what must be refused against the nearest thing that must not.

func TestRulesOfNames(t *testing.T) {
	t.Run("F1", func(t *testing.T) {
		for name, want := range map[string]bool{
			"1-abcdef1234567890": true, "12-0000000000000000": true, "0-abcdef1234567890": false, "01-abcdef1234567890": false, "1-ABCDEF1234567890": false,
			"1-abcdef12": false, "1-abcdef123456789": false, "1-abcdef12345678901": false, "1_abcdef1234567890": false, "1-abcdef1234567890 (1)": false, "-abcdef1234567890": false,
		} {
			if _, _, ok := format.ParseEpochFolder(name); ok != want {
				t.Errorf("%q is an epoch: %t", name, ok)
			}
		}
	})
	t.Run("F2", func(t *testing.T) {
		f := newFixture(t)
		at := f.path(f.sealed(1)[0].Path)
		data, err := os.ReadFile(at)
		must(t, err)
		must(t, os.WriteFile(strings.TrimSuffix(at, ".age")+" (1).age", data, 0o600))
		if e := f.entries(); len(e) != 1 || len(e[0].Receipts) != 1 {
			t.Errorf("a second file of one content counts: %d entries", len(e))
		}
		must(t, os.Remove(at))
		if e := f.entries(); len(e) != 1 || e[0].Status != Accepted {
			t.Errorf("under another name it is not found: %d entries", len(e))
		}
		// Where both are here the right name stands, also if it sorts last.
		must(t, os.WriteFile(at, data, 0o600))
		must(t, os.WriteFile(filepath.Join(filepath.Dir(at), "- Copy.age"), data, 0o600))
		if e := f.entries(); len(e) != 1 || f.path(e[0].Receipts[0].Path) != at {
			t.Errorf("with copies beside it: %d entries, of %s", len(e), e[0].Receipts[0].Path)
		}
		record := f.path(f.glob("roster/*.age"))
		must(t, os.Rename(record, strings.TrimSuffix(record, ".age")+" (1).age"))
		if holders, _ := f.unlock().Roster().Holders(); len(holders) != 3 {
			t.Errorf("a roster record under another name: %d holders, want 3", len(holders))
		}
	})
	t.Run("F3", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(2)
		data, err := os.ReadFile(f.path(rs[0].Path))
		must(t, err)
		must(t, os.WriteFile(f.path(rs[1].Path), data, 0o600)) // one seed under the other's name
		if r := f.vault().Check(CheckOptions{Now: testTime}); !reports(r, CodeDamaged, rs[1].Path) || reports(r, CodeDamaged, rs[0].Path) {
			t.Errorf("swapped: %+v", r.Findings)
		}
		if e := f.entries(); len(e) != 1 {
			t.Errorf("%d entries, want the one that is whole", len(e))
		}
		// A damaged key file is not worth a second of anybody's time.
		key := f.path(f.glob("holders/words/key-*.age"))
		data, err = os.ReadFile(key)
		must(t, err)
		must(t, os.WriteFile(key, flip(data), 0o600))
		if _, err := f.vault().PassphraseKeys("words"); !errors.Is(err, ErrNoPassphrase) {
			t.Errorf("a damaged key file: %v", err)
		}
		// The name tells it alone, where no seal does.
		f = newFixture(t)
		rs = f.sealed(1)
		l := f.follow()
		l.begin()
		l.dropped(rs[0])
		l.finish()
		f.remove(f.folder() + "/seals")
		f.remove(l.builder.Folder + "/seals")
		for _, p := range []string{f.glob("seeds/*"), f.glob("roster/*"), f.glob("holders/words/key-*"), f.glob("holders/words/slot-*"), l.glob("older/*")} {
			v := l.pinned().vault()
			if reports(v.Check(CheckOptions{Now: testTime}), CodeDamaged, p) {
				t.Errorf("%s is called damaged before it is", p)
			}
			f.change(p, flip)
			if !reports(v.Check(CheckOptions{Now: testTime}), CodeDamaged, p) {
				t.Errorf("%s is damaged, and not named", p)
			}
		}
	})
	t.Run("F52", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		l := f.follow()
		l.begin()
		l.finish()
		for _, p := range []string{readmeName, l.builder.Folder + "/vault.txt.sig", l.builder.Folder + "/old.age"} {
			owner := l.pinned()
			if p == readmeName {
				owner = f // its seal is the first epoch's
			}
			look := func() *Report { return owner.vault().Check(CheckOptions{Now: testTime}) }
			if r := look(); reports(r, CodeDamaged, p) || reports(r, CodeMissing, p) {
				t.Errorf("%s is named before anything happens to it", p)
			}
			f.change(p, func(b []byte) []byte { return append(b, 'x') })
			if !reports(look(), CodeDamaged, p) {
				t.Errorf("%s is changed, and not named", p)
			}
			f.remove(p)
			if !reports(look(), CodeMissing, p) {
				t.Errorf("%s is gone, and not named", p)
			}
		}
		if got := l.pinned().statuses(1); !slices.Equal(got[0], []Status{Late}) {
			t.Errorf("they cost a seed: %v", got)
		}
	})
	t.Run("F4", func(t *testing.T) {
		for name, want := range map[string]bool{"a": true, "words-2": true, "0": true, strings.Repeat("a", 32): true,
			"": false, "-a": false, "A": false, "a.b": false, "a/b": false, "con": false, "lpt9": false, strings.Repeat("a", 33): false} {
			if (CheckName(name) == nil) != want {
				t.Errorf("%q: %v", name, CheckName(name))
			}
		}
		// A folder of another form holds no holder.
		f := newFixture(t)
		must(t, os.Rename(f.path(f.folder()+"/holders/paper"), f.path(f.folder()+"/holders/Paper")))
		if _, err := f.vault().Unlock(f.paper); !errors.Is(err, ErrNoMatch) {
			t.Errorf("a holder called Paper: %v", err)
		}
	})
	t.Run("F5", func(t *testing.T) {
		f := newFixture(t)
		r := f.deposit(f.seed(1))
		must(t, os.Rename(f.path(r.Path), f.path(filepath.Dir(r.Path)+"/.tmp-abc")))
		if e := f.entries(); len(e) != 0 {
			t.Error("an unfinished file is read")
		}
	})
	t.Run("F6", func(t *testing.T) {
		f := newFixture(t)
		r := f.deposit(f.seed(1))
		outside := filepath.Join(t.TempDir(), "seed.age")
		must(t, os.Rename(f.path(r.Path), outside))
		must(t, os.Symlink(outside, f.path(r.Path)))
		inside := f.deposit(f.seed(2))
		must(t, os.Symlink(filepath.Base(inside.Path), f.path(filepath.Dir(inside.Path)+"/link.age")))
		if e := f.entries(); len(e) != 1 || e[0].Receipts[0] != inside {
			t.Errorf("%d entries, want the one that is no link", len(e))
		}
		if _, err := f.fsys.Open(filepath.ToSlash(filepath.Dir(inside.Path)) + "/link.age"); err == nil {
			t.Error("a link is opened")
		}
		at := f.path(f.folder() + "/vault.txt")
		must(t, os.Rename(at, f.path("elsewhere.txt")))
		must(t, os.Symlink("../elsewhere.txt", at))
		if r := f.vault().Check(CheckOptions{Now: testTime}); !reports(r, CodeDamaged, f.folder()+"/vault.txt") {
			t.Errorf("vault.txt is a link: %+v", r.Findings)
		}
		must(t, os.Remove(at))
		must(t, os.Rename(f.path("elsewhere.txt"), at))
		must(t, os.RemoveAll(f.path(f.folder()+"/seeds")))
		if e := f.entries(); len(e) != 0 {
			t.Error("a missing folder is not an empty one")
		}
		f.deposit(f.seed(3)) // and is made again
		must(t, os.Rename(f.path(f.folder()+"/seeds"), f.path("elsewhere")))
		must(t, os.Symlink("../elsewhere", f.path(f.folder()+"/seeds")))
		if e := f.entries(); len(e) != 0 {
			t.Error("a folder is reached through a link")
		}
	})
	t.Run("F7", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		for _, odd := range []string{"notes.txt", "holders/x y.txt", "holders/paper/photo.jpg", "seals/readme", "share/x", "older/list.doc"} {
			must(t, os.MkdirAll(filepath.Dir(f.path(f.folder()+"/"+odd)), 0o700))
			must(t, os.WriteFile(f.path(f.folder()+"/"+odd), []byte("x"), 0o600))
		}
		if r := f.check(); r.Red() || r.Accepted != 1 {
			t.Errorf("unknown files: %+v", r)
		}
		if e := f.entries(); len(e) != 1 {
			t.Errorf("%d entries", len(e))
		}
	})
	t.Run("F8", func(t *testing.T) {
		f := newFixture(t)
		for size, want := range map[int]bool{64 << 10: true, 64<<10 + 1: false} {
			data := bytes.Repeat([]byte("x"), size)
			name := f.folder() + "/seeds/" + format.Hash(format.Sum(data)) + ".age"
			must(t, os.WriteFile(f.path(name), data, 0o600))
			if damaged := reports(f.vault().Check(CheckOptions{Now: testTime}), CodeDamaged, name); damaged == want {
				t.Errorf("%d bytes: damaged %t", size, damaged)
			}
		}
		fits := sealWith(f, func(s *format.Seal) { s.Extra["# x-pad "+strings.Repeat("a", 15<<20)] = true })
		over := sealWith(f, func(s *format.Seal) { s.Extra["# x-pad "+strings.Repeat("a", 16<<20)] = true })
		if r := f.vault().Check(CheckOptions{Now: testTime}); reports(r, CodeDamaged, fits) || !reports(r, CodeDamaged, over) {
			t.Errorf("seals of 15 and of more than 16 MiB: %+v", r.Findings)
		}
		f = newFixture(t)
		rs := f.sealed(1)
		l := f.follow()
		l.begin()
		for i := range 1000 { // 130 KB
			l.dropped(Receipt{Path: fmt.Sprintf("%s/seeds/%d.age", f.folder(), i), Sum: rs[0].Sum})
		}
		l.dropped(rs[0])
		l.finish()
		if got := l.pinned().statuses(1); got[0] != nil {
			t.Errorf("a long older list is not read: %v", got)
		}
	})
	t.Run("F9", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		crlf(f)
		if e := f.entries(); len(e) != 1 || e[0].Status != Accepted {
			t.Errorf("with other line ends: %d entries", len(e))
		}
		r := f.check()
		if r.Red() || !reports(r, CodeLineEnds, f.folder()+"/vault.txt") || !reports(r, CodeLineEnds, readmeName) {
			t.Errorf("check: %+v", r.Findings)
		}
		g := newFixture(t)
		g.sealed(1)
		g.rotate(RotateOptions{})
		crlf(g)
		o := g.unlock()
		if lost := o.reader.lostLists(); len(lost) > 0 {
			t.Errorf("older lists with other line ends are lost: %q", lost)
		}
		plan, err := o.PlanRotation(RotateOptions{})
		must(t, err)
		if err := plan.CheckMissing(); err != nil {
			t.Errorf("a rotation with other line ends: %v", err)
		}
		for _, p := range g.under(g.folderNow() + "/older/") {
			g.remove(p)
		}
		if lost := g.unlock().reader.lostLists(); len(lost) != 1 {
			t.Errorf("one list is lost: %q", lost)
		}
		for _, name := range []string{"open-1.html", "old.age"} {
			f := newFixture(t)
			if name == "old.age" {
				name = f.folder() + "/" + name
			}
			sealWith(f, func(s *format.Seal) { s.Files[name] = format.Sum([]byte("a\nb\n")) })
			must(t, os.WriteFile(f.path(name), []byte("a\r\nb\r\n"), 0o600))
			code := CodeDamaged
			if PartOf(name) == PartPage {
				code = CodeSwappedPage
			}
			if r := f.check(); !r.Red() || !reports(r, code, name) || reports(r, CodeLineEnds, name) {
				t.Errorf("%s with other line ends: %+v", name, r.Findings)
			}
			if _, w := f.vault().Examine(f.fsys, name, []byte("a\r\nb\r\n")); w != Damaged {
				t.Errorf("%s with other line ends: %d", name, w)
			}
		}
		l := f.follow()
		l.begin()
		l.dropped(f.entries()[0].Receipts[0])
		l.finish()
		crlf(f)
		if e := f.vault().Epochs()[0]; !e.Successor {
			t.Error("the signature of a later epoch's vault.txt does not verify")
		}
		if got := l.pinned().statuses(1); got[0] != nil {
			t.Errorf("an older list says nothing: %v", got)
		}
	})
}

// crlf changes the line ends of every text file, as git on Windows may.
func crlf(f *fixture) {
	f.t.Helper()
	for p, data := range f.files() {
		if ext := filepath.Ext(p); ext == ".txt" || ext == ".sig" {
			data = strings.ReplaceAll(strings.ReplaceAll(data, "\r\n", "\n"), "\n", "\r\n")
			must(f.t, os.WriteFile(f.path(p), []byte(data), 0o600))
		}
	}
}

// sealWith writes one more valid seal into the fixture's vault, changed by edit,
// and returns its path.
func sealWith(f *fixture, edit func(s *format.Seal)) string {
	f.t.Helper()
	o := f.unlock()
	e := o.reader.view.Pinned()
	s := o.changes.nextSeal(e, testTime)
	edit(s)
	text := s.Marshal()
	name := e.Folder + "/seals/" + format.SealFile(s.Number, s.Hash())
	must(f.t, os.WriteFile(f.path(name), text, 0o600))
	must(f.t, os.WriteFile(f.path(name+".sig"), signSeal(o.reader.pinnedKey(), text), 0o600))
	return name
}

const vaultTxt = `seedvault 1
epoch 1
signer ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMicOoPoFPuOqfJG2lhMmA/VuRm7Pj+i8LI2gdkU3+G0
recipient-sha256 3d1c364e717e2f128084592151f61c42f9c8031f088e1b469dc3465db7a92ce9
previous -
`

func TestRulesOfVaultTxt(t *testing.T) {
	t.Run("F10", func(t *testing.T) {
		swap := strings.Replace(strings.Replace(vaultTxt, "epoch 1\n", "", 1), "previous", "epoch 1\nprevious", 1)
		for name, c := range map[string]struct {
			text string
			want bool
		}{
			"as it is":             {vaultTxt, true},
			"an x- line":           {vaultTxt + "x-note a b c\n", true},
			"a previous":           {strings.Replace(vaultTxt, "previous -", "previous "+strings.Repeat("ab", 32), 1), true},
			"another line":         {vaultTxt + "note a\n", false},
			"another order":        {swap, false},
			"no last line end":     {strings.TrimSuffix(vaultTxt, "\n"), false},
			"an empty line":        {vaultTxt + "\n", false},
			"two spaces":           {strings.Replace(vaultTxt, "epoch 1", "epoch  1", 1), false},
			"a space at an end":    {strings.Replace(vaultTxt, "epoch 1", "epoch 1 ", 1), false},
			"epoch 01":             {strings.Replace(vaultTxt, "epoch 1", "epoch 01", 1), false},
			"epoch 0":              {strings.Replace(vaultTxt, "epoch 1", "epoch 0", 1), false},
			"upper case":           {strings.Replace(vaultTxt, "3d1c364e", "3D1C364E", 1), false},
			"a short hash":         {strings.Replace(vaultTxt, "3d1c364e", "3d1c364", 1), false},
			"an RSA signer":        {strings.Replace(vaultTxt, "ssh-ed25519", "ssh-rsa", 1), true},
			"a signer that is cut": {strings.Replace(vaultTxt, "+G0\n", "\n", 1), false},
			"a signer of no type":  {strings.Replace(vaultTxt, "ssh-ed25519 ", "", 1), false},
			"a comment behind it":  {strings.Replace(vaultTxt, "+G0\n", "+G0 me\n", 1), false},
			"a short previous":     {strings.Replace(vaultTxt, "previous -", "previous abcd", 1), false},
			"a previous of 0":      {strings.Replace(vaultTxt, "previous -", "previous "+strings.Repeat("00", 32), 1), false},
			"a comment":            {"# x\n" + vaultTxt, false},
			"an x- with a tab":     {vaultTxt + "x-note a\tb\n", false},
		} {
			if _, err := format.ParseDescriptor([]byte(c.text)); (err == nil) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if e := lone(t, strings.Replace(vaultTxt, "epoch 1", "epoch 2", 1), 1); e.Desc != nil {
			t.Error("another epoch's number in it is accepted")
		}
	})
	t.Run("F11", func(t *testing.T) {
		for first, newer := range map[string]bool{"seedvault 2": true, "seedvault 17": true, "seedvault 0": false, "seedvault 01": false, "seedvault 02": false, "seedvault +2": false, "seedvault x": false, "seedvault": false} {
			e := lone(t, strings.Replace(vaultTxt, "seedvault 1", first, 1), 1)
			if (e.Newer != nil) != newer || e.Desc != nil {
				t.Errorf("%q is a newer format: %t", first, e.Newer != nil)
			}
		}
		fsys := openDir(t, folderWith(t, strings.Replace(vaultTxt, "seedvault 1", "seedvault 2", 1), 1))
		var newer *NewerError
		v, err := Open(fsys, nil)
		must(t, err)
		if _, err := v.Unlock(newFixture(t).paper); !errors.As(err, &newer) || newer.Version != 2 {
			t.Errorf("a vault of format 2: %v", err)
		}
		// Without a pin its slots are tried, and what opens is shown.
		lone := newFixture(t)
		lone.rebuild(&vector{}, func(text string) string { return strings.Replace(text, "seedvault 1", "seedvault 2", 1) })
		if v, err = Open(lone.fsys, nil); err != nil {
			t.Fatal(err)
		}
		o, err := v.Unlock(lone.paper)
		must(t, err)
		if entries, _ := seedsOf(t, o); len(entries) != 1 || entries[0].Status != Unconfirmed || o.Compared() {
			t.Errorf("a newer folder without a pin: %d entries", len(entries))
		}
		// Beside an epoch that is known, one that is not stays closed, whatever its slots hold.
		f := newFixture(t)
		l := f.follow()
		l.begin()
		l.carry(f.seed(7))
		l.finish()
		text := strings.Replace(vaultTxt, "seedvault 1", "seedvault 2", 1)
		newerFolder := format.EpochFolder(2, format.Sum([]byte(text)))
		must(t, os.Rename(f.path(l.builder.Folder), f.path(newerFolder)))
		must(t, os.WriteFile(f.path(newerFolder+"/vault.txt"), []byte(text), 0o600))
		f.remove(newerFolder + "/vault.txt.sig")
		if e := f.entries(); len(e) != 0 {
			t.Errorf("an epoch of format 2 is read: %d entries", len(e))
		}
		if r := f.check(); !reports(r, CodeNewer, newerFolder) {
			t.Errorf("an epoch of format 2 is not named: %+v", r.Findings)
		}
	})
	t.Run("F12", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		at := f.path(f.folder() + "/vault.txt")
		data, err := os.ReadFile(at)
		must(t, err)
		must(t, os.WriteFile(at, bytes.Replace(data, []byte("seedvault 1"), []byte("seedvault 5"), 1), 0o600))
		if e := f.entries(); len(e) != 1 || e[0].Status != Accepted {
			t.Errorf("a flipped bit in the version: %d entries", len(e))
		}
		if r := f.vault().Check(CheckOptions{Now: testTime}); !reports(r, CodeDamaged, f.folder()+"/vault.txt") {
			t.Errorf("%+v", r.Findings)
		}
	})
	t.Run("F13", func(t *testing.T) {
		fp := Fingerprint(format.Sum([]byte(vaultTxt)))
		h := fp.Hex()
		for typed, want := range map[string]bool{fp.String(): true, h: true, h[:32]: true, strings.ToUpper(h[:40]): true, h[:31] + "x": false} {
			ok, err := fp.Matches(typed)
			if want != (ok && err == nil) {
				t.Errorf("%q: %t, %v", typed, ok, err)
			}
		}
		for _, typed := range []string{"", h[:31], h[:8], h + "0"} {
			if _, err := fp.Matches(typed); !errors.Is(err, ErrFingerprint) {
				t.Errorf("%d digits: %v", len(typed), err)
			}
		}
		if ok, err := fp.Matches(strings.Repeat("0", 32)); ok || err != nil {
			t.Errorf("another fingerprint: %t, %v", ok, err)
		}
	})
	t.Run("F14", func(t *testing.T) {
		k, err := vaultkey.Generate(false)
		must(t, err)
		pq, err := vaultkey.Generate(true)
		must(t, err)
		for text, want := range map[string]bool{k.Secret(): true, pq.Secret(): true, "AGE-PLUGIN-YUBIKEY-1QQPQZ": false, k.Public(): false, "": false, k.Secret()[:len(k.Secret())-1]: false} {
			if keys, err := vaultkey.ParseAll([]byte(text)); (err == nil && len(keys) == 1) != want {
				t.Errorf("a text of %d characters: %v", len(text), err)
			}
		}
	})
	t.Run("F15", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		other, err := vaultkey.Generate(false)
		must(t, err)
		f.plantSlot("aaa", other.Secret()+"\n")
		o := f.unlock()
		if o.Holder() != "paper" || len(f.entries()) != 1 {
			t.Errorf("a planted slot opened it as %s", o.Holder())
		}
		f.remove(f.folder() + "/holders/paper")
		if _, err := f.vault().Unlock(f.paper); !errors.Is(err, ErrNoMatch) {
			t.Errorf("a planted slot alone: %v", err)
		}
		key, err := vaultkey.Generate(false)
		must(t, err)
		for name, d := range map[string]format.Descriptor{
			"another signer":    {Signer: key.Signer, RecipientSum: other.RecipientSum()},
			"another recipient": {Signer: other.Signer, RecipientSum: key.RecipientSum()},
		} {
			if other.Fits(d) {
				t.Errorf("%s: the identity belongs to it", name)
			}
		}
	})
	t.Run("F49", func(t *testing.T) {
		for name, c := range map[string]struct {
			change func(l *laterEpoch)
			want   bool
		}{
			"the next number":     {func(*laterEpoch) {}, true},
			"a number far above":  {func(l *laterEpoch) { l.number = 7 }, true},
			"its own number":      {func(l *laterEpoch) { l.number = 1 }, false},
			"no signature":        {func(l *laterEpoch) { l.unsigned = true }, false},
			"a stranger's":        {func(l *laterEpoch) { l.forged = true }, false},
			"for another purpose": {func(l *laterEpoch) { l.namespace = sealcache.Namespace }, false},
		} {
			f := newFixture(t)
			l := f.follow()
			c.change(l)
			l.begin()
			l.finish()
			for _, e := range f.vault().Epochs() {
				if e.Fingerprint == l.pin.Fingerprint && (e.Successor != c.want || e.Status != EpochUnconfirmed) {
					t.Errorf("%s: a successor %t, status %d", name, e.Successor, e.Status)
				}
			}
		}
	})
}

// plantSlot encrypts text to the paper holder as a slot of its own.
func (f *fixture) plantSlot(name, text string) {
	f.t.Helper()
	to, _, err := key.ParseRecipient(f.paperRecipient())
	must(f.t, err)
	file, err := key.Encrypt(to, []byte(text))
	must(f.t, err)
	_, err = write(f.fsys, f.folder()+"/holders/"+name, "slot-", file)
	must(f.t, err)
}

// folderWith makes a folder of one epoch that holds nothing but a vault.txt.
func folderWith(t *testing.T, text string, number int) string {
	t.Helper()
	dir := t.TempDir()
	name := filepath.Join(dir, format.EpochFolder(number, format.Sum([]byte(text))))
	must(t, os.Mkdir(name, 0o700))
	must(t, os.WriteFile(filepath.Join(name, "vault.txt"), []byte(text), 0o600))
	return dir
}

// lone reads the one epoch of such a folder.
func lone(t *testing.T, text string, number int) *epochs.Epoch {
	t.Helper()
	v, err := epochs.Open(openDir(t, folderWith(t, text, number)), nil)
	must(t, err)
	return v.Epochs[0]
}

func TestRulesOfSlots(t *testing.T) {
	t.Run("F16", func(t *testing.T) {
		f := newFixture(t)
		key := f.unlock().reader.pinnedKey().Secret()
		other, err := vaultkey.Generate(false)
		must(t, err)
		f.plantSlot("two", key+"\n"+other.Secret()+"\n")
		f.plantSlot("none", "# nothing\n")
		f.remove(f.folder() + "/holders/paper")
		if _, err := f.vault().Unlock(f.paper); !errors.Is(err, ErrNoMatch) {
			t.Errorf("slots with two and with no identities: %v", err)
		}
		f = newFixture(t)
		f.remove(f.folder() + "/holders/words")
		f.remove(f.folder() + "/holders/anna")
		if _, err := f.vault().Unlock(f.paper); err != nil {
			t.Errorf("one slot of three: %v", err)
		}
	})
	t.Run("F17", func(t *testing.T) { // more in passphrase_test.go
		f := newFixture(t)
		f.remove(f.folder() + "/seals")
		if _, err := f.vault().PassphraseKeys(""); err != nil {
			t.Errorf("no valid seal: %v", err)
		}
		at := f.path(f.glob("holders/words/key-*.age"))
		must(t, os.Rename(at, strings.TrimSuffix(at, ".age")+" (1).age"))
		if _, err := f.vault().PassphraseKeys("words"); !errors.Is(err, ErrNoPassphrase) {
			t.Errorf("a key file under another name: %v", err)
		}
	})
	t.Run("F24", func(t *testing.T) {
		f := newFixture(t)
		o := f.unlock()
		r := roster.Holder{ID: format.NewID(), Name: "mallory", Kind: roster.KindKey}.Record()
		_, err := writeRecord(o.reader.view.Files.FS, o.reader.view.Pinned().Folder+"/roster", r.Marshal, o.reader.pinnedKey().Recipient())
		must(t, err)
		if holders, _ := f.unlock().Roster().Holders(); len(holders) != 3 {
			t.Errorf("%d holders, want the 3 sealed ones", len(holders))
		}
		f.greatestRecordCounts(t)
	})
}

// greatestRecordCounts seals records of one id that have no proof, of a holder and of a
// copy: that of the greatest HASH is read, whichever was written first.
func (f *fixture) greatestRecordCounts(t *testing.T) {
	t.Helper()
	id := format.NewID()
	o := f.unlock()
	names := map[string]string{} // by HASH
	for _, name := range []string{"ann", "bea", "cid", "dan", "eve", "fay"} {
		for _, r := range []*format.Record{
			roster.Holder{ID: id, Name: name, Kind: roster.KindKey, Recipient: "age1x"}.Record(),
			roster.Copy{ID: id, Name: name, Kind: roster.CopyFolder}.Record(),
		} {
			written, err := o.changes.stageRecord(r)
			must(t, err)
			names[r.Line+" "+written.ref.Hash()] = name
		}
	}
	f.seal(o)
	counts := map[string]string{} // by the line that says what a record is of
	for _, at := range slices.Sorted(maps.Keys(names)) {
		line, _, _ := strings.Cut(at, " ")
		counts[line] = names[at]
	}
	holders, _ := f.unlock().Roster().Holders()
	if i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.ID == id }); holders[i].Name != counts[roster.LineHolder] {
		t.Errorf("the holder is %s, want %s", holders[i].Name, counts[roster.LineHolder])
	}
	if copies := f.unlock().Roster().Copies(); len(copies) != 1 || copies[0].Name != counts[roster.LineCopy] {
		t.Errorf("the copy is %v, want %s", copies, counts[roster.LineCopy])
	}
}
