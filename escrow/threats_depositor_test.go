package escrow

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"filippo.io/age/plugin"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// What somebody can do who has the recipient of a depositing machine and writes
// to the folder, without any key. THREATS.md has each attack's number.

// plantPlain encrypts a text to the vault recipient, as a depositor can, and puts
// it into a folder of the epoch.
func (f *fixture) plantPlain(dir, plain string) string {
	f.t.Helper()
	to, _, err := key.ParseNativeRecipient(f.pin.Recipient)
	must(f.t, err)
	file, err := key.Encrypt(to, []byte(plain))
	must(f.t, err)
	r, err := write(f.fsys, f.folder()+"/"+dir, "", file)
	must(f.t, err)
	return r.Path
}

// TestA08ForgedRetirement: a deposit that says of itself that it replaces,
// retires or carries an accepted seed.
func TestA08ForgedRetirement(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(2)
	victim := f.entries()[0]
	for _, claim := range []string{"replaces", "retired", "carried", "dropped", "includes", "joined", "accepted"} {
		f.plantPlain("seeds", fmt.Sprintf("%s\nid %s\n%s %s %x\n%s %s\n\n", exampleURI, victim.Seed.ID(), claim, rs[0].Path, rs[0].Sum, claim, victim.Seed.ID()))
	}
	f.plantPlain("seeds", fmt.Sprintf("# retired %s %x\n\n", rs[0].Path, rs[0].Sum))
	text := fmt.Sprintf("dropped %s %x\n", rs[0].Path, rs[0].Sum)
	must(t, os.MkdirAll(f.path(f.folder()+"/older"), 0o700))
	must(t, os.WriteFile(f.path(f.folder()+"/older/"+format.Hash(format.Sum([]byte(text)))+".txt"), []byte(text), 0o600))
	entries := f.entries()
	if len(entries) != 10 {
		t.Errorf("%d entries, want 2 and 8 apart", len(entries))
	}
	for i, e := range entries {
		if (e.Status == Accepted) != (i < 2) || i < 2 && e.Differs {
			t.Errorf("entry %d stands %d, differs %t", i, e.Status, e.Differs)
		}
	}
}

// TestA35ReplayedSeed: what was removed comes back, as its old file, under
// another name, or encrypted anew.
func TestA35ReplayedSeed(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(2)
	old := f.text(rs[0].Path)
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	gone := entries[0]
	must(t, o.Retire(gone))
	f.seal(o)
	must(t, os.WriteFile(f.path(rs[0].Path), []byte(old), 0o600))
	must(t, os.WriteFile(f.path(f.folder()+"/seeds/copy.age"), []byte(old), 0o600))
	if got := f.statuses(2); got[0] != nil || !slices.Equal(got[1], []Status{Accepted}) {
		t.Errorf("the old file again: %v", got)
	}
	anew := f.deposit(gone.Seed)
	if got := f.statuses(2); !slices.Equal(got[0], []Status{NotAccepted}) {
		t.Errorf("encrypted anew: %v", got)
	}
	f.rotate(RotateOptions{})
	if got := f.statuses(2); len(got[0]) > 0 || !slices.Equal(got[1], []Status{Accepted}) {
		t.Errorf("after a rotation: %v", got)
	}
	for p, data := range map[string]string{rs[0].Path: old, anew.Path: f.text(anew.Path)} {
		must(t, os.WriteFile(f.path(p), []byte(data), 0o600))
	}
	if got := f.statuses(2); len(got[0]) > 0 {
		t.Errorf("and there: %v", got)
	}
}

// TestA36Clocks: times in records and seals decide nothing.
func TestA36Clocks(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	victim := f.entries()[0].Seed
	for _, at := range []string{"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-22T10:00:00Z", "yesterday", "-1", "2026-11-22T10:00:00+14:00", "99999-01-01T00:00:00Z"} {
		f.plantPlain("seeds", fmt.Sprintf("%s\nid %s\nadded %s\n\n", exampleURI, victim.ID(), at))
	}
	entries := f.entries()
	if len(entries) != 8 || entries[0].Status != Accepted || entries[0].Seed.Line() != victim.Line() || entries[0].Differs {
		t.Errorf("%d entries, the first of them %d", len(entries), entries[0].Status)
	}
	for _, e := range entries {
		if y := e.Seed.Added().Year(); y < 1 || y > 9999 {
			t.Errorf("added in the year %d", y)
		}
	}
	// Seals of any time: a later one of the past, one of the year 9999.
	sealWith(f, func(s *format.Seal) { s.Time = "9999-12-31T23:59:59Z" })
	sealWith(f, func(s *format.Seal) { s.Time = "0001-01-01T00:00:00Z"; s.Due = "0001-01-01" })
	if e := f.entries(); e[0].Status != Accepted || e[0].Seed.Line() != victim.Line() {
		t.Error("a seal's time decides something")
	}
	if r := f.check(); !reports(r, CodeOverdue, "") || slices.ContainsFunc(r.Findings, func(d Finding) bool { return d.Red && d.Code != CodeOverdue }) {
		t.Errorf("check: %+v", r.Findings) // a drill that a holder's seal calls overdue, and nothing else
	}
}

