package escrow

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// quorumVectorMakers build vaults that two of three members open, from here alice
// and bob unless they say otherwise.
var quorumVectorMakers = map[string]func(f *fixture, v *vector){
	"good-quorum": func(f *fixture, v *vector) {
		v.comment, v.rule = "opened by two of three members", "F66"
		f.addBoard(v, "alice", "bob")
	},
	"quorum-too-few": func(f *fixture, v *vector) {
		v.comment, v.rule = "one member of the two that it takes", "F66"
		f.addBoard(v, "alice")
	},
	"quorum-share-damaged": func(f *fixture, v *vector) {
		v.comment, v.rule = "one of three shares is damaged, and the others are enough", "F65"
		f.addBoard(v, "alice", "bob", "carol")
		f.change(f.glob("holders/board/share-alice-*.age"), flip)
	},
	"quorum-share-changed": func(f *fixture, v *vector) {
		v.comment, v.rule = "a share that does not fit its own member's line", "F65"
		keys := f.addBoard(v, "alice", "bob")
		f.replaceShare(keys["alice"], "alice", func(text string) string { return strings.Replace(text, "\nshare ", "\nshare 00", 1) })
	},
	"quorum-share-in-another-order": func(f *fixture, v *vector) {
		v.comment, v.rule = "a share's text with two lines in another order", "F65"
		keys := f.addBoard(v, "alice", "bob")
		f.replaceShare(keys["alice"], "alice", func(text string) string { return strings.Replace(text, "m 2\nn 3\n", "n 3\nm 2\n", 1) })
	},
	"quorum-share-of-another": func(f *fixture, v *vector) {
		v.comment, v.rule = "a share of another splitting, good in itself", "F66"
		keys := f.addBoard(v, "alice", "bob")
		other, _, err := QuorumHolder("board", 2, boardMembers(keys), false, nil)
		must(f.t, err)
		must(f.t, os.Remove(f.path(f.glob("holders/board/share-alice-*.age"))))
		f.putShare("alice", other.own[0].data)
	},
	"quorum-share-of-the-old-dealing": func(f *fixture, v *vector) {
		v.comment, v.rule = "a share of the same quorum's key from before it was dealt anew, good in itself", "F66"
		keys := f.addBoard(v, "alice", "bob")
		old, err := key.Generate(false)
		must(f.t, err)
		shares, err := key.Split(f.named("board").ID, old, 2, boardMembers(keys))
		must(f.t, err)
		file, err := shares[0].EncryptForVault(keys["alice"].Recipient())
		must(f.t, err)
		must(f.t, os.Remove(f.path(f.glob("holders/board/share-alice-*.age"))))
		f.putShare("alice", file)
	},
	"good-quorum-of-100": func(f *fixture, v *vector) {
		v.comment, v.rule = "a hundred members, of whom two have shares in the vault", "F65"
		var ids []string
		members := make([]key.Member, 100)
		for i := range members {
			members[i] = key.Member{Name: fmt.Sprint("member", i+1), Recipient: key.OnPaper}
			if i >= 98 {
				id, err := age.GenerateX25519Identity()
				must(f.t, err)
				ids, members[i].Recipient = append(ids, id.String()), id.Recipient().String()
			}
		}
		h, _, err := QuorumHolder("board", 2, members, false, nil)
		must(f.t, err)
		f.addHolder(h)
		f.sealed(1)
		v.identity = strings.Join(ids, "\n")
	},
}

// addBoard adds a quorum of alice, bob and carol, whose keys it returns; the
// vector is read with those of some.
func (f *fixture) addBoard(v *vector, some ...string) map[string]*age.X25519Identity {
	f.t.Helper()
	keys := map[string]*age.X25519Identity{}
	for _, name := range []string{"alice", "bob", "carol"} {
		id, err := age.GenerateX25519Identity()
		must(f.t, err)
		keys[name] = id
	}
	h, _, err := QuorumHolder("board", 2, boardMembers(keys), false, nil)
	must(f.t, err)
	f.addHolder(h)
	f.sealed(1)
	v.identity = ""
	for _, name := range some {
		v.identity = strings.TrimPrefix(v.identity+"\n"+keys[name].String(), "\n")
	}
	return keys
}

func boardMembers(keys map[string]*age.X25519Identity) []key.Member {
	var members []key.Member
	for _, name := range []string{"alice", "bob", "carol"} {
		members = append(members, key.Member{Name: name, Recipient: keys[name].Recipient().String()})
	}
	return members
}

// replaceShare puts another text into a member's share file.
func (f *fixture) replaceShare(id *age.X25519Identity, member string, change func(string) string) {
	f.t.Helper()
	path := f.glob("holders/board/share-" + member + "-*.age")
	data, err := os.ReadFile(f.path(path))
	must(f.t, err)
	plain, err := key.Decrypt(data, id)
	must(f.t, err)
	file, err := key.Encrypt(id.Recipient(), []byte(change(string(plain))))
	must(f.t, err)
	must(f.t, os.Remove(f.path(path)))
	f.putShare(member, file)
}

func (f *fixture) putShare(member string, file []byte) {
	f.t.Helper()
	name := f.folder() + "/holders/board/share-" + member + "-" + format.Hash(format.Sum(file)) + ".age"
	must(f.t, os.WriteFile(f.path(name), file, 0o600))
}

// TestQuorumVectors makes each vector anew and reads it.
func TestQuorumVectors(t *testing.T) {
	for name, want := range map[string]string{
		"good-quorum": "yes", "good-quorum-of-100": "yes", "quorum-share-damaged": "yes",
		"quorum-too-few": "no", "quorum-share-changed": "no", "quorum-share-in-another-order": "no",
		"quorum-share-of-another": "no", "quorum-share-of-the-old-dealing": "no",
	} {
		t.Run(name, func(t *testing.T) {
			f, identity := newSmallVectorVault(t)
			v := vector{identity: identity, pin: f.pin.Fingerprint.Hex() + " " + f.pin.Recipient}
			quorumVectorMakers[name](f, &v)
			v.read(t, f.dir)
			if v.opens != want {
				t.Errorf("opens: %s, want %s", v.opens, want)
			}
		})
	}
	if len(quorumVectorMakers) != 8 {
		t.Errorf("%d makers of vectors", len(quorumVectorMakers))
	}
}
