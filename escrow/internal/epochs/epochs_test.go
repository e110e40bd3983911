package epochs

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/sshsig"
)

// line is a vault of some epochs, each of which follows the one before it and is signed by it.
type line struct {
	t    *testing.T
	root string
	keys []ed25519.PrivateKey
	fps  []format.Fingerprint
}

// newLine is a vault of n epochs.
func newLine(t *testing.T, n int) *line {
	t.Helper()
	l := &line{t: t, root: t.TempDir()}
	for i := range n {
		key := ed25519.NewKeyFromSeed(append(make([]byte, ed25519.SeedSize-1), byte(i+1)))
		d := format.Descriptor{Epoch: i + 1, Signer: sshsig.MarshalPublicKey(key.Public().(ed25519.PublicKey))}
		if i > 0 {
			d.Previous = l.fps[i-1]
		}
		text := d.Marshal()
		l.keys, l.fps = append(l.keys, key), append(l.fps, format.Fingerprint(format.Sum(text)))
		l.write(l.folder(i)+"/vault.txt", text)
		if i > 0 {
			l.write(l.folder(i)+"/vault.txt.sig", sshsig.Sign(l.keys[i-1], Namespace, text))
		}
	}
	return l
}

func (l *line) folder(i int) string { return format.EpochFolder(i+1, l.fps[i]) }

func (l *line) path(name string) string { return filepath.Join(l.root, filepath.FromSlash(name)) }

func (l *line) write(name string, data []byte) {
	l.t.Helper()
	if err := os.MkdirAll(filepath.Dir(l.path(name)), 0o700); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(l.path(name), data, 0o600); err != nil {
		l.t.Fatal(err)
	}
}

// change writes vault.txt of an epoch anew.
func (l *line) change(i int, change func(string) string) {
	l.t.Helper()
	name := l.folder(i) + "/vault.txt"
	data, err := os.ReadFile(l.path(name))
	if err != nil {
		l.t.Fatal(err)
	}
	l.write(name, []byte(change(string(data))))
}

// seal writes a seal of an epoch that lists a file beside the folders, and returns it.
func (l *line) seal(i, number int, path string) sealset.Kept {
	l.t.Helper()
	s := format.NewSeal()
	s.Number, s.Epoch, s.Time, s.By = number, i+1, "2026-11-22T10:00:00Z", "paper"
	s.Accept(format.Ref{Path: path, Sum: format.Sum([]byte(path))})
	text := s.Marshal()
	k := sealset.Kept{Name: format.SealFile(number, s.Hash()), Text: text, Sig: sshsig.Sign(l.keys[i], sealcache.Namespace, text)}
	l.write(l.folder(i)+"/seals/"+k.Name, k.Text)
	l.write(l.folder(i)+"/seals/"+k.Name+".sig", k.Sig)
	return k
}

// open is the vault as a machine sees it that has pinned an epoch, or none if that is -1.
func (l *line) open(pinned int) *View {
	l.t.Helper()
	d, err := disk.Open(l.root)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { d.Close() })
	var pin *Pin
	if pinned >= 0 {
		pin = &Pin{Fingerprint: l.fps[pinned]}
	}
	v, err := Open(d, pin)
	if err != nil {
		l.t.Fatal(err)
	}
	return v
}

// TestOpen: epochs are found, the newest first, with who has signed which and which follows
// which.
func TestOpen(t *testing.T) {
	l := newLine(t, 3)
	v := l.open(1)
	var numbers []int
	for _, e := range v.Epochs {
		numbers = append(numbers, e.Number)
	}
	p := v.Pinned()
	if !slices.Equal(numbers, []int{3, 2, 1}) || p != v.Epochs[1] || v.ByFingerprint(l.fps[1]) != p || v.ByFolder(l.folder(1)) != p {
		t.Errorf("epochs %v, pinned %+v", numbers, p)
	}
	if !v.Epochs[0].SignedBy[l.fps[1]] || len(v.Epochs[0].SignedBy) != 1 || !p.SignedBy[l.fps[0]] {
		t.Errorf("signed by %v and %v", v.Epochs[0].SignedBy, p.SignedBy)
	}
	if got := v.Line(); len(got) != 2 || !got[l.fps[0]] || !got[l.fps[1]] {
		t.Errorf("the line is %v", got)
	}
	if got := v.Writable(); len(got) != 1 || got[0] != p {
		t.Errorf("%d may be written to", len(got))
	}
	alone := v.WithoutPin()
	if alone.Pinned() != nil || alone.Line() != nil || len(alone.Writable()) != 3 || v.Pinned() != p {
		t.Error("a view without a pin has one, or the other has none")
	}
	if v.ByFolder("1-0000000000000000") != nil || v.ByFingerprint(format.Fingerprint{}) != nil {
		t.Error("an epoch is found that is not here")
	}
	v.Pin.Refused = l.fps[2:]
	if !v.IsRefused(v.Epochs[0]) || v.IsRefused(p) || alone.IsRefused(v.Epochs[0]) {
		t.Error("what was refused is not told")
	}
}