// TestA44PlaintextTricks: what decrypts and is no record is named, costs nothing,
// and cannot be accepted.
func TestA44PlaintextTricks(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	before := f.entries()
	long := strings.Repeat("x", (60 << 10))
	bad := map[string]string{
		"empty":           "",
		"no first line":   "\nid 1\n\n",
		"CRLF":            exampleURI + "\r\nid 1\r\n\r\n",
		"NUL":             exampleURI + "\x00\n\n",
		"no UTF-8":        "otpauth://totp/\xff\xfe?secret=JBSWY3DPEHPK3PXP\n\n",
		"too long":        exampleURI + "\nnote " + long + "\n\n",
		"after the end":   exampleURI + "\n\n" + exampleURI2 + "\n",
		"NUL for padding": exampleURI + "\n\n" + strings.Repeat("\x00", 100),
		"another's CR":    exampleURI + "\r" + exampleURI2 + "\n\n",
	}
	for name, plain := range bad {
		p := f.plantPlain("seeds", plain)
		o := f.unlock()
		entries, findings := seedsOf(t, o)
		if len(entries) != len(before) || len(findings) == 0 {
			t.Errorf("%s: %d entries, findings %v", name, len(entries), findings)
		}
		if i := slices.IndexFunc(findings, func(f Finding) bool { return f.Path == p }); i < 0 || findings[i].Code != CodeUnreadable || findings[i].Red {
			t.Errorf("%s: %+v", name, findings)
		}
		if err := o.Accept(Receipt{Path: p, Sum: format.Sum([]byte(f.text(p)))}); err == nil {
			t.Errorf("%s: it is accepted", name)
		}
	}
	// What is odd and readable is a deposit, shown and no more.
	for name, plain := range map[string]string{
		"no line end":       exampleURI,
		"an id twice":       exampleURI + "\nid aa\nid " + before[0].Seed.ID() + "\n\n",
		"broken escapes":    exampleURI + "\nnote \\x\\\n\n",
		"bidi and escapes":  "otpauth://totp/\u202egro.elgoog:\u001b]0;x\u0007?secret=JBSWY3DPEHPK3PXP\n\n",
		"a key of capitals": exampleURI + "\nID x\n\n",
		"60,000 lines":      exampleURI + "\n" + strings.Repeat("a\n", 29_000) + "\n",
	} {
		f.plantPlain("seeds", plain)
		entries, _ := seedsOf(t, f.unlock())
		if len(entries) != len(before)+1 || entries[0].Status != Accepted || entries[0].Seed.Line() != before[0].Seed.Line() {
			t.Errorf("%s: %d entries", name, len(entries))
		}
		o := f.unlock()
		must(t, o.Retire(entries[1:]...))
		f.seal(o)
	}
	if r := f.check(); r.Red() {
		t.Errorf("check: %+v", r.Findings)
	}
}

// TestA30PluginsInUnsealedRecords: a depositor writes roster records that name
// recipients and plugins. A rotation knows nothing of them.
func TestA30PluginsInUnsealedRecords(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	thief, err := age.GenerateX25519Identity()
	must(t, err)
	paper := ""
	holders, _ := f.unlock().Roster().Holders()
	for _, h := range holders {
		if h.Name == "paper" {
			paper = h.ID
		}
	}
	for _, to := range []string{plugin.EncodeRecipient("evil", []byte("x")), "age1../../evil1qqqq", thief.Recipient().String()} {
		h := roster.Holder{ID: format.NewID(), Name: "mallory", Kind: roster.KindKey, Recipient: to}
		twin := roster.Holder{ID: paper, Name: "paper", Kind: roster.KindPaper, Recipient: to, Proven: []roster.Proof{{Time: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), Copy: roster.InVault, Seal: "x"}}}
		for _, h := range []roster.Holder{h, twin} {
			plain, err := h.Record().Marshal()
			must(t, err)
			f.plantPlain("roster", string(plain))
		}
	}
	f.plantPlain("roster", "safe\nid 1\n\n") // nor do they stop it
	if now, _ := f.unlock().Roster().Holders(); !slices.Equal(names(now), names(holders)) || now[0].Recipient != holders[0].Recipient {
		t.Errorf("the roster: %v", names(now))
	}
	r := f.rotate(RotateOptions{Recipient: func(text string) (age.Recipient, error) {
		t.Error("a plugin is asked for")
		return nil, key.ErrRecipient
	}})
	if !slices.Equal(names(r.Stayed), names(holders)) {
		t.Errorf("who stayed: %v", names(r.Stayed))
	}
	if _, err := f.vault().Unlock(thief); err != ErrNoMatch {
		t.Errorf("the thief: %v", err)
	}
}

