package escrow

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
)

// vectorMakers build the vectors by name, one failure each.
var vectorMakers = map[string]func(f *fixture, v *vector){
	"good": func(f *fixture, v *vector) {
		v.comment, v.rule = "three accepted seeds and nothing wrong", "F30"
		f.sealed(3)
	},
	"good-passphrase": func(f *fixture, v *vector) {
		v.comment, v.rule = "opened by the passphrase holder", "F18"
		v.identity, v.passphrase = "", passphrase
		f.sealed(1)
	},
	"good-unpinned": func(f *fixture, v *vector) {
		v.comment, v.rule, v.pin = "read by a machine that knows nothing of it", "F36", ""
		f.sealed(1)
		f.deposit(f.seed(5))
	},
	"post-quantum": func(f *fixture, v *vector) {
		v.comment, v.rule, v.needs = "a hybrid vault key and hybrid holders", "F14", "age-1.3"
		f.sealed(1)
	},
	"wrong-passphrase": func(f *fixture, v *vector) {
		v.comment, v.rule = "a passphrase that is not the holder's", "F18"
		v.identity, v.passphrase = "", "not the passphrase of it"
		f.sealed(1)
	},
	"stranger": func(f *fixture, v *vector) {
		v.comment, v.rule = "an identity that is no holder's", "F16"
		_, v.identity, _ = PaperHolder("x", false)
		f.sealed(1)
	},
	"deposit": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seed that no seal lists", "F34"
		f.sealed(1)
		f.deposit(f.seed(5))
	},
	"seed-bit-flipped": func(f *fixture, v *vector) {
		v.comment, v.rule = "one bit of an accepted seed", "F3"
		f.change(f.sealed(2)[0].Path, flip)
	},
	"seed-truncated": func(f *fixture, v *vector) {
		v.comment, v.rule = "half of an accepted seed", "F3"
		f.change(f.sealed(2)[0].Path, func(b []byte) []byte { return b[:len(b)/2] })
	},
	"seed-missing": func(f *fixture, v *vector) {
		v.comment, v.rule = "an accepted seed is not here", "F30"
		f.remove(f.sealed(2)[0].Path)
	},
	"seed-renamed": func(f *fixture, v *vector) {
		v.comment, v.rule = "a sync tool renamed an accepted seed", "F2"
		p := f.sealed(1)[0].Path
		must(f.t, os.Rename(f.path(p), f.path(strings.TrimSuffix(p, ".age")+" (conflicted copy).age")))
	},
	"seed-foreign": func(f *fixture, v *vector) {
		v.comment, v.rule = "a file in a seed's place that is encrypted to somebody else", "F7"
		f.sealed(1)
		other, _ := vaultkey.Generate(false)
		file, err := other.Encrypt([]byte("x\n\n"))
		must(f.t, err)
		_, err = write(f.fsys, f.folder()+"/seeds", "", file)
		must(f.t, err)
	},
	"seed-too-large": func(f *fixture, v *vector) {
		v.comment, v.rule = "a file of more than 64 KiB in a seed's place", "F8"
		f.sealed(1)
		_, err := write(f.fsys, f.folder()+"/seeds", "", bytes.Repeat([]byte("x"), 64<<10+1))
		must(f.t, err)
	},
	"seed-other-scheme": func(f *fixture, v *vector) {
		v.comment, v.rule = "a line of another scheme is kept and shown", "F19"
		o := f.unlock()
		r := &format.Record{Line: "motp://x?secret=0123456789abcdef"}
		_, err := writeRecord(o.reader.view.Files.FS, o.reader.view.Pinned().Folder+"/seeds", r.Marshal, o.reader.pinnedKey().Recipient())
		must(f.t, err)
	},
	"seed-more-after-the-end": func(f *fixture, v *vector) {
		v.comment, v.rule = "a plaintext with text after the empty line", "F20"
		f.sealed(1)
		file, err := f.unlock().reader.pinnedKey().Encrypt([]byte("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\nid 1\n\nmore\n"))
		must(f.t, err)
		_, err = write(f.fsys, f.folder()+"/seeds", "", file)
		must(f.t, err)
	},
	"temporary-file": func(f *fixture, v *vector) {
		v.comment, v.rule = "an unfinished file beside the seeds", "F5"
		f.sealed(1)
		p := f.deposit(f.seed(5)).Path
		must(f.t, os.Rename(f.path(p), f.path(filepath.Dir(p)+"/.tmp-abc")))
	},
	"unknown-files": func(f *fixture, v *vector) {
		v.comment, v.rule = "files and folders that fit no rule", "F7"
		f.sealed(1)
		must(f.t, os.MkdirAll(f.path(f.folder()+"/photos"), 0o700))
		must(f.t, os.WriteFile(f.path(f.folder()+"/photos/x.jpg"), []byte("x"), 0o600))
		must(f.t, os.WriteFile(f.path(f.folder()+"/seeds/desktop.ini"), []byte("x"), 0o600))
		must(f.t, os.WriteFile(f.path("todo.txt"), []byte("x"), 0o600))
	},
	"line-ends": func(f *fixture, v *vector) {
		v.comment, v.rule = "CR LF in every text file", "F9"
		f.sealed(1)
		for p, data := range f.files() {
			if ext := filepath.Ext(p); ext == ".txt" || ext == ".sig" {
				must(f.t, os.WriteFile(f.path(p), []byte(strings.ReplaceAll(data, "\n", "\r\n")), 0o600))
			}
		}
	},
	"slot-truncated": func(f *fixture, v *vector) {
		v.comment, v.rule = "the holder's slot is cut, and with it this way in", "F16"
		f.sealed(1)
		f.change(f.glob("holders/paper/slot-*"), func(b []byte) []byte { return b[:len(b)-1] })
	},
	"slot-planted": func(f *fixture, v *vector) {
		v.comment, v.rule = "a slot of another vault for the same holder", "F15"
		f.sealed(1)
		other, _ := vaultkey.Generate(false)
		f.plantSlot("aaa", other.Secret()+"\n")
	},
	"slot-of-another-vault-only": func(f *fixture, v *vector) {
		v.comment, v.rule = "nothing but a slot of another vault", "F15"
		f.sealed(1)
		other, _ := vaultkey.Generate(false)
		f.plantSlot("aaa", other.Secret()+"\n")
		f.remove(f.folder() + "/holders/paper")
	},
	"vault-txt-flipped": func(f *fixture, v *vector) {
		v.comment, v.rule = "one bit of vault.txt; the pinned recipient vouches for the identity", "F44"
		f.sealed(1)
		f.change(f.folder()+"/vault.txt", flip)
	},
	"vault-txt-missing": func(f *fixture, v *vector) {
		v.comment, v.rule = "no vault.txt; the pinned recipient vouches for the identity", "F44"
		f.sealed(1)
		f.remove(f.folder() + "/vault.txt")
	},
	"vault-txt-forged": func(f *fixture, v *vector) {
		v.comment, v.rule = "a vault.txt that fits its folder's name, and not the pin", "F12"
		f.deposit(f.seed(5))
		d := *f.vault().view.Pinned().Desc
		d.RecipientSum = [32]byte{1}
		fp := Fingerprint(format.Sum(d.Marshal()))
		must(f.t, os.WriteFile(f.path(f.folder()+"/vault.txt"), d.Marshal(), 0o600))
		must(f.t, os.Rename(f.path(f.folder()), f.path(format.EpochFolder(1, fp))))
		fp[31] ^= 1
		v.pin = fp.Hex() + " " + f.pin.Recipient
	},
	"vault-txt-version-flipped": func(f *fixture, v *vector) {
		v.comment, v.rule = "a bit of the version: damage, not a newer format", "F12"
		f.sealed(1)
		f.change(f.folder()+"/vault.txt", func(b []byte) []byte { return bytes.Replace(b, []byte("seedvault 1"), []byte("seedvault 5"), 1) })
	},
	"newer-format": func(f *fixture, v *vector) {
		v.comment, v.rule = "a vault.txt of format 2 that fits its folder: without a pin what opens is shown", "F11"
		f.rebuild(v, func(text string) string { return strings.Replace(text, "seedvault 1", "seedvault 2", 1) })
		v.pin = ""
	},
	"seal-bit-flipped": func(f *fixture, v *vector) {
		v.comment, v.rule = "the newest seal is damaged: what it alone accepted is not accepted", "F26"
		f.sealed(1)
		f.change(f.glob("seals/0003-*.txt"), flip)
	},
	"seal-forged": func(f *fixture, v *vector) {
		v.comment, v.rule = "a list signed by a stranger's key", "F25"
		r := f.deposit(f.seed(1))
		f.resign(sealWith(f, func(s *format.Seal) { s.Accept(r) }), func(key *vaultkey.Key, text []byte) []byte {
			other, _ := vaultkey.Generate(false)
			return signSeal(other, text)
		})
	},
	"seal-unsigned": func(f *fixture, v *vector) {
		v.comment, v.rule = "a list without a signature", "F29"
		r := f.deposit(f.seed(1))
		f.remove(sealWith(f, func(s *format.Seal) { s.Accept(r) }) + ".sig")
	},
	"seal-signature-with-white-space": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signature that ssh-keygen would not have written so", "F25"
		r := f.deposit(f.seed(1))
		f.resign(sealWith(f, func(s *format.Seal) { s.Accept(r) }), func(key *vaultkey.Key, text []byte) []byte {
			return append(signSeal(key, text), '\n')
		})
	},
	"seal-other-epochs-path": func(f *fixture, v *vector) {
		v.comment, v.rule = "a signed list that speaks of another epoch's folder", "F27"
		r := f.deposit(f.seed(1))
		sealWith(f, func(s *format.Seal) { s.Accept(r); s.Files["2-abcdef1234567890/seeds/x.age"] = [32]byte{1} })
	},
	"seal-later-word": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seal with a word of a later version: its other lines count", "F28"
		r := f.deposit(f.seed(1))
		sealWith(f, func(s *format.Seal) { s.Accept(r); s.Extra["# later word"] = true })
	},
	"seal-included-missing": func(f *fixture, v *vector) {
		v.comment, v.rule = "an included seal is not here", "F32"
		f.sealed(1)
		p := strings.TrimSuffix(f.glob("seals/0001-*.sig"), ".sig")
		f.remove(p)
		f.remove(p + ".sig")
	},
	"retired": func(f *fixture, v *vector) {
		v.comment, v.rule = "a seed that was removed", "F31"
		f.sealed(2)
		o := f.unlock()
		entries, _ := seedsOf(f.t, o)
		must(f.t, o.Retire(entries[0]))
		f.seal(o)
	},
	"retired-and-accepted-elsewhere": func(f *fixture, v *vector) {
		v.comment, v.rule = "two seals that do not include each other: retired wins", "F31"
		rs := f.sealed(2)
		other := f.clone()
		o := other.unlock()
		must(f.t, o.Accept(other.deposit(f.seed(7))))
		other.seal(o)
		o = f.unlock()
		entries, _ := seedsOf(f.t, o)
		must(f.t, o.Retire(entries[0]))
		f.seal(o)
		overlay(f.t, f, other)
		_ = rs
	},
	"same-id-two-contents": func(f *fixture, v *vector) {
		v.comment, v.rule = "one id edited on two machines: both are shown", "F35"
		s := f.seed(1)
		o := f.unlock()
		must(f.t, o.Accept(f.deposit(s), f.deposit(s), f.deposit(s.With("note", "other"))))
		f.seal(o)
	},
	"unconfirmed-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "a perfect next epoch that no person has confirmed hides nothing", "F38"
		rs := f.sealed(2)
		l := f.follow()
		l.begin()
		l.carry(f.seed(7))
		l.dropped(rs[0])
		l.finish()
	},
	"later-epoch": func(f *fixture, v *vector) {
		v.comment, v.rule = "after a rotation: carried, carried and not arrived, dropped, and late", "F40"
		rs := f.sealed(4)
		e := f.entries()
		l := f.follow()
		l.begin()
		l.carried(rs[0], l.carry(e[0].Seed))
		coming := l.carry(e[1].Seed)
		l.carried(rs[1], coming)
		l.dropped(rs[2])
		l.finish()
		f.remove(coming.Path)
		v.pin = l.pin.Fingerprint.Hex() + " " + l.pin.Recipient
	},
	"older-list-unsealed": func(f *fixture, v *vector) {
		v.comment, v.rule = "an older list in no seal says nothing", "F39"
		rs := f.sealed(1)
		l := f.follow()
		l.unsaid = true
		l.begin()
		l.dropped(rs[0])
		l.finish()
		v.pin = l.pin.Fingerprint.Hex() + " " + l.pin.Recipient
	},
}
