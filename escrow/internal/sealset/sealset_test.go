package sealset

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
	"seedvault/escrow/internal/sealcache"
	"seedvault/escrow/internal/sshsig"
)

const folder = "1-9f86d081884c7d65"

var (
	signingKey = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	signer     = sshsig.MarshalPublicKey(signingKey.Public().(ed25519.PublicKey))
)

// seal is the n-th seal of the epoch, which lists a file of its own.
func seal(n int, change func(*format.Seal)) *format.Seal {
	s := format.NewSeal()
	s.Number, s.Epoch, s.Time, s.By = n, 1, "2026-11-22T10:00:00Z", "paper"
	sum := format.Sum([]byte{byte(n)})
	s.Accept(format.Ref{Path: folder + "/seeds/" + format.Hash(sum) + ".age", Sum: sum})
	if change != nil {
		change(s)
	}
	s.Marshal() // which its HASH is of
	return s
}

// kept is a seal as it lies in the vault.
func kept(s *format.Seal) Kept {
	text := s.Marshal()
	return Kept{format.SealFile(s.Number, s.Hash()), text, sshsig.Sign(signingKey, sealcache.Namespace, text)}
}

// sourceOf is a vault's folder with these seals in it.
func sourceOf(t *testing.T, seals ...Kept) *Source {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, folder, "seals")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, k := range seals {
		for end, data := range map[string][]byte{"": k.Text, ".sig": k.Sig} {
			if data == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, k.Name+end), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	d, err := disk.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return &Source{FS: d, Verified: &sealcache.Cache{}}
}

// read is a set that was read.
func read(source *Source, memory map[string][]string) *Set {
	set := Open(source, folder, signer, memory)
	set.Read()
	return set
}

func numbers(seals []*format.Seal) (n []int) {
	for _, s := range seals {
		n = append(n, s.Number)
	}
	return n
}

// TestRead: a seal is valid, with whichever line ends, or it is damaged, or unfinished as
// long as its signature is missing; a signature without its text is no damage.
func TestRead(t *testing.T) {
	whole, unfinished, damaged, early, lines := kept(seal(1, nil)), kept(seal(2, nil)), kept(seal(3, nil)), kept(seal(4, nil)), kept(seal(5, nil))
	unfinished.Sig, early.Text = nil, nil
	damaged.Sig = whole.Sig
	lines.Text = bytes.ReplaceAll(lines.Text, []byte("\n"), []byte("\r\n"))
	set := read(sourceOf(t, whole, unfinished, damaged, early, lines), nil)
	at := folder + "/seals/"
	if !slices.Equal(numbers(set.Seals()), []int{1, 5}) || len(set.Files) != 5 || set.Files[0].Number != 5 {
		t.Errorf("read %v of %+v", numbers(set.Seals()), set.Files)
	}
	if !slices.Equal(set.Damaged, []string{at + damaged.Name}) || set.Broken[at+damaged.Name] != 25 || len(set.Broken) != 1 {
		t.Errorf("damaged: %v, %v", set.Damaged, set.Broken)
	}
	if !slices.Equal(set.Unfinished, []string{at + unfinished.Name}) || !slices.Equal(set.CRLF, []string{at + lines.Name}) {
		t.Errorf("unfinished: %v, other line ends: %v", set.Unfinished, set.CRLF)
	}
	var none Set
	if none.Sealed() || none.IsGivenUp("x") || len(none.LiveAway())+len(none.Stamped())+len(none.Keep(nil))+len(none.Compared()) > 0 {
		t.Error("the zero Set has seals")
	}
}

