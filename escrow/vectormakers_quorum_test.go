package escrow

import (
	"os"
	"strings"

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