// TestDescriptors: what lies as vault.txt, and that a damaged one does not unmake the pinned
// epoch.
func TestDescriptors(t *testing.T) {
	for name, c := range map[string]struct {
		change               func(l *line)
		whole, missing, crlf bool
	}{
		"whole":   {func(*line) {}, true, false, false},
		"missing": {func(l *line) { os.Remove(l.path(l.folder(0) + "/vault.txt")) }, false, true, false},
		"a flipped bit": {func(l *line) {
			l.change(0, func(s string) string { return strings.Replace(s, "epoch 1", "epoch 3", 1) })
		}, false, false, false},
		"other line ends":  {func(l *line) { l.change(0, func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }) }, true, false, true},
		"a folder instead": {func(l *line) { os.Remove(l.path(l.folder(0) + "/vault.txt")); l.write(l.folder(0)+"/vault.txt/x", nil) }, false, false, false},
	} {
		l := newLine(t, 1)
		c.change(l)
		v := l.open(0)
		e := v.Pinned()
		if e == nil || (e.Desc != nil) != c.whole || e.Missing != c.missing || e.CRLF != c.crlf || e.Newer != nil || e.Fingerprint.IsZero() == c.whole {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// TestNewer: one epoch that this program knows is enough for it to go on.
func TestNewer(t *testing.T) {
	l := newLine(t, 1)
	text := []byte("seedvault 2\n")
	name := format.EpochFolder(7, format.Sum(text)) + "/vault.txt"
	l.write(name, text)
	v := l.open(-1)
	if e := v.Epochs[0]; e.Newer == nil || e.Newer.Path != name || e.Desc != nil || v.Newer() != nil {
		t.Errorf("%+v, %v", e, v.Newer())
	}
	if err := os.RemoveAll(l.path(l.folder(0))); err != nil {
		t.Fatal(err)
	}
	if newer := l.open(-1).Newer(); newer == nil || newer.Path != name {
		t.Errorf("all are newer: %v", newer)
	}
	if err := os.RemoveAll(filepath.Dir(l.path(name))); err != nil {
		t.Fatal(err)
	}
	if newer := l.open(-1).Newer(); newer != nil {
		t.Errorf("of no epochs, %v", newer)
	}
}

// TestSeals: they are read once, anew when they are forgotten, and what this machine keeps of
// the pinned epoch's counts though it is gone.
func TestSeals(t *testing.T) {
	l := newLine(t, 2)
	l.seal(0, 1, "a")
	k := l.seal(1, 1, "b")
	v := l.open(1)
	if len(v.RootSums("a")) != 1 || len(v.RootSums("b")) != 1 || len(v.RootSums("c")) != 0 {
		t.Errorf("accepted %v, %v, %v", v.RootSums("a"), v.RootSums("b"), v.RootSums("c"))
	}
	facts := v.Facts(nil)
	if bare := v.BareFacts(); bare.Epochs[0].Ledger != nil || facts.Epochs[0].Ledger != v.Seals(v.Pinned()).Ledger || bare.Pin != facts.Pin {
		t.Error("the facts are not what was read, or the bare ones are more")
	}
	for _, end := range []string{"", ".sig"} {
		if err := os.Remove(l.path(l.folder(1) + "/seals/" + k.Name + end)); err != nil {
			t.Fatal(err)
		}
	}
	if !v.Seals(v.Pinned()).Sealed() {
		t.Error("the seals are read twice")
	}
	v.Pinned().ForgetSeals()
	if v.Seals(v.Pinned()).Sealed() {
		t.Error("the seals are not read anew")
	}
	v.Recall(nil, []sealset.Kept{k})
	if set := v.Seals(v.Pinned()); !set.Sealed() || len(set.LiveAway()) != 1 || len(v.Seals(v.Epochs[1]).LiveAway()) != 0 {
		t.Error("what is kept of the pinned epoch's does not count, or counts for another")
	}
	if len(l.open(0).RootSums("b")) != 0 || len(l.open(-1).RootSums("b")) != 0 {
		t.Error("what is gone is accepted")
	}
}