// TestA45Flood: many deposits and much rubbish beside a few accepted seeds.
func TestA45Flood(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	for i := range 300 {
		f.plantPlain("seeds", fmt.Sprintf("otpauth://totp/Site000:me?secret=GEZDGNBVGY3TQOJQ&issuer=Site000\nnote %d\n\n", i))
	}
	dir := f.path(f.folder() + "/seeds")
	for i := range 1000 {
		must(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d\n\x1b[31m.age", i)), fmt.Append(nil, i), 0o600))
		must(t, os.WriteFile(f.path(fmt.Sprintf("%s/seals/%09d-%s.txt", f.folder(), 999_999_000+i%1000, format.Hash([32]byte{byte(i), byte(i >> 8)}))), nil, 0o600))
	}
	entries, findings := seedsOf(t, f.unlock())
	if len(entries) != 303 || len(findings) != 1000 {
		t.Fatalf("%d entries, %d findings", len(entries), len(findings))
	}
	for i, e := range entries {
		if (e.Status == Accepted) != (i < 3) {
			t.Fatalf("entry %d stands %d", i, e.Status)
		}
	}
	o := f.unlock()
	must(t, o.Retire(entries[3:]...)) // refused, all of them
	f.seal(o)
	r := f.rotate(RotateOptions{})
	if got := f.entries(); len(got) != 3 || r.Carried != 3 || len(r.LeftUnaccepted) > 0 {
		t.Errorf("after a rotation: %d entries", len(got))
	}
}

// TestA52OldKeysReplaced: a depositor puts an old.age of their own making in the
// place of the real one, with the key of an epoch that they have planted.
func TestA52OldKeysReplaced(t *testing.T) {
	for _, lost := range []bool{false, true} { // the planted epoch without its vault.txt too
		f := newFixture(t)
		f.sealed(2)
		waiting := f.deposit(f.seed(5))
		first := f.folder()
		f.rotate(RotateOptions{})
		folder := f.folderNow()
		whole := f.text(folder + "/old.age")
		theirs := newFixture(t)
		theirs.sealed(7)
		must(t, os.CopyFS(f.path(theirs.folder()), os.DirFS(theirs.path(theirs.folder()))))
		if lost {
			f.remove(theirs.folder() + "/vault.txt")
		}
		to, _, err := key.ParseNativeRecipient(f.pin.Recipient)
		must(t, err)
		file, err := key.Encrypt(to, []byte(theirs.unlock().reader.pinnedKey().Secret()+"\n"))
		must(t, err)
		must(t, os.WriteFile(f.path(folder+"/old.age"), file, 0o600))

		entries := f.entries()
		if len(entries) < 2 {
			t.Fatalf("%d entries", len(entries))
		}
		for i, e := range entries {
			if want := []Status{Accepted, Unconfirmed}[min(i/2, 1)]; e.Status != want && e.Epoch != first {
				t.Errorf("lost %t: entry %d of %s stands %d", lost, i, e.Epoch, e.Status)
			}
		}
		if r := f.check(); !reports(r, CodeDamaged, folder+"/old.age") || r.Accepted != 2 {
			t.Errorf("lost %t: %+v", lost, r.Findings)
		}
		// A rotation carries nothing of theirs, and says that it is damaged.
		c := f.clone()
		r := c.rotate(RotateOptions{})
		if !slices.Contains(r.Damaged, folder+"/old.age") || r.Carried != 2 || c.unlock().reader.keys[theirs.folder()] != nil {
			t.Errorf("lost %t: rotated %+v", lost, r)
		}
		must(t, os.WriteFile(f.path(folder+"/old.age"), []byte(whole), 0o600)) // healed
		if got := f.statuses(6); !slices.Equal(got[5], []Status{Late}) || len(got) != 3 {
			t.Errorf("lost %t: healed, %v for %s", lost, got, waiting)
		}
	}
}

// folderNow is the folder of the epoch that is pinned now.
func (f *fixture) folderNow() string { return f.vault().view.Pinned().Folder }

// TestA53ClaimedProof: whoever can deposit can write a member's proof, and none for
// anybody else.
func TestA53ClaimedProof(t *testing.T) {
	b := newBoard(t, 2, false, false, false)
	f := withBoard(t, b)
	for _, c := range []struct {
		holder, member string
		waits          bool
	}{
		{"board", "member1", true}, {"board", "nobody", false}, {"board", "", false}, {"paper", "member1", false}, {"paper", "", false},
	} {
		f := f.clone()
		_, err := f.vault().DepositProof(key.Dealing(f.named(c.holder).Recipient), roster.Proof{Time: testTime, Copy: roster.InVault, Seal: "-", Member: c.member})
		must(t, err)
		if got := len(f.unlock().Roster().WaitingProofs(testTime)); (got == 1) != c.waits {
			t.Errorf("%s of %s: %d wait", c.member, c.holder, got)
		}
		if at := f.named(c.holder).LastProven(); !at.IsZero() {
			t.Errorf("%s of %s counts before it is sealed: %v", c.member, c.holder, at)
		}
	}
}
