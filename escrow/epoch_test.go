package escrow

import (
	"bytes"
	"os"
	"path/filepath"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/staging"
	"seedvault/escrow/internal/vaultkey"
)

// laterEpoch is a second epoch in the making, as a rotation will write it.
type laterEpoch struct {
	f         *fixture
	key       *vaultkey.Key
	older     []*vaultkey.Key // for old.age
	lines     []string        // of the older list
	joined    []Fingerprint
	unsaid    bool // the older list is in no seal
	forged    bool // vault.txt.sig is by another key
	unsigned  bool
	namespace string // of vault.txt.sig
	previous  Fingerprint
	number    int
	pin       Pin
	builder   *staging.Epoch
}

// follow begins the epoch after f's pinned one.
func (f *fixture) follow() *laterEpoch {
	f.t.Helper()
	key, err := vaultkey.Generate(false)
	must(f.t, err)
	return &laterEpoch{f: f, key: key, older: []*vaultkey.Key{f.unlock().reader.pinnedKey()}, previous: f.pin.Fingerprint, number: 2, namespace: epochs.Namespace}
}

// begin decides on the descriptor, so that files can be put into the epoch.
func (l *laterEpoch) begin() {
	t := l.f.t
	t.Helper()
	d := format.Descriptor{Epoch: l.number, Signer: l.key.Signer, RecipientSum: l.key.RecipientSum(), Previous: l.previous}
	fp := Fingerprint(format.Sum(d.Marshal()))
	l.pin = Pin{Fingerprint: fp, Recipient: l.key.Public()}
	b := newStaged(l.f.fsys, l.number, l.pin, l.key, testTime, "paper")
	b.Temp = b.Folder // written in place: no rename in a test
	b.Seal.Time = "2026-11-23T10:00:00Z"
	l.builder = b
	must(t, b.Put("vault.txt", d.Marshal()))
	signer := l.f.unlock().reader.pinnedKey()
	if l.forged {
		signer = l.key
	}
	if !l.unsigned {
		must(t, b.Put("vault.txt.sig", signer.Sign(l.namespace, d.Marshal())))
	}
	h, err := KeyHolder("paper", l.f.paperRecipient())
	must(t, err)
	must(t, putHolder(b, h, Pin{}))
	var old bytes.Buffer
	for _, k := range l.older {
		old.WriteString(k.Secret() + "\n")
	}
	if old.Len() > 0 {
		file, err := l.key.Encrypt(old.Bytes())
		must(t, err)
		must(t, b.Put("old.age", file))
	}
}

// carry puts a copy of an older seed into the epoch and returns its path.
func (l *laterEpoch) carry(s Seed) format.Ref {
	l.f.t.Helper()
	plain, err := s.plaintext()
	must(l.f.t, err)
	file, err := l.key.Encrypt(plain)
	must(l.f.t, err)
	rel := "seeds/" + format.Hash(format.Sum(file)) + ".age"
	must(l.f.t, l.builder.Put(rel, file))
	return format.Ref{Path: l.builder.Folder + "/" + rel, Sum: format.Sum(file)}
}

func (l *laterEpoch) carried(from Receipt, to format.Ref) {
	l.lines = append(l.lines, folderOfPath(from.Path)+" "+from.Hash()+" "+to.Hash())
}

func (l *laterEpoch) dropped(r Receipt) {
	l.lines = append(l.lines, folderOfPath(r.Path)+" "+r.Hash()+" -")
}

// finish writes the list and the seal.
func (l *laterEpoch) finish() {
	t := l.f.t
	t.Helper()
	if len(l.lines) > 0 {
		var text bytes.Buffer
		for _, line := range l.lines {
			text.WriteString(line + "\n")
		}
		rel := "older/" + format.Hash(format.Sum(text.Bytes())) + ".txt"
		if l.unsaid {
			must(t, l.builder.Write(rel, text.Bytes()))
		} else {
			must(t, l.builder.Put(rel, text.Bytes()))
		}
	}
	for _, fp := range l.joined {
		l.builder.Seal.Joined[fp] = true
	}
	must(t, l.builder.PutSeals())
}

// pinned returns the fixture as a machine that has confirmed the epoch sees it.
func (l *laterEpoch) pinned() *fixture {
	c := *l.f
	c.pin = l.pin
	return &c
}

// unaware returns the fixture as a machine sees it that the epoch does not stop.
func (l *laterEpoch) unaware() *fixture {
	c := *l.f
	c.pin.Refused = []Fingerprint{l.pin.Fingerprint}
	return &c
}

// paperRecipient is the recipient of the fixture's paper key.
func (f *fixture) paperRecipient() string {
	f.t.Helper()
	holders, _ := f.unlock().Roster().Holders()
	for _, h := range holders {
		if h.Name == "paper" {
			return h.Recipient
		}
	}
	f.t.Fatal("no paper holder")
	return ""
}

// statuses maps each shown seed's site number to how it stands.
func (f *fixture) statuses(n int) map[int][]Status {
	f.t.Helper()
	all := lines(f.entries())
	out := map[int][]Status{}
	for i := range n {
		if s := all[f.seed(i).Line()]; s != nil {
			out[i] = s
		}
	}
	return out
}

func (f *fixture) remove(rel string) {
	f.t.Helper()
	must(f.t, os.RemoveAll(f.path(rel)))
}

// glob finds a file of the later epoch's folder.
func (l *laterEpoch) glob(pattern string) string {
	l.f.t.Helper()
	found, err := filepath.Glob(l.f.path(l.builder.Folder + "/" + pattern))
	must(l.f.t, err)
	rel, err := filepath.Rel(l.f.dir, found[0])
	must(l.f.t, err)
	return filepath.ToSlash(rel)
}
