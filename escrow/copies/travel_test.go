package copies

import (
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
)

// hashed is the path that content has in a folder.
func hashed(dir, prefix, data, suffix string) string {
	return dir + "/" + prefix + format.Hash(format.Sum([]byte(data))) + suffix
}

// The rule of FORMAT.md on what a sync carries, F84.

// TestForeignFilesStay plants into a copy what somebody may want in everybody's
// vault. None of it travels, and all of it is named.
func TestForeignFilesStay(t *testing.T) {
	m, stick := newMachine(t, 2), durabletest.New()
	r := m.sync(stick, Options{}, New)
	vault := m.fsys.Files()
	folder := path.Dir(find(t, m.fsys, "/vault.txt"))
	junk := "no age file"
	want := []string{
		"bin", "setup.sh", "open.html", "0-read-me-first.txt", "open-1.html", "README-2.txt",
		folder + "/bin", folder + "/setup.sh", folder + "/old.age", folder + "/index.txt", folder + "/vault.txt.sig",
		folder + "/seeds/run.sh", folder + "/holders/paper/x.txt",
		hashed(folder+"/seeds", "", junk, ".age"),
		hashed(folder+"/holders/paper", "slot-", junk, ".age"),
		hashed(folder+"/holders/paper", "token-", junk, ".age"),
		hashed(folder+"/roster", "", junk, ".age"),
		hashed(folder+"/older", "", junk, ".txt"),
		hashed(folder+"/seals", "0009-", junk, ".txt"),
	}
	slices.Sort(want)
	for _, name := range want {
		if !strings.HasSuffix(name, "bin") {
			plant(t, stick, name, junk)
		}
	}
	plant(t, stick, "bin/age", junk)
	plant(t, stick, folder+"/bin/deep/deeper/age", junk)
	for _, thorough := range []bool{false, true} {
		r = m.sync(stick, Options{Seen: r.Seen, Thorough: thorough}, Equal)
		if !slices.Equal(r.Others, want) {
			t.Errorf("others: %q\nwant %q", r.Others, want)
		}
	}
	if !maps.Equal(vault, m.fsys.Files()) {
		t.Error("something travelled")
	}
	if stick.Files()["bin/age"] != junk {
		t.Error("something went")
	}
	home := durabletest.New()
	b, err := Bring(context.Background(), home, stick, Options{Pin: &m.pin})
	must(t, err)
	if !maps.Equal(vault, home.Files()) || !slices.Equal(b.Others, want) {
		t.Errorf("brought %d of %d files, and %q stay", b.Copied, len(vault), b.Others)
	}
}

// TestLargeFilesStay: what is larger than a file of its kind is not even read.
func TestLargeFilesStay(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	r := m.sync(stick, Options{}, New)
	folder := path.Dir(find(t, m.fsys, "/vault.txt"))
	large := ageHeader + strings.Repeat("\x00", 70<<10)
	name := hashed(folder+"/seeds", "", large, ".age")
	plant(t, stick, name, large)
	plant(t, stick, folder+"/vault.txt.sig-next", large)
	r = m.sync(stick, Options{Seen: r.Seen}, Equal)
	if want := []string{name, folder + "/vault.txt.sig-next"}; !slices.Equal(r.Others, want) || r.Taken.Files > 0 {
		t.Errorf("%+v", r)
	}
}

// TestReservedNamesTravel: what the format keeps for later is carried.
func TestReservedNamesTravel(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	r := m.sync(stick, Options{}, New)
	folder := path.Dir(find(t, m.fsys, "/vault.txt"))
	content := ageHeader + "of a later version"
	seal := strings.TrimSuffix(find(t, m.fsys, "/seals/0001-"), ".sig")
	names := []string{
		seal + ".sig-next", seal + ".sig-ml-dsa-65", folder + "/vault.txt.sig-next",
		hashed(folder+"/holders/paper", "token-", content, ".age"),
	}
	for _, name := range names {
		plant(t, stick, name, content)
	}
	r = m.sync(stick, Options{Seen: r.Seen}, Ahead)
	if r.Taken.Files != len(names) || len(r.Others) > 0 {
		t.Errorf("%+v", r)
	}
	m.sync(stick, Options{Seen: r.Seen}, Equal)
}

// TestOtherEpochsStay: another vault's epoch beside this one, one of a newer format,
// and one that nothing tells anything of stay where they are, and are named.
func TestOtherEpochsStay(t *testing.T) {
	m, stick, theirs := newMachine(t, 1), durabletest.New(), newMachine(t, 1)
	r := m.sync(stick, Options{}, New)
	var want []string
	for name, data := range theirs.fsys.Files() {
		if strings.Contains(name, "/") {
			plant(t, stick, name, data)
			want = append(want, name[:strings.Index(name, "/")])
		}
	}
	newer := "seedvault 2\n"
	folder := format.EpochFolder(7, format.Fingerprint(format.Sum([]byte(newer))))
	plant(t, stick, folder+"/vault.txt", newer)
	plant(t, stick, folder+"/boxes/a", "new")
	plant(t, stick, strings.Replace(folder, "7-", "9-", 1)+"/vault.txt", "lost")
	want = append(want, folder, strings.Replace(folder, "7-", "9-", 1))
	slices.Sort(want)
	r = m.sync(stick, Options{Seen: r.Seen, Thorough: true}, Equal)
	if want = slices.Compact(want); !slices.Equal(r.OtherEpochs, want) || len(r.Others) > 0 {
		t.Errorf("%q, want %q; %q", r.OtherEpochs, want, r.Others)
	}
	if _, travelled := m.fsys.Files()[folder+"/vault.txt"]; travelled {
		t.Error("an epoch of a newer format travelled")
	}
}