// TestMemory: what was compared once is passed over when read, and verified when checked.
func TestMemory(t *testing.T) {
	inner := seal(1, nil)
	outer := seal(2, func(s *format.Seal) { s.Include(inner) })
	source := sourceOf(t, kept(inner), kept(outer))
	first := read(source, nil)
	memory := first.Compared()
	if len(first.Seals()) != 2 || len(memory) != 1 || len(memory[outer.Hash()]) != 0 {
		t.Fatalf("read %v, compared %v", numbers(first.Seals()), memory)
	}
	again := read(source, memory)
	if _, was := again.Seal(again.Files[1]); was || !slices.Equal(numbers(again.Seals()), []int{2}) {
		t.Errorf("read again %v", numbers(again.Seals()))
	}
	if got := again.Compared(); len(got) != 1 || len(got[outer.Hash()]) != 0 {
		t.Errorf("compared again: %v", got)
	}
	spoiled := kept(inner)
	spoiled.Sig = kept(outer).Sig
	set := Open(sourceOf(t, spoiled, kept(outer)), folder, signer, memory)
	set.Check()
	if len(set.Damaged) != 1 || !slices.Equal(numbers(set.Seals()), []int{2}) {
		t.Errorf("checked: %v, damaged %v", numbers(set.Seals()), set.Damaged)
	}
	set = Open(source, folder, signer, memory)
	set.Check()
	if _, was := set.Seal(set.Files[1]); was || len(set.Damaged) > 0 {
		t.Error("what is sound and contained is parsed")
	}
}

// TestKept: what this machine keeps counts where it does not lie here whole, if it is valid.
func TestKept(t *testing.T) {
	here, gone, hurt, forged := kept(seal(1, nil)), kept(seal(2, nil)), kept(seal(3, nil)), kept(seal(4, nil))
	lies := hurt
	lies.Text = append([]byte("#"), lies.Text...)
	forged.Sig = here.Sig
	set := Open(sourceOf(t, here, lies), folder, signer, nil)
	set.AddKept([]Kept{here, gone, hurt, forged, {Name: "seal"}})
	set.AskIndex()
	set.Read()
	var away []int
	for _, f := range set.LiveAway() {
		away = append(away, f.Ref().Number)
	}
	if !slices.Equal(numbers(set.Seals()), []int{1, 2, 3}) || !slices.Equal(away, []int{2, 3}) {
		t.Errorf("read %v, away %v", numbers(set.Seals()), away)
	}
	if stamped := set.Stamped(); len(stamped) != 1 || stamped[folder+"/seals/"+here.Name].Says.Number != 1 {
		t.Errorf("stamped: %v", stamped)
	}
}

// TestKeepsTheNewest: where not all are kept, the oldest are left out.
func TestKeepsTheNewest(t *testing.T) {
	oldest, newer, newest := kept(seal(1, nil)), kept(seal(2, nil)), kept(seal(3, nil))
	set := read(sourceOf(t, oldest, newer, newest), nil)
	if all := set.Keep(nil); len(all) != 3 || all[0].Name != oldest.Name || !bytes.Equal(all[2].Sig, newest.Sig) {
		t.Fatalf("%d are kept", len(all))
	}
	long := Kept{Name: oldest.Name, Text: make([]byte, MaxKeptBytes)}
	if some := set.Keep([]Kept{long}); len(some) != 2 || some[0].Name != newer.Name || some[1].Name != newest.Name {
		t.Errorf("%d are kept where there is no room for the oldest", len(some))
	}
	var many []Kept
	for n := range MaxKept + 1 {
		many = append(many, kept(seal(n+1, nil)))
	}
	some := read(sourceOf(t, many...), nil).Keep(nil)
	if len(some) != MaxKept || some[0].Name != many[1].Name || some[MaxKept-1].Name != many[MaxKept].Name {
		t.Errorf("%d of %d are kept", len(some), len(many))
	}
}

// TestIndex: what the index knows by its stamps is not read.
func TestIndex(t *testing.T) {
	a, b := seal(1, nil), seal(2, nil)
	source := sourceOf(t, kept(a), kept(b))
	says := *b
	source.Known = func(path string, text, sig index.Stamp) *format.Seal {
		if path != folder+"/seals/"+kept(b).Name || text.Size == 0 || sig.Size == 0 {
			return nil
		}
		return &says
	}
	set := Open(source, folder, signer, nil)
	set.AskIndex()
	set.Read()
	if got := set.Newest(); got != &says || len(set.Stamped()) != 2 {
		t.Errorf("the newest seal is %p, %d have stamps", got, len(set.Stamped()))
	}
	if got := read(source, nil).Newest(); got == &says {
		t.Error("an index is asked that nobody has asked for")
	}
}
