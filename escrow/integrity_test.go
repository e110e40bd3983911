package escrow

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
)

// TestExamineKnowsEveryFile holds every file of a vault with two epochs
// against its own bytes and against damaged ones.
func TestExamineKnowsEveryFile(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	f.rotate(RotateOptions{})
	all := f.files()
	kinds := map[format.Kind]bool{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		data := []byte(all[name])
		bad := bytes.Clone(data)
		bad[len(bad)/2] ^= 1
		v := f.vault()
		if out, w := v.Examine(f.fsys, name, data); w != Whole || !bytes.Equal(out, data) {
			t.Errorf("%s: %d", name, w)
		}
		want := Damaged
		if name == attributesName {
			want = Unjudged
		}
		for _, bad := range [][]byte{bad, data[:len(data)-1], {}} {
			if _, w := v.Examine(f.fsys, name, bad); w != want {
				t.Errorf("%s, damaged: %d", name, w)
			}
		}
		if PartOf(name) == PartNone {
			t.Errorf("%s has no part", name)
		}
		_, rel, _ := strings.Cut(name, "/")
		kind, _ := format.Classify(rel)
		kinds[kind] = true
		if kind.IsText() || name == "README.txt" {
			crlf := bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
			if out, w := v.Examine(f.fsys, name, crlf); w != Whole || !bytes.Equal(out, data) {
				t.Errorf("%s with other line ends: %d", name, w)
			}
		}
	}
	for _, kind := range []format.Kind{format.KindDescriptor, format.KindDescriptorSig, format.KindOldKeys, format.KindOlderList, format.KindSlot, format.KindKey, format.KindRecord, format.KindSeed, format.KindSeal, format.KindSealSig} {
		if !kinds[kind] {
			t.Errorf("no file of kind %d", kind)
		}
	}
}

// TestExamineUnknown: what nothing vouches for is not called damaged.
func TestExamineUnknown(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	v := f.vault()
	for _, name := range []string{
		"x", "README-2.txt", "open-1.html", f.folder() + "/old.age", f.folder() + "/vault.txt.sig", f.folder() + "/new/x", f.folder() + "/seeds/x.age",
		"2-00000000/old.age", "a/b", "", "/",
	} {
		if _, w := v.Examine(f.fsys, name, []byte("bytes")); w != Unjudged {
			t.Errorf("%s: %d", name, w)
		}
	}
	var sig, text string
	for name := range f.files() {
		if strings.HasSuffix(name, ".txt.sig") {
			sig, text = name, strings.TrimSuffix(name, ".sig")
		}
	}
	data := []byte(f.files()[sig])
	must(t, os.WriteFile(f.path(text), []byte("half"), 0o600))
	if _, w := f.vault().Examine(f.fsys, sig, data); w != Unjudged {
		t.Errorf("a signature of a damaged text: %d", w)
	}
	must(t, os.Remove(f.path(text)))
	if _, w := f.vault().Examine(f.fsys, sig, data); w != Unjudged {
		t.Errorf("a signature without its text: %d", w)
	}
}

// TestExamineByPin: a vault.txt that only fits the folder's name is not the one
// that is pinned.
func TestExamineByPin(t *testing.T) {
	f := newFixture(t)
	name := f.folder() + "/vault.txt"
	data := []byte(f.files()[name])
	pin := f.pin
	pin.Fingerprint[31] ^= 1
	v, err := Open(f.fsys, &pin)
	must(t, err)
	if _, w := v.Examine(f.fsys, name, data); w != Damaged {
		t.Errorf("another vault.txt of the same eight digits: %d", w)
	}
	if _, w := CheckAgainstName(name, data); w != Whole {
		t.Errorf("by its name alone: %d", w)
	}
}

// TestExamineNewer: what a newer format's names mean is not known here.
func TestExamineNewer(t *testing.T) {
	f := newFixture(t)
	text := []byte("seedvault 2\nepoch 2\n")
	folder := format.EpochFolder(2, format.Sum(text))
	must(t, os.MkdirAll(f.path(folder), 0o700))
	must(t, os.WriteFile(f.path(folder+"/vault.txt"), text, 0o600))
	v := f.vault()
	if _, w := v.Examine(f.fsys, folder+"/vault.txt", text); w != Whole {
		t.Errorf("its vault.txt: %d", w)
	}
	if _, w := v.Examine(f.fsys, folder+"/vault.txt", text[1:]); w != Damaged {
		t.Errorf("its damaged vault.txt: %d", w)
	}
	if _, w := v.Examine(f.fsys, folder+"/seeds/"+format.Hash(format.Sum(text))+".age", []byte("x")); w != Unjudged {
		t.Errorf("a file of it: %d", w)
	}
}

// TestExamineStrangersRoot: an epoch that nobody here has confirmed vouches for
// nothing outside its own folder.
func TestExamineStrangersRoot(t *testing.T) {
	f, stranger := newFixture(t), newFixture(t)
	page := []byte("type your passphrase here")
	o := stranger.unlock()
	o.changes.pending.accept = append(o.changes.pending.accept, format.Ref{Path: "README-2.txt", Sum: format.Sum(page)})
	stranger.seal(o)
	must(t, os.CopyFS(f.path(stranger.folder()), os.DirFS(filepath.Join(stranger.dir, stranger.folder()))))
	if _, w := stranger.vault().Examine(f.fsys, "README-2.txt", page); w != Whole {
		t.Errorf("in its own vault: %d", w)
	}
	if _, w := f.vault().Examine(f.fsys, "README-2.txt", page); w != Unjudged {
		t.Errorf("as a stranger: %d", w)
	}
}