// TestSignedEpochTravels: a colleague's rotation comes with the copy, all of it, and
// one whose signature was taken off stays.
func TestSignedEpochTravels(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	seen := m.sync(stick, Options{}, New).Seen
	colleague := m.twin()
	colleague.fsys = stick
	colleague.rotate()
	colleague.add(1)
	without := stick.Clone()
	removed := remove(t, without, "/vault.txt.sig")
	r, err := Look(context.Background(), m.fsys, without, Options{Pin: &m.pin, Seen: seen})
	if err != nil || len(removed) != 1 || !slices.Equal(r.OtherEpochs, []string{path.Dir(removed[0])}) || r.Taken.Files != 0 {
		t.Errorf("unsigned: %v, %+v", err, r)
	}
	m.sync(stick, Options{Seen: seen}, Ahead)
	if !maps.Equal(m.fsys.Files(), stick.Files()) {
		t.Error("the rotation did not travel whole")
	}
}

// TestUnsignedSealStays: a list that nobody signed, as an interrupted command leaves
// it, stays where it is and does not make the copy a lesser one.
func TestUnsignedSealStays(t *testing.T) {
	m, stick := newMachine(t, 2), durabletest.New()
	m.add(1)
	m.seal()
	last := find(t, m.fsys, "/seals/0004-")
	must(t, m.fsys.Remove(strings.TrimSuffix(last, ".sig")+".sig"))
	r := m.sync(stick, Options{}, New)
	if r.Left != 0 {
		t.Errorf("%d files are said to lack", r.Left)
	}
	if missing, err := r.Seen.MissingFrom(m.vault(), m.fsys); err != nil || missing != 0 {
		t.Errorf("%d are missing, %v", missing, err)
	}
	m.sync(stick, Options{Seen: r.Seen, Thorough: true}, Equal)
	if strings.Contains(strings.Join(slices.Collect(maps.Keys(stick.Files())), " "), "/seals/0004-") {
		t.Error("it travelled")
	}
}

// TestNotFetched: a placeholder of a synchronizing tool is no loss and no damage.
func TestNotFetched(t *testing.T) {
	m, stick := newMachine(t, 2), durabletest.New()
	r := m.sync(stick, Options{}, New)
	name := find(t, stick, "/seeds/")
	must(t, stick.Remove(name))
	plant(t, stick, path.Join(path.Dir(name), "."+path.Base(name)+".icloud"), "bplist00")
	for _, thorough := range []bool{false, true} {
		r = m.sync(stick, Options{Seen: r.Seen, Thorough: thorough}, NotFetched)
		if !slices.Equal(r.NotFetched, []string{name}) || r.Lost.Files+r.Left+r.Given.Files+len(r.Damaged) != 0 {
			t.Errorf("%+v", r)
		}
	}
}

// TestListedPathsTravel: whatever a valid seal of the folder's own epoch lists is the
// vault's, under whatever name, and damaged if it is not what the seal says.
func TestListedPathsTravel(t *testing.T) {
	m, stick := newMachine(t, 1), durabletest.New()
	r := m.sync(stick, Options{}, New)
	folder := path.Dir(find(t, m.fsys, "/vault.txt"))
	content := map[string]string{folder + "/proofs/2027/a.bin": "of a later version", "guide-1.html": "likewise", folder + "/proofs/b.bin": "also"}
	seal := format.NewSeal()
	seal.Number, seal.Epoch, seal.Time, seal.By = 7, 1, "2027-01-01T00:00:00Z", "paper"
	for name, data := range content {
		seal.Files[name] = format.Sum([]byte(data))
	}
	text := seal.Marshal()
	name := folder + "/seals/" + format.SealFile(7, format.Hash(format.Sum(text)))
	plant(t, stick, name, string(text))
	plant(t, stick, name+".sig", string(sshsig.Sign(m.signer(), "seedvault-seal", text)))
	for name, data := range content {
		plant(t, stick, name, data)
	}
	plant(t, stick, folder+"/proofs/b.bin", "damaged")
	plant(t, stick, folder+"/proofs/c.bin", "not listed")
	m.sync(stick, Options{Seen: r.Seen}, Damaged)
	for name, data := range content {
		if got := m.fsys.Files()[name]; got != data && path.Base(name) != "b.bin" {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, name := range []string{folder + "/proofs/b.bin", folder + "/proofs/c.bin"} {
		if _, travelled := m.fsys.Files()[name]; travelled {
			t.Errorf("%s travelled", name)
		}
	}
}

// signer derives the key that signs the vault's seals, as its format says.
func (m *machine) signer() ed25519.PrivateKey {
	m.t.Helper()
	slot := m.fsys.Files()[find(m.t, m.fsys, "/holders/paper/slot-")]
	plain, err := age.Decrypt(strings.NewReader(slot), m.paper)
	must(m.t, err)
	identity, err := io.ReadAll(plain)
	must(m.t, err)
	seed, err := hkdf.Key(sha256.New, []byte(strings.TrimSpace(string(identity))), nil, "seedvault/v1 signing key ed25519", ed25519.SeedSize)
	must(m.t, err)
	return ed25519.NewKeyFromSeed(seed)
}
